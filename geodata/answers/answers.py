"""Question x Scope -> typed answer, through the only cache there is. Knows no screen and no file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

import pandas as pd

from geodata.answers.answer import (
    AreaCounts,
    Became,
    Change,
    MonthlyTrend,
    Points,
    Reconciliation,
    Rhythm,
    Totals,
    ZoneCounts,
)
from geodata.answers.became import answer_became
from geodata.answers.counts import answer_counts
from geodata.answers.density import Density, answer_density, density_ground
from geodata.answers.incidents import IncidentRows, answer_incidents
from geodata.answers.judgements import Judgements
from geodata.answers.months_by_area import MONTHS, MonthsByArea, answer_months_by_area
from geodata.answers.patterns import AreaPatterns
from geodata.answers.places import open_areas, wholly_seen
from geodata.answers.points import answer_points
from geodata.answers.reconciliation import answer_reconciliation
from geodata.answers.register import Register, answer_register
from geodata.answers.rhythm import answer_rhythm
from geodata.answers.seasons import Seasons, answer_seasons
from geodata.answers.shared_ground import shared_ground
from geodata.answers.shared_places import SharedPlaces, answer_shared_places
from geodata.answers.table import answer_table
from geodata.answers.totals import answer_totals
from geodata.answers.trend import answer_trend
from geodata.answers.zones import answer_zones
from geodata.follow_up import FollowUp, Spot
from geodata.question import EVERYTHING, Detail, Question, Scope
from geodata.statistics.concentration import Concentration, concentration
from geodata.tables import QuarantinedRow
from geodata.vocabulary import LayerKey, Level
from geodata.warehouse.aside import NOTHING_TO_MEND

LOOKED_AT = 20_000  # rows put aside among which the first to mend are looked for: 0.2 s, once a generation


class Answers(Judgements):
    """All answers about the newest generation. May be asked from many threads at once."""

    def counts(self, question: Question, scope: Scope = EVERYTHING) -> AreaCounts:
        """Incidents by area of the question's layer."""
        now = self.seen_by(scope)

        def count() -> AreaCounts:
            return answer_counts(now, question, scope, self._asked(now, question, scope))

        return self._answer(now, ("counts", question, scope), count)

    def concentration(self, question: Question, scope: Scope = EVERYTHING) -> Concentration:
        """In how few of the areas asked half of the incidents lie."""
        counts = self.counts(question, scope)
        return concentration(counts.n[counts.asked])

    def totals(self, question: Question, scope: Scope = EVERYTHING) -> tuple[Totals, Change]:
        """How many in all, and against a year earlier."""
        now = self.seen_by(scope)
        return self._answer(now, ("totals", question, scope), lambda: answer_totals(now, question, scope))

    def trend(self, question: Question, scope: Scope = EVERYTHING) -> MonthlyTrend:
        """Incidents by month."""
        now = self.seen_by(scope)
        return self._answer(now, ("trend", question, scope), lambda: answer_trend(now, question, scope))

    def months_by_area(self, question: Question, scope: Scope = EVERYTHING, *, longest: int = MONTHS) -> MonthsByArea:
        """Incidents by area and month, over the last ``longest`` months up to the question's end."""
        now = self.seen_by(scope)

        def count() -> MonthsByArea:
            return answer_months_by_area(now, question, scope, self._asked(now, question, scope), longest=longest)

        return self._answer(now, ("months by area", question, scope, longest), count)

    def rhythm(self, question: Question, scope: Scope = EVERYTHING) -> Rhythm:
        """Incidents by hour and weekday."""
        now = self.seen_by(scope)
        return self._answer(now, ("rhythm", question, scope), lambda: answer_rhythm(now, question, scope))

    def seasons(self, question: Question, scope: Scope = EVERYTHING) -> Seasons:
        """Incidents by month of the year, over all the data."""
        now = self.seen_by(scope)
        return self._answer(now, ("seasons", question, scope), lambda: answer_seasons(now, question, scope))

    def points(self, question: Question, scope: Scope = EVERYTHING, limit: int = 4000) -> Points:
        """Exact locations, at most ``limit``."""
        now = self.seen_by(scope)
        return self._answer(now, ("points", question, scope, limit), lambda: answer_points(now, question, scope, limit))

    def shared_places(self, question: Question, scope: Scope = EVERYTHING) -> SharedPlaces:
        """Places that stand for several incidents each, whoever asks: for what leaves the house."""
        disclosed = self.seen_by(replace(scope, detail=Detail.FIVE) if scope.points else scope)

        def count() -> SharedPlaces:
            return answer_shared_places(disclosed, question, scope)

        return self._answer(disclosed, ("shared places", question, scope), count)

    def density(self, question: Question, scope: Scope = EVERYTHING, *, bandwidth_m: float = 250.0) -> Density:
        """Where incidents lie close together, from exact locations or from ground that several share."""
        now = self.seen_by(scope)
        if not scope.points:  # places are told no finer
            bandwidth_m = max(bandwidth_m, float(now.profile.disclosure.cell_m))

        def lay() -> Density:
            asked, terrain = self._asked(now, question, scope), self.terrain(question.layer)
            shared = None
            if not scope.points:
                divided = ("shared ground", question.layer, replace(scope, areas=None))
                shared = self._answer(now, divided, lambda: shared_ground(now, question.layer, terrain))
            seen = open_areas(now.boundaries, question.layer, scope)
            cells = ("density ground", question.layer, bandwidth_m, scope.areas)
            ground = self._answer(now, cells, lambda: density_ground(terrain, bandwidth_m, seen))
            return answer_density(
                now,
                question,
                scope,
                bandwidth_m=bandwidth_m,
                terrain=terrain,
                ground=ground,
                asked=asked,
                shared=shared,
            )

        return self._answer(now, ("density", question, scope, bandwidth_m), lay)

    def zones(self, question: Question, scope: Scope = EVERYTHING) -> ZoneCounts:
        """Incidents by zone."""
        now = self.seen_by(scope)
        return self._answer(now, ("zones", question, scope), lambda: answer_zones(now, question, scope))

    def became(self, question: Question, code: str, scope: Scope = EVERYTHING) -> Became:
        """What a commune of the question's layer became, or what it was made of."""
        now = self.seen_by(scope)
        return self._answer(now, ("became", question, code, scope), lambda: answer_became(now, question, scope, code))

    def aside(self, scope: Scope = EVERYTHING) -> tuple[QuarantinedRow, ...]:
        """All rows that were put aside, not kept here; nothing for who may not see every point."""
        return tuple(self._warehouse.quarantine()) if scope.whole else ()

    def waiting(self, scope: Scope = EVERYTHING, most: int = 50) -> tuple[QuarantinedRow, ...]:
        """The first rows that wait to be mended, as far as they stand among the first rows put aside."""

        def look() -> tuple[QuarantinedRow, ...]:
            first = islice(self._warehouse.quarantine(), LOOKED_AT)
            return tuple(islice((row for row in first if row.reason not in NOTHING_TO_MEND), most))

        return self._answer(self.seen_by(scope), ("waiting", most), look) if scope.whole else ()

    def follow_ups(self, scope: Scope = EVERYTHING) -> dict[Spot, FollowUp]:
        """What is done about lasting hot spots, read anew each time: a step makes no generation."""
        held = self._warehouse.follow_ups()
        return {spot: each for spot, each in held.items() if self.sees(spot.edition, spot.level, spot.code, scope)}

    def sees(self, edition: str, level: Level, code: str, scope: Scope = EVERYTHING) -> bool:
        """Whether the whole of an area may be seen."""
        boundaries, key = self.seen_by(scope).boundaries, LayerKey(edition, level)
        if scope.areas is None:
            return True
        layer = boundaries.layers.get(key)
        at = None if layer is None else layer.index().get(code)
        return at is not None and bool(wholly_seen(boundaries, key, scope)[at])

    def register(self, question: Question, scope: Scope = EVERYTHING) -> Register:
        """The register of lasting hot spots. Not kept itself, as follow-ups change at any time; what it rests on is."""

        def judge(asked: Question) -> AreaPatterns:
            return self.patterns(asked, scope)

        held = self._warehouse.follow_ups()
        return answer_register(self.seen_by(scope), question, scope, judge=judge, follow_ups=held)

    def reconciliation(self, scope: Scope = EVERYTHING) -> Reconciliation:
        """Every row read and where it went."""
        now = self.seen_by(scope)
        return self._answer(now, ("reconciliation", scope), lambda: answer_reconciliation(now, scope))

    def table(self, question: Question, by: tuple[str, ...] = ("area",), scope: Scope = EVERYTHING) -> pd.DataFrame:
        """Counts as a table by any choice of the columns of ``table.BY``. Not kept: it is asked once, for a file."""
        return answer_table(self.seen_by(scope), question, by, scope)

    def incidents(
        self, question: Question, scope: Scope = EVERYTHING, *, layers: tuple[LayerKey, ...]
    ) -> Iterator[IncidentRows]:
        """Every incident by the batch, with its areas in ``layers``. Not kept: it is asked once, for a file."""
        return answer_incidents(self.seen_by(scope), question, scope, layers=layers)
