"""A row of hot, plain and cold bins gets its name: new, persistent, historical ... Knows no counts' meaning, no map."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammainc, gammaincc

Trend = Literal["up", "down", "none"]
NO_PATTERN = "no pattern detected"
KINDS = ("new", "consecutive", "intensifying", "persistent", "diminishing", "sporadic", "oscillating", "historical")
PATTERNS = (*(f"{kind} {side} spot" for side in ("hot", "cold") for kind in KINDS), NO_PATTERN)
HOT_ABOVE, COLD_BELOW, SURE = 1.25, 0.8, 0.9


def classify(states: ArrayLike, trend: Trend) -> str:
    """The name of a series of bins, oldest first: 1 hot, -1 cold, 0 neither (categories of Esri's emerging hot spots).

    With T bins, of which h hot: *new* hot in the last bin only; *consecutive* one unbroken run of two or more up to
    the last bin, h < 90 % of T; *intensifying* / *diminishing* / *persistent* h >= 90 % and the last, with the trend up
    / down / none; *oscillating* hot last, before that once cold; *sporadic* hot last, before that on and off, never
    cold; *historical* h >= 90 %, the last not hot. The first that fits counts, in this order, so what was cold before
    may be new or consecutive. Cold bins mirror hot ones, where "down" intensifies; the last bin says which side is
    named. Anything else, and an empty series: "no pattern detected".

    ``states`` has shape (T,). ``trend`` is that of the series itself, beyond chance. Other values raise ValueError.
    """
    series = np.asarray(states)
    if series.ndim != 1 or not np.isin(series, (-1, 0, 1)).all():
        raise ValueError("states must be one series of -1, 0 and 1")
    if trend not in get_args(Trend):
        raise ValueError(f"trend {trend!r} must be 'up', 'down' or 'none'")
    if not series.size:
        return NO_PATTERN
    side = int(series[-1]) or (1 if np.count_nonzero(series == 1) >= np.count_nonzero(series == -1) else -1)
    kind = _kind(series == side, series == -side, trend if side == 1 else _mirrored(trend))
    return f"{kind} {'hot' if side == 1 else 'cold'} spot" if kind else NO_PATTERN


def classify_all(states: ArrayLike, trends: Sequence[Trend]) -> tuple[str, ...]:
    """The names of many series: states (areas, T), one trend an area. No areas: no names."""
    rows = np.asarray(states)
    if rows.ndim != 2 or len(rows) != len(trends):
        raise ValueError(f"states {rows.shape} must be (areas, bins), with {len(trends)} trends for the areas")
    return tuple(classify(row, trend) for row, trend in zip(rows, trends, strict=True))


def exceedance_states(counts: ArrayLike, population: ArrayLike) -> NDArray[np.int8]:
    """Which bins are hot or cold against the median area, each bin by itself: counts (areas, bins) -> 1, 0, -1.

    In a bin an area is expected to have e = p sum(o) / sum(p). With r = o / e and the prior Gamma(k, k) by moments,
    1 / k = max(0, sum(e (r - 1)^2) / sum(e) - n / sum(e)) over n areas, its relative risk is Gamma(k + o, rate k + e)
    (Clayton and Kaldor 1987), divided by the median area's mean. Hot: P(risk > 1.25) >= 0.9; cold: P(< 0.8) >= 0.9.

    Areas without a population above 0 take no part and stay 0, as do all areas of a bin without a case, or without
    spread beyond chance (every risk is 1 there). One area is its own median: never hot or cold by its prior. Empty
    input gives an empty array. ValueError where the shapes disagree or a count is negative.
    """
    cases, people = np.asarray(counts, dtype=np.float64), np.asarray(population, dtype=np.float64)
    if cases.ndim != 2 or people.shape != cases.shape[:1]:
        raise ValueError(f"counts {cases.shape} must be (areas, bins) and population {people.shape} (areas,)")
    if (cases < 0).any():
        raise ValueError("counts cannot be negative")
    states = np.zeros(cases.shape, dtype=np.int8)
    known = np.isfinite(people) & (people > 0)
    seen = cases[known].sum(axis=0) > 0
    if not seen.any():
        return states
    o, p = cases[known][:, seen], people[known][:, None]
    e = p * (o.sum(axis=0) / p.sum())
    spread = np.maximum(0.0, (e * (o / e - 1) ** 2).sum(axis=0) / e.sum(axis=0) - len(o) / e.sum(axis=0))
    k = 1 / np.maximum(spread, 1e-9)
    shape, rate = k + o, k + e
    unit = np.median(shape / rate, axis=0) * rate
    hot = gammaincc(shape, HOT_ABOVE * unit) >= SURE
    cold = gammainc(shape, COLD_BELOW * unit) >= SURE
    states[np.ix_(known, seen)] = hot.astype(np.int8) - cold.astype(np.int8)
    return states


def _kind(on: NDArray[np.bool_], off: NDArray[np.bool_], trend: Trend) -> str | None:
    hot, bins = int(on.sum()), len(on)
    mostly = 10 * hot >= 9 * bins  # in whole numbers, so that 9 of 10 is 90 %
    if not on[-1]:
        return "historical" if mostly else None
    if hot == 1:
        return "new"
    if mostly:
        return {"up": "intensifying", "down": "diminishing", "none": "persistent"}[trend]
    if on[-hot:].all():
        return "consecutive"
    return "oscillating" if off.any() else "sporadic"


def _mirrored(trend: Trend) -> Trend:
    mirror: dict[Trend, Trend] = {"up": "down", "down": "up", "none": "none"}
    return mirror[trend]
