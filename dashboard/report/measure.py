"""How long words are set in bold Times, by its maker's own measures. Knows no document."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

from docx.shared import Length


def width_of(text: str, size: Length) -> float:
    """How long bold letters are set, in the unit of the size: a mark on a letter makes it no wider."""
    widths = _widths()
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return sum(widths.get(letter, 0.0) for letter in bare if not unicodedata.combining(letter)) / 1000 * size


@cache
def _widths() -> dict[str, float]:
    """Letter -> thousandths of the size, of Times Bold as its maker measured it."""
    import matplotlib as mpl  # noqa: PLC0415 - only for the table it brings along
    from fontTools.afmLib import AFM  # noqa: PLC0415
    from fontTools.agl import toUnicode  # noqa: PLC0415

    held = AFM(str(Path(mpl.get_data_path()) / "fonts" / "afm" / "ptmb8a.afm"))
    return {toUnicode(name): float(held[name][1]) for name in held.chars()}
