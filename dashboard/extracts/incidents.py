"""One row an incident the view asks about, placed or not: when, what and where, nothing of persons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from dashboard.extracts.table import Batch, Column, Table, Value
from dashboard.names import WEEKDAYS
from dashboard.reading import Reading
from geodata.answers.incidents import IncidentRows
from geodata.boundaries.editions import Layer
from geodata.vocabulary import LayerKey
from geodata.warehouse.snapshot import PLACEMENTS, PRECISIONS, SOURCES


def table(reading: Reading) -> Table:
    """All incidents in time order. Raises QuestionError for who may not see exact places."""
    view, words = reading.view, reading.words
    layers = _layers(reading)

    def asked() -> Iterator[IncidentRows]:
        return reading.answers.incidents(view.question, reading.scope, layers=layers)

    def batches() -> Iterator[Batch]:
        return (_batch(reading, rows, layers) for rows in asked())

    asked()  # refused now, not when a file is half written
    totals, _ = reading.answers.totals(view.question, reading.scope)
    about = words(
        "one row a recorded incident; {n} of them have no area at this level, {pointless} no point",
        n=words.number(totals.not_placed),
        pointless=words.number(totals.recorded - totals.with_point),
    )
    return Table("incidents", _columns(reading, layers), batches, totals.recorded, totals.recorded, about, "point")


def _layers(reading: Reading) -> tuple[LayerKey, ...]:
    """The view's layer, then the finest of every other edition."""
    boundaries, shown = reading.snapshot.boundaries, reading.view.question.layer
    finest = ((edition, boundaries.finest(edition)) for edition in boundaries.editions if edition != shown.edition)
    return (shown, *(LayerKey(edition, level) for edition, level in finest if level is not None))


def _columns(reading: Reading, layers: tuple[LayerKey, ...]) -> tuple[Column, ...]:
    words = reading.words
    days = ", ".join(f"{day} = {words(label)}" for day, label in enumerate(WEEKDAYS, 1))
    elsewhere = [
        Column(f"{part}_{key.edition}", words("{what}, {edition}", what=words(what), edition=edition))
        for key in layers[1:]
        for edition in (reading.names.edition(key.edition, words),)
        for part, what in (("area_code", "code of the area"), ("area_name", "name of the area"))
    ]
    return (
        Column("area_code", words("code of the area")),
        Column("area_name", words("name of the area")),
        Column("n", words("recorded incidents"), "whole"),
        Column("day", words("day, the first where several are possible"), "date"),
        Column("hour", words("hour of the day, 0 to 23; empty where unknown"), "whole"),
        Column("weekday", words("day of the week: {days}", days=days), "whole"),
        Column("category", words("key of the category")),
        Column("category_name", words("name of the category")),
        Column("source", words("how it became known: reported, discovered or unknown")),
        Column("placement", words("what is known of the place: point, area or none")),
        Column("precision", words("how well the point is known")),
        Column("lon", words("longitude, WGS 84"), "number", 5),
        Column("lat", words("latitude, WGS 84"), "number", 5),
        Column("zones", words("keys of the zones it lies in")),
        *elsewhere,
    )


def _batch(reading: Reading, rows: IncidentRows, layers: tuple[LayerKey, ...]) -> Batch:
    snapshot, words = reading.snapshot, reading.words
    code, name = _area(snapshot.boundaries.layers[layers[0]], rows.area[layers[0]])
    elsewhere = [each for key in layers[1:] for each in _area(snapshot.boundaries.layers[key], rows.area[key])]
    values: tuple[Sequence[Value], ...] = (
        code,
        name,
        [1] * len(rows),
        rows.day.astype("datetime64[D]").tolist(),
        [hour if hour >= 0 else None for hour in rows.hour.tolist()],
        rows.weekday.tolist(),
        _taken([each.key for each in snapshot.categories], rows.category),
        _taken([each.label(words.language) for each in snapshot.categories], rows.category),
        _taken([each.value for each in SOURCES], rows.source),
        _taken([each.value for each in PLACEMENTS], rows.placement),
        _taken([each.value for each in PRECISIONS], rows.precision),
        _known(rows.lon),
        _known(rows.lat),
        _zones(reading, rows.zones),
        *elsewhere,
    )
    placed = np.isfinite(rows.lon)
    shapes = np.full(len(rows), None, dtype=object)
    shapes[placed] = shapely.points(rows.lon[placed], rows.lat[placed])
    return Batch(values, shapes)


def _area(layer: Layer, at: NDArray[np.int32]) -> tuple[list[Value], list[Value]]:
    """Codes and names of the areas; None where there is no area."""
    return _taken([*layer.codes, None], at), _taken([*layer.names, None], at)


def _taken(labels: Sequence[Value], codes: NDArray[np.signedinteger]) -> list[Value]:
    return [labels[code] for code in codes.tolist()]


def _known(values: NDArray[np.float64]) -> list[Value]:
    return [None if value != value else value for value in values.tolist()]  # noqa: PLR0124 - NaN


def _zones(reading: Reading, held: NDArray[np.uint64]) -> list[Value]:
    """Each set of zones written once: there are few different ones."""
    zones = reading.snapshot.boundaries.zones
    sets, of = np.unique(held, return_inverse=True)
    said = [";".join(zone.id for zone in zones if int(each) >> zone.bit & 1) or None for each in sets.tolist()]
    return [said[i] for i in of.tolist()]
