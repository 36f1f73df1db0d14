"""Question -> judgement: where it is worst, what lasts, what lies near what. Knows no screen and no file."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from geodata.answers.beside import Beside, answer_beside
from geodata.answers.cache import Cache
from geodata.answers.change import AreaChanges, answer_change, spread
from geodata.answers.clusters import Clusters, ScanMethod, answer_clusters, scan
from geodata.answers.displacement import Displacement, answer_displacement
from geodata.answers.exposure import exposure_of, whole_layer
from geodata.answers.forecast import Forecast, answer_forecast, forecast_ground
from geodata.answers.hexagons import HexRisk, answer_hexagons, hex_ground
from geodata.answers.near import NearWhat, answer_near, near_question
from geodata.answers.near_repeat import DAYS, METERS, NearRepeat, answer_near_repeat
from geodata.answers.pair import Pair, answer_pair
from geodata.answers.patterns import AreaPatterns, Method, answer_patterns, judge, standing
from geodata.answers.places import asked_areas, closed_zones, wholly_seen
from geodata.answers.rises import CategoryRises, Rises, answer_rises, category_rises
from geodata.answers.risk import AreaRisk, RiskMethod, answer_risk
from geodata.answers.selection import check_layer
from geodata.answers.series import Bin
from geodata.answers.surroundings import surroundings_of
from geodata.answers.target_months import TargetMonths, answer_target_months
from geodata.answers.targets import Targets, answer_targets
from geodata.answers.terrain import Terrain, terrain_of
from geodata.errors import ScopeError
from geodata.question import EVERYTHING, Question, Scope
from geodata.vocabulary import LayerKey, Period
from geodata.warehouse.snapshot import Snapshot


class Judgements(Cache):
    """What the numbers say of places: which are hot, since when, near what."""

    def patterns(
        self,
        question: Question,
        scope: Scope = EVERYTHING,
        method: Method = "risk_path",
        width: Bin | None = None,
    ) -> AreaPatterns:
        """Lasting, new and past hot spots over the last 36 whole months; None: the width that suits the method."""
        now, whole = self._compared(question, scope), standing(question)

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
        now = self._compared(question, scope)

        def look() -> AreaRisk:
            asked, terrain = self._asked(now, question, scope), self.terrain(question.layer)
            return answer_risk(now, question, scope, method=method, terrain=terrain, asked=asked)

        return self._answer(now, ("risk", question, scope, method), look)

    def hexagons(
        self, question: Question, scope: Scope = EVERYTHING, *, width_m: float, method: RiskMethod = "relative_risk"
    ) -> HexRisk:
        """The same in hexagons over the edition's finest layer, and what the change of unit does."""
        now = self.seen_by(scope)
        finest = self._finest(question)

        def look() -> HexRisk:
            areas, terrain = self.risk(finest, scope, method), self.terrain(finest.layer)
            cells = ("hexagons", finest.layer, width_m)
            ground = self._answer(now, cells, lambda: hex_ground(now, finest.layer, terrain, width_m))
            return answer_hexagons(now, areas, scope, ground=ground, terrain=terrain)

        return self._answer(now, ("hexrisk", finest, scope, width_m, method), look)

    def near(self, question: Question, scope: Scope = EVERYTHING) -> NearWhat:
        """Incidents in and around each zone of concern, against those expected there."""
        now = self.seen_by(scope)

        def look() -> NearWhat:
            asked, _ = near_question(now, question)
            terrain = self.terrain(asked.layer)
            around = self._answer(now, ("surroundings", asked.layer), lambda: surroundings_of(now.boundaries, terrain))
            return answer_near(now, question, scope, around=around, exposure=exposure_of(now, asked, terrain))

        return self._answer(now, ("near", question, scope), look)

    def clusters(self, question: Question, scope: Scope = EVERYTHING, method: ScanMethod = "poisson_scan") -> Clusters:
        """Areas that stand out together over the period, or by a rise up to its end."""
        now, whole = self._compared(question, scope), whole_layer(question)

        def look() -> Clusters:
            asked, terrain = self._asked(now, question, scope), self.terrain(question.layer)
            scanned = self._answer(now, ("scanned", whole, method), lambda: scan(now, whole, terrain, method))
            return answer_clusters(now, question, scope, scanned, method=method, asked=asked)

        return self._answer(now, ("clusters", question, scope, method), look)

    def near_repeat(
        self,
        question: Question,
        scope: Scope = EVERYTHING,
        *,
        meters: tuple[float, ...] = METERS,
        days: tuple[float, ...] = DAYS,
    ) -> NearRepeat:
        """Pairs of incidents near in space and time against those expected by chance."""
        now = self.seen_by(scope)

        def look() -> NearRepeat:
            check_layer(now, question.edition, question.level)
            terrain = self.terrain(question.layer)
            return answer_near_repeat(now, question, scope, terrain, meters=meters, days=days)

        return self._answer(now, ("near_repeat", question, scope, meters, days), look)

    def rises(self, question: Question, scope: Scope = EVERYTHING) -> Rises:
        """What is new this month, category by category."""
        now = self.seen_by(scope)

        def of_category(key: str) -> CategoryRises:
            asked = replace(question, categories=(key,))
            scan = partial(self.clusters, scope=scope, method="permutation_scan")
            found = self.patterns(asked, scope)
            return category_rises(now, asked, scope, self.terrain(asked.layer), scan=scan, patterns=found)

        def look() -> Rises:
            check_layer(now, question.edition, question.level)
            return answer_rises(now, question, of_category)

        return self._answer(now, ("rises", question, scope), look)

    def forecast(self, question: Question, scope: Scope = EVERYTHING) -> Forecast:
        """The ground where next month's incidents are likeliest, and how good such forecasts were."""
        now = self.seen_by(scope)

        def look() -> Forecast:
            asked, terrain = self._asked(now, question, scope), self.terrain(question.layer)
            ground = self._answer(
                now,
                ("forecast", question.layer, scope.areas),
                lambda: forecast_ground(now, question, scope, terrain=terrain),
            )
            return answer_forecast(now, question, scope, terrain=terrain, ground=ground, asked=asked)

        return self._answer(now, ("forecasts", question, scope), look)

    def targets(
        self, question: Question, scope: Scope = EVERYTHING, *, baseline: Period, period: Period, by_area: bool = False
    ) -> Targets:
        """Every category and group against its target, everywhere together or in each area of the layer asked for."""
        now = self.seen_by(scope)

        def look() -> Targets:
            asked = self._asked(now, question, scope)
            shown = asked & wholly_seen(now.boundaries, question.layer, scope) if by_area else None
            return answer_targets(now, question, scope, baseline=baseline, period=period, shown=shown)

        return self._answer(now, ("targets", replace(question, period=period), scope, baseline, by_area), look)

    def target_months(
        self, question: Question, scope: Scope = EVERYTHING, *, baseline: Period, period: Period
    ) -> TargetMonths | None:
        """How many a month the target of the groups asked would allow, None where they have none."""
        now = self.seen_by(scope)

        def look() -> TargetMonths | None:
            found = self.targets(question, scope, baseline=baseline, period=period)
            return answer_target_months(now, question, scope, found)

        return self._answer(now, ("target months", replace(question, period=period), scope, baseline), look)

    def change(self, question: Question, scope: Scope = EVERYTHING, *, against: Period | None = None) -> AreaChanges:
        """Which areas changed from one period to another; None: from the same days a year earlier."""
        now = self.seen_by(scope)

        def look() -> AreaChanges:
            return answer_change(now, question, scope, against=against, asked=self._asked(now, question, scope))

        return self._answer(now, ("change", question, scope, against), look)

    def displacement(
        self, question: Question, scope: Scope = EVERYTHING, *, against: Period | None = None
    ) -> Displacement:
        """Whether a fall in the question's areas reappeared next to them."""
        now = self.seen_by(scope)
        finest = self._finest(question)

        def look() -> Displacement:
            return answer_displacement(now, finest, scope, against=against, terrain=self.terrain(finest.layer))

        return self._answer(now, ("displacement", finest, scope, against), look)

    def pair(
        self,
        question: Question,
        scope: Scope = EVERYTHING,
        *,
        places: tuple[tuple[str, ...], tuple[str, ...]],
        against: Period | None = None,
    ) -> Pair:
        """Two places side by side, each one or several areas of the question's edition."""
        now = self.seen_by(scope)

        def look() -> Pair:
            return answer_pair(now, self._finest(question), scope, places=places, against=against, risk=self.risk)

        return self._answer(now, ("pair", self._finest(question), scope, places, against), look)

    def beside(self, question: Question, scope: Scope = EVERYTHING) -> Beside:
        """The areas and regions asked beside everything together."""
        finest = self._finest(question)
        now = self._compared(finest, scope)

        def look() -> Beside:
            ground, whole = self._asked(now, finest, EVERYTHING), whole_layer(finest)
            phi, _ = self._answer(now, ("spread", whole), lambda: spread(now, whole))
            return answer_beside(now, finest, scope, ground=ground, phi=phi)

        return self._answer(now, ("beside", finest, scope), look)

    def _compared(self, question: Question, scope: Scope) -> Snapshot:
        """What a comparison with everything is made from. Raises ScopeError where a zone asked makes that others'."""
        now = self.seen_by(scope)
        check_layer(now, question.edition, question.level)
        if closed_zones(now.boundaries, question, scope):
            raise ScopeError("a zone that reaches beyond the account's areas is compared with nothing")
        return now

    def _finest(self, question: Question) -> Question:
        return replace(question, level=self.snapshot.boundaries.finest(question.edition) or question.level)

    def terrain(self, key: LayerKey) -> Terrain:
        """The ground of one layer in metres."""
        now = self.snapshot
        return self._answer(now, ("terrain", key), lambda: terrain_of(now, key))

    def _asked(self, now: Snapshot, question: Question, scope: Scope) -> NDArray[np.bool_]:
        check_layer(now, question.edition, question.level)
        ground = (question.layer, question.areas, question.regions, question.zones, scope)
        return self._answer(now, ("asked", ground), lambda: asked_areas(now.boundaries, question, scope))
