"""A table as a stream of Arrow batches, shapes as WKB: what Parquet and GDAL write from. Writes no file itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import shapely

from dashboard.extracts.shapes import alike
from dashboard.extracts.table import Column, Kind, Table
from dashboard.stamp import Fact

GEOMETRY = "geometry"
_TYPES: dict[Kind, Any] = {
    "text": pa.string(),
    "whole": pa.int64(),
    "number": pa.float64(),
    "share": pa.float64(),
    "date": pa.date32(),
    "flag": pa.bool_(),
}


def stream(table: Table, metadata: dict[str, str] | None = None) -> Any:  # noqa: ANN401 - pyarrow has no types
    """A RecordBatchReader over all rows; ``metadata`` becomes the schema's."""
    fields = [pa.field(column.key, _TYPES[column.kind]) for column in table.columns]
    if table.shape:
        fields.append(pa.field(GEOMETRY, pa.binary(), metadata={"ARROW:extension:name": "geoarrow.wkb"}))
    schema = pa.schema(fields, metadata=metadata)
    return pa.RecordBatchReader.from_batches(schema, _batches(table, schema))


def facts_stream(facts: tuple[Fact, ...]) -> Any:  # noqa: ANN401
    """The facts as a table of three texts."""
    columns = {
        "key": [fact.key for fact in facts],
        "label": [fact.label for fact in facts],
        "value": [str(fact.value) for fact in facts],
    }
    made = pa.table(columns)
    return pa.RecordBatchReader.from_batches(made.schema, made.to_batches())


def _batches(table: Table, schema: Any) -> Iterator[Any]:  # noqa: ANN401
    for batch in table.batches():
        arrays = [_array(column, values) for column, values in zip(table.columns, batch.values, strict=True)]
        if batch.shapes is not None:
            arrays.append(pa.array(shapely.to_wkb(alike(batch, table.shape)), pa.binary()))
        yield pa.record_batch(arrays, schema=schema)


def _array(column: Column, values: Any) -> Any:  # noqa: ANN401
    return pa.array(values, _TYPES[column.kind])
