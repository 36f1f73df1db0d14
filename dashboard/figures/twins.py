"""Counts of areas at two times or in two tilings -> two pictures of one scale: the same colour means the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from dashboard import theme
from dashboard.figures.classes import NOT_ASKED, Classes, classify
from dashboard.figures.picture import LegendRow, Picture, legend_rows
from dashboard.words import Words
from geodata.answers.answer import DataFacts, Totals
from geodata.answers.enough import FEWEST
from geodata.statistics.rates import per_10k


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """One of the two: counts by area, their inhabitants (NaN unknown), and of how many days they are."""

    codes: tuple[str, ...]
    names: tuple[str, ...]
    asked: NDArray[np.bool_]
    n: NDArray[np.int64]
    population: NDArray[np.float64]
    days: int
    totals: Totals
    facts: DataFacts


MONTH = 30  # days, where counts of periods of another length are compared


def twins(sides: tuple[Side, Side], words: Words, *, rates: bool) -> tuple[Picture, Picture]:
    """The two maps. Counts of periods that differ in length are given per 30 days, so that shades can be compared."""
    alike = abs(sides[0].days - sides[1].days) <= 1
    shades = [_values(side, rates=rates, alike=alike) for side in sides]
    both = classify(np.concatenate(shades), digits=0 if alike and not rates else 1)
    title = _title(words, rates=rates, alike=alike)
    cut = len(sides[0].codes)
    first, second = (
        _picture(side, replace(both, index=index), words, title=title)
        for side, index in zip(sides, (both.index[:cut], both.index[cut:]), strict=True)
    )
    return first, second


def legend_of(pictures: tuple[Picture, Picture], words: Words) -> tuple[LegendRow, ...]:
    """One legend for both: the classes, and whatever else is on either map."""
    first, second = (picture.classes for picture in pictures)
    both = replace(first, index=np.concatenate([first.index, second.index]))
    rows = legend_rows(both, pictures[0].colours, words)
    return tuple(
        replace(row, label=words("fewer than {n} incidents, or no population", n=FEWEST))
        if row.kind == "no_data"
        else row
        for row in rows
    )


def _values(side: Side, *, rates: bool, alike: bool) -> NDArray[np.float64]:
    if rates:
        shown = np.where(side.n < FEWEST, np.nan, per_10k(side.n, side.population))
        shown = np.where(side.n == 0, 0.0, shown) * (1.0 if alike else 365 / side.days)
    else:
        shown = side.n.astype(np.float64) * (1.0 if alike else MONTH / side.days)
    return np.where(side.asked, shown, np.nan)


def _title(words: Words, *, rates: bool, alike: bool) -> str:
    if rates:
        return words("Per 10,000 inhabitants") if alike else words("Per 10,000 inhabitants and year")
    return words("Recorded incidents") if alike else words("Recorded incidents per 30 days")


def _picture(side: Side, classes: Classes, words: Words, *, title: str) -> Picture:
    index = np.where(side.asked, classes.index, NOT_ASKED).astype(np.int8)
    return Picture(
        codes=side.codes,
        names=side.names,
        asked=side.asked,
        classes=replace(classes, index=index),
        colours=theme.ramp(len(classes)) if len(classes) else (),
        hover=tuple(_hovers(side, words)),
        legend_title=title,
        legend=(),
        method=title,
        totals=side.totals,
        facts=side.facts,
    )


def _hovers(side: Side, words: Words) -> Iterator[str]:
    rates: Sequence[float] = per_10k(side.n, side.population).tolist()
    for n, rate, asked in zip(side.n.tolist(), rates, side.asked.tolist(), strict=True):
        if not asked:
            yield words("not asked about")
            continue
        lines = [f"<b>{words.plural('{n} recorded incident', '{n} recorded incidents', n)}</b>"]
        if n >= FEWEST and not np.isnan(rate):
            lines.append(words("{rate} per 10,000 inhabitants", rate=words.decimal(rate)))
        yield "<br>".join(lines)
