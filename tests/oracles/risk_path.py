"""The slow twin of the risk path: one area, one month, one level at a time, and paths drawn one by one."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from scipy.stats import nbinom, poisson

from geodata.statistics.risk_levels import Floats, Moves

State = tuple[int, int]  # (temper, level)


def chance(moves: Moves, a: State, b: State) -> float:
    """Of going from one state to another in a month."""
    if a[0] != b[0]:
        return 0.0
    temper, level, levels = a[0], a[1], moves.prior.shape[1]
    total = float(moves.jump[temper] * moves.target[temper, b[1]])
    if b[1] == level:
        total += 1 - float(moves.jump[temper]) - float(moves.drift[temper])
    if abs(b[1] - level) == 1:
        total += float(moves.drift[temper]) * (1.0 if level in (0, levels - 1) else 0.5)
    return total


def weigh(count: float, expected: float, risk: float, size: float) -> float:
    """The probability of a count."""
    mean = expected * risk
    return float(poisson.pmf(count, mean) if np.isinf(size) else nbinom.pmf(count, size, size / (size + mean)))


def posterior(counts: Floats, expected: Floats, risks: Floats, moves: Moves) -> list[dict[State, float]]:
    """P(state | all counts) of one area, month by month."""
    states = [(temper, level) for temper in range(len(moves.jump)) for level in range(len(risks))]
    months = range(len(counts))
    seen = [{s: weigh(counts[t], expected[t], risks[s[1]], moves.size) for s in states} for t in months]
    forward = [{s: float(moves.prior[s]) * seen[0][s] for s in states}]
    for t in months[1:]:
        forward.append({b: sum(forward[-1][a] * chance(moves, a, b) for a in states) * seen[t][b] for b in states})
    backward = [dict.fromkeys(states, 1.0)]
    for t in reversed(months[1:]):
        after = backward[0]
        backward.insert(0, {a: sum(chance(moves, a, b) * seen[t][b] * after[b] for b in states) for a in states})
    total = sum(forward[-1].values())
    return [{s: f[s] * b[s] / total for s in states} for f, b in zip(forward, backward, strict=True)]


def draw(
    counts: Floats, expected: Floats, risks: Floats, moves: Moves, *, paths: int, rng: Generator
) -> list[list[int]]:
    """Levels of paths drawn given the counts of one area: forward, then backward from the last month."""
    tempers, levels = moves.prior.shape
    states = [(temper, level) for temper in range(tempers) for level in range(levels)]
    matrix = np.array([[chance(moves, a, b) for b in states] for a in states])
    filtered, row = [], moves.prior.ravel()
    for t, count in enumerate(counts):
        likely = np.array([weigh(count, expected[t], risks[s[1]], moves.size) for s in states])
        row = (row @ matrix if t else row) * likely
        row = row / row.sum()
        filtered.append(row)
    drawn = []
    for _ in range(paths):
        at = int(rng.choice(len(states), p=filtered[-1]))
        path = [at]
        for t in range(len(counts) - 2, -1, -1):
            weight = filtered[t] * matrix[:, at]
            at = int(rng.choice(len(states), p=weight / weight.sum()))
            path.insert(0, at)
        drawn.append([states[at][1] for at in path])
    return drawn
