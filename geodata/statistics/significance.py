"""From many z or p values to those that count: two-sided p, and the false discovery rate. Knows no areas."""

from __future__ import annotations

from math import sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import erfc


def two_sided_p(z: ArrayLike) -> NDArray[np.float64]:
    """P(|Z| >= |z|) of a standard normal Z, 2 (1 - Phi(|z|)) = erfc(|z| / sqrt 2), value by value; nan stays nan."""
    return np.asarray(erfc(np.abs(np.asarray(z, dtype=np.float64)) / sqrt(2.0)), dtype=np.float64)


def benjamini_hochberg(p: ArrayLike) -> NDArray[np.float64]:
    """The false discovery rate at which each finding would just count (Benjamini & Hochberg 1995, JRSS B 57, 289-300).

    With m values of p in rising order, q_(i) = min over j >= i of p_(j) m / j, at most 1. Calling all q <= 0.05 makes
    on average at most 5 % of the calls false, where the tests are independent or depend positively, as neighbours do.

    All values of an array of any shape are one family; the result has its shape. nan stays nan and takes no part (m
    counts the others). Empty input gives an empty array. Raises ValueError where a p lies outside 0 to 1.
    """
    values = np.asarray(p, dtype=np.float64)
    known = np.isfinite(values)
    family = values[known]
    if np.isinf(values).any() or (family < 0).any() or (family > 1).any():
        raise ValueError("p must lie between 0 and 1")
    falling = np.argsort(-family, kind="stable")
    scaled = family[falling] * len(family) / np.arange(len(family), 0, -1)
    q = np.full(values.shape, np.nan)
    adjusted = np.empty(len(family))
    adjusted[falling] = np.minimum(np.minimum.accumulate(scaled), 1.0)
    q[known] = adjusted
    return q
