"""The hot spots planted in the simulated province: which commune, which category, how strong in which months."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.demo.province import Province

Array = NDArray[np.float64]
RECENT_MONTHS = 4  # a new hot spot is this old; a historical one has been quiet for this long
FEWEST_INHABITANTS = 11_000  # smaller communes have too few incidents for anything to be seen

# Category, course in time, relative risk against an ordinary commune, whether on the border.
PLAN: tuple[tuple[str, str, float, bool], ...] = (
    ("gambling", "persistent", 3.6, True),
    ("drugs", "persistent", 3.2, True),
    ("theft", "persistent", 3.0, False),
    ("theft", "persistent", 2.6, False),
    ("assault", "persistent", 3.0, False),
    ("theft", "new", 4.0, False),
    ("drugs", "new", 4.5, False),
    ("assault", "new", 4.5, False),
    ("theft", "diminishing", 4.5, False),
    ("assault", "diminishing", 4.5, False),
    ("theft", "sporadic", 3.5, False),
    ("gambling", "sporadic", 4.0, False),
    ("theft", "historical", 3.2, False),
    ("drugs", "historical", 3.4, False),
)


@dataclass(frozen=True, slots=True, eq=False)
class Spot:
    """One planted hot spot. ``risk`` (months,) is the factor on the ordinary rate, 1 where it is not active."""

    id: str
    category: str
    pattern: str
    commune: int
    risk: Array

    @property
    def months(self) -> tuple[int, ...]:
        """The active months, counted from 0."""
        return tuple(int(month) for month in np.flatnonzero(self.risk > 1.0))


def plant(province: Province, months: int, rng: np.random.Generator) -> tuple[Spot, ...]:
    """Give each planned spot a populous commune of its own, none beside another."""
    beside = _neighbours(province)
    communes = province.facts.communes
    free = np.array([commune.population >= FEWEST_INHABITANTS for commune in communes])
    on_border = np.array([commune.on_border for commune in communes])
    spots = []
    for number, (category, pattern, risk, at_border) in enumerate(PLAN, start=1):
        choice = np.flatnonzero(free & (on_border == at_border))
        commune = int(rng.choice(choice if len(choice) else np.flatnonzero(free)))
        free[commune] = False
        free[beside[commune]] = False
        spots.append(Spot(f"spot-{number:02d}", category, pattern, commune, course(pattern, risk, months, rng)))
    return tuple(spots)


def course(pattern: str, risk: float, months: int, rng: np.random.Generator) -> Array:
    """The factor month by month."""
    now = np.arange(months)
    if pattern == "persistent":
        return np.full(months, risk)
    if pattern == "new":
        return np.where(now >= months - RECENT_MONTHS, risk, 1.0)
    if pattern == "historical":
        return np.where(now < months - RECENT_MONTHS, risk, 1.0)
    if pattern == "diminishing":
        return np.linspace(risk, 2.0, months)
    if pattern == "sporadic":
        return np.where(_on_and_off(months, rng), risk, 1.0)
    raise ValueError(f"no course for {pattern!r}")


def _on_and_off(months: int, rng: np.random.Generator) -> NDArray[np.bool_]:
    """Runs of two to four months on, three to six off, on at the end."""
    active: list[bool] = []
    on = True
    while len(active) < months:
        active += [on] * int(rng.integers(2, 5) if on else rng.integers(3, 7))
        on = not on
    return np.array(active[:months][::-1])


def _neighbours(province: Province) -> list[NDArray[np.int64]]:
    one, other = shapely.STRtree(province.communes).query(province.communes, predicate="touches")
    return [np.asarray(other[one == i], dtype=np.int64) for i in range(len(province.communes))]
