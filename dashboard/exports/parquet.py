"""A view's table as Parquet, GeoParquet 1.1 where the rows have shapes; its facts are the file's own metadata."""

from __future__ import annotations

import json
from typing import BinaryIO

from dashboard.exports import Format, Order, extract_of
from dashboard.extracts.table import Table
from dashboard.words import N_

FACTS = "diemnong"  # the metadata's key
GEOMETRY_TYPES = {"point": ["Point"], "polygon": ["MultiPolygon"]}


def write(order: Order, out: BinaryIO) -> None:
    """A row group a batch."""
    import pyarrow.parquet as pq  # noqa: PLC0415 - loaded where such a file is written

    from dashboard.extracts.arrow import stream  # noqa: PLC0415

    extract = extract_of(order)
    metadata = {FACTS: json.dumps({fact.key: fact.value for fact in extract.facts}, ensure_ascii=False)}
    if extract.table.shape:
        metadata["geo"] = json.dumps(_geo(extract.table))
    reader = stream(extract.table, metadata)
    with pq.ParquetWriter(out, reader.schema, compression="zstd", store_schema=False) as writer:
        writer.add_key_value_metadata(metadata)
        for batch in reader:
            writer.write_batch(batch)


def _geo(table: Table) -> dict[str, object]:
    """GeoParquet's description of the shapes."""
    from pyproj import CRS  # noqa: PLC0415

    from dashboard.extracts.arrow import GEOMETRY  # noqa: PLC0415

    crs = CRS.from_epsg(4326).to_json_dict()
    shapes = {"encoding": "WKB", "geometry_types": GEOMETRY_TYPES[table.shape], "crs": crs}
    return {"version": "1.1.0", "primary_column": GEOMETRY, "columns": {GEOMETRY: shapes}}


FORMAT = Format("parquet", N_("GeoParquet"), "application/vnd.apache.parquet", ".parquet", "table", write)
