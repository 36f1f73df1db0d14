"""Files of any cells, headers and layouts, and damaged ones, through reader and store: what always holds."""

from __future__ import annotations

import csv
import gzip
import io
import json
import tempfile
from datetime import datetime, time
from functools import cache
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata.tables import Finding, QuarantinedRow
from geodata.warehouse.incoming import FileResult
from geodata.warehouse.warehouse import Warehouse
from tests.geodata.ingest.bad_containers import geopackage
from tests.geodata.ingest.bad_inputs import GOOD, HEADERS, BadInput, good_workbook, plain
from tests.geodata.ingest.bad_outcomes import TODAY, place, read_when_asked, text_of
from tests.geodata.ingest.old_excel import old_workbook
from tests.geodata.ingest.workbooks import workbook
from tests.geodata.warehouse.offices import holds

PERSON = "Nguyễn Thị Bí Mật"  # the whole of every cell of the column of people
SECRET = "chuyện riêng không ai được biết"  # and of the one that no field has
MATCHED = ["Số hồ sơ", "Xảy ra từ", "Xảy ra đến", "Giờ", "Tội danh", "Điều khoản", "Xã / phường", "Kinh độ", "Vĩ độ"]
FURTHER = ["Xảy ra từ", "Xảy ra", "Ngày", "X", "Y", "Tọa độ", "Năm", "Tháng", "", "Ghi chú", "date", "Hệ tọa độ"]
NASTY = [
    *("", " ", "-", "?", "NaN", "null", "#N/A", "#REF!", "0", "-1", "1e999", "-0", "inf", "1.249.136,5", "106,05"),
    *(
        "106.05",
        "11.05",
        "106°3'5\"Đ",
        "11.05, 106.05",
        "614123.5",
        "1221567.8",
        "POINT(106 11)",
        "99999999999999999999",
    ),
    *(
        "31/02/2024",
        "05/03/2024",
        "03/25/2024",
        "25/03/24",
        "2024",
        "45376.9",
        "2024-03-25T22:15:00Z",
        "25:61",
        "0/0/0",
    ),
    *(
        "đêm 12 rạng 13/3/2024",
        "từ 1/3 đến 5/3/2024",
        "tháng 3/2024",
        "khuya",
        "29/02/1900",
        "9999-12-31",
        "01/01/0001",
    ),
    *("Trộm cắp tài sản", "Điều 173", "Điều 256a", "đá gà", "Ma túy và đánh bạc", "Tổng cộng", "Tổng cộng: 12 vụ"),
    *(
        "=cmd|' C calc'!A0",
        "=HYPERLINK(0)",
        "@SUM(1)",
        "\u202e\u200b",
        "🔪",
        "a\tb",
        "a\nb",
        'a"b',
        "'",
        "\x07\x1b[31m",
    ),
    *("Xã 101", "Xã 203", "Xã Không Có", "Vùng 1", "101", "x" * 5_000, "ỳ" * 300, "\ufeff", "\ufffd", "EPSG:9209"),
]
TYPED = [
    None,
    True,
    0,
    -1,
    3.5,
    1e308,
    45376.925,
    106.05,
    11.05,
    datetime.fromisoformat("2024-03-25T22:15"),
    time(22, 15),
]
CELLS = st.one_of(st.sampled_from(NASTY), st.text(st.characters(exclude_categories=["Cs"]), max_size=12))
FEW = settings(deadline=None, max_examples=8, suppress_health_check=list(HealthCheck))
MANY = settings(FEW, max_examples=60)


@st.composite
def tables(draw: st.DrawFn, cells: st.SearchStrategy[object]) -> list[list[object]]:
    """Perhaps a title, then headers, then rows; one column of people and one that no field has among them."""
    kinds = st.lists(st.sampled_from(MATCHED), min_size=4, unique=True)
    known = draw(st.one_of(kinds, kinds, st.lists(st.sampled_from([*MATCHED, *FURTHER]), max_size=9)))
    headers: list[object] = list(draw(st.permutations([*known, "Họ và tên bị hại", "Lời khai"])))
    fixed = {"Họ và tên bị hại": PERSON, "Lời khai": SECRET}
    sound = dict(zip(HEADERS, GOOD.split(","), strict=True))
    rows = []
    for _ in range(draw(st.integers(0, 5))):
        good = draw(st.booleans())
        row = [sound.get(str(header), "") if good else draw(cells) for header in headers]
        rows.append([fixed.get(str(header), cell) for header, cell in zip(headers, row, strict=True)])
    titles: list[list[list[object]]] = [[], [["THỐNG KÊ THÁNG 3"]], [["THỐNG KÊ"], []]]
    title = draw(st.sampled_from(titles))
    return [*title, headers, *rows]


@st.composite
def csv_files(draw: st.DrawFn) -> tuple[str, bytes]:
    """A CSV file with any separator and any of the usual codes, sometimes with a line cut off."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=draw(st.sampled_from(",;\t|"))).writerows(draw(tables(CELLS)))
    written = text.getvalue()
    if draw(st.integers(0, 4)) == 0:
        written = written[: draw(st.integers(0, len(written)))]
    return "d.csv", written.encode(draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])))


@st.composite
def excel_files(draw: st.DrawFn) -> tuple[str, bytes]:
    """A workbook of one or two sheets with text, numbers, dates, truths and formulas."""
    usable = CELLS.map(lambda cell: "".join(letter for letter in str(cell) if letter >= " " or letter in "\t\n"))
    cells = st.one_of(usable.filter(lambda cell: not cell.startswith("=")), st.sampled_from([*TYPED, "=1+1"]))
    sheets = {f"T{n}": draw(tables(cells)) for n in range(draw(st.integers(1, 2)))}
    return "d.xlsx", workbook(sheets, from_1904=draw(st.booleans()))


@st.composite
def geojson_files(draw: st.DrawFn) -> tuple[str, bytes]:
    """A collection of points whose properties and coordinates may be anything that JSON can say."""
    anything = st.one_of(CELLS, st.none(), st.booleans(), st.floats(), st.integers(), st.just([1]), st.just({"a": 1}))
    table = draw(tables(anything))
    at = next(at for at, row in enumerate(table) if len(row) > 1)
    features = []
    for row in table[at + 1 :]:
        shape = draw(st.sampled_from(["Point", "Point", "Polygon", 5]))
        place = draw(st.one_of(st.just([106.05, 11.05]), st.lists(anything, max_size=3), anything))
        geometry = draw(st.sampled_from([{"type": shape, "coordinates": place}, None]))
        properties = {str(name): cell for name, cell in zip(table[at], row, strict=True)}
        features.append({"type": "Feature", "properties": properties, "geometry": geometry})
    return "d.geojson", json.dumps({"features": features}).encode()


def check(file: tuple[str, bytes], *, confined: bool = False) -> FileResult:
    """Load the file twice, and hold all that always holds."""
    name, content = file
    with tempfile.TemporaryDirectory() as folder:
        workspace, path = place(BadInput("", name, plain(content)), Path(folder))
        warehouse = Warehouse(workspace)
        before = warehouse.snapshot().generation
        results = [
            warehouse.ingest(path, today=TODAY, tables=None if confined else read_when_asked(path)) for _ in range(2)
        ]
        first, second = results
        assert first.read == first.kept + first.quarantined
        assert first.kept == first.with_point + first.area_only + first.unplaced == len(warehouse.snapshot().incidents)
        assert first.generation == before + (first.status == "loaded")
        assert (second.status == "already_loaded") == (first.status == "loaded")
        assert second.generation == first.generation
        holds(warehouse)
        aside, remarks = list(warehouse.quarantine()), list(warehouse.remarks())
        assert len({(row.sheet, row.row) for row in aside}) == len(aside) == first.quarantined
        said: list[FileResult | Finding | QuarantinedRow] = [first, *first.findings, *aside, *remarks]
        assert [one.message for one in said if not one.message.isprintable()] == []
        warehouse.close()
        kept = text_of(workspace) + repr((results, aside, remarks))
        assert [words for words in (PERSON, SECRET) if words in kept] == []
        return first


@FEW
@given(file=st.one_of(csv_files(), excel_files(), geojson_files()))
def test_sums_hold_and_nothing_of_people_is_kept(file: tuple[str, bytes]) -> None:
    check(file)


@pytest.mark.slow
@MANY
@given(file=csv_files())
def test_the_same_holds_for_very_many_csv_files(file: tuple[str, bytes]) -> None:
    check(file)


@pytest.mark.slow
@MANY
@given(file=excel_files())
def test_the_same_holds_for_very_many_workbooks(file: tuple[str, bytes]) -> None:
    check(file)


@pytest.mark.slow
@MANY
@given(file=geojson_files())
def test_the_same_holds_for_very_many_collections(file: tuple[str, bytes]) -> None:
    check(file)


@cache  # workbooks hold the time they were made
def whole_files() -> dict[str, bytes]:
    """A sound file of each format that a library reads."""
    table = {header: [cell] * 3 for header, cell in zip(HEADERS, GOOD.split(","), strict=True)}
    parquet = io.BytesIO()
    pq.write_table(pa.table(table), parquet)
    return {
        "d.xlsx": good_workbook(),
        "d.xls": old_workbook({"T3": [HEADERS, GOOD.split(",")]}),
        "d.gpkg": geopackage()(),
        "d.parquet": parquet.getvalue(),
        "d.csv.gz": gzip.compress(f"{','.join(HEADERS)}\n{GOOD}\n".encode()),
    }


@st.composite
def damaged_files(draw: st.DrawFn) -> tuple[str, bytes]:
    """A sound file with some bytes written over, or its end cut off."""
    name, content = draw(st.sampled_from(sorted(whole_files().items())))
    spoiled = bytearray(content)
    for at, byte in draw(st.lists(st.tuples(st.integers(0, len(content) - 1), st.integers(0, 255)), max_size=8)):
        spoiled[at] = byte
    return name, bytes(spoiled[: draw(st.one_of(st.just(len(content)), st.integers(0, len(content))))])


@pytest.mark.slow
@settings(FEW, max_examples=40)
@given(file=damaged_files())
def test_a_damaged_file_harms_nothing(file: tuple[str, bytes]) -> None:
    check(file, confined=True)
