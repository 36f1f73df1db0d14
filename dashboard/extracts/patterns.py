"""What the layer of patterns tells of each area, as columns. Names nothing itself."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from dashboard.claims import pattern as claims
from dashboard.extracts.numbers import told_of
from dashboard.extracts.table import Column, Filled, number
from dashboard.reading import Reading


def columns(reading: Reading, at: NDArray[np.intp]) -> list[Filled]:
    """Name, certainty, history and last risk of the areas, over the months that patterns look back."""
    words = reading.words
    found = reading.answers.patterns(replace(reading.view, area=()).question, reading.scope)
    recorded = words("recorded incidents in the {bins} months looked at", bins=len(found.bins))

    def numbers(values: NDArray[np.float64]) -> list[float | None]:
        return [number(each) for each in values[at].tolist()]

    return [
        Filled(Column("n_history", recorded, "whole"), told_of(found.n[at].tolist(), words)),
        Filled(Column("pattern", words("pattern of hot spots, for programs")), [found.pattern[i] for i in at]),
        Filled(Column("probability", words("probability of that pattern"), "share", 0), numbers(found.probability)),
        Filled(Column("hot_bins", words("months in which it was hot"), "whole"), found.hot_bins[at].tolist()),
        Filled(Column("bins", words("months looked at"), "whole"), [len(found.bins)] * len(at)),
        Filled(Column("run", words("months hot without a break up to the last"), "whole"), found.run[at].tolist()),
        Filled(Column("first_hot", words("first month in which it was hot"), "date"), [found.first_hot[i] for i in at]),
        Filled(Column("last_hot", words("last month in which it was hot"), "date"), [found.last_hot[i] for i in at]),
        Filled(Column("rr", words("risk in the last month, times the median area's"), "number"), numbers(found.rr)),
        Filled(Column("rr_low", words("lower end of its 90 % range"), "number"), numbers(found.rr_low)),
        Filled(Column("rr_high", words("upper end of its 90 % range"), "number"), numbers(found.rr_high)),
        Filled(
            Column("enough", words("whether there are enough incidents to tell"), "flag"), found.enough[at].tolist()
        ),
        Filled(
            Column("told", words("what can be told")),
            [claims.headline(found, int(i), words) if found.asked[i] else None for i in at],
        ),
    ]
