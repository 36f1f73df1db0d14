"""Do months differ by more than chance, and what that does to a change. Knows counts, no calendar and no category.

Incidents come in bouts (one offender, one raid), so months spread more than Poisson counts. The factor phi by which
their variance exceeds the mean widens what is said of a change: every count is worth only 1 / phi of itself.
"""

from __future__ import annotations

from math import inf, nan
from typing import Final

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betainc, betaincinv

from geodata.statistics.change import Ratio, Verdict, ratio_test, target_verdict

WIDEN_ABOVE: Final = 1.3  # below it phi is not told from 1 on a few years of months, and exact tests stand


def dispersion(counts: ArrayLike) -> float:
    """Pearson's phi = sum((y - mu)^2 / mu) / degrees of freedom; 1 for Poisson counts.

    (McCullagh and Nelder 1989, Generalized Linear Models, 2nd ed., 4.5 and 6.2.) A series (months,) is held against its
    mean, with months - 1 degrees. A table (years, months) is held against mu = row sum x column sum / sum, so that
    levels of years and seasons are no dispersion, with (years - 1)(months - 1) degrees. For a feast that moves let its
    months be one column.

    Rows and columns of zeros are left out. nan where no degree of freedom or no incident is left. Raises ValueError on
    negative counts or other shapes.
    """
    y = np.asarray(counts, dtype=np.float64)
    if y.ndim not in {1, 2} or (y < 0).any():
        raise ValueError(f"counts must be a series or a table without negative numbers, not {y.shape}")
    if y.ndim == 1:
        mu, degrees = np.full_like(y, y.mean() if y.size else nan), y.size - 1
    else:
        y = y[y.sum(axis=1) > 0][:, y.sum(axis=0) > 0]
        rows, columns = y.sum(axis=1), y.sum(axis=0)
        mu = np.outer(rows, columns) / max(float(y.sum()), 1.0)
        degrees = (y.shape[0] - 1) * (y.shape[1] - 1)
    if degrees < 1 or y.sum() == 0:
        return nan
    return float(((y - mu) ** 2 / mu).sum() / degrees)


def widened_ratio(before: int, after: int, phi: float, *, exposure: float = 1.0, level: float = 0.95) -> Ratio:
    """``change.ratio_test`` where months differ by chance; above phi = 1.3 the same for counts worth 1 / phi each.

    With b = before / phi and a = after / phi the interval of q = r e / (1 + r e) is Clopper and Pearson's continued to
    fractions, between the (1 - level) / 2 points of Beta(a, b + 1) and Beta(a + 1, b); p is twice the smaller tail. For
    large counts this is the quasi-Poisson interval: standard error of log r = sqrt(phi (1 / before + 1 / after)).

    ``phi`` nan (nothing to measure it on) leaves the exact test. Zeros as in ``ratio_test``.
    """
    exact = ratio_test(before, after, exposure=exposure, level=level)
    if not phi > WIDEN_ABOVE or before == after == 0:
        return exact
    b, a, tail = before / phi, after / phi, (1 - level) / 2
    low = float(betaincinv(a, b + 1, tail)) if after else 0.0
    high = float(betaincinv(a + 1, b, 1 - tail)) if before else 1.0
    q = exposure / (1 + exposure)
    p = min(1.0, 2 * min(_at_most(a, b, q), _at_least(a, b, q)))
    return Ratio(exact.ratio, _odds(low) / exposure, _odds(high) / exposure, p)


def widened_verdict(before: int, after: int, phi: float, *, target: float = 0.9, alpha: float = 0.05) -> Verdict:
    """``change.target_verdict``; above phi = 1.3 its two one-sided tests for counts worth 1 / phi each."""
    plain = target_verdict(before, after, target=target, alpha=alpha)
    if not phi > WIDEN_ABOVE or before == after == 0:
        return plain
    b, a, q = before / phi, after / phi, target / (1 + target)
    if _at_most(a, b, q) <= alpha:
        return "met"
    return "missed" if _at_least(a, b, q) <= alpha else "unclear"


def _at_most(a: float, b: float, q: float) -> float:
    """P(X <= a) of X ~ Binomial(a + b, q), continued to fractions."""
    return float(betainc(b, a + 1, 1 - q)) if b > 0 else 1.0


def _at_least(a: float, b: float, q: float) -> float:
    return float(betainc(a, b + 1, q)) if a > 0 else 1.0


def _odds(share: float) -> float:
    return share / (1 - share) if share < 1 else inf
