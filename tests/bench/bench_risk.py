"""Where is it worst, at a million incidents in 94 areas: each method, by area and by hexagon, beside a plain count.

Not collected by a plain run: ``pytest tests/bench/bench_risk.py -s``. Prints medians in one run; asserts no time.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from geodata.answers.answers import Answers
from geodata.answers.risk import RiskMethod
from geodata.question import Question
from geodata.vocabulary import Level, Period
from tests.geodata.planted import COMMUNE, SIDE, planted_snapshot
from tests.geodata.worlds import Still

AREAS, MONTHS, ROUNDS = 94, 36, 9
METHODS: tuple[RiskMethod, ...] = ("relative_risk", "gi_star", "local_moran")


def world() -> Answers:
    """A million incidents spread evenly over 94 communes of 30 square kilometres."""
    rng = np.random.default_rng(1)
    snapshot = planted_snapshot(rng.poisson(1_000_000 / (AREAS * MONTHS), (AREAS, MONTHS)))
    held = snapshot.incidents
    off = rng.uniform(-SIDE / 2, SIDE / 2, (2, len(held)))
    spread = replace(held, lon=held.lon + off[0], lat=held.lat + off[1])
    return Answers(Still(replace(snapshot, incidents=spread)))


def median_ms(ask: Callable[[Question], object]) -> tuple[float, float]:
    """The first answer, which lays the ground, and the median of later ones, each to a question nobody has asked."""
    times = []
    for day in range(ROUNDS + 1):
        begin = date(2022, 1, 1) + timedelta(days=day)
        question = Question(Period(begin, date(2024, 12, 31)), COMMUNE.edition, Level.COMMUNE)
        start = time.perf_counter()
        ask(question)
        times.append(1000 * (time.perf_counter() - start))
    return times[0], statistics.median(times[1:])


@pytest.mark.bench
def test_risk_at_a_million_incidents() -> None:
    answers = world()
    _, plain = median_ms(answers.counts)
    print(f"\ncounts: {plain:.0f} ms")  # noqa: T201
    for method in METHODS:

        def by_area(question: Question, method: RiskMethod = method) -> object:
            return answers.risk(question, method=method)

        def by_hexagon(question: Question, method: RiskMethod = method) -> object:
            return answers.hexagons(question, width_m=1000, method=method)

        for name, ask in (("areas", by_area), ("hexagons of 1,000 m", by_hexagon)):
            first, later = median_ms(ask)
            print(f"{method}, {name}: {later:.0f} ms (first {first:.0f}), {later / plain:.1f} x counts")  # noqa: T201
