"""Slow twins: every place's neighbours filled anew from the other places' values, in every possible way."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray


def exact_p(values: NDArray[np.float64], weights: Any) -> list[float]:
    """Twice the thinner tail of the neighbours' sum over all sets of k other places, the sum observed included."""
    dense = weights.toarray()
    p = []
    for i in range(len(values)):
        beside = np.flatnonzero(dense[i])
        others = np.delete(np.arange(len(values)), i)
        sums = np.array([values[list(those)].sum() for those in combinations(others, len(beside))])
        seen = values[beside].sum()
        tail = min((sums >= seen - 1e-9).mean(), (sums <= seen + 1e-9).mean())
        p.append(min(1.0, 2.0 * float(tail)))
    return p


def gi_star_by_sums(values: NDArray[np.float64], weights: Any) -> list[float]:
    """Ord and Getis's formula, place by place, with sums over all other places; nothing but those that have a value."""
    dense = weights.toarray() + np.eye(len(values))
    known = [j for j in range(len(values)) if np.isfinite(values[j])]
    n = len(known)
    mean = sum(values[j] for j in known) / n
    s = (sum(values[j] ** 2 for j in known) / n - mean**2) ** 0.5
    z = []
    for i in range(len(values)):
        near = sum(dense[i, j] for j in known)
        squares = sum(dense[i, j] ** 2 for j in known)
        error = s * ((n * squares - near**2) / (n - 1)) ** 0.5
        excess = sum(dense[i, j] * values[j] for j in known) - near * mean
        z.append(float("nan") if i not in known else excess / error if error > 1e-9 else 0.0)
    return z
