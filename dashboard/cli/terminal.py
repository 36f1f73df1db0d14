"""How the command speaks: data on standard output, words on standard error, in the reader's language. Knows no data."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Literal, Protocol

import click

from geodata.errors import DiemNongError

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run a cell that begins so
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


def json_text(value: object) -> str:
    """A value as JSON; dates, enumerations and numpy scalars included."""
    return json.dumps(value, ensure_ascii=False, indent=2, default=_plain) + "\n"


def rows_text(columns: Sequence[str], rows: Iterable[Sequence[object]], form: str) -> str:
    """Rows as CSV, or as a JSON array of objects."""
    if form == "json":
        return json_text([dict(zip(columns, row, strict=True)) for row in rows])
    return csv_text(columns, rows)


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Rows as CSV with a header. No cell can become a formula when a spreadsheet opens it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue()


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


def _cell(value: object) -> object:
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return "'" + value
    return "" if value is None else value


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    item = getattr(value, "item", None)  # what a numpy scalar has
    return item() if callable(item) else str(value)
