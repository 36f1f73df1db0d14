"""Counts against inhabitants or expected cases: plain, and steadied by all the others. Knows no areas."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammaincinv

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class RelativeRisk:
    """Cases over expected cases, steadied, with an interval of the stated level; ``spread`` is the prior's variance.

    A spread of 0 says that the areas differ no more than chance does: nothing tells any of them apart.
    """

    rr: Numbers
    low: Numbers
    high: Numbers
    spread: float


def per_10k(n: ArrayLike, population: ArrayLike) -> Numbers:
    """Incidents per 10,000 inhabitants, element by element; nan where the population is unknown, 0 or negative."""
    counts, people = np.asarray(n, dtype=np.float64), np.asarray(population, dtype=np.float64)
    known = people > 0
    return np.where(known, counts / np.where(known, people, 1.0) * 10_000, np.nan)


def empirical_bayes(cases: ArrayLike, population: ArrayLike) -> Numbers:
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
    mean, spread = _moments(c, p)
    weight = spread / (spread + mean / p) if spread > 0 else np.zeros_like(p)
    rate[known] = mean + weight * (c / p - mean)
    return rate


def relative_risk(cases: ArrayLike, expected: ArrayLike, *, level: float = 0.9) -> RelativeRisk:
    """Gamma-Poisson relative risk: O ~ Poisson(E r), r ~ Gamma(k, k / m), so r | O ~ Gamma(k + O, k / m + E).

    m = sum(O) / sum(E), which is 1 (and the prior Gamma(k, k)) where the expected cases add up to those seen; k by
    moments, k = m^2 / A with A = max(0, sum(E (O/E - m)^2) / sum(E) - m / mean(E)) (Clayton and Kaldor 1987, Biometrics
    43, 671-681; Marshall 1991 for the moments). ``rr`` is the posterior mean and equals ``empirical_bayes(O, E)``;
    ``low`` and ``high`` leave out (1 - level) / 2 on either side. Cases and expected have shape (n,).

    Areas without an expected number above 0 take no part and get nan. No spread beyond chance (A = 0): the prior knows
    only one risk, every rr, low and high is m, and ``spread`` 0 tells so. No case at all: 0. Empty in, empty out.
    Raises ValueError for a level outside (0, 1).
    """
    if not 0 < level < 1:
        raise ValueError(f"level {level} must be between 0 and 1")
    seen, due = np.asarray(cases, dtype=np.float64), np.asarray(expected, dtype=np.float64)
    rr, low, high = (np.full(due.shape, np.nan) for _ in range(3))
    known = due > 0
    if not known.any():
        return RelativeRisk(rr, low, high, 0.0)
    mean, spread = _moments(seen[known], due[known])
    if spread == 0:
        rr[known] = low[known] = high[known] = mean
        return RelativeRisk(rr, low, high, 0.0)
    shape, rate = mean**2 / spread + seen[known], mean / spread + due[known]
    tail = (1 - level) / 2
    rr[known] = shape / rate
    low[known], high[known] = gammaincinv(shape, tail) / rate, gammaincinv(shape, 1 - tail) / rate
    return RelativeRisk(rr, low, high, spread)


def _moments(cases: Numbers, expected: Numbers) -> tuple[float, float]:
    """The overall ratio m and the variance A between areas beyond that of Poisson counts, cut at 0."""
    mean = cases.sum() / expected.sum()
    between = (expected * (cases / expected - mean) ** 2).sum() / expected.sum()
    return float(mean), max(0.0, float(between - mean / expected.mean()))
