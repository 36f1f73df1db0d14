"""Where next month: the ground with most recent incidents, and how well such ground did before. Works nothing out.

The page does not wait for it: a first look at all categories takes seconds.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from dash import html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.claims import forecast, risk
from dashboard.components.card import card
from dashboard.components.glossary import about
from dashboard.components.table import Column, table
from dashboard.emptiness import not_loaded
from dashboard.panels import Panel, follow
from dashboard.reading import Reading
from geodata.answers.forecast import SHARES, Forecast


def render(reading: Reading) -> list[Component]:
    """The statement, the areas that hold most of the ground, a row a category, and what it cannot say."""
    words = reading.words
    if not reading.loaded:
        return [not_loaded(reading)]
    whole, single = _asked(reading)
    left_out = risk.left_out((each for each in reading.names.categories if each.key in whole.left_out), words)
    notes = [forecast.basis(whole, words), left_out]
    return [
        html.P(forecast.statement(whole, words), className="lead"),
        *_areas(whole, reading),
        *([_table(whole, single, reading)] if any(each.enough for each in (whole, *single.values())) else []),
        html.P(forecast.limits(words), className="caution"),
        *(html.P(text, className="hint") for text in notes if text),
    ]


def _asked(reading: Reading) -> tuple[Forecast, dict[str, Forecast]]:
    """All that is asked together, and where that is several categories, one by one."""
    question, answers, scope = reading.view.question, reading.answers, reading.scope
    whole = answers.forecast(question, scope)
    keys = whole.question.categories or tuple(each.key for each in reading.names.categories)
    if len(keys) < 2:
        return whole, {}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found = pool.map(lambda key: answers.forecast(replace(question, categories=(key,)), scope), keys)
        return whole, dict(zip(keys, found, strict=True))


def _areas(found: Forecast, reading: Reading) -> Iterable[Component]:
    """The areas with most of that ground, each leading to its density."""
    words, view = reading.words, reading.view
    if not found.areas:
        return
    head = words(
        "Most of the {share} of the ground with most recent incidents lies in", share=words.percent(SHARES[0], 0)
    )
    lines = []
    for area in found.areas:
        target = replace(view, area=(area.code,), region=(), layer="density", commune="")
        link = html.A(area.name, href="/" + target.to_query())
        lines.append(html.Li([link, html.Small(forecast.top(area, words))]))
    yield html.H3(head)
    yield html.Ul(lines, className="top-areas")


def _table(whole: Forecast, single: dict[str, Forecast], reading: Reading) -> html.Div:
    words = reading.words
    first, second = (words.percent(share, 0) for share in SHARES)
    heads = (
        words("{share} of the ground held", share=first),
        words("in single months"),
        words("last month's map"),
        words("most inhabitants"),
        words("against chance (PAI)"),
        words("of the best choice (PEI)"),
        words("{share} of the ground held", share=second),
    )
    named = {reading.names.category(key, words.language): each for key, each in single.items()}
    named = named or {_together(whole, reading): whole}
    rows = [(name, *_cells(each, reading)) for name, each in named.items()]
    if single:
        rows.append((_together(whole, reading), *_cells(whole, reading)))
    columns = [Column(words("Category"), number=False), *(Column(head) for head in heads)]
    caption = words("How much of the following month's incidents such ground held")
    return table(caption, columns, rows, total=bool(single))


def _together(found: Forecast, reading: Reading) -> str:
    keys, words = found.question.categories, reading.words
    return reading.names.category(keys[0], words.language) if len(keys) == 1 else words("Together")


def _cells(found: Forecast, reading: Reading) -> tuple[str, ...]:
    words = reading.words
    if not found.enough:
        return (words("too few to tell"), *("" for _ in range(6)))
    held, wider = found.held

    def share(rate: float) -> str:
        return "–" if math.isnan(rate) else words.percent(rate, 0)

    return (
        share(held.rate),
        forecast.span(held, words),
        share(held.last_month),
        share(held.population),
        words.decimal(held.pai),
        share(held.pei),
        f"{share(wider.rate)} ({forecast.span(wider, words)})",
    )


def layout(reading: Reading) -> html.Section:
    """The place of the sheet; what stands in it comes after the page."""
    words = reading.words
    waiting = html.P(words("being worked out …"), className="hint")
    mark = about(reading.view, "forecast", reading.words)
    return card(words("Where next month?"), html.Div(waiting, id=ids.FORECAST, className="forecast"), about=mark)


PANEL = Panel(layout, follow(ids.FORECAST, render, later=True))
