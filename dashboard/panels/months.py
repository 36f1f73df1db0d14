"""Kept incidents by month and category, the last two years of the data. Counts nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import claims, ids
from dashboard.components.card import card
from dashboard.components.table import Cell, Column, table
from dashboard.emptiness import rows_not_open
from dashboard.panels import Panel, follow
from dashboard.reading import Reading
from geodata.answers.answer import Tally

MOST = 24


def render(reading: Reading) -> list[Component]:
    """One row a month, the newest first, and what lies before them as one; a month leads to its map."""
    if not reading.scope.whole:
        return [rows_not_open(reading)]
    words, whole = reading.words, reading.answers.reconciliation(reading.scope)
    if not whole.months:
        return [html.P(claims.nothing_loaded(words), className="empty")]
    names = [reading.names.category(key, words.language) for key, _ in whole.categories]
    heads = [words("Kept"), words("No place"), *names]
    columns = [Column(words("Month"), number=False), *map(Column, heads)]
    rows = [
        _row(reading, _linked(reading, month), tally, counts.tolist())
        for (month, tally), counts in list(zip(whole.months, whole.by_month, strict=True))[: -MOST - 1 : -1]
    ]
    total = _row(
        reading, words("All {n} months", n=words.number(len(whole.months))), whole.placed, _sums(whole.by_month)
    )
    return [table(words("Incidents by month and category"), columns, [*rows, total], total=True)]


def _sums(by_month: object) -> list[int]:
    return [int(n) for n in by_month.sum(axis=0)]  # type: ignore[attr-defined]


def _row(reading: Reading, name: Cell, tally: Tally, counts: list[int]) -> list[Cell]:
    numbers = (tally.kept, tally.unplaced, *counts)
    return [name, *(html.Span(reading.words.number(n), className="" if n else "soft") for n in numbers)]


def _linked(reading: Reading, month: date) -> dcc.Link:
    end = (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    target = replace(reading.view, start=month, end=end, commune="")
    return dcc.Link(reading.words.month(month), href="/" + target.to_query())


def layout(reading: Reading) -> html.Section:
    """The place of the table."""
    return card(reading.words("Incidents by month and category"), html.Div(render(reading), id=ids.MONTHS))


PANEL = Panel(layout, follow(ids.MONTHS, render))
