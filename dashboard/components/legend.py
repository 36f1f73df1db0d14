"""The map's legend: classes in words and numbers, not a colour bar."""

from __future__ import annotations

from dash import html

from dashboard.figures.picture import Picture


def legend(picture: Picture) -> list[html.Div]:
    """Title and one row a class, highest first."""
    rows = [
        html.Div(
            [html.Span(className=f"swatch {row.kind}", style={"--swatch": row.colour or "none"}), html.Span(row.label)],
            className="legend-row",
        )
        for row in picture.legend
    ]
    return [html.Div(picture.legend_title, className="legend-title"), *rows]
