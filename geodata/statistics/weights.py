"""Who is next to whom, as a sparse matrix that the statistics may rely on. Knows no places and no distances."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse


def as_weights(weights: sparse.sparray, n: int) -> sparse.csr_array:
    """``weights`` as a float csr_array (n, n) without stored zeros.

    Raises ValueError where the shape is another, a place is next to itself, or a weight is negative or not a number.
    """
    if weights.shape != (n, n):
        raise ValueError(f"weights are {weights.shape}, but there are {n} places")
    w = sparse.csr_array(weights, dtype=np.float64)
    if not (w.data > 0).all():
        if not (w.data >= 0).all():
            raise ValueError("weights must be numbers, none below 0")
        w = w.copy()
        w.eliminate_zeros()
    if w.diagonal().any():
        raise ValueError("weights must not have a diagonal: no place is its own neighbour")
    return w


def squared(w: sparse.csr_array) -> sparse.csr_array:
    """The weights, each multiplied by itself."""
    return sparse.csr_array((w.data**2, w.indices, w.indptr), shape=w.shape)


def standardised(w: sparse.csr_array) -> sparse.csr_array:
    """The weights of each row divided by their sum; an island's row stays empty."""
    total = np.repeat(w.sum(axis=1), np.diff(w.indptr))
    return sparse.csr_array((w.data / total, w.indices, w.indptr), shape=w.shape)


def degrees(w: sparse.csr_array) -> NDArray[np.intp]:
    """The number of neighbours of each place. Raises ValueError where the weights of one row differ."""
    count: NDArray[np.intp] = np.diff(w.indptr).astype(np.intp)
    first = np.repeat(w.data[w.indptr[:-1][count > 0]], count[count > 0])
    if not np.allclose(w.data, first, rtol=1e-9, atol=0.0):
        raise ValueError("shuffling needs weights that are equal within a row")
    return count
