"""What may be said of one quarter among many: hot or not, by how many of its months. Knows no colours."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dashboard.words import Words
from geodata.answers.patterns import AreaPatterns
from geodata.answers.series import MONTHS_OF


def months_of(found: AreaPatterns, quarter: int) -> slice:
    """The bins that make the quarter at that position, the first being 0."""
    bins = MONTHS_OF["quarter"] // MONTHS_OF[found.width]
    first = len(found.bins) - bins * len(found.quarter_starts)
    return slice(first + bins * quarter, first + bins * (quarter + 1))


def state(found: AreaPatterns, area: int, quarter: int, words: Words) -> str:
    """Whether an area was hot or cold in a quarter, and how much of it; or that there are too few incidents to tell."""
    if not found.asked[area]:
        return words("not asked about")
    if not found.enough[area]:
        return words("Too few to tell")
    side = int(found.quarters[area, quarter])
    if not side:
        return words("neither hot nor cold")
    bins: NDArray[np.int8] = found.state[area, months_of(found, quarter)]
    if len(bins) == 1:
        return words("hot in this quarter") if side > 0 else words("cold in this quarter")
    text = words("hot in {k} of its {n} months") if side > 0 else words("cold in {k} of its {n} months")
    return text.format(k=int((bins == side).sum()), n=len(bins))


def tally(found: AreaPatterns, quarter: int, words: Words) -> str:
    """How many areas were hot and how many cold in a quarter, of those that can be told."""
    told = found.quarters[found.enough, quarter]
    return words("{hot} hot, {cold} cold", hot=int((told > 0).sum()), cold=int((told < 0).sum()))


def meaning(found: AreaPatterns, words: Words) -> str:
    """When a quarter counts as hot."""
    if len(found.bins) == len(found.quarter_starts):
        return words("each quarter judged by itself")
    return words("a quarter is hot, or cold, where most of its months are")
