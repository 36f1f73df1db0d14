"""What the layer of change tells of each area, as columns. Compares nothing itself."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from dashboard.claims import change as claims
from dashboard.extracts.numbers import told_of
from dashboard.extracts.table import Column, Filled, number
from dashboard.reading import Reading
from geodata.answers.change import AreaChanges
from geodata.answers.enough import FEWEST_BEFORE


def columns(reading: Reading, at: NDArray[np.intp]) -> list[Filled]:
    """Both counts, the change with its range where there were enough before, and what can be told."""
    view, words = reading.view, reading.words
    found = reading.answers.change(replace(view, area=()).question, reading.scope, against=view.against)
    told = found.comparison
    percent = words("change per day, as a share; none on fewer than {n} before", n=FEWEST_BEFORE)
    now, before = (words("recorded {period}", period=words.period(each)) for each in (told.so_far, told.before))
    return [
        Filled(Column("n_now", now, "whole"), told_of(found.now[at].tolist(), words)),
        Filled(Column("n_before", before, "whole"), told_of(found.before[at].tolist(), words)),
        _share(Column("change", percent, "share", 1), found, found.ratio, at),
        _share(Column("change_low", words("lower end of its 95 % range"), "share", 1), found, found.low, at),
        _share(Column("change_high", words("upper end of its 95 % range"), "share", 1), found, found.high, at),
        _tested(Column("p", words("two-sided p"), "number", 4), found.p, at),
        _tested(Column("q", words("false discovery rate over all places of the layer"), "number", 4), found.q, at),
        Filled(Column("class", words("class by the method, for programs")), [str(found.classes[i]) for i in at]),
        Filled(
            Column("told", words("what can be told")),
            [claims.verdict(found, int(i), words) if found.asked[i] else None for i in at],
        ),
    ]


def _share(column: Column, found: AreaChanges, ratio: NDArray[np.float64], at: NDArray[np.intp]) -> Filled:
    """As on the screen: a percentage only where there were ten before and the change was tested."""
    shown = ~found.few_before & np.isfinite(found.ratio)
    return Filled(column, [number(ratio[i] - 1) if shown[i] else None for i in at])


def _tested(column: Column, values: NDArray[np.float64], at: NDArray[np.intp]) -> Filled:
    return Filled(column, [number(each) for each in values[at].tolist()])
