"""Zipped Shapefiles, made byte by byte."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from geodata.errors import FileRefusedError
from geodata.ingest.headings.columns import Headers
from geodata.ingest.opening.child import read_here
from geodata.ingest.raw import RawTable, Request

Read = Callable[[bytes], RawTable]
POINT = struct.pack("<idd", 1, 106.1, 11.3)
POINT_Z = struct.pack("<idddd", 11, 106.2, 11.4, 5.0, 0.0)
MULTIPOINT = struct.pack("<iddddidd", 8, 0, 0, 0, 0, 1, 106.3, 11.5)
POLYGON = struct.pack("<i", 5) + bytes(40)
NOWHERE = struct.pack("<i", 0)
FIELDS = (("id", "C", 8), ("ngay", "D", 8), ("toi_danh", "C", 40), ("so", "N", 8))
PRJ = (
    'PROJCS["VN_2000_TM3_105_30",GEOGCS["GCS_VN_2000",DATUM["D_Vietnam_2000",SPHEROID["WGS_1984",6378137.0,'
    '298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],'
    'PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",105.5],'
    'PARAMETER["Scale_Factor",0.9999],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]'
)


def shp(*contents: bytes) -> bytes:
    records = (struct.pack(">ii", i, len(one) // 2) + one for i, one in enumerate(contents, start=1))
    return struct.pack(">i", 9994).ljust(100, b"\0") + b"".join(records)


def dbf(*rows: tuple[str, ...], code: str = "utf-8", deleted: int = -1) -> bytes:
    fields = b"".join(struct.pack("<11sc4xBB14x", n.encode(), k.encode(), size, 0) for n, k, size in FIELDS) + b"\r"
    width = 1 + sum(size for *_, size in FIELDS)
    head = struct.pack("<BBBBIHH20x", 3, 124, 1, 1, len(rows), 32 + len(fields), width)
    records = b""
    for i, row in enumerate(rows):
        cells = (cell.encode(code).ljust(size)[:size] for cell, (*_, size) in zip(row, FIELDS, strict=True))
        records += (b"*" if i == deleted else b" ") + b"".join(cells)
    return head + fields + records + b"\x1a"


def zipped(**parts: bytes | str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as container:
        for suffix, content in parts.items():
            container.writestr(f"../lớp/T3.{suffix}", content)
    return stream.getvalue()


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def written(content: bytes) -> RawTable:
        (tmp_path / "t.zip").write_bytes(content)
        (table,) = read_here(tmp_path / "t.zip", Request(Headers()))
        return table

    return written


ROW = ("A1", "20240305", "Trộm cắp tài sản", "    12.5")


def test_points_of_each_kind_are_read_and_other_shapes_put_aside(read: Read) -> None:
    rows = [(f"A{i}", *ROW[1:]) for i in range(5)]
    table = read(zipped(shp=shp(POINT, POINT_Z, MULTIPOINT, POLYGON, NOWHERE), dbf=dbf(*rows), cpg="UTF-8"))
    assert table.columns == ("id", "ngay", "toi_danh", "so")
    assert table.frame.iloc[0].tolist() == ["A0", "2024-03-05", "Trộm cắp tài sản", "12.5"]
    assert table.points is not None
    assert table.points[:3].tolist() == [[106.1, 11.3], [106.2, 11.4], [106.3, 11.5]]
    assert table.rows.tolist() == [1, 2, 3, 5]
    assert [(fault.at, fault.facts["found"]) for fault in table.broken] == [(4, "Polygon")]


def test_a_deleted_record_is_no_row(read: Read) -> None:
    table = read(zipped(shp=shp(POINT, POINT), dbf=dbf(ROW, ROW, deleted=0)))
    assert table.rows.tolist() == [2]


def test_the_coordinate_system_beside_it_gets_its_number(read: Read) -> None:
    assert read(zipped(shp=shp(POINT), dbf=dbf(ROW), prj=PRJ)).crs == "EPSG:9209"
    table = read(zipped(shp=shp(POINT), dbf=dbf(ROW), prj="LOCAL[]"))
    assert table.crs == ""
    assert "no EPSG number" in table.findings[0].message


@pytest.mark.parametrize(("code", "cpg"), [("cp1258", "ANSI 1258"), ("cp1258", "1258"), ("utf-8", None)])
def test_letters_are_read_in_the_code_named_beside_it(read: Read, code: str, cpg: str | None) -> None:
    plain = ("A1", "20240305", "Đánh bạc" if code == "utf-8" else "Đánh", "")
    parts = {"cpg": cpg} if cpg else {}
    assert read(zipped(shp=shp(POINT), dbf=dbf(plain, code=code), **parts)).frame[2].tolist() == [plain[2]]


def test_letters_in_no_certain_code_are_refused(read: Read) -> None:
    with pytest.raises(FileRefusedError, match=r"a code that is not certain.*\.cpg"):
        read(zipped(shp=shp(POINT), dbf=dbf(("A1", "20240305", "\xfe\xff\xf7", ""), code="latin-1")))


def test_numbers_that_overflowed_and_dates_that_are_none_are_blank(read: Read) -> None:
    assert read(zipped(shp=shp(POINT), dbf=dbf(("A1", "0", "x", "********")))).frame.iloc[0].tolist()[1::2] == ["", ""]


@pytest.mark.parametrize(
    "parts",
    [
        {"shp": shp(POINT)[:-4], "dbf": dbf(ROW)},
        {"shp": shp(POINT), "dbf": dbf(ROW)[:-30]},
        {"shp": shp(POINT), "dbf": b"x"},
        {"shp": shp(POINT, POINT), "dbf": dbf(ROW)},
        {"shp": b"", "dbf": b""},
    ],
)
def test_a_damaged_one_is_refused(read: Read, parts: dict[str, bytes]) -> None:
    with pytest.raises(FileRefusedError, match="cut off or damaged"):
        read(zipped(**parts))
