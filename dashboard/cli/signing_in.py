"""``diemnong user password``, ``totp`` and ``end-sessions``: what somebody enters with. Decides nothing."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from dashboard.cli.account_book import end, known, name_argument, opened
from dashboard.cli.new_password import new_password, password_options
from dashboard.cli.options import json_option, workspace_option
from dashboard.cli.terminal import CommandError, say, speech, write
from dashboard.rows import json_text


@click.command()
@workspace_option()
@name_argument
@password_options
@json_option
def password(*, workspace: Path, name: str, from_stdin: bool, generate: bool, as_json: bool) -> None:
    """Give somebody another password, to be changed at the next login. Signs the person out everywhere."""
    book = opened(workspace)
    known(book, name)
    chosen = new_password(from_stdin=from_stdin, generate=generate)
    account = book.set_password(name, chosen, must_change=True)
    w = speech()
    say(w("«{name}» has another password, to be changed at the next login", name=account.name))
    end(account, as_json=as_json, made=chosen if generate else None)


@click.command("end-sessions")
@workspace_option()
@name_argument
@json_option
def end_sessions(*, workspace: Path, name: str, as_json: bool) -> None:
    """Sign somebody out everywhere."""
    from dashboard.access.sessions import sessions_of
    from dashboard.cli.acts import write_down
    from geodata.profile import load

    book = opened(workspace)
    account = known(book, name)
    write_down(workspace, "sessions_ended", profile=load(workspace), account=account.name)
    n = sessions_of(workspace).end_all(account.name)
    w = speech()
    say(w("«{name}» is signed out: {n} sessions ended", name=account.name, n=n))
    if as_json:
        write(json_text({"name": account.name, "ended": n}))


@click.command("totp")
@workspace_option()
@name_argument
@click.option("--remove", is_flag=True, help="Ask for no code any more.")
@json_option
def totp_(*, workspace: Path, name: str, remove: bool, as_json: bool) -> None:
    """Ask somebody for a telephone's code beside the password. On a terminal one code is tried first."""
    from dashboard.access import totp

    w, book = speech(), opened(workspace)
    account = known(book, name)
    if remove:
        account = book.clear_totp(name)
        say(w("«{name}» is asked for no code any more", name=account.name))
        end(account, as_json=as_json)
        return
    secret = totp.new_secret()
    if sys.stdin.isatty():
        say(totp.drawing(secret, account.name))
        say(w("Read it with the telephone, or type {secret} into it", secret=secret))
        if totp.step_of(secret, click.prompt(w("The six digits it shows"), err=True), datetime.now(UTC)) is None:
            raise CommandError("these are not the digits of now; nothing was changed. Is the telephone's clock right?")
    account = book.set_totp(name, secret)
    say(w("«{name}» is asked for a code from now on", name=account.name))
    given = {"secret": secret, "address": totp.address(secret, account.name)}
    if as_json:
        write(json_text({**account.told(), **given}))
    elif not sys.stdin.isatty():
        write(f"{secret}\n")
