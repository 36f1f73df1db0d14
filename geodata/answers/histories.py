"""What an area was bin by bin, and the name of its history, by one of three methods. Knows arrays, no places."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from geodata.statistics import risk_path
from geodata.statistics.emerging import HOT_ABOVE, NO_PATTERN, Trend, classify_all, exceedance_states
from geodata.statistics.rates import relative_risk
from geodata.statistics.space_time import space_time_states
from geodata.statistics.trend import mann_kendall_rows

Method = Literal["risk_path", "exceedance", "gi_star"]
THRESHOLD = 1.5  # times the median area, above which the risk path calls a month hot
Floats = NDArray[np.float64]
LIKELY = 0.5  # from this probability on a bin is called hot
ENOUGH = 5.0  # expected incidents a bin, for methods that take each bin by itself


@dataclass(frozen=True, slots=True, eq=False)
class Histories:
    """One entry an area; ``state`` and ``hot`` by area and bin. What they mean stands at patterns.AreaPatterns."""

    state: NDArray[np.int8]
    hot: Floats
    pattern: tuple[str, ...]
    probability: Floats
    rr: Floats
    rr_low: Floats
    rr_high: Floats
    enough: NDArray[np.bool_]
    trend: tuple[Trend, ...]
    above: float = np.nan


def histories_of(
    method: Method, counts: NDArray[np.int64], exposure: Floats, *, weights: csr_array, months: int
) -> Histories:
    """Judge counts (areas, bins) against an exposure (areas,), NaN where one takes no part; a bin has ``months``."""
    if method == "risk_path":
        return _by_risk_path(counts, exposure, months)
    expected = _expected(counts, exposure)
    risk = np.divide(counts, expected, out=np.ones(counts.shape), where=expected != 0)
    states = exceedance_states(counts, exposure) if method == "exceedance" else space_time_states(risk, weights)
    found = _by_states(states, counts, expected, risk)
    return replace(found, above=HOT_ABOVE) if method == "exceedance" else found


def _by_risk_path(counts: NDArray[np.int64], exposure: Floats, months: int) -> Histories:
    found = risk_path.risk_paths(counts, exposure, threshold=THRESHOLD)
    if counts.shape[1]:  # the function counts in months; a quarter needs three times as many
        enough = found.enough & (found.expected.mean(axis=1) >= risk_path.ENOUGH * months)
    else:
        enough = found.enough
    return Histories(
        (found.hot >= LIKELY).astype(np.int8),
        found.hot,
        tuple(np.where(enough, found.pattern, NO_PATTERN).tolist()),
        np.where(enough, found.probability, np.nan),
        found.rr,
        found.low,
        found.high,
        enough,
        _ways(found.trend),
        THRESHOLD,
    )


def _by_states(states: NDArray[np.int8], counts: NDArray[np.int64], expected: Floats, risk: Floats) -> Histories:
    """Names by Esri's definitions; the trend is that of the raw risk against the median area, so no season is one."""
    areas, bins = counts.shape
    if not bins:
        nothing = np.full(areas, np.nan)
        nowhere = np.zeros(areas, np.bool_)
        return Histories(
            states, expected, (NO_PATTERN,) * areas, nothing, nothing, nothing, nothing, nowhere, ("none",) * areas
        )
    enough = np.nan_to_num(expected.mean(axis=1)) >= ENOUGH
    states = np.where(enough[:, None], states, 0).astype(np.int8)
    usual = _median(risk)
    ways = _ways(mann_kendall_rows(risk / np.where(usual > 0, usual, 1.0)).z)
    last = relative_risk(counts[:, -1], expected[:, -1])
    middle = float(_median(last.rr))
    unit = middle if middle > 0 and last.spread > 0 else np.nan  # no spread: nothing tells any area from another
    return Histories(
        states,
        np.where(np.isfinite(expected), states == 1, np.nan),
        classify_all(states, ways),
        np.full(areas, np.nan),
        last.rr / unit,
        last.low / unit,
        last.high / unit,
        enough,
        ways,
    )


def _expected(counts: NDArray[np.int64], exposure: Floats) -> Floats:
    """Incidents by area and bin if all of a bin were spread by exposure; NaN where an area takes no part."""
    known = np.isfinite(exposure)
    total = exposure[known].sum()
    return exposure[:, None] * (counts[known].sum(axis=0) / total if total > 0 else np.nan)


def _median(risk: Floats) -> Floats:
    """Over the areas that take part, bin by bin; NaN where none does."""
    known = np.isfinite(risk if risk.ndim == 1 else risk.sum(axis=1))
    return np.asarray(np.median(risk[known], axis=0) if known.any() else np.full(risk.shape[1:], np.nan))


def _ways(z: Floats) -> tuple[Trend, ...]:
    return tuple(
        "up" if value > risk_path.TREND_Z else "down" if value < -risk_path.TREND_Z else "none" for value in z.tolist()
    )
