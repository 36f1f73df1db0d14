"""Which places are lastingly, newly or no longer hot. Knows areas and bins; words nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from geodata.answers.answer import DataFacts
from geodata.answers.exposure import Denominator
from geodata.answers.series import Bin
from geodata.question import Question

Method = Literal["risk_path", "exceedance", "gi_star"]


@dataclass(frozen=True, slots=True, eq=False)
class AreaPatterns:
    """The pattern of every area of the layer over the last whole bins.

    ``state`` is 1 hot, -1 cold, 0 neither, by area and bin. ``hot_bins``, ``run``, ``first_hot`` and ``last_hot`` are
    read off it: bins hot in all, bins hot without a break up to the last one, first days of the first and last hot bin
    (None where none is). ``quarters`` are the same states by quarter, the newest last, a quarter being hot where it was
    hot for most of its months. ``lasting`` is the workspace's rule of *kéo dài* applied to them. ``enough`` is False
    where there were too few incidents to tell; such an area has no pattern.
    """

    question: Question
    method: Method
    width: Bin
    bins: tuple[date, ...]
    codes: tuple[str, ...]
    names: tuple[str, ...]
    parents: tuple[str, ...]
    asked: NDArray[np.bool_]
    counts: NDArray[np.int64]  # (areas, bins)
    state: NDArray[np.int8]  # (areas, bins)
    hot: NDArray[np.float64]  # (areas, bins) probability that the bin was hot; 0 or 1 by methods that give none
    pattern: tuple[str, ...]  # statistics.emerging names, lower case English
    probability: NDArray[np.float64]  # of the pattern named; NaN by methods that give none
    hot_bins: NDArray[np.int64]
    run: NDArray[np.int64]
    first_hot: tuple[date | None, ...]
    last_hot: tuple[date | None, ...]
    n: NDArray[np.int64]
    rr: NDArray[np.float64]  # relative risk in the last bin against the median area, with its 90 % range
    rr_low: NDArray[np.float64]
    rr_high: NDArray[np.float64]
    enough: NDArray[np.bool_]
    quarter_starts: tuple[date, ...]
    quarters: NDArray[np.int8]  # (areas, quarters)
    lasting: NDArray[np.bool_]
    trend: tuple[str, ...]  # "up", "down" or "none": of the counts, by area
    by: Denominator
    left_out: tuple[str, ...]  # categories left out because their places say little
    facts: DataFacts
