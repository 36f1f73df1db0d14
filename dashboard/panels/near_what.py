"""Near what: incidents in and around each zone of concern against those expected there. A name shows its zone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.claims import zone as claims
from dashboard.components.card import card
from dashboard.components.glossary import about
from dashboard.names import ZONE_KINDS
from dashboard.panels import Panel, follow
from dashboard.reading import Reading
from geodata.answers.near import Excess, NearZone
from geodata.answers.surroundings import NEAR_M


def render(reading: Reading) -> list[Component]:
    """One entry a zone, one line for its inside and one for its surroundings."""
    words = reading.words
    if not reading.snapshot.boundaries.layers:
        return []
    answer = reading.answers.near(reading.view.question, reading.scope)
    if not answer.rows:
        empty = (
            words("Zones that reach beyond your areas are not told.")
            if answer.hidden
            else words("No zones are loaded.")
        )
        return [html.P(empty, className="empty")]
    entries = [html.Li([_name(row, reading), html.Dl([*_lines(row, reading)])]) for row in answer.rows]
    hints = [html.P(text, className="hint") for text in claims.limits(answer, words)]
    return [html.Ul(entries, className="near-what"), *hints]


def _name(row: NearZone, reading: Reading) -> Component:
    words, view = reading.words, reading.view
    if not row.zone:
        return html.Strong(f"{words(ZONE_KINDS[row.kind])} ({words.number(row.members)})")
    chosen = view.zone == (row.zone,)
    target = replace(view, zone=() if chosen else (row.zone,))
    return dcc.Link(reading.names.zone(row.zone, words), href=target.to_query(), className="chosen" if chosen else "")


def _lines(row: NearZone, reading: Reading) -> Iterator[Component]:
    words = reading.words
    yield from _line(words("inside"), row.inside, reading)
    if row.near is not None and row.near.expected > 0:
        around = words("within {m} m", m=words.number(NEAR_M))
        yield from _line(around, row.near, reading)


def _line(where: str, found: Excess, reading: Reading) -> tuple[Component, Component]:
    words = reading.words
    kind = "more" if found.enough and found.low > 1 else ""
    told = [html.Span(claims.excess(found, words), className=kind), html.Small(claims.counted(found, words))]
    return html.Dt(where), html.Dd(told)


def layout(reading: Reading) -> html.Section:
    """The place of the list."""
    mark = about(reading.view, "near_what", reading.words)
    return card(reading.words("Near what?"), html.Div(render(reading), id=ids.NEAR_WHAT), about=mark)


PANEL = Panel(layout, follow(ids.NEAR_WHAT, render))
