"""Will the year end at or under its target, and could a fall be seen at all? Knows counts and shares of a year.

What is recorded later, a new law, a campaign: none of it is known here. The outlook is that of a year that goes on as
it began, with the season of the past years.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, inf, log, nan, sqrt
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betainc, nbdtrik, ndtr, ndtri

Track = Literal["on_track", "off_track", "too_close"]
ON_TRACK: Final = 0.8
OFF_TRACK: Final = 0.2
TAILS: Final = (0.1, 0.9)  # of the range beside the probability: 80 %, the odds that "on track" speaks of
PRIOR: Final = 0.5  # incidents, Jeffreys' prior of a Poisson rate: nothing so far is not "never"
ROUNDING: Final = 1e-9  # 0.9 x 70 is 63.00000000000001 in binary


@dataclass(frozen=True, slots=True)
class Season:
    """The share of a year's incidents that has come by a given day, and how far this year's may lie from it (sd)."""

    share: float
    sd: float


@dataclass(frozen=True, slots=True)
class Outlook:
    """Chance of ending at or under the target, the total to expect with its 80 % range, and what may still come.

    ``quota`` is the most incidents that may still come, below 0 where the target is passed already.
    """

    probability: float
    expected: float
    low: float
    high: float
    quota: int
    track: Track


def season(so_far: ArrayLike, totals: ArrayLike, *, phi: float = 1.0) -> Season:
    """Learn the seasonal share from past years: counts by the same day of each year, and of the whole years, (years,).

    s = sum(so_far) / sum(totals). Years differ by chance, phi s (1 - s) / N_y, and in truth, tau^2 by moments:

        tau^2 = max(0, (sum N_y (s_y - s)^2 - (years - 1) phi s (1 - s)) / (N - sum N_y^2 / N))
        sd^2  = phi s (1 - s) / N + tau^2 (1 + sum N_y^2 / N^2),   N = sum N_y

    Years without incidents are left out; none left: nan. One year cannot show how years differ: tau = 0.
    """
    came, year = np.asarray(so_far, dtype=np.float64), np.asarray(totals, dtype=np.float64)
    if came.shape != year.shape or (came < 0).any() or (came > year).any():
        raise ValueError(f"counts so far {came} must lie between 0 and the totals {year}")
    came, year = came[year > 0], year[year > 0]
    n = float(year.sum())
    if n == 0:
        return Season(nan, nan)
    share, squares = float(came.sum()) / n, float((year**2).sum())
    chance = max(1.0, phi) * share * (1 - share)  # phi nan: 1
    between = float((year * (came / year - share) ** 2).sum()) - (len(year) - 1) * chance
    tau2 = max(0.0, between / (n - squares / n)) if len(year) > 1 else 0.0
    return Season(share, sqrt(chance / n + tau2 * (1 + squares / n**2)))


def on_track(so_far: int, target: float, past: Season, *, phi: float = 1.0) -> Outlook:
    """The chance that a year with ``so_far`` incidents ends at or under ``target``, from the share that past years had.

    The rest of the year is negative binomial with, s the share and sd its spread,

        mean mu = (so_far + 1/2) (1 - s) / s,   variance phi mu / s + (mu sd / (s (1 - s)))^2

    which is the gamma-Poisson forecast of Jeffreys' prior when phi = 1 and sd = 0 (phi mu of it is the chance of the
    months to come, the rest what the months so far leave open about the level). On track from 0.8, off track to 0.2.

    Year over (s = 1): 1 or 0. Target passed: 0. Nothing to learn the share from, or no time gone (s = 0 or nan): nan,
    too close to call. phi below 1 counts as 1. Raises ValueError on negative counts.
    """
    if so_far < 0 or target < 0:
        raise ValueError(f"counts cannot be negative: {so_far} and {target}")
    quota = floor(target - so_far + ROUNDING)
    share = past.share
    if not share > 0:
        return Outlook(nan, nan, nan, nan, quota, "too_close")
    if share >= 1:
        sure = float(quota >= 0)
        return Outlook(sure, so_far, so_far, so_far, quota, "on_track" if sure else "off_track")
    mean = (so_far + PRIOR) * (1 - share) / share
    variance = max(1.0, phi) * mean / share + (mean * past.sd / (share * (1 - share))) ** 2  # phi nan: 1
    size = mean**2 / (variance - mean)
    success = size / (size + mean)
    chance = float(betainc(size, quota + 1, success)) if quota >= 0 else 0.0
    low, high = (so_far + max(0, ceil(float(nbdtrik(tail, size, success)) - ROUNDING)) for tail in TAILS)
    return Outlook(chance, so_far + mean, low, high, quota, _track(chance))


def power(baseline: float, *, change: float = -0.10, alpha: float = 0.05, phi: float = 1.0) -> float:
    """The chance that a true ``change`` from ``baseline`` incidents a year shows in a two-sided test at ``alpha``.

    P = Phi(d / se - z) + Phi(-d / se - z),  d = |log(1 + change)|,  se^2 = phi (1 / n + 1 / (n (1 + change)))

    with z the normal 1 - alpha / 2 point (Wald on the log ratio; the exact test sees a little less on small counts).
    No incidents: 0. Raises ValueError for a negative baseline or a change not above -1.
    """
    if baseline < 0:
        raise ValueError(f"the baseline {baseline} cannot be negative")
    if baseline == 0:
        return 0.0
    signal = sqrt(baseline) / _unit(change, phi)
    z = -float(ndtri(alpha / 2))
    return float(ndtr(signal - z) + ndtr(-signal - z))


def cases_for_power(wanted: float = 0.8, *, change: float = -0.10, alpha: float = 0.05, phi: float = 1.0) -> float:
    """How many incidents a year it takes to see a true ``change`` with chance ``wanted``; inf for no change.

    n = phi (z_alpha + z_wanted)^2 (1 + 1 / (1 + change)) / log(1 + change)^2; for a fall of 10 % about 1,500.
    """
    if not alpha < wanted < 1:
        raise ValueError(f"the wanted chance {wanted} must lie between {alpha} and 1")
    return float((ndtri(wanted) - ndtri(alpha / 2)) * _unit(change, phi)) ** 2


def _unit(change: float, phi: float) -> float:
    """The baseline at which the change is one standard error, as a root: se sqrt(n) / d."""
    if change <= -1:
        raise ValueError(f"a change of {change} leaves nothing")
    return sqrt(phi * (1 + 1 / (1 + change))) / abs(log(1 + change)) if change else inf


def _track(chance: float) -> Track:
    if chance >= ON_TRACK:
        return "on_track"
    return "off_track" if chance <= OFF_TRACK else "too_close"
