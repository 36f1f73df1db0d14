"""A grid of numbers as shades: a table that can be read aloud, its cells coloured in five steps. Knows no words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from dash import html
from dash.development.base_component import Component
from numpy.typing import NDArray

from dashboard.components.attributes import attributes

STEPS = 5


@dataclass(frozen=True, slots=True, eq=False)
class Ways:
    """Where a click leads, "" for nowhere: on a cell, on a row's head, on a head over columns; and what is asked."""

    cells: Sequence[Sequence[str]]
    rows: Sequence[str]
    columns: Sequence[str]
    chosen: NDArray[np.bool_]  # (rows, columns)


def steps(values: NDArray[np.float64]) -> NDArray[np.int8]:
    """0 for nothing, 1 to 5 in equal steps from the smallest to the largest of the rest, -1 where there is no value."""
    positive = values[values > 0]
    made = np.where(np.isnan(values), -1, 0).astype(np.int8)
    if positive.size:
        low, high = positive.min(), positive.max()
        scaled = np.floor((positive - low) / (high - low) * STEPS) if high > low else np.full(positive.size, STEPS)
        made[values > 0] = 1 + np.minimum(scaled, STEPS - 1)
    return made


def heat(
    caption: str,
    columns: Sequence[str],
    rows: Sequence[str],
    values: NDArray[np.float64],
    *,
    told: Sequence[Sequence[str]],
    ways: Ways,
    written: bool = False,
) -> html.Div:
    """Rows x columns of shades. ``told`` is each cell's text, shown on pointing at it, or ``written`` into it.

    There may be fewer ``columns``: each then is the head over as many of the grid's. The keyboard stops once in the
    table and walks it by the arrow keys (assets/heat.js).
    """
    shades, span = steps(values), values.shape[1] // len(columns)
    heads = [
        html.Th(_link(name, href), scope="colgroup" if span > 1 else "col", colSpan=span)
        for name, href in zip(columns, ways.columns, strict=True)
    ]
    stop = _stop(ways)
    body = [
        html.Tr(
            [
                html.Th(_link(name, ways.rows[i]), scope="row"),
                *(
                    _cell(ways, (i, j), int(shade), told[i][j], written=written, stop=stop)
                    for j, shade in enumerate(shades[i].tolist())
                ),
            ]
        )
        for i, name in enumerate(rows)
    ]  # fmt: skip
    table = html.Table(
        [html.Caption(caption, className="unseen"), html.Thead(html.Tr([html.Td(), *heads])), html.Tbody(body)],
        className="heat written" if written else "heat",
    )
    return html.Div(table, className="table-box", tabIndex=0, role="region", **attributes(aria_label=caption))


def _stop(ways: Ways) -> tuple[int, int]:
    """The cell at which the keyboard stops: the first that is asked, else the first that leads anywhere."""
    open_ = np.array([[bool(href) for href in row] for row in ways.cells], dtype=np.bool_)
    asked = np.argwhere(open_ & ways.chosen)
    first = asked if len(asked) else np.argwhere(open_)
    return (int(first[0][0]), int(first[0][1])) if len(first) else (-1, -1)


def _cell(ways: Ways, at: tuple[int, int], shade: int, text: str, *, written: bool, stop: tuple[int, int]) -> html.Td:
    href, look = ways.cells[at[0]][at[1]], "none" if shade < 0 else f"shade-{shade}"
    shown = text if written else None
    if not href:
        return html.Td(shown, className=look)
    asked = bool(ways.chosen[at])
    label = {} if written else {"aria_label": text}
    now = {"aria_current": "true"} if asked else {}
    link = html.A(
        shown, href=href, title=text, tabIndex=0 if at == stop else -1, **attributes(data_within="", **label, **now)
    )
    return html.Td(link, className=f"{look} chosen" if asked else look)


def _link(name: str, href: str) -> str | Component:
    return html.A(name, href=href, tabIndex=-1, **attributes(data_within="")) if href else name
