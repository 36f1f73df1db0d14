"""Which places are lastingly, newly or no longer hot. Knows areas and bins; words nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from geodata.answers.answer import DataFacts, Totals
from geodata.answers.enough import FEWEST
from geodata.answers.exposure import Denominator, exposure_of, hot_spot_question, whole_layer
from geodata.answers.facts import facts_of
from geodata.answers.histories import Histories, Method, histories_of
from geodata.answers.places import wholly_seen
from geodata.answers.selection import select
from geodata.answers.series import MONTHS_OF, Bin, Series, series_of
from geodata.answers.terrain import Terrain
from geodata.answers.totals import totals_of
from geodata.profile import Profile
from geodata.question import Question, Scope
from geodata.statistics.emerging import NO_PATTERN
from geodata.vocabulary import Period
from geodata.warehouse.snapshot import Snapshot

__all__ = ["AreaPatterns", "Judgement", "Method", "answer_patterns", "judge", "standing"]

QUARTER = 3  # months
T = TypeVar("T", bound=np.generic)


@dataclass(frozen=True, slots=True, eq=False)
class AreaPatterns:
    """The pattern of every area of the layer over the last whole bins.

    ``state`` is 1 hot, -1 cold, 0 neither, by area and bin. ``hot_bins``, ``run``, ``first_hot`` and ``last_hot`` are
    read off it: bins hot in all, bins hot without a break up to the last one, first days of the first and last hot bin
    (None where none is). ``quarters`` are the same states by quarter, the newest last, a quarter being hot where it was
    hot for most of its months. ``lasting`` is the workspace's rule of *kéo dài* applied to them. ``enough`` is False
    where there were too few incidents to tell; such an area has no pattern.
    """

    question: Question
    method: Method
    width: Bin
    bins: tuple[date, ...]
    codes: tuple[str, ...]
    names: tuple[str, ...]
    parents: tuple[str, ...]
    asked: NDArray[np.bool_]
    counts: NDArray[np.int64]  # (areas, bins)
    state: NDArray[np.int8]  # (areas, bins)
    hot: NDArray[np.float64]  # (areas, bins) probability that the bin was hot; 0 or 1 by methods that give none
    pattern: tuple[str, ...]  # statistics.emerging names, lower case English
    probability: NDArray[np.float64]  # of the pattern named; NaN by methods that give none
    hot_bins: NDArray[np.int64]
    run: NDArray[np.int64]
    first_hot: tuple[date | None, ...]
    last_hot: tuple[date | None, ...]
    n: NDArray[np.int64]
    rr: NDArray[np.float64]  # relative risk in the last bin against the median area; NaN under 5 incidents
    rr_low: NDArray[np.float64]  # its 90 % range
    rr_high: NDArray[np.float64]
    enough: NDArray[np.bool_]
    quarter_starts: tuple[date, ...]
    quarters: NDArray[np.int8]  # (areas, quarters)
    lasting: NDArray[np.bool_]
    trend: tuple[str, ...]  # "up", "down" or "none": of the counts, by area
    above: float  # relative risk above which a bin is hot; NaN by gi_star, where the neighbours count too
    by: Denominator
    left_out: tuple[str, ...]  # categories left out because their places say little
    totals: Totals  # of the places asked, over the bins
    facts: DataFacts


@dataclass(frozen=True, slots=True, eq=False)
class Judgement:
    """The whole layer judged once, whoever asks about whichever part of it."""

    series: Series
    histories: Histories
    by: Denominator
    left_out: tuple[str, ...]


def default_width(method: Method) -> Bin:
    """Months for the risk path, which needs few incidents a bin; quarters for methods that take each bin by itself."""
    return "month" if method == "risk_path" else "quarter"


def standing(question: Question) -> Question:
    """The question of all places that ends on the same day: what decides the judgement."""
    end = question.period.end
    return replace(whole_layer(question), period=Period(end, end))


def judge(
    snapshot: Snapshot, question: Question, terrain: Terrain, *, method: Method = "risk_path", width: Bin | None = None
) -> Judgement:
    """Name the history of every area of the layer, over at most 36 whole months until the question's end.

    The question's start does not matter, nor do the areas and regions asked for: see ``exposure``.
    """
    width = width or default_width(method)
    narrowed, left_out = hot_spot_question(snapshot, question)
    exposure = exposure_of(snapshot, narrowed, terrain)
    series = series_of(snapshot, narrowed, width)
    histories = histories_of(method, series.counts, exposure.values, weights=terrain.weights, months=MONTHS_OF[width])
    return Judgement(series, histories, exposure.by, left_out)


def answer_patterns(
    snapshot: Snapshot,
    question: Question,
    scope: Scope,
    judgement: Judgement,
    *,
    method: Method,
    asked: NDArray[np.bool_],
) -> AreaPatterns:
    """What of the layer's judgement the question and the scope speak of (``asked``: places.asked_areas)."""
    layer, series, found = snapshot.boundaries.layers[question.layer], judgement.series, judgement.histories
    asked = asked & wholly_seen(snapshot.boundaries, question.layer, scope)
    seen = replace(series.question, areas=question.areas, regions=question.regions)
    counts, state = _blank(series.counts, asked), _blank(found.state, asked)
    told = asked & (series.counts.sum(axis=1) >= FEWEST)
    starts, quarters = _quarters(series, state)
    return AreaPatterns(
        question=seen,
        method=method,
        width=series.width,
        bins=series.bins,
        codes=layer.codes,
        names=layer.names,
        parents=layer.parents,
        asked=asked,
        counts=counts,
        state=state,
        hot=_blank(found.hot, asked),
        pattern=tuple(name if shown else NO_PATTERN for name, shown in zip(found.pattern, asked, strict=True)),
        probability=_blank(found.probability, asked),
        hot_bins=(state == 1).sum(axis=1),
        run=_run(state == 1),
        first_hot=_days(state == 1, series.bins),
        last_hot=_days((state == 1)[:, ::-1], series.bins[::-1]),
        n=counts.sum(axis=1),
        rr=_blank(found.rr, told),
        rr_low=_blank(found.rr_low, told),
        rr_high=_blank(found.rr_high, told),
        enough=found.enough & asked,
        quarter_starts=starts,
        quarters=quarters,
        lasting=found.enough & asked & _lasting(quarters, snapshot.profile),
        trend=tuple(way if shown else "none" for way, shown in zip(found.trend, asked, strict=True)),
        above=found.above,
        by=judgement.by,
        left_out=judgement.left_out,
        totals=totals_of(select(snapshot, seen, scope), question.layer),
        facts=facts_of(snapshot),
    )


def _blank(values: NDArray[T], asked: NDArray[np.bool_]) -> NDArray[T]:
    """The values of the places asked about, and NaN (0 for whole numbers) for the others."""
    empty: Any = np.nan if np.issubdtype(values.dtype, np.floating) else 0
    shown = asked if values.ndim == 1 else asked[:, None]
    return np.where(shown, values, values.dtype.type(empty))


def _quarters(series: Series, state: NDArray[np.int8]) -> tuple[tuple[date, ...], NDArray[np.int8]]:
    """Months gathered by threes back from the last: hot, or cold, where most of them were."""
    if series.width == "quarter":
        return series.bins, state
    whole = len(series.bins) // QUARTER * QUARTER
    first = len(series.bins) - whole
    months = state[:, first:].reshape(len(state), whole // QUARTER, QUARTER)
    hot, cold = (2 * (months == side).sum(axis=2) > QUARTER for side in (1, -1))
    return series.bins[first::QUARTER], hot.astype(np.int8) - cold.astype(np.int8)


def _lasting(quarters: NDArray[np.int8], profile: Profile) -> NDArray[np.bool_]:
    """*Kéo dài*: hot in so many of the last quarters and in the last one."""
    if not quarters.shape[1]:
        return np.zeros(len(quarters), np.bool_)
    recent = quarters[:, -profile.lasting.of_quarters :] == 1
    return np.asarray((recent.sum(axis=1) >= profile.lasting.quarters_hot) & recent[:, -1])


def _run(hot: NDArray[np.bool_]) -> NDArray[np.int64]:
    """How many bins up to the last are hot without a break."""
    return np.asarray(np.logical_and.accumulate(hot[:, ::-1], axis=1).sum(axis=1), dtype=np.int64)


def _days(hot: NDArray[np.bool_], bins: tuple[date, ...]) -> tuple[date | None, ...]:
    """The first of the bins in which each area is hot."""
    if not bins:
        return (None,) * len(hot)
    first: list[int] = hot.argmax(axis=1).tolist()
    ever: list[bool] = np.asarray(hot.any(axis=1)).tolist()
    return tuple(bins[at] if once else None for at, once in zip(first, ever, strict=True))
