"""How many, month by month, against the same days before, and how many of them the map cannot show."""

from __future__ import annotations

import numpy as np
from dash import html
from dash.development.base_component import Component

from dashboard import claims, ids
from dashboard.asker import Need, asker
from dashboard.components.spark import Months, spark
from dashboard.panels import Panel, follow
from dashboard.reading import Reading
from dashboard.words import Words
from geodata.answers.answer import Change, MonthlyTrend, Totals

MONTHS = 24


def render(reading: Reading) -> list[Component]:
    """Two numbers, each with its unit and comparison."""
    totals, change = reading.answers.totals(reading.view.question, reading.scope)
    cards: list[Component] = [_recorded(totals, reading)]
    if reading.view.compare == "previous_year":
        cards.append(_change(change, reading.words))
    return cards


def _recorded(totals: Totals, reading: Reading) -> html.Div:
    words = reading.words
    trend = reading.answers.trend(reading.view.question, reading.scope)
    beside = _months(trend, reading) if len(trend.months) else None
    return _figure(words.count(totals.recorded), words("recorded incidents"), _off_map(totals, reading), beside=beside)


def _months(trend: MonthlyTrend, reading: Reading) -> html.Img:
    """The last two years of the data, or those up to the period's end where it lies before them."""
    asked = np.flatnonzero(trend.in_period)
    late = not len(asked) or asked[-1] >= len(trend.months) - MONTHS
    stop = len(trend.months) if late else int(asked[-1]) + 1
    window = slice(max(0, stop - MONTHS), stop)
    months = Months(trend.months[window], trend.in_period[window].tolist(), trend.partial[window].tolist())
    return spark(months, trend.n[window].tolist(), reading.words, reading.view.theme)


def _off_map(totals: Totals, reading: Reading) -> list[Component]:
    """Said only where there is something to say, with the way to its account."""
    words = reading.words
    if totals.recorded == 0:
        return []
    if not totals.not_placed:
        return [html.Span(words("all on the map"))]
    told = html.Span(words("off the map: {n}", n=words.count(totals.not_placed)))
    if not asker().may(Need.LOADING):
        return [told]
    account = html.A(
        words("see"), href="/data" + reading.view.to_query(), title=words("Why some incidents are on no map")
    )
    return [told, html.Span(" · "), account]


def _change(change: Change, words: Words) -> html.Div:
    if not change.comparable or change.before == 0:
        return _figure("–", claims.against(change.years_back, words), claims.before(change, words))
    sign = "▲" if change.now > change.before else "▼" if change.now < change.before else "="
    size = claims.share(change, words) or words.number(abs(change.now - change.before))
    detail = f"{claims.before(change, words)}. {claims.certainty(change, words)}"
    return _figure(f"{sign} {size}", claims.difference(change, words), detail)


def _figure(value: str, unit: str, detail: str | list[Component], *, beside: Component | None = None) -> html.Div:
    number = [html.Span(value, className="kpi-value"), *([] if beside is None else [beside])]
    return html.Div(
        [
            html.Div(number, className="kpi-number"),
            html.Div(unit, className="kpi-unit"),
            html.Div(detail, className="kpi-detail"),
        ],
        className="kpi",
    )


def layout(reading: Reading) -> html.Div:
    """The place of the figures."""
    return html.Div(render(reading), id=ids.KPIS, className="kpis")


PANEL = Panel(layout, follow(ids.KPIS, render))
