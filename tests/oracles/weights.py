"""Weights to try statistics on, and the same weights as PySAL wants them."""

from __future__ import annotations

from typing import Any

import numpy as np
from libpysal.weights import W
from scipy import sparse


def line(n: int) -> sparse.csr_array:
    """n places in a row, each next to the one before and the one after."""
    return sparse.csr_array(np.eye(n, k=1) + np.eye(n, k=-1))


def chance(n: int, seed: int, *, degree: float = 4.0) -> sparse.csr_array:
    """Symmetric binary weights with about ``degree`` neighbours a place; some places may be islands."""
    half = np.triu(np.random.default_rng(seed).random((n, n)) < degree / n, 1)
    return sparse.csr_array((half | half.T).astype(float))


def as_pysal(weights: Any) -> W:
    rows = weights.tolil().rows
    return W({i: [int(j) for j in row] for i, row in enumerate(rows)}, silence_warnings=True)
