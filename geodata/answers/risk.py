"""Where is it worst? Every place's incidents against what its inhabitants would lead to expect. Words nothing.

A place is compared with its whole layer; the areas asked for and the scope only decide which are shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from geodata.answers.answer import DataFacts, Totals
from geodata.answers.counts import by_area
from geodata.answers.enough import ALPHA, FEWEST, LEVEL
from geodata.answers.exposure import Denominator, exposure_of, hot_spot_question, whole_layer
from geodata.answers.facts import facts_of
from geodata.answers.places import wholly_seen
from geodata.answers.selection import select
from geodata.answers.terrain import Terrain
from geodata.answers.totals import totals_of
from geodata.question import EVERYTHING, Question, Scope
from geodata.statistics.excess import excess_test
from geodata.statistics.gi_star import gi_star
from geodata.statistics.local_moran import local_moran
from geodata.statistics.rates import relative_risk
from geodata.statistics.significance import benjamini_hochberg, two_sided_p
from geodata.warehouse.snapshot import Snapshot

RiskMethod = Literal["relative_risk", "gi_star", "local_moran"]
HIGH, LOW, ORDINARY, TOO_FEW = "high", "low", "as expected", "too few to tell"
HOT, COLD, CHANCE = "hot spot", "cold spot", "not significant"
QUADRANTS = {"HH": "high-high", "LL": "low-low", "HL": "high-low", "LH": "low-high"}
NOBODY = "no population"

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """Places judged against each other, all arrays aligned.

    ``expected`` adds up to ``n`` over the places with a denominator; the others have none of what follows and the
    class "no population". ``rr`` is the steadied relative risk with its range ``low`` to ``high`` (90 %). ``z``, ``p``
    (two-sided) and ``q`` (Benjamini-Hochberg over all places of the layer) are of the method. ``classes`` by method:

    - relative_risk: "high" and "low" where q <= 5 % and the range leaves out 1, else "as expected"; on fewer than five
      incidents only "low" is ever said, else "too few to tell". p is the exact test of ``statistics.excess``.
    - gi_star: "hot spot", "cold spot" where q <= 5 %, else "not significant"; of the relative risks, p that of z.
    - local_moran: "high-high", "low-low", "high-low", "low-high" where q <= 5 %, else "not significant".
    """

    n: NDArray[np.int64]
    expected: Floats
    rr: Floats
    low: Floats
    high: Floats
    z: Floats
    p: Floats
    q: Floats
    classes: NDArray[np.object_]  # texts
    spread: float  # variance of the risks beyond chance; 0: nothing tells the places apart
    tests: int  # how many places were tested

    @property
    def few(self) -> NDArray[np.bool_]:
        """Places on whose incidents no risk may be stated."""
        return np.asarray(self.n < FEWEST, dtype=np.bool_)


@dataclass(frozen=True, slots=True, eq=False)
class AreaRisk(Judged):
    """The areas of a layer judged. What was not asked is 0, NaN or ""; ``without`` are areas nothing is known of."""

    question: Question
    method: RiskMethod
    codes: tuple[str, ...]
    names: tuple[str, ...]
    parents: tuple[str, ...]
    asked: NDArray[np.bool_]
    by: Denominator
    left_out: tuple[str, ...]  # categories left out because their places say little
    totals: Totals  # of the areas asked
    facts: DataFacts

    @property
    def without(self) -> tuple[int, ...]:
        """Positions of the areas asked that have no denominator and so are not judged."""
        return tuple(np.flatnonzero(self.asked & ~np.isfinite(self.expected)).tolist())


def answer_risk(
    snapshot: Snapshot,
    question: Question,
    scope: Scope,
    *,
    method: RiskMethod,
    terrain: Terrain,
    asked: NDArray[np.bool_],
) -> AreaRisk:
    """Judge the layer's areas. ``asked`` are the areas the question speaks of (places.asked_areas)."""
    question, left_out = hot_spot_question(snapshot, question)
    layer = snapshot.boundaries.layers[question.layer]
    everywhere = select(snapshot, whole_layer(question), EVERYTHING)
    exposure = exposure_of(snapshot, question, terrain)
    shown = asked & wholly_seen(snapshot.boundaries, question.layer, scope)
    n = by_area(everywhere, question.layer, len(layer.codes))
    judged = only(judge(n, exposure.values, terrain.weights, method), shown)
    return AreaRisk(
        **{field.name: getattr(judged, field.name) for field in fields(Judged)},
        question=question,
        method=method,
        codes=layer.codes,
        names=layer.names,
        parents=layer.parents,
        asked=shown,
        by=exposure.by,
        left_out=left_out,
        totals=totals_of(select(snapshot, question, scope), question.layer),
        facts=facts_of(snapshot),
    )


def judge(n: NDArray[np.int64], exposure: Floats, weights: csr_array, method: RiskMethod) -> Judged:
    """Judge places against each other: ``exposure`` is what incidents are expected in proportion to, NaN unknown."""
    known = np.isfinite(exposure) & (exposure > 0)
    due = np.where(known, exposure, np.nan)
    expected = due * (n[known].sum() / due[known].sum()) if known.any() else due
    risk = relative_risk(n, expected, level=LEVEL)
    if method == "relative_risk":
        test = excess_test(n, due)
        z, p, q = test.z, test.p, benjamini_hochberg(test.p)
        apart = (q <= ALPHA) & (risk.spread > 0)  # without any spread every range is 1 to 1, give or take rounding
        high, low = apart & (risk.low > 1) & (n >= FEWEST), apart & (risk.high < 1)
        classes = _named({NOBODY: ~known, HIGH: high, LOW: low, TOO_FEW: n < FEWEST}, ORDINARY)
    elif method == "gi_star":
        z = gi_star(risk.rr, weights)
        p = two_sided_p(z)
        q = benjamini_hochberg(p)
        classes = _named({NOBODY: ~known, HOT: (q <= ALPHA) & (z > 0), COLD: (q <= ALPHA) & (z < 0)}, CHANCE)
    else:
        moran = local_moran(risk.rr, weights)
        z, p, q = moran.z, moran.p, benjamini_hochberg(moran.p)
        quadrants = {name: (q <= ALPHA) & (moran.quadrant == quadrant) for quadrant, name in QUADRANTS.items()}
        classes = _named({NOBODY: ~known, **quadrants}, CHANCE)
    tests = int(np.isfinite(p).sum())
    return Judged(n, expected, risk.rr, risk.low, risk.high, z, p, q, classes, risk.spread, tests)


def _named(found: Mapping[str, NDArray[np.bool_]], otherwise: str) -> NDArray[np.object_]:
    """The first name whose mask is True; names are shared, as thousands of cells would else hold as many texts."""
    names = np.array([*found, otherwise], dtype=object)
    return np.asarray(names[np.select(list(found.values()), list(range(len(found))), len(found))], dtype=object)


def only(judged: Judged, shown: NDArray[np.bool_]) -> Judged:
    """The same with nothing said of the other places."""

    def kept(values: Floats) -> Floats:
        return np.where(shown, values, np.nan)

    return replace(
        judged,
        n=np.where(shown, judged.n, 0),
        expected=kept(judged.expected),
        rr=kept(judged.rr),
        low=kept(judged.low),
        high=kept(judged.high),
        z=kept(judged.z),
        p=kept(judged.p),
        q=kept(judged.q),
        classes=np.where(shown, judged.classes, ""),
    )
