"""Values -> at most five classes with breaks a person can read. Knows no colours and no words.

Zero is a class of its own and "no data" is none. The other breaks stand at the 25th, 50th, 75th and 90th percentile of
the positive values shown, so that the darkest class is the top tenth, then are rounded to two figures.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

PERCENTILES = (25, 50, 75, 90)
NOT_ASKED = -2
NO_DATA = -1
ZERO = 0


@dataclass(frozen=True, slots=True, eq=False)
class Classes:
    """``index`` holds NOT_ASKED, NO_DATA, ZERO or 1..k a value; class i covers ``lows[i-1] <= value <= highs[i-1]``."""

    index: NDArray[np.int8]
    lows: tuple[float, ...]
    highs: tuple[float, ...]
    digits: int  # decimals the bounds are given with

    def __len__(self) -> int:
        return len(self.lows)


def classify(values: NDArray[np.float64], *, digits: int = 0) -> Classes:
    """Class of each value; NaN is NO_DATA, 0 is ZERO. ``digits``: 0 for counts, 1 or 2 for rates."""
    values = np.asarray(values, dtype=np.float64)
    positive = values[values > 0]
    step = 10.0**-digits
    lows = _breaks(np.round(positive, digits), step)
    index = np.searchsorted(lows, np.round(values, digits) + step / 2, side="left").astype(np.int8)
    index[(values > 0) & (index == 0)] = 1  # positive, though it rounds to nothing
    index[values == 0] = ZERO
    index[np.isnan(values)] = NO_DATA
    top = float(np.round(positive.max(), digits)) if positive.size else 0.0
    highs = (*(round(low - step, digits) for low in lows[1:]), max(top, lows[-1])) if lows else ()
    return Classes(index, tuple(lows), highs, digits)


def _breaks(positive: NDArray[np.float64], step: float) -> list[float]:
    """Lower bounds of the classes, ascending; the first is the smallest value, none leaves its class empty."""
    if not positive.size:
        return []
    present = np.unique(np.maximum(positive, step))
    if present.size <= len(PERCENTILES) + 1:
        return [float(value) for value in present]
    wanted = [round_for_people(float(cut), step) for cut in np.percentile(positive, PERCENTILES)]
    lows = [float(present[0])]
    for low in wanted:
        between = present[(present >= lows[-1]) & (present < low)]
        if between.size and low <= present[-1]:
            lows.append(low)
    return lows


def round_for_people(value: float, step: float) -> float:
    """``value`` to two significant figures, never finer than ``step``."""
    if value <= 0:
        return 0.0
    unit = max(10.0 ** (math.floor(math.log10(value)) - 1), step)
    return round(round(value / unit) * unit, 6)
