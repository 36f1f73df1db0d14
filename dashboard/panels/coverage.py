"""How many incidents each edition of the administrative units can show, and why it cannot show the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.components.card import card
from dashboard.components.glossary import about
from dashboard.emptiness import rows_not_open
from dashboard.panels import Panel, follow
from dashboard.reading import Reading
from dashboard.words import N_
from geodata.answers.answer import Coverage
from geodata.vocabulary import LayerKey

# Why an incident has no commune in an edition: field of Coverage -> words with the number.
REASONS: Mapping[str, str] = {
    "split": N_("{n} cannot be placed: their commune was split, or joined from several"),
    "district_only": N_("{n} are known to no commune, only to a district"),
    "no_successor": N_("{n} cannot be placed: the succession table does not name their commune"),
    "outside": N_("{n} lie outside these units"),
    "no_place": N_("{n} have no place at all"),
}


def render(reading: Reading) -> list[Component]:
    """One row an edition, the newest first: a bar, what is placed, and where the rest went."""
    if not reading.scope.whole:
        return [rows_not_open(reading)]
    words, whole = reading.words, reading.answers.reconciliation(reading.scope)
    if not whole.editions:
        return [html.P(words("No boundaries are loaded"), className="empty")]
    rows: list[Component] = [_edition(reading, each, whole.placed.kept) for each in reversed(whole.editions)]
    hint = words("An incident with coordinates counts in every edition, so a series crosses the reform unbroken.")
    return [html.Div(rows, className="editions"), html.P(hint, className="hint")]


def _edition(reading: Reading, each: Coverage, kept: int) -> html.Div:
    words, view, level = reading.words, reading.view, reading.snapshot.boundaries.finest(each.edition)
    name = reading.names.edition(each.edition, words)
    key = LayerKey(each.edition, level) if level else view.question.layer
    target = replace(view, edition=key.edition, level=key.level, area=(), commune="")
    placed = words(
        "{placed} placed ({share}): {points} by coordinates, {areas} by the name of their commune",
        placed=words.number(each.placed),
        share=words.percent(each.placed / kept) if kept else "–",
        points=words.number(each.by_point),
        areas=words.number(each.by_area),
    )
    others = [
        words(text, n=words.number(getattr(each, field))) for field, text in REASONS.items() if getattr(each, field)
    ]
    bar = html.Span(className="bar", style={"width": f"{100 * each.placed / max(kept, 1):.1f}%"})
    return html.Div(
        [
            html.H3(dcc.Link(name, href="/" + target.to_query())),
            html.Div(bar, className="bar-track"),
            html.P(placed),
            html.Ul([html.Li(text) for text in others]),
        ],
        className="edition",
    )


def layout(reading: Reading) -> html.Section:
    """The place of the editions."""
    mark = about(reading.view, "edition", reading.words)
    return card(reading.words("What each edition can show"), html.Div(render(reading), id=ids.COVERAGE), about=mark)


PANEL = Panel(layout, follow(ids.COVERAGE, render))
