"""Reads Parquet and GeoParquet into raw cells, a column at a time. Knows types and limits, no fields."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.errors import FileRefusedError
from geodata.ingest.opening.shapes import Notice, Points, epsg_of, points_of_wkb
from geodata.ingest.raw import Extract, Reader, Request

if TYPE_CHECKING:
    from pyarrow.parquet import ParquetFile

LARGEST = 1 << 30
MOST_ROWS = 10_000_000
MOST_COLUMNS = 1_000
_DAY_US = 86_400_000_000
_EXACT = 1e15  # floats below hold whole numbers exactly


def read(path: Path, request: Request) -> Iterator[Extract]:
    """Yield the file's one table. Raises FileRefusedError where it is damaged or larger than it looks."""
    import pyarrow.parquet as pq

    file = path.name
    if request.sheet is not None:
        raise FileRefusedError("«{file}» has no sheets: leave --sheet out", file=file)
    try:
        store = pq.ParquetFile(path, thrift_string_size_limit=1 << 26, thrift_container_size_limit=1 << 20)
        _check_size(store, file)
        geo = _geo(store)
        table = store.read(columns=[field.name for field in store.schema_arrow if _is_read(field, geo)])
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, pa.ArrowKeyError, OSError, ValueError) as error:
        raise FileRefusedError(
            "«{file}» is a damaged Parquet file ({detail}). Copy it again, or export it anew",
            file=file, detail=str(error)[:120],
        ) from None  # fmt: skip
    yield _extract(table, geo)


def check(path: Path) -> None:
    """Refuse what is too large, or does not end as such files end."""
    size = path.stat().st_size
    if size > LARGEST:
        raise FileRefusedError(
            "«{file}» is larger than {limit} MB. Split it by year and load the parts one after the other",
            file=path.name, limit=LARGEST >> 20,
        )  # fmt: skip
    with path.open("rb") as stream:
        stream.seek(max(size - 4, 0))
        if stream.read() != b"PAR1":
            raise FileRefusedError(
                "«{file}» is cut off: a Parquet file ends otherwise. Copy it again, or export it anew", file=path.name
            )


def _check_size(store: ParquetFile, file: str) -> None:
    """Before a page is unpacked: a file of some KB can say that it holds a thousand million equal rows."""
    about = store.metadata
    unpacked = sum(about.row_group(i).total_byte_size for i in range(about.num_row_groups))
    if about.num_rows > MOST_ROWS or about.num_columns > MOST_COLUMNS or unpacked > LARGEST:
        raise FileRefusedError(
            "«{file}» unpacks to {rows} rows, {columns} columns and {size} MB, more than a table of incidents needs. "
            "Export the part that is meant",
            file=file, rows=about.num_rows, columns=about.num_columns, size=unpacked >> 20,
        )  # fmt: skip


def _geo(store: ParquetFile) -> dict[str, Any]:
    """What GeoParquet says of its first geometry column, with the column's name; {} for plain Parquet."""
    written = (store.schema_arrow.metadata or {}).get(b"geo")
    about = json.loads(written) if written else {}
    name = about.get("primary_column") if isinstance(about, dict) else None
    columns = about.get("columns") if name else None
    column = columns.get(name) if isinstance(columns, dict) else None
    if not isinstance(column, dict) or name not in store.schema_arrow.names:
        return {}
    return {**column, "name": name}


def _is_read(field: pa.Field, geo: dict[str, Any]) -> bool:
    return field.name == geo.get("name") or not pa.types.is_nested(field.type)


def _extract(table: pa.Table, geo: dict[str, Any]) -> Extract:
    rows = np.arange(1, len(table) + 1, dtype=np.int64)
    if not geo:
        return Extract("", tuple(table.column_names), tuple(_text(column) for column in table.columns), rows)
    points = _points(table[geo["name"]])
    taken, broken = points.taken, points.faults(rows)
    table = table.remove_column(table.column_names.index(geo["name"]))
    if broken:
        table = table.filter(pa.array(taken))
    crs, findings = _crs(geo)
    cells = tuple(_text(column) for column in table.columns)
    columns = tuple(table.column_names)
    return Extract("", columns, cells, rows[taken], broken, points.xy[taken], crs=crs, findings=findings)


def _points(column: pa.ChunkedArray) -> Points:
    if pa.types.is_struct(column.type):  # GeoParquet 1.1: x and y as numbers of their own
        parts = [pc.struct_field(column, axis).cast(pa.float64()).to_numpy() for axis in ("x", "y")]
        return Points(np.column_stack(parts), {})
    return points_of_wkb(column.cast(pa.binary()).to_pylist())


def _crs(geo: dict[str, Any]) -> tuple[str, tuple[Notice, ...]]:
    declared = geo.get("crs")
    return ("", ()) if declared is None else epsg_of(declared)  # none means lon/lat


def _text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """The column as text: a million dates are read faster so than as a million Python values."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return _text(column.cast(kind.value_type))
    if pa.types.is_timestamp(kind):
        return _days_or_moments(column)
    if pa.types.is_floating(kind):
        column = _whole(column.cast(pa.float64()) if kind == pa.float16() else column)
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_fixed_size_binary(kind):
        column = _letters(column.cast(pa.binary()))
    try:
        text = column.cast(pa.string())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):  # durations and the like: nothing a cell of a sheet holds
        text = pa.chunked_array([pa.nulls(len(column), pa.string())])
    return pc.fill_null(text, "")


def _days_or_moments(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """ISO text. A column of nothing but midnights holds days: pandas writes them so."""
    zoned = column.type.tz is not None
    micros = column.cast(pa.timestamp("us", column.type.tz), safe=False)
    since = micros.cast(pa.int64())
    if not zoned and pc.all(pc.equal(pc.multiply(pc.divide(since, _DAY_US), _DAY_US), since), min_count=0).as_py():
        return pc.fill_null(micros.cast(pa.date32()).cast(pa.string()), "")
    seconds = pc.floor_temporal(micros, unit="second").cast(pa.timestamp("s", column.type.tz))
    return pc.fill_null(seconds.cast(pa.string()), "")


def _whole(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """A column of whole numbers without decimals: where cells were blank, programs write 25456 as 25456.0."""
    known = pc.if_else(pc.is_nan(column), None, column)
    if pc.all(pc.and_(pc.equal(pc.floor(known), known), pc.less(pc.abs(known), _EXACT)), min_count=0).as_py():
        return known.cast(pa.int64())
    return known


def _letters(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Bytes that are UTF-8 are text some programs do not mark as such; others are none."""
    try:
        return column.cast(pa.string())
    except pa.ArrowInvalid:
        return pa.chunked_array([pa.nulls(len(column), pa.string())])


READER = Reader((".parquet", ".geoparquet"), frozenset({"parquet"}), read, check)
