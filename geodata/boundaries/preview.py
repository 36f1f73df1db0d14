"""What a boundary file would be loaded as, before anything is stored. Knows no store."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from geodata.boundaries.editions import Layer
from geodata.boundaries.features import Features
from geodata.boundaries.load import LayerReport, layer_of
from geodata.errors import BoundaryError
from geodata.vocabulary import LayerKey, Level

SHOWN = 5  # areas


@dataclass(frozen=True, slots=True)
class FirstArea:
    """One area as it would be called; NaN people where unknown."""

    code: str
    name: str
    parent: str
    population: float


@dataclass(frozen=True, slots=True, eq=False)
class LayerPreview:
    """The properties to choose from, and what came of the choice: the report and the first areas, or a refusal."""

    fields: tuple[str, ...]
    report: LayerReport | None = None
    first: tuple[FirstArea, ...] = ()
    people: float = float("nan")  # of the areas whose number is known
    uncounted: int = 0  # areas whose number is not
    refused: BoundaryError | None = None


def preview_layer(features: Features, level: Level, **fields: str | None) -> LayerPreview:
    """Read a layer from features with the fields named (code, name, parent, population); others are recognised.

    A refusal that another choice may mend is a part of the answer, not raised.
    """
    try:
        layer, report = layer_of(features, LayerKey("", level), **fields)
    except BoundaryError as error:
        return LayerPreview(features.fields, refused=error)
    people = layer.population
    return LayerPreview(features.fields, report, _first(layer), float(np.nansum(people)), int(np.isnan(people).sum()))


def _first(layer: Layer) -> tuple[FirstArea, ...]:
    rows = zip(layer.codes, layer.names, layer.parents, layer.population.tolist(), strict=True)
    return tuple(FirstArea(*row) for row in list(rows)[:SHOWN])
