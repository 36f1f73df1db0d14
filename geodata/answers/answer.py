"""The answers as values. Knows no store and no screen; arrays are aligned with the layer's areas."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
from numpy.typing import NDArray

from geodata.question import Question
from geodata.vocabulary import Period


@dataclass(frozen=True, slots=True)
class DataFacts:
    """From which data an answer comes: every picture is stamped with this."""

    generation: int
    committed_at: datetime | None
    first_day: date | None
    last_day: date | None
    incidents: int  # all incidents in the workspace
    quarantined: int


@dataclass(frozen=True, slots=True)
class Totals:
    """How many incidents the question finds, and how many of them the map can show.

    ``placed`` lie in an area of the layer; ``with_point`` of them have coordinates, the rest are known to their area
    only. ``not_placed`` match everything asked but have no area in this layer; where areas or zones are asked for that
    is rare (a region of another edition, a zone beyond the layer). ``recorded = placed + not_placed``.
    """

    recorded: int
    placed: int
    with_point: int
    not_placed: int


@dataclass(frozen=True, slots=True)
class Change:
    """The same question a year earlier, and whether the difference can be told from chance.

    ``ratio`` is now / before with its exact 95 % interval and two-sided p; NaN where before is 0. ``comparable`` is
    False where the data do not reach back over the whole earlier period; then no change may be shown.
    """

    before: int
    now: int
    ratio: float
    low: float
    high: float
    p: float
    comparable: bool
    period: Period


@dataclass(frozen=True, slots=True, eq=False)
class AreaCounts:
    """Incidents by area. ``n`` is 0 outside the asked areas; ``asked`` says which areas the question speaks of."""

    question: Question
    codes: tuple[str, ...]
    names: tuple[str, ...]
    parents: tuple[str, ...]
    n: NDArray[np.int64]
    before: NDArray[np.int64]  # the same a year earlier
    comparable: bool
    population: NDArray[np.float64]  # NaN unknown
    per_10k: NDArray[np.float64]  # incidents per 10,000 inhabitants in the period; NaN where population is unknown or 0
    asked: NDArray[np.bool_]
    totals: Totals
    facts: DataFacts

    def shown(self, values: NDArray[np.generic]) -> NDArray[np.float64]:
        """``values`` by area as floats, NaN where the area was not asked about."""
        return np.where(self.asked, values, np.nan).astype(np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class MonthlyTrend:
    """Incidents by month of the question's trend window, with the same months a year earlier.

    ``months`` are first days of months; ``n`` counts within the window; ``partial`` marks months the data do not cover
    whole. The window is the last 24 months of the data, longer where the period asked began earlier.
    """

    question: Question
    months: tuple[date, ...]
    n: NDArray[np.int64]
    year_before: NDArray[np.float64]  # NaN where the data do not reach back
    mean_12: NDArray[np.float64]  # mean of the 12 months ending there, NaN before
    partial: NDArray[np.bool_]
    in_period: NDArray[np.bool_]
    facts: DataFacts


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """Exact locations to draw, at most ``limit`` of ``total``, chosen evenly in time."""

    question: Question
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    category: NDArray[np.int16]  # index into ``categories``
    day: NDArray[np.int32]
    categories: tuple[str, ...]
    total: int
    totals: Totals
    facts: DataFacts
