"""A risk that cannot be seen moves on a ladder of levels from month to month. Knows no hot and no cold.

An area is calm (its risk stays for years) or restless (it comes and goes), and stays so. Both climb the same ladder.
Arrays are (months, tempers, areas, levels), with the two tempers in the order of ``Moves``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

Floats = NDArray[np.float64]

STEP, BELOW, ABOVE = 0.125, 17, 15  # width of a level in logs; levels below and above the threshold
ROUNDS = 9
SIZES = (np.inf, 80.0, 40.0, 20.0, 10.0, 5.0)  # sizes r of the negative binomial that are tried; inf is Poisson
SIZE_ROUNDS = (2, 4, 6)  # rounds before which r is chosen anew
SHARES = np.array([0.95, 0.05])  # of calm and restless areas, before any count is seen, and so on below
JUMPS, DRIFTS = np.array([0.005, 0.2]), np.array([0.03, 0.03])  # chances a month
PSEUDO_MONTHS, PSEUDO_AREAS, PSEUDO_JUMPS = 200.0, 10.0, 10.0  # how much those count beside what is seen
NEWS = 0.5  # share of jumps that lead to a hot place: as many up as back


@dataclass(frozen=True, slots=True)
class Moves:
    """How risk begins, by ``prior``, and goes on: it stays, drifts one level, or jumps to a level by ``target``."""

    prior: Floats  # (tempers, levels), 1 in all
    target: Floats  # (tempers, levels), 1 a temper
    jump: Floats  # (tempers,)
    drift: Floats  # (tempers,)
    size: float

    @property
    def matrix(self) -> Floats:
        """Chances (temper, from level, to level)."""
        levels = self.prior.shape[1]
        jump, drift = self.jump[:, None, None], self.drift[:, None, None]
        stay = (1 - jump - drift) * np.eye(levels)
        return np.asarray(stay + drift * neighbours(levels) + jump * self.target[:, None, :])


@dataclass(frozen=True, slots=True)
class Fit:
    """What is known of every area's level, given all counts and these moves."""

    expected: Floats  # (areas, months) counts at the median area's risk
    moves: Moves
    seen: Floats  # (months, areas, levels) likelihood of each count, up to a factor a row
    backward: Floats  # (months, tempers, areas, levels) P(level | all counts) / P(level | counts so far)
    first: Floats  # (tempers, areas, levels) P(temper, level in the first month | all counts)
    posterior: Floats  # (months, areas, levels) P(level | all counts)
    pairs: Floats  # (tempers, from, to) sums over areas and months: moves expected, divided by their chance


def ladder(threshold: float) -> Floats:
    """The relative risks, rising; ``threshold`` lies midway (in logs) between levels BELOW - 1 and BELOW."""
    return np.asarray(threshold * np.exp(STEP / 2 + STEP * np.arange(-BELOW, ABOVE)))


def neighbours(levels: int) -> Floats:
    """One step up or down, each as likely; at an end of the ladder the only step there is."""
    near = np.eye(levels, k=1) + np.eye(levels, k=-1)
    return np.asarray(near / near.sum(axis=1, keepdims=True))


def bell(risks: Floats, mean: float, sd: float) -> Floats:
    """The normal density of the log of the risk, on the ladder."""
    density = np.exp(-0.5 * ((np.log(risks) - mean) / sd) ** 2)
    return np.asarray(density / density.sum())


def first_moves(risks: Floats) -> Moves:
    """Before any count: most areas alike and some far off; a jump leads back among the many, or to a hot place."""
    prior = 0.8 * bell(risks, 0.0, 0.25) + 0.2 * bell(risks, 0.3, 0.8)
    target = (1 - NEWS) * bell(risks, 0.0, 0.25) + NEWS * bell(risks, 0.7, 0.5)
    return Moves(SHARES[:, None] * prior, np.stack([target, target]), JUMPS, DRIFTS, 20.0)


def fit(counts: Floats, population: Floats, risks: Floats) -> Fit:
    """EM for prior, targets, jumps and drifts, with r by likelihood; counts (areas, months), at least one of each.

    Each round: E[i, t] = P[i] sum_i O[:, t] / sum_i P[i] RR[i, t], with RR the posterior means of the round before
    rescaled to a median area of 1, so that hot areas do not hide themselves; O[i, t] ~ NegBin(E RR, size r).
    """
    start = moves = first_moves(risks)
    risk = np.ones_like(counts)
    for turn in range(ROUNDS):
        expected = expect(counts, population, risk)
        if turn in SIZE_ROUNDS:
            moves = replace(moves, size=choose_size(counts, expected, risks, moves))
        now = passes(counts, expected, risks, moves)
        risk, moves = (now.posterior @ risks).T, improve(now, start)
    return now


def expect(counts: Floats, population: Floats, risk: Floats) -> Floats:
    """Counts to expect (areas, months) at the median area's risk, the month's total given."""
    scaled = risk / np.median(risk.mean(axis=1))
    return np.asarray(population[:, None] * (counts.sum(axis=0) / (population @ scaled)))


def likelihood(counts: Floats, expected: Floats, risks: Floats, size: float) -> tuple[Floats, float]:
    """P(count | level) (months, areas, levels), each row divided by its largest value, and the sum of their logs.

    log P = o log RR - (o + r) log(1 + E RR / r) + terms free of the level, of which those with r stand in the sum only.
    """
    o, e = counts.T[..., None], expected.T[..., None]
    if np.isinf(size):
        logs, level_free = -e * risks, 0.0
    else:
        logs = np.log1p(e * (risks / size))
        logs *= -(o + size)
        level_free = float((gammaln(o + size) - gammaln(size) - o * np.log(size)).sum())
    logs += o * np.log(risks)
    top = logs.max(axis=-1, keepdims=True)
    logs -= top
    return np.exp(logs, out=logs), float(top.sum()) + level_free


def run_forward(seen: Floats, moves: Moves) -> tuple[Floats, float]:
    """P(temper, level | counts so far) (months, tempers, areas, levels), and the log likelihood of ``seen``."""
    months, areas, levels = seen.shape
    forward, totals = np.empty((months, len(moves.jump), areas, levels)), np.empty((months, areas))
    matrix = moves.matrix
    row = np.broadcast_to(moves.prior[:, None, :], forward.shape[1:])
    for t, likely in enumerate(seen):
        joint = (row @ matrix if t else row) * likely
        totals[t] = joint.sum(axis=(0, 2))
        row = forward[t] = joint / totals[t][:, None]
    return forward, float(np.log(totals).sum())


def passes(counts: Floats, expected: Floats, risks: Floats, moves: Moves) -> Fit:
    """Forward and backward over all areas at once (Rabiner 1989), scaled so that forward times backward sums to 1."""
    seen, _ = likelihood(counts, expected, risks, moves.size)
    forward, _ = run_forward(seen, moves)
    backward, posterior = np.ones_like(forward), np.empty_like(seen)
    matrix, pairs = moves.matrix, np.zeros((len(moves.jump), *2 * seen.shape[-1:]))
    posterior[-1] = forward[-1].sum(axis=0)
    for t in range(len(seen) - 2, -1, -1):
        later = seen[t + 1] * backward[t + 1]
        reach = later @ matrix.transpose(0, 2, 1)
        joint = forward[t] * reach
        total = joint.sum(axis=(0, 2))[:, None]
        pairs += forward[t].transpose(0, 2, 1) @ (later / total)
        backward[t], posterior[t] = reach / total, joint.sum(axis=0) / total
    return Fit(expected, moves, seen, backward, forward[0] * backward[0], posterior, pairs)


def choose_size(counts: Floats, expected: Floats, risks: Floats, moves: Moves) -> float:
    """The size r of SIZES with the highest likelihood of all counts; climbs from the one in use."""
    known: dict[int, float] = {}

    def value(place: int) -> float:
        if not 0 <= place < len(SIZES):
            return -np.inf
        if place not in known:
            seen, top = likelihood(counts, expected, risks, SIZES[place])
            known[place] = run_forward(seen, moves)[1] + top
        return known[place]

    place = SIZES.index(moves.size)
    while (best := max((place, place - 1, place + 1), key=value)) != place:
        place = best
    return SIZES[place]


def improve(now: Fit, start: Moves) -> Moves:
    """One step of EM, with areas, months and jumps like those of ``start`` set before."""
    moves, first, levels = now.moves, now.first.sum(axis=1), now.pairs.shape[-1]
    months = PSEUDO_MONTHS + (now.pairs * moves.matrix).sum(axis=(1, 2))
    jumped = moves.jump[:, None] * moves.target * now.pairs.sum(axis=1)
    drifted = moves.drift * (now.pairs * neighbours(levels)).sum(axis=(1, 2))
    shares = PSEUDO_AREAS * SHARES + first.sum(axis=1)
    prior = PSEUDO_AREAS * start.prior.sum(axis=0) + first.sum(axis=0)
    target = PSEUDO_JUMPS * start.target + jumped
    return Moves(
        np.outer(shares / shares.sum(), prior / prior.sum()),
        target / target.sum(axis=1, keepdims=True),
        (PSEUDO_MONTHS * start.jump + jumped.sum(axis=1)) / months,
        (PSEUDO_MONTHS * start.drift + drifted) / months,
        moves.size,
    )
