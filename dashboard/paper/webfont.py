"""Puts the letters an SVG needs into the SVG, so that it looks the same where Roboto is not installed.

Word, LibreOffice and librsvg take no letters from a file: for them each text names fonts of nearly the same widths, and
says how long it is.
"""

from __future__ import annotations

import base64
import io
import re
from html import unescape
from typing import cast, get_args
from xml.etree.ElementTree import iterparse

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from dashboard.paper.type import FAMILY, Weight, font_file, width

_TEXT = "{http://www.w3.org/2000/svg}text"
_WEIGHT = re.compile(r"font-weight: (\d+)")
_NOT_NEEDED = ["GSUB", "GPOS", "GDEF", "DSIG", "hdmx", "LTSH", "VDMX", "gasp"]  # ligatures, kerning, hints
_SET = re.compile(r"<text style=\"([^\"]*font-size: ([\d.]+)px; font-family: )'Roboto'([^\"]*\"[^>]*)>([^<]*)</text>")
_FAMILIES = f"'{FAMILY}', Arial, 'Liberation Sans', sans-serif"
_STYLE = b'<style type="text/css">'


def embed(svg: bytes) -> bytes:
    """The SVG with an ``@font-face`` for each weight its texts use, holding just their letters."""
    rules = "".join(_face(weight, letters) for weight, letters in sorted(_letters(svg).items()))
    set_text = _SET.sub(_measured, svg.decode()).encode()
    return set_text.replace(_STYLE, _STYLE + rules.encode("ascii"), 1)


def _measured(found: re.Match[str]) -> str:
    """The text with fonts to fall back on, and as long as in Roboto."""
    before, px, after, said = found.groups()
    weight = cast("Weight", int(weighed[1]) if (weighed := _WEIGHT.search(before)) else 400)
    long = width(unescape(said), float(px), weight)
    return (
        f'<text style="{before}{_FAMILIES}{after} textLength="{long:.2f}" lengthAdjust="spacingAndGlyphs">{said}</text>'
    )


def _letters(svg: bytes) -> dict[Weight, str]:
    """Weight -> the letters the SVG sets in it, sorted."""
    used: dict[Weight, set[str]] = {}
    for _, element in iterparse(io.BytesIO(svg)):  # noqa: S314 - our own drawing
        if element.tag == _TEXT:
            found = _WEIGHT.search(element.get("style", ""))
            weight = cast("Weight", int(found[1]) if found else 400)
            used.setdefault(weight, set()).update("".join(element.itertext()))
    return {weight: "".join(sorted(used[weight])) for weight in get_args(Weight) if weight in used}


def _face(weight: Weight, letters: str) -> str:
    options = Options(flavor="woff", hinting=False, drop_tables=_NOT_NEEDED)
    with TTFont(font_file(weight), recalcTimestamp=False, lazy=True) as font:
        subsetter = Subsetter(options)
        subsetter.populate(text=letters)
        subsetter.subset(font)
        font.flavor = "woff"
        made = io.BytesIO()
        font.save(made)
    source = f"data:font/woff;base64,{base64.b64encode(made.getvalue()).decode('ascii')}"
    return f"@font-face{{font-family:'{FAMILY}';font-weight:{weight};src:url({source}) format('woff')}}"
