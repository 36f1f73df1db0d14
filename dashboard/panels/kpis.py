"""How many, against the same period of last year, and how many of them the map can show."""

from __future__ import annotations

import math

from dash import html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.panels import Panel, follow
from dashboard.reading import Reading
from dashboard.words import Words
from geodata.answers.answer import Change, Totals

CHANCE = 0.05


def render(reading: Reading) -> list[Component]:
    """Two or three numbers, each with its unit and comparison."""
    totals, change = reading.answers.totals(reading.view.question, reading.scope)
    words = reading.words
    cards: list[Component] = [
        _figure(words.number(totals.recorded), words("recorded incidents"), _placed(totals, words))
    ]
    if reading.view.compare == "previous_year":
        cards.append(_change(change, words))
    return cards


def _figure(value: str, unit: str, detail: str, *, tone: str = "") -> html.Div:
    return html.Div(
        [
            html.Div([html.Span(value, className="kpi-value"), html.Span(unit, className="kpi-unit")]),
            html.Div(detail, className="kpi-detail"),
        ],
        className=f"kpi {tone}".strip(),
    )


def _placed(totals: Totals, words: Words) -> str:
    if totals.recorded == 0:
        return ""
    if totals.not_placed:
        return words(
            "{placed} on the map, {off} that no area here can be given",
            placed=words.number(totals.placed),
            off=words.number(totals.not_placed),
        )
    return words("all on the map; {n} with exact coordinates", n=words.number(totals.with_point))


def _change(change: Change, words: Words) -> html.Div:
    period = words.period(change.period)
    if not change.comparable:
        return _figure("–", words("against last year"), words("no data for the whole of {period}", period=period))
    if change.before == 0:
        return _figure("–", words("against last year"), words("none recorded in {period}", period=period))
    difference = change.now - change.before
    sign = "▲" if difference > 0 else "▼" if difference < 0 else "="
    share = words.percent(abs(difference) / change.before)
    detail = words("{before} in {period}", before=words.number(change.before), period=period)
    return _figure(f"{sign} {share}", _direction(difference, words), f"{detail}. {_certainty(change, words)}")


def _direction(difference: int, words: Words) -> str:
    n = words.number(abs(difference))
    if difference == 0:
        return words("unchanged on last year")
    return words("{n} more than last year", n=n) if difference > 0 else words("{n} fewer than last year", n=n)


def _certainty(change: Change, words: Words) -> str:
    if math.isnan(change.p) or change.p >= CHANCE:
        return words("May be chance alone.")
    return words("More than chance alone would explain.")


def layout(reading: Reading) -> html.Div:
    """The place of the figures."""
    return html.Div(render(reading), id=ids.KPIS, className="kpis")


PANEL = Panel(layout, follow(ids.KPIS, render))
