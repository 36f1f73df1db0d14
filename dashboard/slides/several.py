"""A slide of several maps of one scale: the groups, or the last eight quarters. A room compares: no own scales."""

from __future__ import annotations

from dataclasses import replace

from dash import html
from dash.development.base_component import Component

from dashboard.components.attributes import attributes
from dashboard.components.legend import legend
from dashboard.figures.side_by_side import legend_of, side_by_side
from dashboard.multiples import Part, parts_of
from dashboard.slides import Shown
from dashboard.slides.beside import Companion, Row, by_month
from dashboard.slides.drawing import drawing
from dashboard.slides.pictures import laid
from dashboard.slides.stage import LINE, Stage

MOST_IN_A_ROW = 4
BETWEEN = 20


def body(slide: Shown, stage: Stage, number: int) -> html.Div:
    """The maps with their names and numbers, their legend, and beside them what changed."""
    reading, words, view = slide.reading, slide.reading.words, slide.reading.view
    assert view.side != "periods"
    parts = parts_of(reading, view.side)
    pictures = side_by_side([part.side for part in parts], words, rates=view.layer == "rate")
    columns = min(MOST_IN_A_ROW, len(parts)) if len(parts) > MOST_IN_A_ROW else max(1, (len(parts) + 1) // 2)
    rows = -(-len(parts) // columns) or 1
    width, height = stage.room
    box = ((width - BETWEEN * (columns - 1)) // columns, (height - BETWEEN * (rows - 1)) // rows - 2 * LINE)
    maps: list[Component] = []
    for at, (part, picture) in enumerate(zip(parts, pictures, strict=True)):
        made = laid(reading, picture, box).small(box, f"s{number}-{at}")
        name = html.Div([html.Span(part.name), html.Strong(words.count(part.n))], className="of-several")
        shown = html.Div(drawing(made, view.theme), role="img", className="map", **attributes(aria_label=part.name))
        maps.append(html.Div([name, shown], className="one-of-several"))
    grid = html.Div(maps, className="several", style={"gridTemplateColumns": f"repeat({columns}, minmax(0, 1fr))"})
    column: list[Component] = []
    free = height
    if pictures:
        key = legend_of(pictures, words)
        column.append(html.Div(legend(replace(pictures[0], legend=key), view.theme), className="legend"))
        free -= stage.legend_height(key)
    column.append(_companion(slide, parts).markup(reading, (stage.column, free)))
    return html.Div([grid, html.Div(column, className="column")], className="body")


def _companion(slide: Shown, parts: tuple[Part, ...]) -> Companion:
    """How each group changed; of quarters the months."""
    if slide.reading.view.side == "groups":
        return Companion(slide.reading.words("Change"), [Row(part.name, detail=part.below) for part in parts])
    return by_month(slide.reading)
