"""Question x Scope -> typed answer, through the only cache there is. Knows no screen and no file."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from dataclasses import replace
from itertools import islice
from threading import Lock
from typing import Protocol, TypeVar, cast

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.answers.answer import (
    AreaCounts,
    Became,
    Change,
    DataFacts,
    MonthlyTrend,
    Points,
    Reconciliation,
    Rhythm,
    Totals,
    ZoneCounts,
)
from geodata.answers.became import answer_became
from geodata.answers.counts import answer_counts
from geodata.answers.exposure import exposure_of
from geodata.answers.facts import facts_of
from geodata.answers.hexagons import HexRisk, answer_hexagons, hex_ground
from geodata.answers.near import NearWhat, answer_near, near_question
from geodata.answers.patterns import AreaPatterns, Method, answer_patterns, judge, standing
from geodata.answers.places import asked_areas
from geodata.answers.points import answer_points
from geodata.answers.reconciliation import answer_reconciliation
from geodata.answers.rhythm import answer_rhythm
from geodata.answers.risk import AreaRisk, RiskMethod, answer_risk
from geodata.answers.seasons import Seasons, answer_seasons
from geodata.answers.selection import check_layer
from geodata.answers.series import Bin
from geodata.answers.surroundings import surroundings_of
from geodata.answers.table import answer_table
from geodata.answers.terrain import Terrain, terrain_of
from geodata.answers.totals import answer_totals
from geodata.answers.trend import answer_trend
from geodata.answers.zones import answer_zones
from geodata.question import EVERYTHING, Question, Scope
from geodata.tables import QuarantinedRow
from geodata.vocabulary import LayerKey
from geodata.warehouse.aside import NOTHING_TO_MEND
from geodata.warehouse.snapshot import Snapshot

LOOKED_AT = 20_000  # rows put aside among which the first to mend are looked for: 0.2 s, once a generation
KEPT = 512  # answers; one of a province is about 20 KB, so some 10 MB
A = TypeVar("A")


class HoldsSnapshot(Protocol):
    """Whoever can hand out the newest generation: the warehouse, or a test's own."""

    def snapshot(self) -> Snapshot:
        """The newest generation."""

    def quarantine(self) -> Iterator[QuarantinedRow]:
        """The rows that were not taken."""


class Answers:
    """Answers questions about the newest generation. May be asked from many threads at once.

    An answer is kept under (kind, question, scope, generation): a new generation needs no clearing, the old answers
    simply are not asked for again and fall out.
    """

    def __init__(self, warehouse: HoldsSnapshot, *, kept: int = KEPT) -> None:
        self._warehouse = warehouse
        self._kept = kept
        self._cache: OrderedDict[Hashable, object] = OrderedDict()
        self._lock = Lock()

    @property
    def snapshot(self) -> Snapshot:
        """The newest generation."""
        return self._warehouse.snapshot()

    def facts(self) -> DataFacts:
        """From which data answers come now."""
        return facts_of(self.snapshot)

    def counts(self, question: Question, scope: Scope = EVERYTHING) -> AreaCounts:
        """Incidents by area of the question's layer."""
        now = self.snapshot

        def count() -> AreaCounts:
            return answer_counts(now, question, scope, self._asked(now, question, scope))

        return self._answer(now, ("counts", question, scope), count)

    def patterns(
        self,
        question: Question,
        scope: Scope = EVERYTHING,
        method: Method = "risk_path",
        width: Bin | None = None,
    ) -> AreaPatterns:
        """Lasting, new and past hot spots over the last 36 whole months; None: the width that suits the method."""
        now, whole = self.snapshot, standing(question)

        def look() -> AreaPatterns:
            asked, terrain = self._asked(now, question, scope), self.terrain(question.layer)
            judged = self._answer(
                now,
                ("judged", whole, method, width),
                lambda: judge(now, whole, terrain, method=method, width=width),
            )
            return answer_patterns(now, question, scope, judged, method=method, asked=asked)

        return self._answer(now, ("patterns", question, scope, method, width), look)

    def risk(self, question: Question, scope: Scope = EVERYTHING, method: RiskMethod = "relative_risk") -> AreaRisk:
        """Where it is worst: every area of the layer against what its inhabitants would lead to expect."""
        now = self.snapshot

        def look() -> AreaRisk:
            asked, terrain = self._asked(now, question, scope), self.terrain(question.layer)
            return answer_risk(now, question, scope, method=method, terrain=terrain, asked=asked)

        return self._answer(now, ("risk", question, scope, method), look)

    def hexagons(
        self, question: Question, scope: Scope = EVERYTHING, *, width_m: float, method: RiskMethod = "relative_risk"
    ) -> HexRisk:
        """The same in hexagons over the edition's finest layer, and what the change of unit does."""
        now = self.snapshot
        finest = replace(question, level=now.boundaries.finest(question.edition) or question.level)

        def look() -> HexRisk:
            areas, terrain = self.risk(finest, scope, method), self.terrain(finest.layer)
            cells = ("hexagons", finest.layer, width_m)
            ground = self._answer(now, cells, lambda: hex_ground(now, finest.layer, terrain, width_m))
            return answer_hexagons(now, areas, scope, ground=ground, terrain=terrain)

        return self._answer(now, ("hexrisk", finest, scope, width_m, method), look)

    def totals(self, question: Question, scope: Scope = EVERYTHING) -> tuple[Totals, Change]:
        """How many in all, and against a year earlier."""
        now = self.snapshot
        return self._answer(now, ("totals", question, scope), lambda: answer_totals(now, question, scope))

    def trend(self, question: Question, scope: Scope = EVERYTHING) -> MonthlyTrend:
        """Incidents by month."""
        now = self.snapshot
        return self._answer(now, ("trend", question, scope), lambda: answer_trend(now, question, scope))

    def rhythm(self, question: Question, scope: Scope = EVERYTHING) -> Rhythm:
        """Incidents by hour and weekday."""
        now = self.snapshot
        return self._answer(now, ("rhythm", question, scope), lambda: answer_rhythm(now, question, scope))

    def seasons(self, question: Question, scope: Scope = EVERYTHING) -> Seasons:
        """Incidents by month of the year, over all the data."""
        now = self.snapshot
        return self._answer(now, ("seasons", question, scope), lambda: answer_seasons(now, question, scope))

    def points(self, question: Question, scope: Scope = EVERYTHING, limit: int = 4000) -> Points:
        """Exact locations, at most ``limit``."""
        now = self.snapshot
        return self._answer(now, ("points", question, scope, limit), lambda: answer_points(now, question, scope, limit))

    def zones(self, question: Question, scope: Scope = EVERYTHING) -> ZoneCounts:
        """Incidents by zone."""
        now = self.snapshot
        return self._answer(now, ("zones", question, scope), lambda: answer_zones(now, question, scope))

    def near(self, question: Question) -> NearWhat:
        """Incidents in and around each zone of concern, against those expected there."""
        now = self.snapshot

        def look() -> NearWhat:
            asked, _ = near_question(now, question)
            terrain = self.terrain(asked.layer)
            around = self._answer(now, ("surroundings", asked.layer), lambda: surroundings_of(now.boundaries, terrain))
            return answer_near(now, question, around, exposure_of(now, asked, terrain))

        return self._answer(now, ("near", question), look)

    def became(self, question: Question, code: str, scope: Scope = EVERYTHING) -> Became:
        """What a commune of the question's layer became, or what it was made of."""
        now = self.snapshot
        return self._answer(now, ("became", question, code, scope), lambda: answer_became(now, question, scope, code))

    def aside(self, scope: Scope = EVERYTHING) -> tuple[QuarantinedRow, ...]:
        """All rows that were put aside, not kept here; nothing for who may see only some areas."""
        return tuple(self._warehouse.quarantine()) if scope.areas is None else ()

    def waiting(self, scope: Scope = EVERYTHING, most: int = 50) -> tuple[QuarantinedRow, ...]:
        """The first rows that wait to be mended, as far as they stand among the first rows put aside."""

        def look() -> tuple[QuarantinedRow, ...]:
            first = islice(self._warehouse.quarantine(), LOOKED_AT)
            return tuple(islice((row for row in first if row.reason not in NOTHING_TO_MEND), most))

        return self._answer(self.snapshot, ("waiting", most), look) if scope.areas is None else ()

    def reconciliation(self, scope: Scope = EVERYTHING) -> Reconciliation:
        """Every row read and where it went."""
        now = self.snapshot
        return self._answer(now, ("reconciliation", scope), lambda: answer_reconciliation(now, scope))

    def table(self, question: Question, by: tuple[str, ...] = ("area",), scope: Scope = EVERYTHING) -> pd.DataFrame:
        """Counts as a table by any choice of the columns of ``table.BY``. Not kept: it is asked once, for a file."""
        return answer_table(self.snapshot, question, by, scope)

    def terrain(self, key: LayerKey) -> Terrain:
        """The ground of one layer in metres."""
        now = self.snapshot
        return self._answer(now, ("terrain", key), lambda: terrain_of(now, key))

    def _asked(self, now: Snapshot, question: Question, scope: Scope) -> NDArray[np.bool_]:
        check_layer(now, question.edition, question.level)
        ground = (question.layer, question.areas, question.regions, question.zones, scope)
        return self._answer(now, ("asked", ground), lambda: asked_areas(now.boundaries, question, scope))

    def _answer(self, now: Snapshot, key: tuple[Hashable, ...], make: Callable[[], A]) -> A:
        full = (now.generation, *key)
        with self._lock:
            if full in self._cache:
                self._cache.move_to_end(full)
                return cast("A", self._cache[full])
        made = make()  # outside the lock: two askers may count the same once each, none waits for another question
        with self._lock:
            self._cache[full] = made
            while len(self._cache) > self._kept:
                self._cache.popitem(last=False)
        return made
