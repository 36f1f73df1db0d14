"""A grid of numbers as shades: a table that can be read aloud, its cells coloured in five steps. Knows no words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from dash import html
from numpy.typing import NDArray

from dashboard.components.attributes import attributes

STEPS = 5


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
    every: int = 1,
    written: bool = False,
) -> html.Div:
    """Rows x columns of shades. ``told`` is each cell's text, shown on pointing at it, or ``written`` into it.

    Every ``every``-th column is named; all are named for those who listen.
    """
    shades = steps(values)
    heads = [
        html.Th(name if i % every == 0 else html.Span(name, className="unseen"), scope="col")
        for i, name in enumerate(columns)
    ]
    body = [
        html.Tr(
            [
                html.Th(name, scope="row"),
                *(
                    html.Td(
                        text if written else html.Span(text, className="unseen"), className=_look(shade), title=text
                    )
                    for text, shade in zip(told[i], shades[i].tolist(), strict=True)
                ),
            ]
        )
        for i, name in enumerate(rows)
    ]
    table = html.Table(
        [html.Caption(caption, className="unseen"), html.Thead(html.Tr([html.Td(), *heads])), html.Tbody(body)],
        className="heat written" if written else "heat",
    )
    return html.Div(table, className="table-box", tabIndex=0, role="region", **attributes(aria_label=caption))


def _look(shade: int) -> str:
    return "none" if shade < 0 else f"shade-{shade}"
