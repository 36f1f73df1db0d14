"""A view's table as GeoJSON (RFC 7946), a feature a line, with its facts as a member beside the features."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import BinaryIO

import shapely

from dashboard.exports import Format, Order, extract_of
from dashboard.extracts.shapes import alike
from dashboard.extracts.table import Batch, Shape, Table
from dashboard.words import N_
from geodata.errors import QuestionError

DECIMALS = 7  # of a degree, a centimetre; RFC 7946 asks for no more than that


def write(order: Order, out: BinaryIO) -> None:
    """Features in the order of the rows. Raises QuestionError where the rows have no shapes."""
    extract = extract_of(order)
    table = extract.table
    if not table.shape:
        raise QuestionError(
            "counts by «{by}» have no shapes for a map; write .xlsx, .csv or .parquet", by=",".join(order.by)
        )
    facts = {fact.key: fact.value for fact in extract.facts}
    out.write(f'{{"type":"FeatureCollection","name":"{table.name}",\n"metadata":{_json(facts)},\n"features":['.encode())
    between = "\n"
    for line in _lines(table):
        out.write(between.encode())
        out.write(line.encode())
        between = ",\n"
    out.write(b"\n]}\n")


def _lines(table: Table) -> Iterator[str]:
    keys = [column.key for column in table.columns]
    for batch in table.batches():
        for row, shape in zip(batch.rows(), _shapes(batch, table.shape), strict=True):
            yield f'{{"type":"Feature","properties":{_json(dict(zip(keys, row, strict=True)))},"geometry":{shape}}}'


def _shapes(batch: Batch, shape: Shape) -> Iterator[str]:
    """Each shape as GeoJSON."""
    rounded = shapely.transform(alike(batch, shape), lambda places: places.round(DECIMALS))
    return (text or "null" for text in shapely.to_geojson(rounded).tolist())


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=_day)


def _day(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


FORMAT = Format("geojson", N_("GeoJSON"), "application/geo+json", ".geojson", "table", write)
