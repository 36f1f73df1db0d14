"""One row an area of the view's layer, in the layer's order, with what the map tells of it. Counts nothing itself."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dashboard.extracts import cells, changes, density, patterns, risks
from dashboard.extracts.numbers import told, told_of
from dashboard.extracts.table import Column, Filled, Table, number, standing
from dashboard.reading import Reading
from geodata.answers.answer import AreaCounts
from geodata.answers.enough import FEWEST
from geodata.boundaries.editions import Layer
from geodata.vocabulary import LayerKey

Places = NDArray[np.intp]


def table(reading: Reading) -> Table:
    """Every area asked about, also those with nothing recorded; on the layer of hexagons every cell instead."""
    view, words = reading.view, reading.words
    if view.layer == "hexagons":
        return cells.table(reading)
    counts = reading.answers.counts(view.question, reading.scope)
    layer = reading.snapshot.boundaries.layers[view.question.layer]
    at = np.flatnonzero(counts.asked)
    filled = [*base(reading, layer, at, counts.n[at].tolist()), *_added(reading, counts, at)]
    about = words(
        "one row an area asked about, also where nothing was recorded; "
        "incidents that have no area at this level ({n}) stand in no row",
        n=words.count(counts.totals.not_placed),
    )
    if view.layer == "density":
        return density.table(reading, filled, layer.polygons[at], about)
    return standing("areas", filled, about, layer.polygons[at])


def base(reading: Reading, layer: Layer, at: Places, n: list[int]) -> list[Filled]:
    """What every such table begins with: code and name of the area at each position, n, and the area that holds it."""
    words = reading.words
    made = [
        Filled(Column("area_code", words("code of the area")), [layer.codes[i] for i in at]),
        Filled(Column("area_name", words("name of the area")), [layer.names[i] for i in at]),
        *told(n, words),
    ]
    if len(set(layer.parents)) > 1:  # one province holding everything needs no column
        parents = [layer.parents[i] or None for i in at]
        names = _parent_names(reading, layer.key)
        named = [names.get(code or "") for code in parents]
        made += [
            Filled(Column("parent_code", words("code of the area that holds it")), parents),
            Filled(Column("parent_name", words("name of the area that holds it")), named),
        ]
    return made


def _parent_names(reading: Reading, key: LayerKey) -> dict[str, str]:
    boundaries = reading.snapshot.boundaries
    levels = boundaries.levels(key.edition)
    above = levels[: levels.index(key.level)][-1:]
    layers = [boundaries.layers[LayerKey(key.edition, level)] for level in above]
    return {code: name for layer in layers for code, name in zip(layer.codes, layer.names, strict=True)}


def _added(reading: Reading, counts: AreaCounts, at: Places) -> list[Filled]:
    """What the shown layer adds."""
    match reading.view.layer:
        case "rate":
            return _rate(reading, counts, at)
        case "relative_risk" | "gi_star":
            return risks.columns(reading, counts, at)
        case "change":
            return changes.columns(reading, at)
        case "pattern":
            return patterns.columns(reading, at)
        case _:
            return _before(reading, counts, at)


def _rate(reading: Reading, counts: AreaCounts, at: Places) -> list[Filled]:
    words = reading.words
    per = words("recorded incidents per 10,000 inhabitants; none on fewer than {n} incidents", n=FEWEST)
    people = [None if np.isnan(each) else round(each) for each in counts.population[at].tolist()]
    rates = np.where(counts.n[at] >= FEWEST, counts.per_10k[at], np.nan)
    return [
        Filled(Column("population", words("inhabitants"), "whole"), people),
        Filled(Column("per_10k", per, "number"), [number(each) for each in rates.tolist()]),
    ]


def _before(reading: Reading, counts: AreaCounts, at: Places) -> list[Filled]:
    """The same days earlier, where the data reach back so far and a comparison is wanted."""
    if not counts.comparable or reading.view.compare == "none":
        return []
    years = counts.years_back
    said = reading.words("recorded incidents on the same days {years} years earlier", years=years)
    meaning = reading.words("recorded incidents in the same period of last year") if years == 1 else said
    return [Filled(Column("n_before", meaning, "whole"), told_of(counts.before[at].tolist(), reading.words))]
