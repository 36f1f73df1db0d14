"""What may be said of where next month: how much such ground held before, month by month. Places, never persons."""

from __future__ import annotations

import math

from dashboard.words import Words
from geodata.answers.forecast import FEWEST, LEAST_TRIED, Forecast, Held, TopArea
from geodata.statistics.accuracy import WINDOW


def statement(found: Forecast, words: Words) -> str:
    """How much of the following months' incidents the first share of the ground held, or that it cannot be told."""
    if not found.enough:
        return too_few(found, words)
    held = found.held[0]
    return words(
        "The {share} of the ground with most incidents of the last twelve months held {rate} of the following month's "
        "(in single months {range}), {compared}.",
        share=words.percent(held.share, 0),
        rate=words.percent(held.rate, 0),
        range=span(held, words),
        compared=compared(found, words),
    )


def too_few(found: Forecast, words: Words) -> str:
    """Why it cannot be told how good a forecast would be."""
    if len(found.tried) < LEAST_TRIED:
        return words("Too few to tell: it takes {n} whole months of data.", n=WINDOW + LEAST_TRIED)
    return words(
        "Too few to tell: {n} incidents of known place in the months to try it on, {least} are needed.",
        n=words.number(found.tried_on),
        least=words.number(FEWEST),
    )


def span(held: Held, words: Words) -> str:
    """The worst and the best single month."""
    return f"{words.percent(held.low, 0)}–{words.percent(held.high, 0)}"


def compared(found: Forecast, words: Words) -> str:
    """Against the map of last month alone, and in how many of the months it held more."""
    held = found.held[0]
    months = {"better": held.better, "months": len(found.tried)}
    if math.isnan(held.against_last_month):
        return words("more than last month's map in {better} of {months} months", **months)
    return words(
        "{times} times what last month's map held, more in {better} of {months} months",
        times=words.decimal(held.against_last_month),
        **months,
    )


def basis(found: Forecast, words: Words) -> str:
    """From what the ground is chosen."""
    said = words(
        "Density of {n} incidents of known place, {period}; cells of {cell} m, bandwidth {bandwidth} m; {cells} "
        "inhabited cells",
        n=words.number(found.n),
        period=words.period(found.question.period),
        cell=words.number(found.cell_m),
        bandwidth=words.number(found.bandwidth_m),
        cells=words.number(found.inhabited),
    )
    if not found.vague:
        return said
    return said + "; " + words("{n} without a known place left out", n=words.number(found.vague))


def top(area: TopArea, words: Words) -> str:
    """How many of the cells lie in an area, and what part of the recent density they hold."""
    cells = words.plural("{n} cell", "{n} cells", area.cells)
    return words("{cells}, {share} of the recent density", cells=cells, share=words.percent(area.share))


def limits(words: Words) -> str:
    """What it is about, and what it is not."""
    return words(
        "Places, never persons. Recorded crime follows patrols: such ground says where incidents will be recorded, if "
        "things go on as before."
    )
