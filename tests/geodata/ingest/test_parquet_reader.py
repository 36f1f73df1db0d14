"""Parquet and GeoParquet."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from geodata.errors import FileRefusedError
from geodata.ingest.headings.columns import Headers
from geodata.ingest.opening.child import read_here
from geodata.ingest.raw import RawTable, Request

Read = Callable[..., RawTable]
AT = datetime.fromisoformat("2024-03-05T22:15:30.123456")
POINT = struct.pack("<BIdd", 1, 1, 620123.0, 1245678.5)
LINE = struct.pack("<BIIdddd", 1, 2, 2, 106.1, 11.3, 106.2, 11.3)
NOTHING = struct.pack("<BIdd", 1, 1, float("nan"), float("nan"))  # what writes POINT EMPTY


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def written(columns: dict[str, pa.Array], geo: dict[str, object] | None = None, **options: object) -> RawTable:
        table = pa.table(columns)
        if geo is not None:
            table = table.replace_schema_metadata({"geo": json.dumps(geo)})
        pq.write_table(table, tmp_path / "t.parquet", **options)
        (found,) = read_here(tmp_path / "t.parquet", Request(Headers()))
        return found

    return written


def geo(**crs: object) -> dict[str, object]:
    return {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": {"encoding": "WKB", **crs}}}


@pytest.mark.parametrize(
    ("column", "text"),
    [
        (pa.array([AT, None], pa.timestamp("us")), ["2024-03-05 22:15:30", ""]),
        (pa.array([AT, None], pa.timestamp("ns")), ["2024-03-05 22:15:30", ""]),
        (pa.array([AT.replace(tzinfo=UTC)], pa.timestamp("ms", "Asia/Ho_Chi_Minh")), ["2024-03-06 05:15:30+0700"]),
        (pa.array([datetime.fromisoformat("2024-03-05"), None], pa.timestamp("ns")), ["2024-03-05", ""]),
        (pa.array([date.fromisoformat("2024-03-05")]), ["2024-03-05"]),
        (pa.array(["Trộm", None, "Trộm"]).dictionary_encode(), ["Trộm", "", "Trộm"]),
        (pa.array([25456.0, None, float("nan")]), ["25456", "", ""]),
        (pa.array([106.1, 106.0]), ["106.1", "106"]),
        (pa.array([Decimal("11.30")]), ["11.30"]),
        (pa.array([True, None]), ["true", ""]),
        (pa.array([b"theft", b"x"]), ["theft", "x"]),
        (pa.array([b"\xff", b"x"]), ["", ""]),
        (pa.array([None, None]), ["", ""]),
        (pa.array([2**63], pa.uint64()), [str(2**63)]),
    ],
)
def test_every_type_becomes_the_text_a_person_would_write(read: Read, column: pa.Array, text: list[str]) -> None:
    assert read({"x": column}).frame[0].tolist() == text


def test_lists_and_records_inside_cells_stay_out(read: Read) -> None:
    assert read({"id": pa.array(["A1"]), "persons": pa.array([["x"]]), "r": pa.array([{"a": 1}])}).columns == ("id",)


def test_geoparquet_points_come_with_the_system_it_declares(read: Read) -> None:
    columns = {"id": pa.array(["A1", "A2", "A3", "A4"]), "geometry": pa.array([POINT, LINE, None, NOTHING])}
    table = read(columns, geo(crs={"type": "ProjectedCRS", "name": "x", "id": {"authority": "EPSG", "code": 32648}}))
    assert (table.columns, table.rows.tolist()) == (("id",), [1, 3, 4])
    assert table.points is not None
    assert table.points[0].tolist() == [620123.0, 1245678.5]
    assert [(fault.at, fault.facts["found"]) for fault in table.broken] == [(2, "LineString")]


def test_geoparquet_without_a_system_is_lon_and_lat(read: Read) -> None:
    assert read({"geometry": pa.array([POINT])}, geo()).crs == ""


def test_points_written_as_two_numbers_are_read(read: Read) -> None:
    table = read({"geometry": pa.array([{"x": 106.1, "y": 11.3}])}, geo())
    assert table.points is not None
    assert table.points.tolist() == [[106.1, 11.3]]


def test_odd_words_about_geometry_are_no_geometry(read: Read) -> None:
    odds: tuple[dict[str, object], ...] = (
        {"primary_column": 5},
        {"primary_column": "geometry", "columns": []},
        {"columns": {"x": {}}},
    )
    for odd in odds:
        assert read({"id": pa.array(["A1"])}, odd).points is None


def test_a_small_file_of_very_many_equal_rows_is_refused_by_its_footer(tmp_path: Path) -> None:
    path = tmp_path / "bomb.parquet"
    batch = pa.table({"id": pa.DictionaryArray.from_arrays(pa.array([0] * 2_000_000, pa.int8()), ["x"])})
    with pq.ParquetWriter(path, batch.schema) as writer:
        for _ in range(6):
            writer.write_table(batch)
    assert path.stat().st_size < 100_000
    with pytest.raises(FileRefusedError, match="unpacks to 12000000 rows, 1 columns"):
        list(read_here(path, Request(Headers())))


def test_a_damaged_footer_is_refused(tmp_path: Path, read: Read) -> None:
    read({"id": pa.array(["A1"])})
    path = tmp_path / "t.parquet"
    whole = path.read_bytes()
    for content in (
        b"PAR1" + bytes(20) + b"PAR1",
        whole[:20] + bytes(20) + whole[40:],
        whole[:-8] + b"\xff" * 4 + b"PAR1",
    ):
        path.write_bytes(content)
        with pytest.raises(FileRefusedError, match="damaged Parquet"):
            list(read_here(path, Request(Headers())))
