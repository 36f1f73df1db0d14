"""Getis-Ord Gi*: do high values lie beside high values here, the place itself included? Knows values and who is next.

    z_i = (sum_j w_ij x_j - W_i m) / (s sqrt((n S_i - W_i^2) / (n - 1)))

over all places j, i itself among them with w_ii = 1;  m and s mean and standard deviation of x (divisor n),
W_i = sum_j w_ij,  S_i = sum_j w_ij^2  (Getis & Ord 1992, Geographical Analysis 24, 189-206; Ord & Getis 1995,
Geographical Analysis 27, 286-306, equation 14). Null case: the values are shuffled over the places; z is then
about standard normal where a neighbourhood is not small and the values are not very skewed. Raw counts follow the
population: give it risks, not counts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from geodata.statistics.shuffling import neighbour_sum_p
from geodata.statistics.weights import as_weights, squared

Floats = NDArray[np.float64]
ROUNDING = 1e-12  # a spread this small beside the values is rounding: 0.1 + 0.2 over three places is no pattern


@dataclass(frozen=True, slots=True, eq=False)
class GiStar:
    """z by the formula above and the two-sided p by shuffling, both in the shape of the values."""

    z: Floats
    p: Floats


def gi_star(values: ArrayLike, weights: sparse.sparray) -> Floats:
    """The z of every place, for one field of values (n,) or for k fields at once (n, k): one sparse product for all.

    ``weights`` (n, n): scipy sparse, w_ij = 1 where j is next to i, no diagonal; the place itself is added here.

    A field without variance has z = 0 everywhere, and so has a place that all others are next to. An island is
    compared by its own value: z = (x - m) / s. A place whose value is nan takes no part in that field, neither in
    m, s and n nor as a neighbour, and its z is nan. Empty input gives an empty array. Raises ValueError on weights
    of another size or with a diagonal.
    """
    x = np.asarray(values, dtype=np.float64)
    w = as_weights(weights, len(x))
    return _z(x.reshape(len(x), -1), w).reshape(x.shape) if x.size else np.zeros(x.shape)


def gi_star_permutation(
    values: ArrayLike, weights: sparse.sparray, *, permutations: int = 999, rng: np.random.Generator
) -> GiStar:
    """The same z with p by shuffling all other places' values (conditional), for small neighbourhoods or skewed values.

    p = 2 (1 + the fewer of shufflings with at least, and with at most, the sum observed) / (1 + permutations), at
    most 1: two-sided. Islands and fields without variance: p = 1; a place without a value: nan. Draws are shared by
    all places and fields (see ``shuffling``), so p depends on ``rng`` alone. Needs equal weights within a row.
    """
    x = np.asarray(values, dtype=np.float64)
    return GiStar(gi_star(x, weights), neighbour_sum_p(x, weights, permutations=permutations, rng=rng))


def _z(x: Floats, w: sparse.csr_array) -> Floats:
    known = np.isfinite(x)
    if known.all():  # the usual case: neighbourhoods are the same for all fields
        n = np.array(float(len(x)))
        near, squares = w.sum(axis=1)[:, None] + 1.0, squared(w).sum(axis=1)[:, None] + 1.0
    else:
        here = known.astype(np.float64)
        n = np.asarray(here.sum(axis=0))
        near, squares = w @ here + here, squared(w) @ here + here
    scale = np.abs(np.where(known, x, 0.0)).max(axis=0)
    mean = np.where(known, x, 0.0).sum(axis=0) / np.maximum(n, 1)
    centred = np.where(known, x - mean, 0.0)
    spread = np.sqrt((centred**2).sum(axis=0) / np.maximum(n, 1))
    spread = np.where(spread > ROUNDING * scale, spread, 0.0)
    error = spread * np.sqrt(np.maximum(n * squares - near**2, 0.0) / np.maximum(n - 1, 1))
    z = np.divide(w @ centred + centred, error, out=np.zeros(x.shape), where=error > 0)
    return np.where(known, z, np.nan)
