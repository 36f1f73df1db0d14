"""Local Moran: is a place like its neighbours, or their opposite? Knows values and who is next to whom.

    I_i = (n - 1) c_i L_i / sum_j c_j^2 ,    c = x - mean(x),    L_i = sum_j w_ij c_j, each row of w summing to 1

(Anselin 1995, Geographical Analysis 27, 93-115; the divisor n - 1 as in PySAL's ``Moran_Local``).

Null case: a place keeps its value, the others' are shuffled over the other places (conditional). Then
E L_i = -c_i / (n - 1) and, with m = sum c^2 / n and S_i = sum_j w_ij^2,
Var L_i = n / (n - 2) (m - c_i^2 / (n - 1)) (S_i - 1 / (n - 1))  (Sokal, Oden & Thomson 1998, Geographical Analysis
30, 331-354, A7 and A8), so z_i = sign(c_i) (L_i - E L_i) / sqrt(Var L_i). It does not depend on the divisor of I: it
is the z that R's ``spdep::localmoran`` gives by default, and what PySAL's ``z_sim`` comes to with many shufflings.
The older moments under total randomisation are the same at places with high and with average values, and so name too
few of the extreme places and too many of the average ones.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from geodata.statistics.shuffling import neighbour_sum_p
from geodata.statistics.significance import two_sided_p
from geodata.statistics.weights import as_weights, squared, standardised

Floats = NDArray[np.float64]
ROUNDING = 1e-12  # a spread this small beside the values is rounding
SEED = 0  # of the shufflings where no generator is given: a map is the same twice


@dataclass(frozen=True, slots=True, eq=False)
class LocalMoran:
    """Of each place: I, z of the conditional moments, two-sided p, and the quadrant "HH", "LH", "LL" or "HL".

    The first letter is the place, the second its neighbours: H above the mean, L not above. Shape (n,) each.
    """

    i: Floats
    z: Floats
    p: Floats
    quadrant: NDArray[np.str_]


def local_moran(
    values: ArrayLike, weights: sparse.sparray, *, permutations: int = 0, rng: np.random.Generator | None = None
) -> LocalMoran:
    """Local Moran of ``values`` (n,) with ``weights`` (n, n), scipy sparse, no diagonal; rows are standardised here.

    p is that of z, or with ``permutations`` that of so many shufflings (see ``shuffling``; z stays as it is, and
    weights must be equal within a row). A place exactly at the mean has I = z = 0, and p = 1.

    No variance: I = z = 0 and p = 1 everywhere, quadrant "LL". An island: I = z = 0, p = 1, its neighbours count as
    L. A place whose value is nan takes no part, neither for itself nor as a neighbour: i, z and p nan, quadrant "".
    Empty input gives empty arrays.
    """
    x = np.asarray(values, dtype=np.float64)
    if x.ndim != 1:
        raise ValueError(f"one field of values is needed, not {x.ndim} dimensions")
    w = as_weights(weights, len(x))
    known = np.flatnonzero(np.isfinite(x))
    found = _known(x[known], w if len(known) == len(x) else w[known][:, known])
    if permutations:
        generator = np.random.default_rng(SEED) if rng is None else rng
        shuffled = neighbour_sum_p(x, w, permutations=permutations, rng=generator)[known]
        found = LocalMoran(found.i, found.z, np.where(found.z == 0, 1.0, shuffled), found.quadrant)
    if len(known) == len(x):
        return found
    i, z, p = (np.full(len(x), np.nan) for _ in range(3))
    quadrant = np.full(len(x), "", dtype="<U2")
    i[known], z[known], p[known], quadrant[known] = found.i, found.z, found.p, found.quadrant
    return LocalMoran(i, z, p, quadrant)


def _known(x: Floats, w: sparse.csr_array) -> LocalMoran:
    n = len(x)
    c = x - x.mean() if n else x
    if n == 0 or np.sqrt((c**2).mean()) <= ROUNDING * np.abs(x).max():
        c = np.zeros(n)
    rows = standardised(w)
    lag, joined = rows @ c, np.diff(w.indptr) > 0
    total = (c**2).sum()
    i = (n - 1) * c * lag / total if total > 0 else np.zeros(n)
    m = total / max(n, 1)
    others = np.maximum(m - c**2 / max(n - 1, 1), 0.0)
    unequal = np.maximum(squared(rows).sum(axis=1) - 1.0 / max(n - 1, 1), 0.0)
    error = np.sqrt(n / max(n - 2, 1) * others * unequal)
    usable = joined & (error > ROUNDING * np.sqrt(m)) & (n > 2)
    z = np.divide(np.sign(c) * (lag + c / max(n - 1, 1)), error, out=np.zeros(n), where=usable)
    quadrant = np.char.add(np.where(c > 0, "H", "L"), np.where(lag > 0, "H", "L"))
    return LocalMoran(i, z, two_sided_p(z), quadrant)
