"""A risk that cannot be seen moves on a ladder of levels from month to month. Knows no hot and no cold."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

Floats = NDArray[np.float64]

STEP, BELOW, ABOVE = 0.125, 17, 15  # width of a level in logs; levels below and above the threshold
ROUNDS = 12
SIZES = (np.inf, 80.0, 40.0, 20.0, 10.0, 5.0)  # sizes r of the negative binomial that are tried; inf is Poisson
SIZE_ROUNDS = (2, 5, 8)  # rounds after which r is chosen anew
JUMP, DRIFT, PSEUDO_MONTHS, PSEUDO_AREAS = 0.005, 0.03, 200.0, 10.0


@dataclass(frozen=True, slots=True)
class Moves:
    """How risk begins and moves: first by ``prior``; then stays, drifts one level, or jumps to a level by ``prior``."""

    prior: Floats  # (levels,)
    jump: float
    drift: float
    size: float

    @property
    def matrix(self) -> Floats:
        """Chances (from level, to level)."""
        levels = len(self.prior)
        stay = (1 - self.jump - self.drift) * np.eye(levels)
        return np.asarray(stay + self.drift * neighbours(levels) + self.jump * self.prior)


@dataclass(frozen=True, slots=True)
class Fit:
    """What a fit knows: expected counts (areas, months), moves, and the tables of the forward and backward pass."""

    expected: Floats
    moves: Moves
    seen: Floats  # (months, areas, levels): likelihood of each count, up to a factor a row
    forward: Floats  # (months, areas, levels): P(level | counts so far)
    backward: Floats  # (months, areas, levels): later counts given the level, up to a factor a row

    @property
    def posterior(self) -> Floats:
        """P(level | all counts) (months, areas, levels)."""
        joint = self.forward * self.backward
        return np.asarray(joint / joint.sum(axis=-1, keepdims=True))


def ladder(threshold: float) -> Floats:
    """The relative risks, rising; ``threshold`` lies midway (in logs) between levels BELOW - 1 and BELOW."""
    return np.asarray(threshold * np.exp(STEP / 2 + STEP * np.arange(-BELOW, ABOVE)))


def neighbours(levels: int) -> Floats:
    """One step up or down, each as likely; at an end of the ladder the only step there is."""
    near = np.eye(levels, k=1) + np.eye(levels, k=-1)
    return np.asarray(near / near.sum(axis=1, keepdims=True))


def first_prior(risks: Floats) -> Floats:
    """0.8 N(0, 0.25) + 0.2 N(0.3, 0.8) on the log of the risk: most areas alike, some far off."""
    log_risk = np.log(risks)

    def bell(mean: float, sd: float) -> Floats:
        density = np.exp(-0.5 * ((log_risk - mean) / sd) ** 2)
        return np.asarray(density / density.sum())

    return 0.8 * bell(0.0, 0.25) + 0.2 * bell(0.3, 0.8)


def fit(counts: Floats, population: Floats, risks: Floats) -> Fit:
    """EM for the prior, jump and drift, with r by likelihood; counts (areas, months), at least one area and month.

    Each round: E[i, t] = P[i] sum_i O[:, t] / sum_i P[i] RR[i, t], with RR the posterior means of the round before
    rescaled to a median area of 1, so that hot areas do not hide themselves; O[i, t] ~ NegBin(E RR, size r).
    """
    start = first_prior(risks)
    moves = Moves(start, 0.01, 0.05, 20.0)
    risk = np.ones_like(counts)
    for turn in range(ROUNDS):
        expected = expect(counts, population, risk)
        if turn in SIZE_ROUNDS:
            moves = replace(moves, size=choose_size(counts, expected, risks, moves))
        now = passes(counts, expected, risks, moves)
        if turn < ROUNDS - 1:
            risk = (now.posterior @ risks).T
            moves = improve(now, start)
    return now


def expect(counts: Floats, population: Floats, risk: Floats) -> Floats:
    """Counts to expect (areas, months) at the median area's risk, the month's total given."""
    scaled = risk / np.median(risk.mean(axis=1))
    return np.asarray(population[:, None] * (counts.sum(axis=0) / (population @ scaled)))


def log_likelihood(counts: Floats, expected: Floats, risks: Floats, size: float) -> Floats:
    """Log P(count | level) (months, areas, levels), without the terms that are the same for every level and size."""
    o, e = counts.T[..., None], expected.T[..., None]
    linear = o * np.log(risks)
    if np.isinf(size):
        return np.asarray(linear - e * risks)
    level_free = gammaln(o + size) - gammaln(size) - o * np.log(size)
    return np.asarray(linear - (o + size) * np.log1p(e * (risks / size)) + level_free)


def passes(counts: Floats, expected: Floats, risks: Floats, moves: Moves) -> Fit:
    """Forward and backward over all areas at once (Rabiner 1989), each row scaled to sum 1."""
    seen, _ = _scaled(log_likelihood(counts, expected, risks, moves.size))
    forward, _ = run_forward(seen, moves)
    backward = np.ones_like(seen)
    back = moves.matrix.T
    for t in range(len(seen) - 2, -1, -1):
        row = (seen[t + 1] * backward[t + 1]) @ back
        backward[t] = row / row.sum(axis=1, keepdims=True)
    return Fit(expected, moves, seen, forward, backward)


def run_forward(seen: Floats, moves: Moves) -> tuple[Floats, float]:
    """P(level | counts so far) (months, areas, levels), and the log of the product of what each row was divided by."""
    forward, totals = np.empty_like(seen), np.empty(seen.shape[:2])
    matrix, row = moves.matrix, np.broadcast_to(moves.prior, seen.shape[1:])
    for t, likelihood in enumerate(seen):
        joint = (row @ matrix if t else row) * likelihood
        totals[t] = joint.sum(axis=1)
        row = forward[t] = joint / totals[t][:, None]
    return forward, float(np.log(totals).sum())


def choose_size(counts: Floats, expected: Floats, risks: Floats, moves: Moves) -> float:
    """The size r of SIZES with the highest likelihood of all counts; climbs from the one in use."""
    known: dict[int, float] = {}

    def value(place: int) -> float:
        if not 0 <= place < len(SIZES):
            return -np.inf
        if place not in known:
            trial = replace(moves, size=SIZES[place])
            seen, top = _scaled(log_likelihood(counts, expected, risks, trial.size))
            known[place] = run_forward(seen, trial)[1] + top
        return known[place]

    place = SIZES.index(moves.size)
    while (best := max((place, place - 1, place + 1), key=value)) != place:
        place = best
    return SIZES[place]


def improve(now: Fit, start: Floats) -> Moves:
    """One step of EM: expected first levels, jumps and drifts, 10 areas like ``start`` and 200 months set before."""
    moves, posterior = now.moves, now.posterior
    first = posterior[0].sum(axis=0)
    after = now.seen[1:] * now.backward[1:]
    after /= np.einsum("tal,lm,tam->ta", now.forward[:-1], moves.matrix, after, optimize=True)[..., None]
    levels = len(start)
    pairs = now.forward[:-1].reshape(-1, levels).T @ after.reshape(-1, levels)  # sums over areas and months
    jumped = moves.jump * moves.prior * pairs.sum(axis=0)
    drifted = moves.drift * float((neighbours(levels) * pairs).sum())
    months = PSEUDO_MONTHS + after.shape[0] * after.shape[1]
    prior = PSEUDO_AREAS * start + first + jumped
    return replace(
        moves,
        prior=prior / prior.sum(),
        jump=(PSEUDO_MONTHS * JUMP + float(jumped.sum())) / months,
        drift=(PSEUDO_MONTHS * DRIFT + drifted) / months,
    )


def _scaled(logs: Floats) -> tuple[Floats, float]:
    """exp(logs), each row divided by its largest value, and the sum of the logs of what was divided by."""
    top = logs.max(axis=-1, keepdims=True)
    return np.exp(logs - top), float(top.sum())
