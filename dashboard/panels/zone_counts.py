"""Incidents by zone for the question of the address. Counts nothing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from dash import dcc, html
from dash.development.base_component import Component

from dashboard import asked, ids
from dashboard.components.card import card
from dashboard.components.table import Cell, Column, table
from dashboard.names import ZONE_KINDS
from dashboard.panels import Panel, follow, quick
from dashboard.reading import Reading
from geodata.answers.answer import ZoneCounts


def render(reading: Reading) -> list[Component]:
    """One row a zone; how many stand so near its edge that they may belong on the other side."""
    words, view = reading.words, replace(reading.view, zone=())
    if not reading.snapshot.boundaries.zones or not reading.snapshot.boundaries.layers:
        text = words("No zones are loaded. Load one with: diemnong boundaries zone FILE --zone ID --kind KIND")
        return [html.P(text, className="empty")]
    counts = reading.answers.zones(view.question, reading.scope)
    heads = (words("Incidents"), words("of them near the edge"), words("near it, outside"))
    columns = [Column(words("Zone"), number=False), Column(words("Kind"), number=False), *map(Column, heads)]
    rows = [
        _row(reading, counts, i)
        for i in np.argsort([list(ZONE_KINDS).index(kind) for kind in counts.kinds], kind="stable")
    ]
    hints = (
        words("Zones overlap: an incident counts in each zone it lies in."),
        words(
            "Near the edge: within 50 m, so that it may lie on either side; "
            "within 500 m where only the hamlet is known."
        ),
        words(
            "{n} incidents have no coordinates: only zones made of whole communes can hold them.",
            n=words.count(counts.pointless),
        ),
    )
    return [
        html.P(" · ".join((asked.categories(view, reading.names, words), words.period(view.period)))),
        table(words("Incidents by zone"), columns, rows),
        *(html.P(hint, className="hint") for hint in hints),
    ]


def _row(reading: Reading, counts: ZoneCounts, i: int) -> list[Cell]:
    words = reading.words
    target = replace(reading.view, zone=(counts.ids[i],), commune="")
    name = dcc.Link(reading.names.zone(counts.ids[i], words), href="/" + target.to_query())
    numbers = (int(column[i]) for column in (counts.n, counts.near, counts.beside))
    return [name, words(ZONE_KINDS[counts.kinds[i]]), *(words.count(n) for n in numbers)]


def layout(reading: Reading) -> html.Section:
    """The place of the table, under the links that change the question."""
    links = quick.PANEL.layout(reading)
    return card(reading.words("Zones"), links, html.Div(render(reading), id=ids.ZONE_COUNTS))


PANEL = Panel(layout, follow(ids.ZONE_COUNTS, render))
