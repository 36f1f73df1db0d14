"""The script a command line names: one that is kept, one of a file, or the one made from the data. Shows none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.cli.terminal import CommandError, speech

if TYPE_CHECKING:
    from dashboard.reading import Reading
    from geodata.notebook import Notebook, Script


def scripts_of(path: Path) -> Notebook:
    """What a file of scripts holds."""
    from geodata.notebook_file import LARGEST, read_file

    try:
        with path.open(encoding="utf-8-sig") as file:
            return read_file(file.read(LARGEST + 1))
    except UnicodeDecodeError as error:
        raise CommandError("{file} is no file of scripts; choose one saved on the page Present", file=path) from error
    except OSError as error:
        raise CommandError("{file} cannot be read: {detail}", file=path, detail=error.strerror) from error


def choose_script(held: Notebook, name: str, reading: Reading, *, given: bool) -> Script:
    """The script of that name, the only one of a file, or the one made from the data."""
    from dashboard.findings import default_script

    found = [each for each in held.scripts if not name or each.name == name]
    if not given and not name:
        return default_script(reading, held)
    if len(found) == 1:
        return found[0]
    w = speech()
    known = ", ".join(f"«{each.name}»" for each in held.scripts) or w("none")
    if name:
        raise CommandError("there is no script «{name}»; there are: {known}", name=name, known=known)
    raise CommandError("which script? Name it with --script; there are: {known}", known=known)
