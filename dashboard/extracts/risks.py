"""What the layers of risk tell of each place, as columns. Judges nothing."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dashboard.claims import risk as claims
from dashboard.extracts.numbers import told_of
from dashboard.extracts.table import Column, Filled, number
from dashboard.reading import Reading
from dashboard.words import Words
from geodata.answers.answer import AreaCounts
from geodata.answers.enough import FEWEST
from geodata.answers.risk import Judged, RiskMethod


def columns(reading: Reading, counts: AreaCounts, at: NDArray[np.intp]) -> list[Filled]:
    """The areas judged as on the map: against the whole layer, whichever areas are listed."""
    method: RiskMethod = "gi_star" if reading.view.layer == "gi_star" else "relative_risk"
    risk = reading.answers.risk(counts.question, reading.scope, method)
    made = judged(risk, at, reading.words)
    if risk.left_out:
        meaning = reading.words("recorded incidents without the categories left out of hot-spot tests")
        made.insert(0, Filled(Column("n_judged", meaning, "whole"), told_of(risk.n[at].tolist(), reading.words)))
    return made


def judged(found: Judged, at: NDArray[np.intp], words: Words) -> list[Filled]:
    """Expected number, relative risk with its range, test and verdict of the places at these positions."""
    told = found.n[at] >= FEWEST
    risk = words("times the expected number, steadied; none on fewer than {n} incidents", n=FEWEST)

    def stated(key: str, meaning: str, values: NDArray[np.float64]) -> Filled:
        shown = np.where(told, values[at], np.nan)
        return Filled(Column(key, meaning, "number"), [number(each) for each in shown.tolist()])

    def tested(key: str, meaning: str, values: NDArray[np.float64]) -> Filled:
        return Filled(Column(key, meaning, "number", 4), [number(each) for each in values[at].tolist()])

    expected = words("incidents expected, were the risk the same everywhere")
    return [
        Filled(Column("expected", expected, "number", 1), [number(each) for each in found.expected[at].tolist()]),
        stated("rr", risk, found.rr),
        stated("rr_low", words("lower end of its 90 % range"), found.low),
        stated("rr_high", words("upper end of its 90 % range"), found.high),
        tested("z", words("test statistic of the method"), found.z),
        tested("p", words("two-sided p"), found.p),
        tested("q", words("false discovery rate over all places of the layer"), found.q),
        Filled(Column("class", words("class by the method, for programs")), [str(found.classes[i]) for i in at]),
        Filled(Column("told", words("what can be told")), [_verdict(found, int(i), words) for i in at]),
    ]


def _verdict(found: Judged, place: int, words: Words) -> str | None:
    """None for a place of which the asker may see only a part."""
    return claims.verdict(found, place, words) if found.classes[place] else None
