"""The map's legend: classes in words and numbers, not a colour bar; a class with a sign shows it as the map does."""

from __future__ import annotations

from dash import html

from dashboard.figures.picture import LegendRow, Picture
from dashboard.theme import in_theme


def legend(picture: Picture, theme: str, about: html.A | None = None) -> list[html.Div]:
    """Title and one row a class, highest first; ``about`` leads from the title to what it means."""
    rows = [html.Div([_swatch(row, theme), html.Span(row.label)], className="legend-row") for row in picture.legend]
    return [html.Div([picture.legend_title, about], className="legend-title"), *rows]


def _swatch(row: LegendRow, theme: str) -> html.Span:
    colour = in_theme(row.colour, theme) or "none"
    return html.Span(row.sign, className=f"swatch {row.kind}", style={"--swatch": colour})
