"""Is the second count really lower, and did it reach the target? Knows two counts, no months and no categories."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import inf, nan
from typing import Literal

from scipy.special import bdtr, bdtrc, betaincinv, gammaln, xlog1py, xlogy

Verdict = Literal["met", "missed", "unclear"]
TIE = 1 + 1e-7  # outcomes this close in probability count as equally likely, as in scipy.stats.binomtest


@dataclass(frozen=True, slots=True)
class Ratio:
    """Rate ratio after / before with an exact interval and the two-sided p of "no change"."""

    ratio: float
    low: float
    high: float
    p: float


def ratio_test(before: int, after: int, *, exposure: float = 1.0, level: float = 0.95) -> Ratio:
    """Exact conditional test of two Poisson counts.

    Given n = before + after, ``after`` ~ Binomial(n, q) with q = r e / (1 + r e), r the rate ratio and e the exposure
    after / before (Przyborowski and Wilenski 1940). The interval is Clopper and Pearson's for q, turned into r; p sums
    the outcomes no likelier than the one seen, as R's ``poisson.test`` and ``scipy.stats.binomtest`` do.

    0 and 0: ratio nan, interval 0 to inf, p 1. Nothing before: ratio and upper end inf. Nothing after: ratio and lower
    end 0. Raises ValueError on counts below 0 or not whole, an exposure not above 0 or a level outside (0, 1).
    """
    before, after = _whole(before, after)
    if not 0 < exposure < inf or not 0 < level < 1:
        raise ValueError(f"exposure {exposure} must be above 0 and level {level} between 0 and 1")
    if before == after == 0:
        return Ratio(nan, 0.0, inf, 1.0)
    tail = (1 - level) / 2
    low = float(betaincinv(after, before + 1, tail)) if after else 0.0
    high = float(betaincinv(after + 1, before, 1 - tail)) if before else 1.0
    ratio = after / before / exposure if before else inf
    p = _two_sided(after, before + after, exposure / (1 + exposure))
    return Ratio(ratio, _odds(low) / exposure, _odds(high) / exposure, p)


def target_verdict(before: int, after: int, *, target: float = 0.9, alpha: float = 0.05) -> Verdict:
    """Whether the ratio after / before is below ``target`` beyond chance, above it beyond chance, or cannot be told.

    Two one-sided exact tests against q = target / (1 + target), each at ``alpha``. "met" is more than the arithmetic
    after <= target * before: it is shown beside it, never instead. 0 and 0 is "unclear".
    """
    before, after = _whole(before, after)
    if not 0 < target < inf or not 0 < alpha < 1:
        raise ValueError(f"target {target} must be above 0 and alpha {alpha} between 0 and 1")
    n, q = before + after, target / (1 + target)
    if n and float(bdtr(after, n, q)) <= alpha:
        return "met"
    if n and _at_least(after, n, q) <= alpha:
        return "missed"
    return "unclear"


def _whole(before: int, after: int) -> tuple[int, int]:
    """Both as plain int: sums of arrays come as numpy's numbers, 95.0 is 95, and of 1.5 incidents nothing is exact."""
    if before < 0 or after < 0:
        raise ValueError(f"counts cannot be negative: {before} and {after}")
    if before % 1 or after % 1:
        raise ValueError(f"counts must be whole: {before} and {after}")
    return int(before), int(after)


def _odds(share: float) -> float:
    return share / (1 - share) if share < 1 else inf


def _at_least(k: int, n: int, q: float) -> float:
    return float(bdtrc(k - 1, n, q)) if k else 1.0


def _two_sided(k: int, n: int, q: float) -> float:
    """Sum of P(X = j) over all j with P(X = j) <= P(X = k); the far tail's end by bisection, so n may be millions."""

    def mass(j: int) -> float:
        logs = gammaln(n + 1) - gammaln(j + 1) - gammaln(n - j + 1) + xlogy(j, q) + xlog1py(n - j, -q)
        return float(logs)

    seen = mass(k) + (TIE - 1)  # in logs the factor 1 + 1e-7 is a sum
    mode = min(int((n + 1) * q), n)
    if k < mode:
        far = _first(mode, n + 1, lambda j: mass(j) <= seen)
        p = float(bdtr(k, n, q)) + (_at_least(far, n, q) if far <= n else 0.0)
    elif k > mode:
        far = _first(0, mode + 1, lambda j: mass(j) > seen) - 1
        p = _at_least(k, n, q) + (float(bdtr(far, n, q)) if far >= 0 else 0.0)
    else:
        p = 1.0
    return min(p, 1.0)


def _first(low: int, high: int, holds: Callable[[int], bool]) -> int:
    """The first j in [low, high) for which ``holds`` (false, then true) is true; ``high`` where none is."""
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low
