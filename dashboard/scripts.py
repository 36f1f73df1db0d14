"""The script a reading names: one that is kept, or the one made from the data. Changes none."""

from __future__ import annotations

from dashboard.findings import default_script
from dashboard.keeping import notebook
from dashboard.reading import Reading
from geodata.notebook import Notebook, Script


def script_of(reading: Reading) -> Script:
    """The script of the view; the one made from the data where none is named, or none has that name."""
    held = notebook()
    return kept(held, reading.view.script) or default_script(reading, held)


def kept(held: Notebook, name: str) -> Script | None:
    """The script of that name; None where there is none."""
    return next((each for each in held.scripts if each.name == name), None)
