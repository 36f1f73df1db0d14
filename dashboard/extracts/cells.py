"""One row a hexagon that is asked about, judged like an area. Lays no cells itself."""

from __future__ import annotations

import numpy as np

from dashboard.claims import risk as claims
from dashboard.extracts import risks
from dashboard.extracts.numbers import told
from dashboard.extracts.table import Column, Filled, Table, standing
from dashboard.reading import Reading
from geodata.answers.hexagons import HexRisk


def table(reading: Reading) -> Table:
    """The cells of the view's width; each is named by the area of the finest level it shares most ground with."""
    view, words = reading.view, reading.words
    found = reading.answers.hexagons(view.question, reading.scope, width_m=view.hexagon)
    layer = reading.snapshot.boundaries.layers[found.question.layer]
    at = np.flatnonzero(found.asked)
    home = found.home[at]
    filled = [
        Filled(Column("area_code", words("code of the area")), [layer.codes[i] for i in home]),
        Filled(Column("area_name", words("name of the area")), [layer.names[i] for i in home]),
        *told(found.n[at].tolist(), words),
        Filled(Column("cell", words("number of the hexagon"), "whole"), at.tolist()),
        *risks.judged(found, at, words),
    ]
    return standing("hexagons", filled, _about(reading, found), found.polygons[at])


def _about(reading: Reading, found: HexRisk) -> str:
    words = reading.words
    if not reading.scope.points:
        return claims.closed(words)
    return words(
        "one row a hexagon of {width} m asked about, under the area it shares most ground with; only incidents with a "
        "well-known point count, {n} known only to their area stand in no row",
        width=words.number(found.width_m),
        n=words.count(found.area_only),
    )
