"""Is a bin hot together with its neighbours and the bin before? Gi* over a cube of areas and bins. Names no pattern."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from geodata.statistics.gi_star import gi_star
from geodata.statistics.significance import benjamini_hochberg, two_sided_p

ALPHA = 0.05  # false discovery rate over all bins of the cube


def space_time_states(values: ArrayLike, weights: sparse.sparray, *, alpha: float = ALPHA) -> NDArray[np.int8]:
    """Hot 1, cold -1 or neither 0 by area and bin, from values (areas, bins) and binary weights (areas, areas).

    Gi* of every bin against the whole cube, its neighbourhood being itself, its neighbours, and all of these one bin
    earlier (Esri's emerging hot spots with a neighbourhood time step of one); hot or cold where the two-sided p counts
    at the false discovery rate ``alpha`` (Benjamini and Hochberg) over all bins.

    Give it risks, not counts. A nan takes no part and is 0. No variance: 0 everywhere. Empty input: an empty array.
    """
    cube = np.asarray(values, dtype=np.float64)
    if cube.ndim != 2:
        raise ValueError(f"values must be (areas, bins), not {cube.shape}")
    if not cube.size:
        return np.zeros(cube.shape, dtype=np.int8)
    z = gi_star(cube.T.ravel(), cube_weights(weights, cube.shape[1])).reshape(cube.shape[::-1]).T
    counts = np.nan_to_num(benjamini_hochberg(two_sided_p(z)), nan=1.0) <= alpha
    return np.asarray(np.where(counts, np.sign(np.nan_to_num(z)), 0), dtype=np.int8)


def cube_weights(weights: sparse.sparray, bins: int) -> sparse.csr_array:
    """Weights over bins x areas, the bins one after another: neighbours now, and the place and its neighbours before.

    W = I (x) A + L (x) (A + I), with L one below the diagonal; the first bin has nothing before it.
    """
    before = sparse.eye_array(bins, k=-1, format="csr")
    here = sparse.eye_array(weights.shape[0], format="csr")
    now = sparse.kron(sparse.eye_array(bins, format="csr"), weights)
    return sparse.csr_array(now + sparse.kron(before, weights + here))
