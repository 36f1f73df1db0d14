"""The likeliest windows of a table of counts, and the largest likelihood ratios of simulated ones. Knows no model."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.random import Generator

from geodata.statistics.scan_windows import EQUAL, Circles, Floats, Integers, Runs, largest_ratios, likelihood_ratio

Progress = Callable[[float], None]
_AT_ONCE: Final = 50_000  # runs x simulations a task: rows long enough for numpy, few enough for the processor's cache


class Hit(NamedTuple):
    """A window of the data: its places, nearest first, and its bins, both ends included."""

    places: Integers
    start: int
    end: int
    cases: int
    expected: float
    llr: float


@dataclass(frozen=True, slots=True)
class Scan:
    """All windows over ``total`` cases."""

    circles: Circles
    runs: list[Runs]
    total: int

    def likeliest(self, table: Integers) -> list[Hit]:
        """The likeliest window, then the likeliest among those that share no place with it, and so on."""
        best, which = self._best_runs(table)
        order, taken, found = self.circles.order, np.zeros(len(table), dtype=bool), []
        sizes = np.arange(1, order.shape[1] + 1)
        while best.size and (top := float(best.max())) > 0:
            size, centre = np.argwhere(top * (1 - EQUAL) <= best.T)[0]  # the fewest places, then the first centre
            found.append(self._hit(table, order[centre, : size + 1], int(which[centre, size]), (centre, size)))
            taken[found[-1].places] = True
            free = np.where(taken[order].any(axis=1), taken[order].argmax(axis=1), order.shape[1])
            best[sizes > free[:, None]] = 0
        return found

    def maxima(
        self,
        simulate: Callable[[Generator, int], Integers],
        simulations: int,
        rng: Generator,
        progress: Progress | None,
    ) -> Floats:
        """The largest LLR of each simulation. Tasks have generators of their own: the same whatever the cores."""
        at_once = int(np.clip(_AT_ONCE // sum(len(run.share) for run in self.runs), 50, 500))
        sizes = [min(at_once, simulations - start) for start in range(0, simulations, at_once)]
        kind = np.int16 if self.total < np.iinfo(np.int16).max else np.int64

        def work(random: Generator, n: int) -> Floats:
            tables = np.moveaxis(simulate(random, n), 0, 2)
            before = np.zeros((tables.shape[0], tables.shape[1] + 1, n), dtype=kind)
            np.cumsum(tables, axis=1, out=before[:, 1:])
            return largest_ratios(before, self.circles, self.runs, self.total)

        return _in_parallel(work, sizes, rng, progress)

    def _best_runs(self, table: Integers) -> tuple[Floats, Integers]:
        """The largest LLR of each circle over all runs, 0 where no circle ends, and the number of that run."""
        circles = self.circles
        best, which = np.zeros(circles.order.shape), np.zeros(circles.order.shape, dtype=np.int64)
        share = np.concatenate([run.share for run in self.runs])
        before = np.concatenate([np.zeros((len(table), 1), dtype=np.int64), np.cumsum(table, axis=1)], axis=1)
        for centre, order in enumerate(circles.order):
            inside = np.cumsum(before[order], axis=0)
            cases = np.concatenate([_in_runs(inside, run) for run in self.runs], axis=1)
            expected = circles.weights[centre][:, None] * share
            llr = likelihood_ratio(cases.astype(np.float64), expected, self.total)
            which[centre] = llr.argmax(axis=1)
            best[centre] = np.where(circles.ends[centre], llr.max(axis=1, initial=0.0), 0.0)
        return best, which

    def _hit(self, table: Integers, places: Integers, number: int, at: tuple[int, int]) -> Hit:
        spans = [(start, start + run.length - 1) for run in self.runs for start in range(run.first, run.last)]
        start, end = spans[number]
        cases = int(table[places, start : end + 1].sum())
        expected = float(self.circles.weights[at] * np.concatenate([run.share for run in self.runs])[number])
        llr = float(likelihood_ratio(np.array(cases), np.array(expected), self.total))
        return Hit(places, start, end, cases, expected, llr)


def _in_runs(before: Integers, run: Runs) -> Integers:
    return before[:, run.first + run.length : run.last + run.length] - before[:, run.first : run.last]


def _in_parallel(
    work: Callable[[Generator, int], Floats], sizes: Sequence[int], rng: Generator, progress: Progress | None
) -> Floats:
    """One task a size on all cores, results in order; what ``progress`` raises drops the tasks not yet begun."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        tasks = [pool.submit(work, random, n) for random, n in zip(rng.spawn(len(sizes)), sizes, strict=True)]
        try:
            for done, task in enumerate(as_completed(tasks), start=1):
                task.result()
                if progress:
                    progress(done / len(tasks))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return np.concatenate([np.empty(0), *(task.result() for task in tasks)])
