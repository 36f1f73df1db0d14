"""Answers at a million incidents against a pandas twin, pair by pair in one run; asserts no time.

Not collected by a plain run. Measure with ``pytest tests/bench/bench_counts.py -s``; the ratio is printed and recorded
in ``extra_info`` (``--benchmark-json=counts.json``).
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest
import shapely

from geodata.answers.answers import Answers
from geodata.boundaries.editions import Boundaries, Edition, Layer
from geodata.question import Question
from geodata.vocabulary import Category, LayerKey, Level, Period
from geodata.warehouse.snapshot import EPOCH, SOURCES, Incidents, Snapshot, Spans
from tests.geodata.worlds import Still

INCIDENTS = 1_000_000
AREAS = 94
ROUNDS = 15
FIRST, LAST = date(2015, 1, 1), date(2024, 12, 31)
KEYS = ("theft", "drugs", "assault", "gambling", "fraud", "black_credit")
COMMUNES = LayerKey("2024", Level.COMMUNE)
ALL = Question(Period(FIRST, LAST), "2024", Level.COMMUNE)
QUESTIONS = {
    "a click": replace(ALL, period=Period(date(2023, 1, 1), date(2023, 12, 31)), categories=("theft", "assault")),
    "everything": ALL,
    "all filters": replace(ALL, categories=("theft", "drugs"), hours=(18, 5), weekdays=(6, 7), sources=SOURCES[:1]),
}


def million() -> Snapshot:
    """Ten years of incidents in 94 areas on a 10-wide grid."""
    rng = np.random.default_rng(1)
    days = np.sort(rng.integers((FIRST - EPOCH).days, (LAST - EPOCH).days + 1, INCIDENTS)).astype(np.int32)
    corners = np.divmod(np.arange(AREAS), 10)
    polygons = shapely.box(corners[1], corners[0], corners[1] + 1, corners[0] + 1)
    codes = tuple(str(10_000 + i) for i in range(AREAS))
    layer = Layer(COMMUNES, codes, codes, ("",) * AREAS, np.full(AREAS, 1e4), polygons)
    incidents = Incidents(
        day=days,
        hour=rng.integers(-1, 24, INCIDENTS).astype(np.int8),
        weekday=((days + 3) % 7 + 1).astype(np.int8),
        category=rng.integers(0, len(KEYS), INCIDENTS).astype(np.int16),
        source=rng.integers(0, len(SOURCES), INCIDENTS).astype(np.int8),
        placement=np.zeros(INCIDENTS, dtype=np.int8),
        lon=rng.uniform(0, 10, INCIDENTS),
        lat=rng.uniform(0, 9, INCIDENTS),
        precision=np.zeros(INCIDENTS, dtype=np.int8),
        zones=np.zeros(INCIDENTS, dtype=np.uint64),
        zones_near=np.zeros(INCIDENTS, dtype=np.uint64),
        file=np.zeros(INCIDENTS, dtype=np.int32),
        spans=Spans.none(),
        area={COMMUNES: rng.integers(-1, AREAS, INCIDENTS).astype(np.int32)},
    )
    categories = tuple(Category(key, key, key, key) for key in KEYS)
    boundaries = Boundaries(editions={"2024": Edition("2024")}, layers={COMMUNES: layer})
    return Snapshot(1, datetime(2025, 1, 1, tzinfo=UTC), incidents, categories, boundaries, {}, {}, (), 0)


def as_frame(snapshot: Snapshot) -> pd.DataFrame:
    """The same rows as an analyst would hold them: dates, and categoricals for words."""
    incidents, layer = snapshot.incidents, snapshot.boundaries.layers[COMMUNES]
    columns = {
        "day": pd.to_datetime(incidents.day, unit="D"),
        "hour": incidents.hour,
        "weekday": incidents.weekday,
        "category": pd.Categorical.from_codes(incidents.category, pd.Index(KEYS)),
        "source": pd.Categorical.from_codes(incidents.source, pd.Index([source.value for source in SOURCES])),
        "area": pd.Categorical.from_codes(incidents.area[COMMUNES], pd.Index(layer.codes)),
    }
    return pd.DataFrame(columns)


def with_pandas(frame: pd.DataFrame, question: Question) -> tuple[pd.Series, pd.Series]:
    """Counts by area now and a year earlier, the idiomatic way."""
    return _counted(frame, question, question.period), _counted(frame, question, question.period.a_year_earlier())


def _counted(frame: pd.DataFrame, question: Question, period: Period) -> pd.Series:
    keep = frame["day"].between(pd.Timestamp(period.start), pd.Timestamp(period.end))
    if question.categories:
        keep &= frame["category"].isin(question.categories)
    if question.sources:
        keep &= frame["source"].isin([source.value for source in question.sources])
    if question.hours:
        first, last = question.hours
        keep &= (frame["hour"] >= first) | frame["hour"].between(0, last)
    if question.weekdays:
        keep &= frame["weekday"].isin(question.weekdays)
    counted: pd.Series = frame[keep].groupby("area", observed=False).size()
    return counted


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return million()


@pytest.fixture(scope="module")
def frame(snapshot: Snapshot) -> pd.DataFrame:
    return as_frame(snapshot)


@pytest.mark.bench
@pytest.mark.parametrize("name", list(QUESTIONS))
def test_counts_beside_pandas(benchmark: Any, snapshot: Snapshot, frame: pd.DataFrame, name: str) -> None:
    question = QUESTIONS[name]
    shifts = iter(range(10_000))

    def asked_anew() -> Question:  # another period each time, or only the cache would be measured
        start = question.period.start + timedelta(days=next(shifts) % 300)
        return replace(question, period=Period(start, question.period.end))

    answers = Answers(Still(snapshot))
    pairs = [
        (timed(lambda q=q: with_pandas(frame, q)), timed(lambda q=q: answers.counts(q)))  # type: ignore[misc]
        for q in (asked_anew() for _ in range(ROUNDS))
    ]
    ratio = statistics.median(slow / fast for slow, fast in pairs)
    benchmark.pedantic(lambda: answers.counts(asked_anew()), rounds=ROUNDS, warmup_rounds=2)
    answer, (now, before) = answers.counts(question), with_pandas(frame, question)
    benchmark.extra_info.update(ratio_to_pandas=round(ratio, 1), incidents=INCIDENTS)
    median = statistics.median(fast for _, fast in pairs) * 1000
    print(f"\n{name}: {median:.2f} ms, {ratio:.0f} x pandas at {INCIDENTS:,} incidents")  # noqa: T201
    assert answer.n.tolist() == now.tolist()
    assert answer.before.tolist() == before.tolist()
