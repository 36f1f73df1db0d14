"""When simulated incidents happen: weekdays, hours, Tết and slow trends by category. Knows no place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
EPOCH = date(1970, 1, 1).toordinal()
# First day of the lunar year in Vietnam.
TET = (
    date(2022, 2, 1),
    date(2023, 1, 22),
    date(2024, 2, 10),
    date(2025, 1, 29),
    date(2026, 2, 17),
    date(2027, 2, 6),
)


@dataclass(frozen=True, slots=True)
class Habit:
    """One category's ways: share of all incidents, change a year, weekdays from Monday, hours, days around Tết.

    ``hours`` are (first hour, weight) steps; ``tet`` are (first day, last day, factor) counted from the first of Tết.
    ``discovered`` is the share that police find themselves.
    """

    share: float
    yearly: float
    weekdays: tuple[float, ...]
    hours: tuple[tuple[int, float], ...]
    tet: tuple[tuple[int, int, float], ...]
    discovered: float
    at_border: float = 1.0


HABITS: Mapping[str, Habit] = {
    "theft": Habit(
        share=0.40,
        yearly=0.955,
        weekdays=(1.0, 1.0, 1.0, 1.0, 1.05, 1.1, 1.0),
        hours=((0, 1.6), (4, 1.0), (6, 0.5), (9, 0.9), (12, 1.1), (14, 0.8), (18, 1.1), (22, 1.5)),
        tet=((-25, -1, 1.4), (0, 4, 0.75)),
        discovered=0.04,
    ),
    "assault": Habit(
        share=0.17,
        yearly=0.945,
        weekdays=(0.8, 0.8, 0.85, 0.9, 1.1, 1.35, 1.3),
        hours=((0, 0.9), (2, 0.3), (6, 0.2), (11, 0.7), (16, 1.2), (19, 2.2), (23, 1.4)),
        tet=((-4, 2, 0.6), (3, 12, 1.2)),
        discovered=0.03,
    ),
    "drugs": Habit(
        share=0.16,
        yearly=0.97,
        weekdays=(1.0, 1.05, 1.05, 1.05, 1.1, 1.0, 0.85),
        hours=((0, 1.0), (3, 0.3), (8, 0.9), (12, 0.7), (15, 1.1), (19, 1.5)),
        tet=((-3, 5, 0.55),),
        discovered=0.92,
        at_border=1.25,
    ),
    "gambling": Habit(
        share=0.12,
        yearly=0.93,
        weekdays=(0.8, 0.8, 0.85, 0.9, 1.1, 1.35, 1.4),
        hours=((0, 0.7), (3, 0.2), (9, 0.7), (13, 1.5), (17, 1.0), (20, 1.6)),
        tet=((-2, 10, 1.7),),
        discovered=0.85,
        at_border=1.3,
    ),
    "fraud": Habit(
        share=0.10,
        yearly=1.10,
        weekdays=(1.1, 1.1, 1.1, 1.1, 1.05, 0.8, 0.75),
        hours=((0, 0.1), (7, 1.0), (12, 0.8), (14, 1.2), (18, 0.7), (22, 0.3)),
        tet=((-20, -1, 1.2), (0, 6, 0.5)),
        discovered=0.02,
    ),
    "black_credit": Habit(
        share=0.05,
        yearly=0.92,
        weekdays=(1.1, 1.1, 1.1, 1.1, 1.0, 0.8, 0.8),
        hours=((0, 0.1), (7, 1.0), (12, 0.6), (14, 1.1), (19, 0.8), (22, 0.2)),
        tet=((-20, -1, 1.25), (0, 10, 0.5)),
        discovered=0.3,
    ),
}


def day_weights(habit: Habit, first: date, last: date) -> Array:
    """How likely each day from ``first`` to ``last`` is, an ordinary day at the start being about 1."""
    days = np.arange(first.toordinal(), last.toordinal() + 1)
    weights = np.array(habit.weekdays)[(days - 1) % 7]
    weights = weights * habit.yearly ** ((days - days[0]) / 365.25)
    for tet in TET:
        for begin, end, factor in habit.tet:
            off = days - tet.toordinal()
            weights = np.where((off >= begin) & (off <= end), weights * factor, weights)
    return np.asarray(weights, dtype=float)


def draw_minutes(habit: Habit, count: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Minutes of the day; people round, so most are a multiple of five. Never 00:00, which sheets take for no hour."""
    starts = [hour for hour, _ in habit.hours]
    level = np.repeat([weight for _, weight in habit.hours], np.diff([*starts, 24]))
    hour = rng.choice(24, size=count, p=level / level.sum())
    exact = rng.integers(0, 60, size=count)
    minute = hour * 60 + np.where(rng.random(count) < 0.7, exact // 5 * 5, exact)
    return np.where(minute == 0, 5, minute)
