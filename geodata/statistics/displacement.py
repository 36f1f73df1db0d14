"""Did it move next door? Counts of a place, its ring and places to compare, before and after. Knows no map.

Neither figure says that an operation was the cause: both compare places that may differ in more than what was done.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import nan, sqrt
from typing import Final

NORMAL_975: Final = 1.959963984540054  # 97.5 % point of the standard normal distribution


@dataclass(frozen=True, slots=True)
class Difference:
    """Incidents more (below zero: fewer) than the compared places would lead one to expect, with a 95 % interval."""

    estimate: float
    low: float
    high: float


def success(a0: float, a1: float, c0: float, c1: float) -> float:
    """Bowers and Johnson's success measure a1 / c1 - a0 / c0: below 0 the target a did better than its control c.

    nan where a count of the control is 0. Only below 0 is there a fall that could have moved, and only then should a
    displacement quotient be shown.
    """
    _check(a0, a1, c0, c1)
    return a1 / c1 - a0 / c0 if c0 and c1 else nan


def wdq(a0: float, a1: float, b0: float, b1: float, c0: float, c1: float) -> float:
    """Weighted displacement quotient of counts before (0) and after (1) in target a, buffer b and control c.

        WDQ = (b1 / c1 - b0 / c0) / (a1 / c1 - a0 / c0)

    (Bowers and Johnson 2003, Measuring the geographical displacement and diffusion of benefit effects of crime
    prevention activity, J. Quantitative Criminology 19(3), 275-301.) Where the target beat its control (``success``
    below 0): above 1 the benefit spread by more than the fall itself, 0 to 1 it spread, -1 to 0 a part of the fall
    reappeared in the buffer, -1 all of it, under -1 more than all.

    nan where a count of the control is 0 or the target moved exactly with its control. No interval belongs to it: show
    it beside ``wdd``. Raises ValueError on negative counts.
    """
    _check(a0, a1, b0, b1, c0, c1)
    gain = success(a0, a1, c0, c1)
    if not c0 or not c1 or a1 * c0 == a0 * c1:
        return nan
    return (b1 / c1 - b0 / c0) / gain


def wdd(  # noqa: PLR0917 - the eight counts, in the order of the paper's table
    t0: float, t1: float, c0: float, c1: float, td0: float, td1: float, cd0: float, cd1: float
) -> Difference:
    """Weighted displacement difference of target t, control c and the rings td and cd round them, with 95 % interval.

        WDD = (t1 - t0) - (c1 - c0) + (td1 - td0) - (cd1 - cd0);  variance = t0 + t1 + c0 + ... + cd1 (Poisson counts)

    (Wheeler and Ratcliffe 2018, A simple weighted displacement difference test, Crime Science 7:11.) Below zero fewer
    incidents than expected, ring included; the interval is estimate -+ 1.96 sd. Eight zeros give 0 with no width; a
    part that was not looked at is given as zeros. Raises ValueError on negative counts.
    """
    _check(t0, t1, c0, c1, td0, td1, cd0, cd1)
    estimate = float((t1 - t0) - (c1 - c0) + (td1 - td0) - (cd1 - cd0))
    reach = NORMAL_975 * sqrt(t0 + t1 + c0 + c1 + td0 + td1 + cd0 + cd1)
    return Difference(estimate, estimate - reach, estimate + reach)


def wdd_of_rest(t0: float, t1: float, c0: float, c1: float, td0: float, td1: float, *, phi: float = 1.0) -> Difference:
    """``wdd`` where the control is much larger than target t and ring td together, as the rest of a province is.

    Its change counts in proportion: with S = t + td, r = c1 / c0 and w = S0 / c0 it is ``wdd`` of a control that is
    weighted by w and has no ring of its own (weights as in Wheeler's R package ptools),

        WDD = S1 - S0 - w (c1 - c0) = S1 - r S0;  variance = phi (S1 + r^2 S0 + w^2 (c1 + r^2 c0))

    by the delta method for Poisson counts, phi times as spread. Where r = w = 1 that is the sum of the counts, as in
    ``wdd``. nan where the control had nothing before. Raises ValueError on negative counts.
    """
    _check(t0, t1, c0, c1, td0, td1)
    if not c0:
        return Difference(nan, nan, nan)
    s0, s1, r = t0 + td0, t1 + td1, c1 / c0
    estimate = float(s1 - r * s0)
    reach = NORMAL_975 * sqrt(phi * (s1 + r**2 * s0 + (s0 / c0) ** 2 * (c1 + r**2 * c0)))
    return Difference(estimate, estimate - reach, estimate + reach)


def _check(*counts: float) -> None:
    if any(count < 0 for count in counts):
        raise ValueError(f"counts cannot be negative: {counts}")
