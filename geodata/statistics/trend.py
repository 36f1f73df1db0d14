"""Does a series rise or fall? Mann and Kendall's test and Sen's slope. Knows numbers in order, no dates.

    S = sum over i < j of sign(x_j - x_i)
    Var S = (n (n-1) (2n+5) - sum over tied groups of t (t-1) (2t+5)) / 18
    z = (S - sign S) / sqrt(Var S)           slope = median over i < j of (x_j - x_i) / (j - i)

(Mann 1945, Econometrica 13, 245-259; Kendall 1975, Rank Correlation Methods; Sen 1968, JASA 63, 1379-1389). Null
case: the values are exchangeable, so a series must not be smoothed or depend on its own past. z is about normal
from 8 to 10 values on.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geodata.statistics.significance import two_sided_p

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Trend:
    """Score S, its variance under no trend, z with continuity correction, two-sided p, slope per step of the series."""

    s: float
    var_s: float
    z: float
    p: float
    sen_slope: float


@dataclass(frozen=True, slots=True, eq=False)
class Trends:
    """The same of many series: arrays of shape (series,)."""

    s: Floats
    var_s: Floats
    z: Floats
    p: Floats
    sen_slope: Floats


def mann_kendall(series: ArrayLike) -> Trend:
    """Trend of one series, shape (t,); its values stand at steps 0, 1, 2, ...

    nan is a gap: left out of S and n, while the steps of the slope go on. All values equal: S = Var S = z = 0, p = 1,
    slope 0. Fewer than two values: the same with slope nan. Two values always give p = 1.
    """
    x = np.asarray(series, dtype=np.float64)
    if x.ndim != 1:
        raise ValueError(f"a series has one dimension, not {x.ndim}")
    many = mann_kendall_rows(x[None, :])
    return Trend(*(float(v[0]) for v in (many.s, many.var_s, many.z, many.p, many.sen_slope)))


def mann_kendall_rows(series: ArrayLike) -> Trends:
    """Trends of many series side by side, shape (series, t): each row as ``mann_kendall`` has it."""
    x = np.asarray(series, dtype=np.float64)
    if x.ndim != 2:
        raise ValueError(f"series stand in rows, two dimensions, not {x.ndim}")
    first, second = np.triu_indices(x.shape[1], 1)
    rise = x[:, second] - x[:, first]
    s = np.nansum(np.sign(rise), axis=1)
    n = np.isfinite(x).sum(axis=1)
    var_s = (n * (n - 1) * (2 * n + 5) - _tied(x)) / 18.0
    z = np.divide(s - np.sign(s), np.sqrt(var_s), out=np.zeros(len(x)), where=var_s > 0)
    return Trends(s, var_s, z, two_sided_p(z), _median(rise / (second - first)))


def _tied(x: Floats) -> Floats:
    """The sum of t (t-1) (2t+5) over the groups of equal values in each row; nan equals nothing, itself neither."""
    ordered = np.sort(x, axis=1)
    fresh = np.ones(x.shape, dtype=bool)
    fresh[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    group = np.cumsum(fresh).reshape(x.shape) - 1
    t = np.bincount(group.ravel())[group].astype(np.float64)  # of each value: how many equal it
    return np.asarray(((t - 1) * (2 * t + 5)).sum(axis=1), dtype=np.float64)


def _median(slopes: Floats) -> Floats:
    """The median of each row without its nans; nan where nothing is left."""
    middle = np.full(len(slopes), np.nan)
    filled = np.isfinite(slopes).any(axis=1)
    if filled.any():
        middle[filled] = np.nanmedian(slopes[filled], axis=1)
    return middle
