"""One row a place that several incidents share: the rows of who may not see single ones. Counts nothing itself."""

from __future__ import annotations

from dataclasses import replace

import shapely

from dashboard.extracts.table import Column, Filled, Table, standing
from dashboard.reading import Reading


def table(reading: Reading) -> Table:
    """The places of the view's incidents with their rounded numbers."""
    view, words = reading.view, reading.words
    found = reading.answers.shared_places(view.question, reading.scope)
    layer, rules = reading.snapshot.boundaries.layers[view.question.layer], reading.names.profile.disclosure
    filled = [
        Filled(Column("area_code", words("code of the area")), [layer.codes[i] for i in found.area]),
        Filled(Column("area_name", words("name of the area")), [layer.names[i] for i in found.area]),
        Filled(Column("n", words("recorded incidents"), "whole"), found.n.tolist()),
        Filled(Column("lon", words("longitude, WGS 84"), "number", 5), found.lon.tolist()),
        Filled(Column("lat", words("latitude, WGS 84"), "number", 5), found.lat.tolist()),
    ]
    about = words(
        "one row a place inside a commune that stands for at least {fewest} incidents on ground of {m} m or more; "
        "{n} incidents at no such place stand in no row; single ones are only for those who may see exact places",
        n=words.count(found.totals.recorded - int(found.n.sum())),
        fewest=words.number(rules.cell_fewest),
        m=words.number(rules.cell_m),
    )
    made = standing("places", filled, about, shapely.points(found.lon, found.lat))
    return replace(made, shape="point")
