"""The map's legend: classes in words and numbers, not a colour bar; a class with a sign shows it as the map does."""

from __future__ import annotations

from dash import html

from dashboard.figures.picture import LegendRow, Picture


def legend(picture: Picture) -> list[html.Div]:
    """Title and one row a class, highest first."""
    rows = [html.Div([_swatch(row), html.Span(row.label)], className="legend-row") for row in picture.legend]
    return [html.Div(picture.legend_title, className="legend-title"), *rows]


def _swatch(row: LegendRow) -> html.Span:
    return html.Span(row.sign, className=f"swatch {row.kind}", style={"--swatch": row.colour or "none"})
