"""The areas' counts, and below them the ground of each band of density with what it holds. Reckons nothing itself."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from dashboard.extracts.table import Column, Filled, Table, Value, standing
from dashboard.reading import Reading


def table(reading: Reading, areas: Sequence[Filled], shapes: NDArray[np.object_], about: str) -> Table:
    """Areas first, then bands, as they lie on one another on the map. A band has no n: it holds the next one."""
    view, words = reading.view, reading.words
    found = reading.answers.density(view.question, reading.scope, bandwidth_m=view.bandwidth)
    there = [i for i, band in enumerate(found.bands) if not shapely.is_empty(band)]
    lows = [found.lows[i] for i in there]
    meaning = words("incidents per km² at least, on the ground of a band")
    empty: list[Value] = [None] * len(there)
    filled = [Filled(each.column, [*each.values, *empty]) for each in areas]
    kinds: list[Value] = [*["area"] * len(shapes), *["band"] * len(there)]
    filled += [
        Filled(Column("kind", words("area, or band of density")), kinds),
        Filled(Column("per_km2", meaning, "number", 1), [*[None] * len(shapes), *lows]),
    ]
    said = words("{areas}; below them one row a band of density, without n", areas=about)
    return standing("density", filled, said, np.concatenate([shapes, found.bands[there]]))
