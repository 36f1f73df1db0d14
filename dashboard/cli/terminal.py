"""How the command speaks: data on standard output, words on standard error, in the reader's language. Knows no data."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, Protocol

import click

from geodata.errors import DiemNongError

Progress = Callable[[int, int], None]


class CommandError(DiemNongError):
    """A command line asks for something that cannot be done as it stands."""


class Spoken(Protocol):
    """Anything that says a template with facts: an error, a quarantined row, a finding, a file's result."""

    @property
    def template(self) -> str: ...  # noqa: D102

    @property
    def facts(self) -> Mapping[str, object]: ...  # noqa: D102


class Speech(Protocol):
    """A language: the English text with its facts in, the words out. ``dashboard.words.Words`` is one."""

    def __call__(self, text: str, /, **facts: object) -> str: ...  # noqa: D102


def english(text: str, /, **facts: object) -> str:
    """The texts as they stand in the source: no catalogue has to be read for them."""
    return text.format(**facts) if facts else text


def speech() -> Speech:
    """Vietnamese where DIEMNONG_LANG or the system's language says so, else English."""
    if language(os.environ) == "en":
        return english
    from dashboard.words import of

    return of("vi")


def language(environment: Mapping[str, str]) -> Literal["vi", "en"]:
    """The language a process with this environment is spoken to in."""
    for name in ("DIEMNONG_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name):
            return "vi" if value.lower().startswith("vi") else "en"
    return "en"


def tell(spoken: Spoken) -> str:
    """What something says, in the reader's language."""
    return speech()(spoken.template, **spoken.facts)


def say(text: str) -> None:
    """Say a line to the person: on standard error, so that standard output holds nothing but the result."""
    click.echo(text, err=True)


def write(content: bytes | str) -> None:
    """Print a result on standard output: always UTF-8, whatever the terminal's code page is."""
    click.echo(content.encode() if isinstance(content, str) else content, nl=False)


def write_file(path: Path, content: bytes) -> None:
    """Write a result to a file the person named."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise CommandError("{file} cannot be written: {detail}", file=path, detail=error.strerror) from error


@contextmanager
def progress_bar(label: str) -> Iterator[Progress]:
    """A function ``(done, total)`` that draws a bar on a terminal, and nothing where nobody looks."""
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    with click.progressbar(length=1000, label=label, file=sys.stderr) as bar:

        def draw(done: int, total: int) -> None:
            bar.update(round(1000 * done / total) - bar.pos if total else 0)

        yield draw
