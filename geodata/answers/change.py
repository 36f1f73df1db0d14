"""Which areas changed by more than chance from one period to another. Knows counts, no words and no colours.

Every area of the layer is tested, whatever areas are shown: a false alarm in twenty is counted over all of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from geodata.answers.answer import DataFacts, Totals
from geodata.answers.counts import by_area
from geodata.answers.earlier import years_before
from geodata.answers.enough import ALPHA, FEWEST, FEWEST_BEFORE
from geodata.answers.exposure import whole_layer
from geodata.answers.facts import facts_of
from geodata.answers.places import wholly_seen
from geodata.answers.selection import select
from geodata.answers.series import series_of
from geodata.answers.totals import totals_of
from geodata.answers.years import Comparison, compare
from geodata.question import EVERYTHING, Question, Scope
from geodata.statistics.overdispersion import dispersion, widened_ratio
from geodata.statistics.significance import benjamini_hochberg
from geodata.vocabulary import Period
from geodata.warehouse.snapshot import EPOCH, Snapshot

LEVEL = 0.95  # of every range
YEAR, JANUARY = 12, 1

MORE, FEWER, UNCLEAR = "more", "fewer", "no clear change"
TOO_FEW, INCOMPARABLE = "too few to tell", "not comparable"

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Moved:
    """One count before and now: their ratio per day with its 95 % range and two-sided p, widened by ``phi``.

    NaN where there is nothing to compare; a ratio from 0 is inf. ``phi`` is how many times months differ more than
    chance makes them, nan unknown.
    """

    before: int
    now: int
    ratio: float
    low: float
    high: float
    p: float
    phi: float


@dataclass(frozen=True, slots=True, eq=False)
class AreaChanges:
    """The areas of a layer between two periods, all arrays aligned; what was not asked is 0, NaN or "".

    ``ratio`` is now / before per day with its range ``low`` to ``high`` (95 %), exact, and widened where ``phi`` says
    that months differ by more than chance; ``p`` is two-sided, ``q`` by Benjamini and Hochberg over all areas of the
    layer with five incidents or more in both periods together. Areas with fewer have none of these. ``classes``:

    - "more", "fewer": q <= 5 %, on any number;
    - "too few to tell": fewer than five in both together (``few_in_both``), or not told from chance and fewer than ten
      before (``few_before``);
    - "no clear change": the others;
    - "not comparable": the data do not cover both periods, or the two overlap.
    """

    question: Question
    comparison: Comparison
    codes: tuple[str, ...]
    names: tuple[str, ...]
    asked: NDArray[np.bool_]
    before: Counts
    now: Counts
    ratio: Floats
    low: Floats
    high: Floats
    p: Floats
    q: Floats
    phi: float
    classes: NDArray[np.object_]  # texts
    total: Moved  # of everything asked that the asker may see, placed or not
    tests: int
    overlapping: bool
    totals: Totals  # of the areas asked, in the period asked
    facts: DataFacts

    @property
    def comparable(self) -> bool:
        """Whether anything may be said of a change."""
        return self.comparison.comparable and not self.overlapping

    @property
    def few_in_both(self) -> NDArray[np.bool_]:
        """Areas with too few incidents to be tested."""
        return np.asarray(self.asked & (self.before + self.now < FEWEST), dtype=np.bool_)

    @property
    def few_before(self) -> NDArray[np.bool_]:
        """Areas with too few incidents before to name a percentage."""
        return np.asarray(self.asked & (self.before < FEWEST_BEFORE), dtype=np.bool_)

    @property
    def told(self) -> NDArray[np.intp]:
        """Positions of the areas whose change is more than chance, the largest difference first."""
        sure = np.flatnonzero((self.classes == MORE) | (self.classes == FEWER))
        size = np.abs(self.now - self.before * self.comparison.exposure)[sure]
        return np.asarray(sure[np.argsort(-size, kind="stable")], dtype=np.intp)


def answer_change(
    snapshot: Snapshot, question: Question, scope: Scope, *, against: Period | None, asked: NDArray[np.bool_]
) -> AreaChanges:
    """Compare the question's period with ``against``, the same days of an earlier year where it is None.

    Where the period still runs, or the two differ in length, the same part of both is taken (``years.compare``).
    ``asked`` are the areas the question speaks of (places.asked_areas).
    """
    told = compare(snapshot, against or years_before(question.period), question.period)
    overlapping = overlap(told)
    sound = told.comparable and not overlapping
    layer = snapshot.boundaries.layers[question.layer]
    before, now = (
        by_area(
            select(snapshot, replace(whole_layer(question), period=each), EVERYTHING), question.layer, len(layer.codes)
        )
        for each in (told.before, told.so_far)
    )
    phi, phi_of_all = spread(snapshot, question)
    tested = sound & (before + now >= FEWEST)
    pairs = zip(before.tolist(), now.tolist(), tested.tolist(), strict=True)
    moved = [moved_from(b, n, phi, told, tested=test) for b, n, test in pairs]
    ratio, low, high, p = np.array([[each.ratio, each.low, each.high, each.p] for each in moved]).reshape(-1, 4).T
    q = benjamini_hochberg(p)
    shown = asked & wholly_seen(snapshot.boundaries, question.layer, scope)
    first, last = (len(select(snapshot, replace(question, period=each), scope)) for each in (told.before, told.so_far))
    if question.areas or question.regions:  # a part of all lies between one area and all of them: the wider of the two
        phi_of_all = float(np.fmax(phi, phi_of_all))
    return AreaChanges(
        question=question,
        comparison=told,
        codes=layer.codes,
        names=layer.names,
        asked=shown,
        before=np.where(shown, before, 0),
        now=np.where(shown, now, 0),
        **{name: np.where(shown, each, np.nan) for name, each in zip(_NUMBERS, (ratio, low, high, p, q), strict=True)},
        phi=phi,
        classes=np.where(shown, _classes(before, ratio, q) if sound else INCOMPARABLE, "").astype(object),
        total=moved_from(first, last, phi_of_all, told, tested=sound),
        tests=int(tested.sum()),
        overlapping=overlapping,
        totals=totals_of(select(snapshot, question, scope), question.layer),
        facts=facts_of(snapshot),
    )


_NUMBERS = ("ratio", "low", "high", "p", "q")


def overlap(told: Comparison) -> bool:
    """Whether some days are in both periods."""
    return told.before.start <= told.so_far.end and told.so_far.start <= told.before.end


def moved_from(before: int, now: int, phi: float, told: Comparison, *, tested: bool = True) -> Moved:
    """The change from one count to the other; all NaN where it is not to be tested."""
    if not tested:
        return Moved(before, now, np.nan, np.nan, np.nan, np.nan, phi)
    found = widened_ratio(before, now, phi, exposure=told.exposure, level=LEVEL)
    return Moved(before, now, found.ratio, found.low, found.high, found.p, phi)


def _classes(before: Counts, ratio: Floats, q: Floats) -> NDArray[np.object_]:
    sure = q <= ALPHA  # NaN, an area that was not tested, is not
    names = np.array([MORE, FEWER, TOO_FEW, UNCLEAR], dtype=object)
    cases = [sure & (ratio > 1), sure & (ratio < 1), np.isnan(q) | (before < FEWEST_BEFORE)]
    return np.asarray(names[np.select(cases, [0, 1, 2], 3)], dtype=object)


def spread(snapshot: Snapshot, question: Question) -> tuple[float, float]:
    """By how much months of one area, and of all together, differ more than chance makes them; nan unknown.

    Rows of the table are the years of every area and columns the months of the year, so that neither an area's level
    and its change from year to year nor the season counts as spread. January and February are one column, because Tết
    moves between them.
    """
    series = series_of(snapshot, question)
    areas, months = series.counts.shape
    years = months // YEAR
    if not years:
        return np.nan, np.nan
    edges = [(day - EPOCH).days for day in series.bins[-years * YEAR :]]
    everything = select(snapshot, series.question, EVERYTHING)  # incidents without a place too
    days = everything.take(snapshot.incidents.day)
    of_all = np.bincount(np.searchsorted(edges, days, side="right"), minlength=len(edges) + 1)[1:]
    by_month = series.counts[:, months - years * YEAR :].reshape(areas * years, YEAR)
    january = next(i for i, day in enumerate(series.bins[-YEAR:]) if day.month == JANUARY)
    return (
        dispersion(_with_tet_joined(by_month, january)),
        dispersion(_with_tet_joined(of_all.reshape(years, YEAR), january)),
    )


def _with_tet_joined(table: Counts, january: int) -> Counts:
    joined = table.copy()
    joined[:, (january + 1) % YEAR] += table[:, january]
    return np.delete(joined, january, axis=1)
