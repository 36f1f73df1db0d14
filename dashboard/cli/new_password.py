"""Where a command takes a new password from: a terminal, twice and hidden; standard input; or made here."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, TypeVar

import click

from dashboard.cli.terminal import CommandError, speech

F = TypeVar("F", bound=Callable[..., Any])
LONGEST = 1024


def password_options(command: F) -> F:
    """``--password-stdin`` and ``--generate``. A password on the command line would stand in the list of processes."""
    command = click.option("--generate", is_flag=True, help="Make a password and print it once.")(command)
    return click.option("--password-stdin", "from_stdin", is_flag=True, help="Read the password from standard input.")(
        command
    )


def new_password(*, from_stdin: bool, generate: bool) -> str:
    """The password. Raises CommandError where there is nobody to ask."""
    if from_stdin and generate:
        raise CommandError("--password-stdin and --generate say two things; use one of them")
    if generate:
        from dashboard.access.passwords import generated

        return generated()
    if from_stdin:
        return _read()
    if not sys.stdin.isatty():
        raise CommandError(
            "the password is asked for on a terminal, and there is none here: use --password-stdin or --generate"
        )
    w = speech()
    return str(click.prompt(w("New password"), hide_input=True, confirmation_prompt=w("The same again"), err=True))


def _read() -> str:
    """The first line, as it is but for its end."""
    try:
        line = sys.stdin.readline(LONGEST + 2)
    except UnicodeDecodeError as error:
        raise CommandError("standard input is not UTF-8 text") from error
    return line.removesuffix("\n").removesuffix("\r")
