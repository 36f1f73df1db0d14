"""Containers that are damaged, are something else than they seem, or were made to do harm."""

from __future__ import annotations

import gzip
import io
import json
import sqlite3
import struct
import zipfile
from collections.abc import Sequence

import pyarrow as pa
import pyarrow.parquet as pq

from tests.geodata.ingest.bad_inputs import (
    GOOD,
    HEADERS,
    SHEET1,
    Aside,
    BadInput,
    Bytes,
    Said,
    csv,
    good_workbook,
    plain,
    refused,
    spoiled,
    unzipped,
    zipped,
)
from tests.geodata.ingest.old_excel import old_workbook, ole

LAUGHS = '<!DOCTYPE w [<!ENTITY a0 "ha">' + "".join(
    f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9)
) + "]>"  # fmt: skip
XXE = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
VRT = (
    b"<OGRVRTDataSource><OGRVRTLayer name='x'><SrcDataSource>other.csv</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>"
)
PAGE = b"<html><body><table><tr><td>S\xe1\xbb\x91 h\xe1\xbb\x93 s\xc6\xa1</td></tr></table></body></html>"
WRITTEN = "CREATE TRIGGER t AFTER INSERT ON T3 BEGIN DELETE FROM T3; END"
MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "xl/_rels/workbook.xml.rels"
COMMENT = f"<!--{'= ' * 3_000}-->"
SYSTEMS = (
    "CREATE TABLE gpkg_spatial_ref_sys "
    "(srs_id INTEGER, organization TEXT, organization_coordsys_id INTEGER, definition TEXT)"
)
ENDLESS = "CREATE VIEW v AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS id FROM n"


def entities(declaration: str, reference: str, *, before: str = "", code: str = "utf-8") -> Bytes:
    """The sound workbook with an entity declared in its sheet and used as a case number."""
    head = f'<?xml version="1.0" encoding="{code}"?>{before}{declaration}'
    return spoiled(**{SHEET1: lambda part: (head + part.decode().replace("HS-1", reference)).encode(code)})


def renamed_sheet() -> bytes:
    """Billion laughs in a sheet whose part is not called .xml."""
    parts = unzipped(entities(LAUGHS, "&a9;")())
    parts["xl/worksheets/sheet1.bin"] = parts.pop(SHEET1)
    return zipped({name: part.replace(b"sheet1.xml", b"sheet1.bin") for name, part in parts.items()})


def elsewhere(part: bytes) -> bytes:
    """The workbook's table of contents, with its sheet somewhere on the machine."""
    return part.replace(b"/xl/worksheets/sheet1.xml", b"../../../../../../etc/passwd")


def far_cell(part: bytes) -> bytes:
    """The sheet with a cell at its last corner."""
    far = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    return part.replace(b"</sheetData>", far)


def beyond(part: bytes) -> bytes:
    """The sheet with a row whose number says that there are millions of millions before it."""
    return part.replace(b"</sheetData>", b'<row r="99999999999999"><c t="n"><v>1</v></c></row></sheetData>')


def half_a_gigabyte() -> bytes:
    """A workbook of a few MB whose sheet unpacks to 512 MB of cells."""
    cells = b'<row><c t="inlineStr"><is><t>1</t></is></c></row>' * 21_400  # 1 MB
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as container:
        for name, part in unzipped(good_workbook()).items():
            if name != SHEET1:
                container.writestr(name, part)
                continue
            head, end, tail = part.partition(b"</sheetData>")
            with container.open(name, "w", force_zip64=True) as target:
                target.write(head)
                for _ in range(513):
                    target.write(cells)
                target.write(end + tail)
    return stream.getvalue()


def long_text_many_times() -> bytes:
    """A text of 1 MB, kept once, in each of 5,000 cells: 5 GB where each cell has its own."""
    parts = unzipped(good_workbook())
    space = b' xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    parts["xl/sharedStrings.xml"] = b"<sst" + space + b"><si><t>" + b"a" * (1 << 20) + b"</t></si></sst>"
    row = b'<row><c t="inlineStr"><is><t>x</t></is></c><c t="s"><v>0</v></c><c t="s"><v>0</v></c></row>'
    parts[SHEET1] = parts[SHEET1].replace(b"</sheetData>", row * 5_000 + b"</sheetData>")
    kind = b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"</Types>", kind + b'spreadsheetml.sharedStrings+xml"/></Types>'
    )
    return zipped(parts)


def parquet_bomb() -> bytes:
    """Some KB that hold 12 million equal rows."""
    stream = io.BytesIO()
    batch = pa.table({"id": pa.DictionaryArray.from_arrays(pa.array([0] * 2_000_000, pa.int8()), ["x"])})
    with pq.ParquetWriter(stream, batch.schema) as writer:
        for _ in range(6):
            writer.write_table(batch)
    return stream.getvalue()


def geopackage(*statements: str) -> Bytes:
    """A GeoPackage with one point, and what else is done to it."""

    def build() -> bytes:
        store = sqlite3.connect(":memory:")
        point = b"GP\0\1" + struct.pack("<i", 4326) + struct.pack("<BIdd", 1, 1, 106.051, 11.052)
        for statement in (
            "PRAGMA application_id = 0x47504B47",
            "CREATE TABLE gpkg_contents (table_name TEXT, data_type TEXT)",
            "CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, srs_id INTEGER)",
            SYSTEMS,
            "CREATE TABLE T3 (fid INTEGER PRIMARY KEY, id TEXT, occurred TEXT, category TEXT, geom BLOB)",
            "INSERT INTO gpkg_contents VALUES ('T3', 'features')",
            "INSERT INTO gpkg_geometry_columns VALUES ('T3', 'geom', 4326)",
        ):
            store.execute(statement)
        store.execute("INSERT INTO T3 VALUES (1, 'HS-1', '2024-03-25', 'theft', ?)", (point,))
        for statement in statements:
            store.execute(statement)
        store.commit()
        content = store.serialize()
        store.close()
        return content

    return build


def geojson(*places: Sequence[object] | None, shape: str = "Point", **more: object) -> Bytes:
    """A collection of incidents at these places, the last of which has this shape."""
    features = [
        {
            "type": "Feature",
            "properties": {"id": f"HS-{at}", "date": "2024-03-25", "category": "theft"},
            "geometry": place and {"type": shape if at == len(places) else "Point", "coordinates": place},
        }
        for at, place in enumerate(places, start=1)
    ]
    return plain(json.dumps({"type": "FeatureCollection", "features": features, **more}).encode())


def many_names() -> bytes:
    """A collection in which each feature has a property of its own."""
    rows = [{"date": "2024-03-25", "category": "theft", f"n{at}": at} for at in range(3_000)]
    return json.dumps({"features": [{"properties": row, "geometry": None} for row in rows]}).encode()


LINK = {"type": "link", "properties": {"href": "http://192.0.2.1/crs"}}
NESTED = plain(b'{"features":' + b"[" * 200_000 + b"]" * 200_000 + b"}")
NO_SHEET = ("no sheet and no layer", "không có trang tính hay lớp")
WEB_PAGE, CUT, TOO_MUCH, ENTITY, DAMAGED = (
    ("web page", "trang web"),
    ("cut off or damaged", "bị cụt hoặc hỏng"),
    ("unpacks to", "giải nén"),
    ("XML entities", "thực thể XML"),
    ("damaged workbook", "sổ tính bị hỏng"),
)
CONTAINERS: tuple[BadInput, ...] = (
    refused("empty csv", "trong.csv", plain(b""), "is empty: 0 bytes", "trống: 0 byte"),
    refused("empty workbook", "trong.xlsx", plain(b""), "is empty: 0 bytes", "trống: 0 byte"),
    refused("HTML as xlsx", "bao cao.xlsx", plain(PAGE), *WEB_PAGE, ".xlsx"),
    refused("HTML as xls", "bao cao.xls", plain(PAGE), *WEB_PAGE, ".xls"),
    refused("PDF as xlsx", "bao cao.xlsx", plain(b"%PDF-1.7\n"), "is a PDF", "là PDF", ".xlsx"),
    refused("picture as csv", "anh.csv", plain(b"\x89PNG\r\n\x1a\n"), "is a picture", "là hình ảnh", ".csv"),
    refused(
        "strict workbook",
        "strict.xlsx",
        spoiled(
            **{"xl/workbook.xml": lambda part: part.replace(MAIN, b"http://purl.oclc.org/ooxml/spreadsheetml/main")}
        ),
        "Strict Open XML",
        "Strict Open XML, ít",
    ),
    refused("no sheet", "cut.xlsx", spoiled(**{RELATIONS: elsewhere}), *NO_SHEET),
    refused("no layer", "cut.gpkg", geopackage("DELETE FROM gpkg_contents"), *NO_SHEET),
    refused("truncated zip", "cut.xlsx", lambda: good_workbook()[:-200], *CUT),
    refused("damaged part", "hong.xlsx", lambda: good_workbook().replace(b"PK\x01\x02", b"PK\x01\x03", 1), *CUT),
    BadInput("macros", "macro.xlsm", spoiled(**{"xl/vbaProject.bin": b"\xcc\x61 Auto_Open Shell"}), kept=(2,)),
    refused(
        "encrypted OLE",
        "mat khau.xlsx",
        lambda: ole({"EncryptionInfo": b"x", "EncryptedPackage": b"x"}),
        "locked with a password",
        "khóa bằng mật khẩu",
    ),
    refused(
        "encrypted old workbook",
        "mat khau.xls",
        lambda: old_workbook({"T3": [HEADERS]}, locked=True),
        "locked with a password",
        "khóa bằng mật khẩu",
    ),
    refused("a part of zeros", "bom.xlsx", spoiled(**{SHEET1: bytes(20 << 20)}), *TOO_MUCH, "20 MB"),
    refused("billion laughs", "cuoi.xlsx", entities(LAUGHS, "&a9;"), *ENTITY),
    refused("XXE", "xxe.xlsx", entities(XXE, "&x;"), *ENTITY),
    BadInput("../ entries", "zip.xlsx", spoiled(**{"../../ra ngoai.txt": b"x", "/tuyet doi.txt": b"x"}), kept=(2,)),
    refused("6,000 parts", "manh.xlsx", lambda: zipped({f"p{n}": b"" for n in range(6_000)}), *TOO_MUCH, "6000"),
    refused("Parquet cut off", "cut.parquet", plain(b"PAR1" + bytes(40)), "is cut off", "bị cụt"),
    refused("VRT named GeoJSON", "vrt.geojson", plain(VRT), "web page or XML", "trang web hoặc XML", ".geojson"),
    refused("CRS by link", "crs.geojson", geojson([106.051, 11.052], crs=LINK), "declares", "khai báo hệ tọa độ"),
    refused("GeoJSON of many names", "ten.geojson", many_names, "has 3002 columns", "có 3002 cột"),
    refused("deep JSON", "sau.geojson", NESTED, "nested too deep", "lồng quá sâu"),
    refused("JSON cut off", "cut.geojson", plain(b'{"features":[{'), "line 1: not valid JSON", "dòng 1: không đúng"),
    refused("looping view", "view.gpkg", geopackage(ENDLESS), "views (v), which are not run", "không chạy khung nhìn"),
    BadInput("trigger", "trigger.gpkg", geopackage(WRITTEN), kept=(1,)),
    refused(
        "database of another kind",
        "db.gpkg",
        plain(b"SQLite format 3\0" + bytes(200)),
        "no GeoPackage",
        "không phải GeoPackage",
    ),
    refused("gzip cut off", "cut.csv.gz", lambda: gzip.compress(csv(GOOD)())[:-9], "broken gzip", "gzip bị hỏng"),
    refused(
        "zip with a table inside",
        "thang3.zip",
        lambda: zipped({"t3/t3.xlsx": b"x"}),
        "Unpack it first",
        "giải nén trước",
        "«t3.xlsx»",
    ),
    BadInput(
        "GeoJSON of odd numbers",
        "diem.geojson",
        geojson([106.051, 11.052], [1e999, 11.0], ["106.05", 11.0], None),
        kept=(1, 4),
        aside=(
            Aside(2, "geometry", "bad_coordinate", Said("is not a number", "không phải là số", ("Infinity",))),
            Aside(3, "geometry", "bad_coordinate", Said("is not a number", "không phải là số", ('"106.05"',))),
        ),
    ),
    BadInput(
        "GeoJSON of lines",
        "duong.geojson",
        geojson([106.051, 11.052], [[106.05, 11.05], [106.06, 11.05]], shape="LineString"),
        kept=(1,),
        aside=(Aside(2, "geometry", "not_a_point", Said("not a point but", "không phải là điểm", ("LineString",))),),
    ),
    *(
        BadInput(
            key,
            file,
            csv(GOOD, GOOD.replace("HS-1", "HS-2").replace("106.051", "abc")),
            kept=(2,),
            aside=(Aside(3, "Kinh độ", "bad_coordinate", Said("is not a number", "không phải là số", ('"abc"',))),),
        )
        for key, file in {
            "newline in the name": "thang\n3.csv",
            "a name written right to left": "thang\u202excod.csv",
            "formula as a name": "=cmd|' C calc'!A1.csv",
            "markup as a name": "<img src=x>&{file}.csv",
            "a very long name": f"{'x' * 245}.csv",
        }.items()
    ),
)
# They take seconds, or a library that only the reader's process may meet.
BOMBS: tuple[BadInput, ...] = (
    BadInput("row of a number beyond all", "xa.xlsx", spoiled(**{SHEET1: beyond}), kept=(2,)),
    refused("half a gigabyte of cells", "bom.xlsx", half_a_gigabyte, *TOO_MUCH, "513 MB"),
    refused("one long text many times", "bom.xlsx", long_text_many_times, "needs more memory", "cần nhiều bộ nhớ"),
    BadInput("cell at XFD1048576", "xa.xlsx", spoiled(**{SHEET1: far_cell}), kept=(2,)),
    refused("laughs behind a comment", "cuoi.xlsx", entities(LAUGHS, "&a9;", before=COMMENT), *DAMAGED),
    refused("laughs in UTF-16", "cuoi.xlsx", entities(LAUGHS, "&a9;", code="utf-16"), *DAMAGED),
    refused("laughs in a part of another name", "cuoi.xlsx", renamed_sheet, *DAMAGED),
    refused("XXE behind a comment", "xxe.xlsx", entities(XXE, "&x;", before=COMMENT), *DAMAGED),
    refused("Parquet bomb", "bom.parquet", parquet_bomb, "12000000 rows", "12000000 dòng"),
    refused(
        "60,000 parts",
        "manh.xlsx",
        lambda: zipped({f"p{n}": b"" for n in range(60_000)}),
        *TOO_MUCH,
        "60000",
    ),
)
