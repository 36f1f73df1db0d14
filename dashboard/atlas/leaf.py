"""One page of the atlas as values: worded and counted, not drawn. Asks nothing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dashboard.atlas.units import Unit
from dashboard.claims.target import Statement
from geodata.answers.answer import MonthlyTrend, Totals


@dataclass(frozen=True, slots=True)
class Ranked:
    """One row: a commune or a category, its incidents, and those a year earlier (None where they cannot be told)."""

    name: str
    n: int
    before: int | None


@dataclass(frozen=True, slots=True)
class Ranking:
    """Most incidents first; ``rest`` says what is left out, "" where nothing is."""

    title: str
    rows: tuple[Ranked, ...]
    rest: str


@dataclass(frozen=True, slots=True)
class Spot:
    """One place and category that is lastingly hot. ``quarters`` are 1 hot, -1 cold, 0 neither, the newest last."""

    name: str
    said: str
    often: str
    quarters: tuple[int, ...]
    lasting: bool


@dataclass(frozen=True, slots=True)
class Aim:
    """A group with its three statements: the counts, the change, the target itself."""

    group: str
    statements: tuple[Statement, Statement, Statement]


@dataclass(frozen=True, slots=True, eq=False)
class Leaf:
    """One page. ``own`` says which areas of the finest layer are its own."""

    unit: Unit
    about: str
    question: str
    finding: str
    comparison: str
    placed: str
    totals: Totals
    own: NDArray[np.bool_]
    trend: MonthlyTrend
    ranking: Ranking
    spots: tuple[Spot, ...]
    spots_rest: str
    aims_title: str
    aims: tuple[Aim, ...]
    caption: tuple[str, ...]
