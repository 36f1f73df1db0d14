"""Is it a lasting hot spot? A hidden risk path an area, named by the likeliest story. Knows no neighbours, no map."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike, NDArray

from geodata.statistics.emerging import NO_PATTERN
from geodata.statistics.risk_levels import BELOW, STEP, Fit, Floats, fit, ladder

Names = NDArray[np.str_]
LASTING = 0.5  # P(lasting) asked for
WHERE_FEW = ((3.0, 0.8), (1.0, 0.9))  # under so many expected a month, so much
HISTORICAL, NOW = 0.5, 0.7
ENOUGH = 0.5  # expected incidents a month; below, too few to tell
LEVEL = 0.9
TREND_Z = 1.96


@dataclass(frozen=True, slots=True)
class RiskPaths:
    """One entry an area. Relative risk is against the median area; nan where an area takes no part."""

    pattern: Names  # text, one of ``emerging.PATTERNS``
    probability: Floats  # of the pattern named
    lasting: Floats  # P(hot in >= 90 % of the months, and in the last one), whatever is named
    rr: Floats  # of the last month, median of what is likely
    low: Floats  # 90 % of what is likely lies between low and high
    high: Floats
    enough: NDArray[np.bool_]  # False: too few incidents to tell
    hot: Floats  # (areas, months) P(risk > threshold)
    path: Floats  # (areas, months) relative risk, median of what is likely
    expected: Floats  # (areas, months) incidents at the median area's risk
    trend: Floats  # z of a trend of the counts against those expected
    size: float  # of the negative binomial noise, learned; inf is Poisson


@dataclass(frozen=True, slots=True)
class Stories:
    """How likely each story of an area is, all months and levels taken together."""

    lasting: Floats
    historical: Floats
    new: Floats
    consecutive: Floats
    now: Floats

    @property
    def sporadic(self) -> Floats:
        """Hot now, in any other way."""
        return np.maximum(0.0, self.now - self.lasting - self.new - self.consecutive)


def risk_paths(
    counts: ArrayLike, population: ArrayLike, *, threshold: float = 1.5, draws: int = 2000, rng: Generator | None = None
) -> RiskPaths:
    """Names each area by its hidden path of relative risk: counts (areas, months), population (areas,).

    Levels RR_k = threshold exp(0.0625 + 0.125 k), k = -17 .. 14; hot means RR > threshold times the median area. An
    area begins at a level by a common prior, then stays, drifts one level or jumps; few areas jump often (restless),
    most do not (calm); counts are negative binomial about E RR. All of it is learned from all areas (EM, ``fit`` of
    ``risk_levels``). With *long* = hot in >= 90 % of the months and *now* = hot in the last one, summed over all paths:
    lasting = long and now; historical = long, not now; new / consecutive = now, not long, in one run of one / more
    months and none before; sporadic = now otherwise.

    P(lasting) >= 0.5 (0.8 under 3 expected a month, 0.9 under 1): "intensifying", "diminishing" or "persistent hot
    spot", by the z of the counts' trend against those expected (beyond 1.96); else P(historical) >= 0.5: "historical";
    else P(now) >= 0.7: the likeliest of new, consecutive and sporadic; else "no pattern detected". Under 0.5 expected a
    month too few to tell: ``enough`` is False and no pattern is named.

    Hidden Markov model: Rabiner (1989). The chances of stories are summed over all paths exactly, where drawing 2,000
    would add noise: ``draws`` and ``rng`` are taken from callers that give them and change nothing.

    Areas without a population above 0 take no part: nan everywhere, "no pattern detected", and all others are as if
    they were not there. No area, no month: empty. No case at all: nothing is enough. One area is its own median and
    every month its own norm: never hot. ValueError where shapes disagree, counts are negative or not finite, or the
    threshold is not above 0.
    """
    del draws, rng
    cases, people = np.asarray(counts, dtype=np.float64), np.asarray(population, dtype=np.float64)
    if cases.ndim != 2 or people.shape != cases.shape[:1]:
        raise ValueError(f"counts {cases.shape} must be (areas, months) and population {people.shape} (areas,)")
    if not np.isfinite(cases).all() or (cases < 0).any() or not 0 < threshold < np.inf:
        raise ValueError("counts must be finite and not negative, and the threshold above 0")
    known = np.isfinite(people) & (people > 0)
    if not known.any() or not cases.shape[1]:
        return _nothing(cases.shape)
    risks = ladder(threshold)
    learned = fit(cases[known], people[known], risks)
    return _spread(_paths(cases[known], learned, risks), known)


def stories(learned: Fit) -> Stories:
    """Follows all paths forward at once, sorted by how often they were cold, and by whether they were hot before.

    Given all counts a path is a Markov chain itself: P(b | a) = A[a, b] w[b] / (A w)[a], w how likely b makes the
    counts of its month and later.
    """
    months, areas, levels = learned.seen.shape
    hot, allowed = np.arange(levels) >= BELOW, months // 10  # cold months that leave 90 % hot
    matrix, first = learned.moves.matrix, learned.first
    by_cold = np.zeros((allowed + 1, *first.shape))
    by_cold[0] = first * hot
    by_cold[1:2] = first * ~hot
    never, run, new = first * ~hot, np.zeros_like(first), first * hot
    for t in range(1, months):
        later = learned.seen[t] * learned.backward[t]
        reach = later @ matrix.transpose(0, 2, 1)
        moved = np.concatenate([by_cold, never[None], run[None]]) / reach @ matrix * later
        by_cold = moved[:-2] * hot
        by_cold[1:] += moved[:-3] * ~hot
        never, new, run = moved[-2] * ~hot, moved[-2] * hot, moved[-1] * hot
        if allowed < t < months - 1:  # a run begun earlier is a lasting one
            run += new
    long, now = by_cold.sum(axis=(0, 1)), learned.posterior[-1] @ hot
    lasting, historical = long @ hot, long @ ~hot
    if months == 1:  # one month is no length
        lasting, historical = np.zeros(areas), np.zeros(areas)
    return Stories(lasting, historical, new.sum(axis=(0, 2)), run.sum(axis=(0, 2)), now)


def trend_z(counts: Floats, expected: Floats, size: float) -> Floats:
    """Score test of a log-linear trend of counts / expected with negative-binomial noise; 0 where nothing varies.

    z = sum (t - t~) (o - m) / v / sqrt(sum (t - t~)^2 m / v), with m = e sum(o) / sum(e), v = 1 + m / r and t~ the mean
    month weighted by m / v.
    """
    total = expected.sum(axis=1, keepdims=True)
    mean = expected * (counts.sum(axis=1, keepdims=True) / np.where(total > 0, total, 1.0))
    excess = 1 + mean / size
    weight = mean / excess
    time = np.arange(counts.shape[1])
    centre = (weight * time).sum(axis=1, keepdims=True) / np.maximum(weight.sum(axis=1, keepdims=True), 1e-300)
    score = ((time - centre) * (counts - mean) / excess).sum(axis=1)
    spread = np.sqrt((weight * (time - centre) ** 2).sum(axis=1))
    return np.asarray(np.where(spread > 0, score / np.where(spread > 0, spread, 1.0), 0.0))


def quantile(posterior: Floats, risks: Floats, share: float) -> Floats:
    """The risk below which ``share`` of the chances lie; within a level evenly in logs. (..., levels) -> (...)."""
    below = np.cumsum(posterior, axis=-1)
    level = np.minimum((below < share).sum(axis=-1), len(risks) - 1)[..., None]
    held = np.take_along_axis(posterior, level, axis=-1)[..., 0]
    start = np.take_along_axis(below, level, axis=-1)[..., 0] - held
    within = np.clip((share - start) / np.maximum(held, 1e-300), 0.0, 1.0)
    return np.asarray(risks[level[..., 0]] * np.exp(STEP * (within - 0.5)))


def _paths(counts: Floats, learned: Fit, risks: Floats) -> RiskPaths:
    posterior, told = learned.posterior.transpose(1, 0, 2), stories(learned)
    mean, z = learned.expected.mean(axis=1), trend_z(counts, learned.expected, learned.moves.size)
    enough = mean >= ENOUGH
    kinds = [_kind(told, i, float(z[i]), float(mean[i])) if enough[i] else None for i in range(len(counts))]
    path = quantile(posterior, risks, 0.5)
    tail = (1 - LEVEL) / 2
    return RiskPaths(
        _names([f"{kind} hot spot" if kind else NO_PATTERN for kind in kinds]),
        np.array([_chance(told, i, kind) for i, kind in enumerate(kinds)]),
        told.lasting,
        path[:, -1],
        quantile(posterior[:, -1], risks, tail),
        quantile(posterior[:, -1], risks, 1 - tail),
        enough,
        posterior[..., BELOW:].sum(axis=-1),
        path,
        learned.expected,
        z,
        learned.moves.size,
    )


def _kind(told: Stories, i: int, z: float, expected: float) -> str | None:
    if told.lasting[i] >= max([LASTING, *(sure for under, sure in WHERE_FEW if expected < under)]):
        return "intensifying" if z > TREND_Z else "diminishing" if z < -TREND_Z else "persistent"
    if told.historical[i] >= HISTORICAL:
        return "historical"
    if told.now[i] < NOW:
        return None
    new, consecutive = told.new[i], told.consecutive[i]
    if told.sporadic[i] > new + consecutive:
        return "sporadic"
    return "new" if new > consecutive else "consecutive"


def _chance(told: Stories, i: int, kind: str | None) -> float:
    """Of the story named; of none of them (neither hot now nor for long) where none is named."""
    if kind is None:
        return float(np.clip(1 - told.now[i] - told.historical[i], 0.0, 1.0))
    chances = {
        "historical": told.historical,
        "new": told.new,
        "consecutive": told.consecutive,
        "sporadic": told.sporadic,
    }
    return float(np.clip(chances.get(kind, told.lasting)[i], 0.0, 1.0))


def _names(names: list[str]) -> Names:
    return np.array(names, dtype=np.str_)


def _nothing(shape: tuple[int, ...]) -> RiskPaths:
    one, whole = np.full(shape[0], np.nan), np.full(shape, np.nan)
    nowhere = np.zeros(shape[0], dtype=bool)
    return RiskPaths(
        _names([NO_PATTERN] * shape[0]), one, one, one, one, one, nowhere, whole, whole, whole, one, np.inf
    )


def _spread(found: RiskPaths, known: NDArray[np.bool_]) -> RiskPaths:
    """Puts the areas that take part back among those that do not."""
    if known.all():
        return found
    place = np.cumsum(known) - 1

    def fill(values: Floats) -> Floats:
        return np.asarray(np.where(known if values.ndim == 1 else known[:, None], values[place], np.nan))

    return replace(
        found,
        pattern=np.where(known, found.pattern[place], NO_PATTERN),
        probability=fill(found.probability),
        lasting=fill(found.lasting),
        rr=fill(found.rr),
        low=fill(found.low),
        high=fill(found.high),
        enough=found.enough[place] & known,
        hot=fill(found.hot),
        path=fill(found.path),
        expected=fill(found.expected),
        trend=fill(found.trend),
    )
