"""Roboto's letters and their widths: measuring and breaking lines. Knows no page and draws nothing."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Literal

Weight = Literal[400, 500, 700]
FAMILY = "Roboto"
LINE_HEIGHT = 1.4  # stacked Vietnamese marks (ẫ, Ổ) touch the line above below this
_FACES: dict[Weight, str] = {400: "Regular", 500: "Medium", 700: "Bold"}


def font_file(weight: Weight) -> Path:
    """The font file of a weight, from the installed package: nothing is downloaded."""
    import font_roboto  # noqa: PLC0415 - only a picture needs it

    return Path(font_roboto.font_directory) / f"Roboto-{_FACES[weight]}.ttf"


@lru_cache(maxsize=len(_FACES))
def _advances(weight: Weight) -> dict[str, float]:
    """Letter -> width in em."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - only a picture needs it

    with TTFont(font_file(weight), lazy=True) as font:
        per_em, metrics = font["head"].unitsPerEm, font["hmtx"]
        return {chr(code): metrics[name][0] / per_em for code, name in font.getBestCmap().items()}


def has_letters(text: str, weight: Weight = 400) -> bool:
    """Whether the font has a glyph for every letter of the text."""
    return all(letter in _advances(weight) for letter in text)


def width(text: str, px: float, weight: Weight = 400) -> float:
    """How wide a text is in pixels at letter size ``px``. Kerning is left out: it only makes text narrower."""
    return px * _ems(text, weight)


@lru_cache(maxsize=8192)
def _ems(text: str, weight: Weight) -> float:
    """A sheet is set at many sizes until one fits: its words are measured once."""
    advances = _advances(weight)
    return sum(advances.get(letter, 0.6) for letter in text)


def wrap(text: str, px: float, weight: Weight, limit: float) -> tuple[str, ...]:
    """Break a text into lines no wider than ``limit`` pixels, at spaces.

    A longer word is broken after a dash (a period's days, say), else cut with an ellipsis.
    """
    lines: list[str] = []
    used, space = 0.0, width(" ", px, weight)
    for word in text.split(" "):
        wide = width(word, px, weight)
        if lines and used + space + wide <= limit:
            lines[-1] += " " + word
            used += space + wide
        elif word:
            first, dash, rest = word.partition("–")
            halves = [first + dash, rest] if rest and wide > limit else [word]
            lines += [_cut(half, px, weight, limit) for half in halves]
            used = width(lines[-1], px, weight)
    # A sign between two facts is not needed at a line's ends, and hard spaces have done their work.
    return tuple(line.removesuffix(" ·").removeprefix("· ").replace("\u00a0", " ") for line in lines)


def _cut(word: str, px: float, weight: Weight, limit: float) -> str:
    if width(word, px, weight) <= limit:
        return word
    while len(word) > 1 and width(word + "…", px, weight) > limit:
        word = word[:-1]
    return word + "…"


def halve(text: str) -> tuple[str, ...]:
    """A name of several words on two lines of about equal length."""
    spaces = [i for i, letter in enumerate(text) if letter == " "]
    if not spaces:
        return (text,)
    at = min(spaces, key=lambda i: abs(2 * i - len(text)))
    return text[:at], text[at + 1 :]
