"""What a file really is."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from geodata.errors import FileRefusedError
from geodata.ingest.clean import Cleaned
from geodata.ingest.opening.content import all_readers, kind_of, reader_of
from tests.geodata.ingest.old_excel import ole

Read = Callable[..., Cleaned]


def _zip(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in parts.items():
            container.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.csv", b"", "is empty"),
        ("a.xlsx", b"", "is empty"),
        ("a.xlsx", b"%PDF-1.7\n", "is a PDF"),
        ("a.csv", b"%PDF-1.7\n", "is a PDF"),
        ("a.xlsx", b"\xef\xbb\xbf <html><table>", "is a web page"),
        ("a.xlsx", b"<?xml version='1.0'?><x/>", "web page or XML"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "Excel file of before 2007"),
        ("a.xlsx", ole({"EncryptionInfo": b"x", "EncryptedPackage": b"x"}), "locked with a password"),
        ("a.xls", b"<html><table><tr><td>id</td></tr></table></html>", "is a web page"),
        ("a.xls", _zip({"xl/workbook.xml": b"<x/>"}), "is a zip container"),
        ("a.csv", b"PAR1....PAR1", "is Parquet"),
        ("a.csv", b"SQLite format 3\0", "is a database"),
        ("a.gpkg", b"SQLite format 3\0" + bytes(200), "no GeoPackage"),
        ("a.parquet", b"PAR1........", "cut off"),
        ("a.zip", _zip({"thang 3/t3.xlsx": b"x"}), "zip container with «t3.xlsx». Unpack it first"),
        ("a.zip", _zip({"x.bin": b"x"}), "holds 0 Shapefiles"),
        ("a.zip", _zip({"a.shp": b"x", "b.shp": b"x"}), "holds 2 Shapefiles"),
        ("a.zip", _zip({"a.shp": b"x"}), "without its table"),
        ("a.xlsx", b"id,occurred\n1,2\n", "is plain text"),
        ("a.xlsx", _zip({"word/document.xml": b"<x/>"}), "not an Excel workbook"),
        ("a.xlsx", _zip({"xl/workbook.xml": b"<x/>"}), "damaged workbook"),
        ("a.xlsx", _zip({"xl/workbook.xml": b"<x/>"})[:-30], "cut off or damaged"),
        ("a.xlsx", _zip({"xl/workbook.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x/>'}), "XML entities"),
        ("a.xlsx", _zip({"xl/workbook.xml": bytes(30 << 20)}), "unpacks to 30 MB"),
        ("a.xlsx", _zip({f"p{i}": b"" for i in range(6000)}), "in 6000 parts"),
        ("a.csv", _zip({"xl/workbook.xml": b"<x/>"}), "is a zip container"),
        ("a.csv", b"\x89PNG\r\n", "is a picture"),
        ("a.csv", b"MZ\x90\0", "begins with 4D 5A 90 00"),
        ("a.csv", b"ab\0\0\0cd", "begins with 61 62"),
        ("a.geojson", b"<OGRVRTDataSource/>", "web page or XML"),
        ("a.doc", b"text", "not read"),
    ],
)
def test_a_file_that_is_something_else_is_refused_in_words(read: Read, name: str, content: bytes, words: str) -> None:
    with pytest.raises(FileRefusedError, match=words) as refused:
        read(name, content)
    assert f"«{name}»" in str(refused.value)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "gone.csv", tmp_path):
        with pytest.raises(FileRefusedError, match="not there"):
            reader_of(path)


def test_every_reader_is_found_and_no_two_share_a_suffix() -> None:
    suffixes = [suffix for reader in all_readers() for suffix in reader.suffixes]
    assert {".csv", ".tsv", ".xlsx", ".xls", ".geojson", ".gpkg", ".zip", ".parquet"} <= set(suffixes)
    assert len(suffixes) == len(set(suffixes))


def test_kinds_are_told_by_the_first_bytes() -> None:
    assert kind_of(b"") == "empty"
    assert kind_of("id,occurred".encode("utf-16")) == "text"
    assert kind_of(b'\xef\xbb\xbf {"type"') == "json"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a\nb.csv", "«a b.csv»"),
        ("a\u202excod.csv", "«a\\u202excod.csv»"),
        ("=cmd|' 'a1.csv", "«=cmd|' 'a1.csv»"),
        ("x" * 240 + ".csv", "x" * 240),
    ],
)
def test_a_name_that_would_break_or_turn_the_line_is_shown_with_codes(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / name).write_bytes(b"")
    with pytest.raises(FileRefusedError, match="is empty") as refused:
        reader_of(tmp_path / name)
    assert said in str(refused.value)
    assert str(refused.value).isprintable()
