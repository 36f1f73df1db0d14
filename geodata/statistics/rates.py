"""Counts against inhabitants: the plain rate and the rate steadied by its neighbours in number. Knows no areas."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def per_10k(n: ArrayLike, population: ArrayLike) -> NDArray[np.float64]:
    """Incidents per 10,000 inhabitants, element by element; nan where the population is unknown, 0 or negative."""
    counts, people = np.asarray(n, dtype=np.float64), np.asarray(population, dtype=np.float64)
    known = people > 0
    return np.where(known, counts / np.where(known, people, 1.0) * 10_000, np.nan)


def empirical_bayes(cases: ArrayLike, population: ArrayLike) -> NDArray[np.float64]:
    """Rates drawn towards the overall rate, the more so the fewer the inhabitants (Marshall 1991, global).

    m = sum(c) / sum(p);  A = max(0, sum(p (c/p - m)^2) / sum(p) - m / mean(p));  w = A / (A + m / p);
    rate = m + w (c/p - m). Cases and population have shape (n,); the rate is cases per inhabitant.

    Areas without a population above 0 take no part and get nan. No spread beyond chance (A = 0), or no case at all:
    every rate is m. Empty input gives an empty array.
    """
    counts, people = np.asarray(cases, dtype=np.float64), np.asarray(population, dtype=np.float64)
    rate = np.full(people.shape, np.nan)
    known = people > 0
    if not known.any():
        return rate
    c, p = counts[known], people[known]
    mean = c.sum() / p.sum()
    spread = max(0.0, (p * (c / p - mean) ** 2).sum() / p.sum() - mean / p.mean())
    weight = spread / (spread + mean / p) if spread > 0 else np.zeros_like(p)
    rate[known] = mean + weight * (c / p - mean)
    return rate
