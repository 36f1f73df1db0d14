"""How few places hold how much? Lorenz curve and Gini. Knows a count a place, nothing of where it lies.

With n places and c incidents, counts y in rising order, G = 2 sum(i y_i) / (n c) - (n + 1) / n. Where incidents are
fewer than places, most places must stay empty and G is high by necessity. Compared with the most equal there could
be, one incident in each of c places, it is G' = max(n / c, 1) (G - 1) + 1 (Bernasco & Steenbeek 2017, J. Quantitative
Criminology 33, 451-467).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Concentration:
    """How unevenly incidents lie over places.

    ``holding`` places, the fewest that together hold the ``share`` asked for, are ``holding_share`` of all places,
    and ``holding_of_possible`` of the places that could have had an incident: of incidents where places outnumber
    them. ``gini`` and ``generalised_gini`` (G and G' above): 0 as even as can be, near 1 all in one place.
    """

    places: int
    incidents: float
    with_any: int
    share: float
    holding: int
    holding_share: float
    holding_of_possible: float
    gini: float
    generalised_gini: float


def concentration(counts: ArrayLike, *, share: float = 0.5) -> Concentration:
    """Measures of ``counts`` (n,), the incidents of each place, 0 included; parts of incidents may be counted.

    No place or no incident: shares and Ginis nan, nothing holding. Raises ValueError on negative counts or nan, and
    on a share outside 0 to 1.
    """
    y = _counts(counts)
    if not 0 < share <= 1:
        raise ValueError(f"a share lies above 0 and up to 1, not {share}")
    n, total = len(y), float(y.sum())
    if total == 0:
        return Concentration(n, 0.0, 0, share, 0, np.nan, np.nan, np.nan, np.nan)
    # A hair less than the share, so that a half of ten in three roundings is still a half.
    holding = int(np.searchsorted(np.cumsum(y[::-1]), share * total * (1 - 1e-12))) + 1
    gini = float(2 * (np.arange(1, n + 1) @ y) / (n * total) - (n + 1) / n)
    possible = min(n, total)
    generalised = max(n / total, 1.0) * (gini - 1) + 1
    return Concentration(
        n, total, int((y > 0).sum()), share, holding, holding / n, holding / possible, gini, generalised
    )


def lorenz(counts: ArrayLike) -> tuple[Floats, Floats]:
    """The Lorenz curve, fullest places first: share of places (n + 1,) and the share of incidents they hold (n + 1,).

    The line of greatest equality runs from (0, 0) to (min(1, c / n), 1). No place or no incident: (0, 0) alone.
    """
    y = _counts(counts)
    if not y.any():
        return np.zeros(1), np.zeros(1)
    held = np.concatenate([[0.0], np.cumsum(y[::-1])])
    return np.arange(len(y) + 1) / len(y), held / held[-1]


def _counts(counts: ArrayLike) -> Floats:
    """The counts in rising order."""
    y = np.sort(np.asarray(counts, dtype=np.float64).ravel())
    if not (np.isfinite(y) & (y >= 0)).all():
        raise ValueError("counts must be numbers of 0 or more")
    return y
