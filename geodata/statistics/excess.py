"""Has a place more cases, or fewer, than its share of all? Knows counts and what they are expected in proportion to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import bdtr, bdtrc


@dataclass(frozen=True, slots=True, eq=False)
class Excess:
    """Of each place: the standardised difference z and the exact two-sided p, shape (n,) each."""

    z: NDArray[np.float64]
    p: NDArray[np.float64]


def excess_test(cases: ArrayLike, expected: ArrayLike) -> Excess:
    """Exact conditional test that a place's risk is that of all places together.

    Given all N cases, a place with the share s = E / sum(E) of what is expected has k ~ Binomial(N, s) of them: the
    two-sample test of Przyborowski and Wilenski (1940, Biometrika 31, 313-323), place against all others.
    p = min(1, 2 min(P(X <= k), P(X >= k))), Fisher's doubled smaller tail;  z = (k - N s) / sqrt(N s (1 - s)).
    Where N is large and s small this is the Poisson test of k against E. Only proportions of ``expected`` matter.

    Places without an expected number above 0 take no part and get nan. A place that is all there is (s = 1), and no
    case at all: z = 0, p = 1. Empty input gives empty arrays.
    """
    seen, due = np.asarray(cases, dtype=np.float64), np.asarray(expected, dtype=np.float64)
    z, p = np.full(due.shape, np.nan), np.full(due.shape, np.nan)
    known = np.isfinite(due) & (due > 0)
    if not known.any():
        return Excess(z, p)
    k, share = seen[known], np.minimum(due[known] / due[known].sum(), 1.0)
    n = int(k.sum())
    spread = np.sqrt(n * share * (1 - share))
    z[known] = np.divide(k - n * share, spread, out=np.zeros(len(k)), where=spread > 0)
    fewer, more = bdtr(k, n, share), np.where(k > 0, bdtrc(k - 1, n, share), 1.0)
    p[known] = np.minimum(1.0, 2.0 * np.minimum(fewer, more))
    return Excess(z, p)
