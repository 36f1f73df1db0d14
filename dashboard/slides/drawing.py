"""A drawing in markup: Dash has no SVG, so it travels as text and assets/present.js puts it in its place."""

from __future__ import annotations

import re

from dash import html

from dashboard.components.attributes import attributes
from dashboard.theme import in_theme

_COLOUR = re.compile(r"#[0-9A-F]{6}")


def drawing(svg: str, theme: str) -> html.Div:
    """The place of the drawing, in the colours of the theme."""
    shaded = _COLOUR.sub(lambda found: str(in_theme(found[0], theme)), svg)
    return html.Div(className="drawing", **attributes(data_drawing=shaded))
