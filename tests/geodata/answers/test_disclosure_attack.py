"""Attacks on what is disclosed: everything that may be asked is asked, subtracted, and given to a linear programme.

The attacker knows which cells there are, every published number, how the table is made and how far its sums may be off.
A small count is safe where the programme cannot tell 1 from 4. The same attack must succeed where nothing is protected,
and where each View is protected only by itself; else it would prove nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from itertools import combinations, product
from typing import Any

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import linprog

from geodata.answers.answers import Answers
from geodata.answers.disclosure import cell_table, disclose, sets_of
from geodata.question import EVERYTHING, Detail, Question, Scope
from geodata.vocabulary import Level, Period, Source
from geodata.warehouse.snapshot import EPOCH, SOURCES, Snapshot
from tests.geodata.worlds import C24, C25, CATEGORIES, Still, tiny_snapshot

pytestmark = pytest.mark.slow

HIDDEN = Scope(detail=Detail.FIVE)


def first_year(snapshot: Snapshot) -> Snapshot:
    """The snapshot without the incidents after 2022, so that the programmes are solved in seconds."""
    held = snapshot.incidents
    some = np.flatnonzero(held.day <= (date(2022, 12, 31) - EPOCH).days)
    columns = {field.name: getattr(held, field.name) for field in fields(held)}
    kept: dict[str, Any] = {name: each[some] for name, each in columns.items() if isinstance(each, np.ndarray)}
    return replace(snapshot, incidents=replace(held, **kept, area={key: of[some] for key, of in held.area.items()}))


WORLD = first_year(tiny_snapshot(n=300))
ANSWERS = Answers(Still(WORLD))
TABLE = cell_table(WORLD)
MONTHS = pd.period_range("2022-01", "2022-12", freq="M")
SPANS = [(0, 12), (0, 6), *((i, i + 3) for i in range(0, 12, 3)), (4, 10), (4, 11), *((i, i + 1) for i in range(12))]
Interval = tuple[float, float]


@dataclass(frozen=True)
class Claim:
    """A published number: the sum of the cells x months in ``of`` lies from ``low`` to ``high``."""

    of: NDArray[np.bool_]
    low: float
    high: float


class Attack:
    """What the claims together leave possible; the unknowns are the true counts, whole or not."""

    def __init__(self, claims: list[Claim]) -> None:
        rows = sparse.csr_array(np.array([claim.of.ravel() for claim in claims], dtype=np.float64))
        self.matrix = sparse.vstack([rows, -rows], format="csc")
        self.limits = np.array([*(claim.high for claim in claims), *(-claim.low for claim in claims)])

    def bounds(self, of: NDArray[np.bool_]) -> Interval:
        """The least and the most that the cells x months in ``of`` may hold."""
        aim = of.ravel().astype(np.float64)
        ends = [linprog(sign * aim, A_ub=self.matrix, b_ub=self.limits, method="highs") for sign in (1, -1)]
        assert all(end.status == 0 for end in ends), ends[0].message
        return float(ends[0].fun), -float(ends[1].fun)


def period(first: int, end: int) -> Period:
    return Period(MONTHS[first].start_time.date(), MONTHS[end - 1].end_time.date())


def views() -> Iterator[tuple[Question, NDArray[np.bool_]]]:
    """Questions of both editions' communes by categories, sources and months, each with the cells x months it asks."""
    sets = [(), *((each.key,) for each in CATEGORIES), *combinations([each.key for each in CATEGORIES], 2)]
    keys = [each.key for each in CATEGORIES]
    for chosen, (first, end), sources in product(sets, SPANS, ((), (Source.REPORTED,))):
        cells = np.isin(TABLE.category, [keys.index(key) for key in chosen or keys])
        if sources:
            cells &= TABLE.source == SOURCES.index(Source.REPORTED)
        of = np.zeros(TABLE.counts.shape, dtype=np.bool_)
        of[cells, first:end] = True
        for edition in ("2024", "2025"):
            yield Question(period(first, end), edition, Level.COMMUNE, chosen, sources=sources), of


def published(answers: Answers, scope: Scope) -> Iterator[tuple[int, NDArray[np.bool_]]]:
    """Every number of every View: each commune's, and all together."""
    for question, of in views():
        counts = answers.counts(question, scope)
        column = list(TABLE.keys).index(C24 if question.edition == "2024" else C25)
        yield counts.totals.recorded, of
        for area, n in enumerate(counts.n.tolist()):
            yield n, of & (TABLE.areas[:, column] == area)[:, None]


def small() -> list[NDArray[np.bool_]]:
    """What must stay hidden: every View's number of 1 to 4, the same cells once, and not more than time allows."""
    found = {of.tobytes(): of for _, of in published(ANSWERS, EVERYTHING) if 0 < TABLE.counts[of].sum() < 5}
    some = np.random.default_rng(7).permutation(len(found))[:40]
    every = list(found.values())
    assert len(every) > 200
    return [every[i] for i in some]


def known_of_the_method(shown: NDArray[np.int64]) -> list[Claim]:
    """That no cell's running total is five off, nor a set's; where a set was forced, by how much it was."""
    claims = []
    cells = [np.arange(len(TABLE.counts)), *sets_of(WORLD, TABLE)]
    for of in cells:
        for each in np.unique(of).tolist():
            told, true = (counts[of == each].sum(axis=0).cumsum() for counts in (shown, TABLE.counts))
            for month in range(len(MONTHS)):
                off = max(4, abs(int(told[month] - true[month])))
                mask = np.zeros(TABLE.counts.shape, dtype=np.bool_)
                mask[of == each, : month + 1] = True
                claims.append(Claim(mask, told[month] - off, told[month] + off))
    return claims


def shown_table(snapshot: Snapshot) -> NDArray[np.int64]:
    """The disclosed incidents counted into the same cells x months."""
    disclosed = cell_table(disclose(snapshot))
    shown = np.zeros_like(TABLE.counts)
    where = {
        tuple(row): i for i, row in enumerate(np.column_stack([TABLE.areas, TABLE.category, TABLE.source]).tolist())
    }
    rows = np.column_stack([disclosed.areas, disclosed.category, disclosed.source]).tolist()
    for row, counts in zip(rows, disclosed.counts, strict=True):
        start = disclosed.first - TABLE.first
        shown[where[tuple(row)], start : start + len(counts)] = counts
    return shown


SHOWN = shown_table(WORLD)


def test_every_number_of_every_view_is_a_sum_of_one_table_so_that_subtracting_gives_nothing_more() -> None:
    numbers = list(published(ANSWERS, HIDDEN))
    assert len(numbers) > 2000
    assert all(n == SHOWN[of].sum() for n, of in numbers)


def test_no_number_of_any_view_is_small() -> None:
    assert {n % 5 for n, _ in published(ANSWERS, HIDDEN)} == {0}


def test_no_small_count_can_be_told_from_all_that_is_published_and_known() -> None:
    attack = Attack(known_of_the_method(SHOWN))
    for of in small():
        low, high = attack.bounds(of)
        assert low <= 1
        assert high >= 4


def test_the_same_attack_recovers_every_small_count_where_nothing_is_protected() -> None:
    claims = [Claim(of, n, n) for n, of in published(ANSWERS, EVERYTHING) if of.any()]
    attack = Attack(claims)
    for of in small()[:10]:
        low, high = attack.bounds(of)
        assert low == pytest.approx(TABLE.counts[of].sum())
        assert high == pytest.approx(TABLE.counts[of].sum())


def test_the_same_attack_breaks_views_that_are_protected_one_by_one() -> None:
    """1 to 4 as "<5", 0 as 0 and all else rounded to the nearest five: what most dashboards do."""
    claims = []
    for n, of in published(ANSWERS, EVERYTHING):
        nearest = 5 * round(n / 5)
        low, high = (0, 0) if n == 0 else (1, 4) if n < 5 else (max(nearest - 2, 5), nearest + 2)
        if of.any():
            claims.append(Claim(of, low, high))
    attack = Attack(claims)
    narrowed = [attack.bounds(of) for of in small()]
    assert sum(high - low < 1 for low, high in narrowed) > 4
