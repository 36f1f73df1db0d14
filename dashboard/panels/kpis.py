"""How many, against the same period of last year, and how many of them the map can show."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard import claims, ids
from dashboard.panels import Panel, follow
from dashboard.reading import Reading
from dashboard.words import Words
from geodata.answers.answer import Change, Totals


def render(reading: Reading) -> list[Component]:
    """Two or three numbers, each with its unit and comparison."""
    totals, change = reading.answers.totals(reading.view.question, reading.scope)
    words = reading.words
    placed: list[Component] = [html.Span(_placed(totals, words))]
    if totals.not_placed:
        placed.append(html.Span(" · "))
        placed.append(html.A(words("why"), href="/data" + reading.view.to_query()))
    cards: list[Component] = [_figure(words.number(totals.recorded), words("recorded incidents"), placed)]
    if reading.view.compare == "previous_year":
        cards.append(_change(change, words))
    return cards


def _figure(value: str, unit: str, detail: str | list[Component]) -> html.Div:
    return html.Div(
        [
            html.Div([html.Span(value, className="kpi-value"), html.Span(unit, className="kpi-unit")]),
            html.Div(detail, className="kpi-detail"),
        ],
        className="kpi",
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
    if not change.comparable or change.before == 0:
        return _figure("–", words("against last year"), claims.before(change, words))
    sign = "▲" if change.now > change.before else "▼" if change.now < change.before else "="
    detail = f"{claims.before(change, words)}. {claims.certainty(change, words)}"
    size = claims.share(change, words) or words.number(abs(change.now - change.before))
    return _figure(f"{sign} {size}", claims.difference(change, words), detail)


def layout(reading: Reading) -> html.Div:
    """The place of the figures."""
    return html.Div(render(reading), id=ids.KPIS, className="kpis")


PANEL = Panel(layout, follow(ids.KPIS, render))
