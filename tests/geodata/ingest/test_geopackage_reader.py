"""GeoPackages: layers, coordinate systems, and databases that are none."""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from geodata.errors import FileRefusedError
from geodata.ingest.headings.columns import Headers
from geodata.ingest.opening.child import read_here
from geodata.ingest.raw import RawTable, Request

Make = Callable[..., Path]
POINT = struct.pack("<BIdd", 1, 1, 106.1, 11.3)
LINE = struct.pack("<BIIdddd", 1, 2, 2, 106.1, 11.3, 106.2, 11.3)


def geometry(wkb: bytes, *, envelope: bool = False) -> bytes:
    """Well-known binary with the head a GeoPackage puts before it."""
    head = b"GP\0" + bytes([0b0000_0011 if envelope else 0b0000_0001]) + struct.pack("<i", 4326)
    return head + (bytes(32) if envelope else b"") + wkb


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """A GeoPackage of point layers: ``make({"T3": [(fid, id, date, category, blob)]})``, then more statements."""

    def made(layers: dict[str, list[tuple[object, ...]]], *further: str, system: int = 4326) -> Path:
        path = tmp_path / "t#3?.gpkg"
        with closing(sqlite3.connect(path)) as store, store:
            store.execute("PRAGMA application_id = 0x47504B47")
            store.execute("CREATE TABLE gpkg_contents (table_name TEXT, data_type TEXT)")
            store.execute("CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, srs_id INTEGER)")
            store.execute(
                "CREATE TABLE gpkg_spatial_ref_sys "
                "(srs_id INTEGER, organization TEXT, organization_coordsys_id INTEGER, definition TEXT)"
            )
            store.execute("INSERT INTO gpkg_spatial_ref_sys VALUES (9209, 'EPSG', 9209, ''), (99, 'NONE', 99, 'x')")
            for name, rows in layers.items():
                store.execute(
                    f'CREATE TABLE "{name}" (fid INTEGER PRIMARY KEY, id TEXT, "Xảy ra từ" TEXT, category TEXT, geom)'
                )
                store.execute("INSERT INTO gpkg_contents VALUES (?, 'features')", (name,))
                store.execute("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?)", (name, system))
                store.executemany(f'INSERT INTO "{name}" VALUES (?, ?, ?, ?, ?)', rows)
            for statement in further:
                store.execute(statement)
        return path

    return made


def tables(path: Path, sheet: str | None = None) -> list[RawTable]:
    return list(read_here(path, Request(Headers(), sheet)))


def row(number: int, blob: bytes | None) -> tuple[object, ...]:
    return number, f"A{number}", "2024-03-05T22:15:00", "theft", blob


def test_points_come_with_the_numbers_the_program_shows(make: Make) -> None:
    rows = [row(4, geometry(POINT)), row(7, geometry(POINT, envelope=True)), row(9, None), row(11, b"?")]
    (table,) = tables(make({"T3": [*rows, row(12, geometry(LINE))]}))
    assert (table.sheet, table.columns) == ("T3", ("id", "Xảy ra từ", "category"))
    assert table.rows.tolist() == [4, 7, 9]
    assert table.points is not None
    assert table.points[:2].tolist() == [[106.1, 11.3], [106.1, 11.3]]
    assert table.frame[0].tolist() == ["A4", "A7", "A9"]
    assert [(fault.at, fault.facts["found"]) for fault in table.broken] == [(11, "something else"), (12, "LineString")]
    assert (table.crs, table.findings) == ("", ())


def test_the_declared_system_is_named_and_one_without_a_number_said(make: Make) -> None:
    path = make({"T3": [row(1, geometry(POINT))]}, system=9209)
    (known,) = tables(path)
    assert known.crs == "EPSG:9209"
    path.unlink()
    (unknown,) = tables(make({"T3": [row(1, geometry(POINT))]}, system=99))
    assert unknown.crs == ""
    assert "no EPSG number" in unknown.findings[0].message


def test_every_layer_with_the_header_is_read_and_one_can_be_asked_for(make: Make) -> None:
    path = make(
        {"T3": [row(1, geometry(POINT))], "T4": [row(1, geometry(POINT))]},
        "CREATE TABLE notes (id TEXT, note TEXT)",
        "INSERT INTO gpkg_contents VALUES ('notes', 'attributes')",
    )
    assert [(table.sheet, table.skipped) for table in tables(path)] == [("T3", ("notes",)), ("T4", ("notes",))]
    assert [table.sheet for table in tables(path, "T4")] == ["T4"]
    with pytest.raises(FileRefusedError, match="no sheet «T9»; it has «T3», «T4», «notes»"):
        tables(path, "T9")


def test_a_table_without_geometry_is_a_table_like_a_sheet(make: Make) -> None:
    path = make(
        {},
        "CREATE TABLE t (id TEXT, occurred TEXT, category TEXT, lon REAL, lat REAL)",
        "INSERT INTO gpkg_contents VALUES ('t', 'attributes')",
        "INSERT INTO t VALUES ('A1', '2024-03-05', 'theft', 106.1, 11.3), ('A2', '2024-03-05', 'theft', NULL, X'00')",
    )
    (table,) = tables(path)
    assert table.points is None
    assert table.frame[3].tolist() == [106.1, None]
    assert table.frame[4].tolist() == [11.3, None]


def test_a_view_is_never_run(make: Make) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS id FROM n"
    path = make({"T3": []}, f"CREATE VIEW v AS {endless}", "INSERT INTO gpkg_contents VALUES ('v', 'features')")
    with pytest.raises(FileRefusedError, match=r"holds views \(v\), which are not run"):
        tables(path)


def test_a_damaged_database_is_refused(make: Make) -> None:
    path = make({"T3": [row(1, geometry(POINT))]})
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + bytes(len(whole) - 4096))
    with pytest.raises(FileRefusedError, match="damaged GeoPackage"):
        tables(path)
    path.write_bytes(whole[:100])
    with pytest.raises(FileRefusedError, match="damaged GeoPackage"):
        tables(path)


def test_nothing_is_written_beside_it(make: Make) -> None:
    path = make({"T3": [row(1, geometry(POINT))]}, "CREATE INDEX i ON T3 (id)")
    before = path.read_bytes()
    tables(path)
    assert [each.name for each in path.parent.iterdir()] == [path.name]
    assert path.read_bytes() == before
