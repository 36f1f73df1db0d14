"""The map's picture, and under it that of the period compared with where the view wipes between the two."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from dashboard.figures.picture import Picture
from dashboard.figures.side_by_side import Side, legend_of, side_by_side
from dashboard.layers import picture_of
from dashboard.reading import Reading
from geodata.answers.change import AreaChanges
from geodata.vocabulary import Period

COUNTED = ("count", "rate")  # layers whose shades mean the same in both periods


@dataclass(frozen=True, slots=True, eq=False)
class Before:
    """The period compared with, as a picture of the same scale; ``days`` are those of both, earlier ones first."""

    picture: Picture
    days: tuple[Period, Period]


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """What the map shows; without ``before`` nothing lies under it."""

    now: Picture
    before: Before | None = None


def comparable(reading: Reading) -> bool:
    """Whether the layer can be wiped over the period before: counts or rates, and data of both periods."""
    return reading.view.layer in COUNTED and reading.loaded and _changes(reading).comparable


def pictures(reading: Reading) -> Shown:
    """The layer's own picture; both of one scale where the view wipes between them."""
    if not (reading.view.swipe and comparable(reading)):
        return Shown(picture_of(reading.view, reading.answers, reading.scope, reading.words))
    changes, words = _changes(reading), reading.words
    days = (changes.comparison.before, changes.comparison.so_far)
    sides = [_side(reading, changes, n, period) for n, period in zip((changes.before, changes.now), days, strict=True)]
    before, now = side_by_side(sides, words, rates=reading.view.layer == "rate")
    legend = legend_of((before, now), words)
    return Shown(replace(now, legend=legend), Before(before, days))


def _changes(reading: Reading) -> AreaChanges:
    """A chosen area is outlined, not alone, as on the map without the line."""
    question = replace(reading.view.question, areas=())
    return reading.answers.change(question, reading.scope, against=reading.view.against)


def _side(reading: Reading, changes: AreaChanges, n: NDArray[np.int64], period: Period) -> Side:
    population = reading.snapshot.boundaries.layers[changes.question.layer].population
    return Side(changes.codes, changes.names, changes.asked, n, population, period.days, changes.totals, changes.facts)
