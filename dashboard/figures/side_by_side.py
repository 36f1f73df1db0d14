"""Counts of areas at several times, of several kinds or in several tilings -> pictures whose shades can be compared.

On one scale the same colour means the same on all of them; on scales of their own each shows where it has most itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from dashboard import theme
from dashboard.figures.classes import NO_DATA, NOT_ASKED, Classes, classify
from dashboard.figures.picture import LegendRow, Picture, legend_rows
from dashboard.words import Words
from geodata.answers.answer import DataFacts, Totals
from geodata.answers.enough import FEWEST
from geodata.statistics.rates import per_10k

MONTH = 30  # days, where counts of periods of another length are compared
NEARLY = 1.04  # times as long: a quarter of 92 days and one of 89 are as good as equally long


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """One of those side by side: counts by area, their inhabitants (NaN unknown), and of how many days they are."""

    codes: tuple[str, ...]
    names: tuple[str, ...]
    asked: NDArray[np.bool_]
    n: NDArray[np.int64]
    population: NDArray[np.float64]
    days: int
    totals: Totals
    facts: DataFacts


def side_by_side(sides: Sequence[Side], words: Words, *, rates: bool, own: bool = False) -> tuple[Picture, ...]:
    """One picture a side, on one scale or each on its ``own``.

    Counts of periods that differ in length are given per 30 days, so that shades can be compared.
    """
    if not sides:
        return ()
    days = [side.days for side in sides]
    alike = max(days, default=1) <= NEARLY * min(days, default=1)
    shades = [_values(side, rates=rates, alike=alike) for side in sides]
    digits = 0 if alike and not rates else 1
    title = _title(words, rates=rates, alike=alike)
    classed = [classify(each, digits=digits) for each in shades] if own else _together(shades, digits)
    return tuple(
        _picture(side, classes, words, title=title, rates=rates) for side, classes in zip(sides, classed, strict=True)
    )


def legend_of(pictures: Sequence[Picture], words: Words) -> tuple[LegendRow, ...]:
    """One legend for pictures of one scale: the classes, and whatever else is on any of them."""
    every = replace(pictures[0].classes, index=np.concatenate([each.classes.index for each in pictures]))
    few = any(each.hatched is not None and each.hatched.any() for each in pictures)
    return tuple(
        replace(
            row,
            label=words("fewer than {n} incidents, or no population", n=FEWEST),
            kind="hatched" if few else row.kind,
        )
        if row.kind == "no_data"
        else row
        for row in legend_rows(every, pictures[0].colours, words)
    )


def _together(shades: Sequence[NDArray[np.float64]], digits: int) -> Iterator[Classes]:
    every = classify(np.concatenate(shades), digits=digits)
    cuts = np.cumsum([len(each) for each in shades])[:-1]
    yield from (replace(every, index=index) for index in np.split(every.index, cuts))


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


def _picture(side: Side, classes: Classes, words: Words, *, title: str, rates: bool) -> Picture:
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
        hatched=np.asarray(index == NO_DATA) if rates else None,
    )


def _hovers(side: Side, words: Words) -> Iterator[str]:
    rates: Sequence[float] = per_10k(side.n, side.population).tolist()
    counted = {
        n: f"<b>{words.counted('{n} recorded incident', '{n} recorded incidents', n)}</b>" for n in set(side.n.tolist())
    }
    for n, rate, asked in zip(side.n.tolist(), rates, side.asked.tolist(), strict=True):
        if not asked:
            yield words("not asked about")
            continue
        lines = [counted[n]]
        if n >= FEWEST and not np.isnan(rate):
            lines.append(words("{rate} per 10,000 inhabitants", rate=words.decimal(rate)))
        yield "<br>".join(lines)
