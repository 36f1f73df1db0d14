"""Cells that are no dates, no places or no categories, and those that can be read in two ways."""

from __future__ import annotations

from datetime import datetime

from tests.geodata.ingest.bad_inputs import (
    GOOD,
    HEADER,
    HEADERS,
    Aside,
    BadInput,
    Bytes,
    Said,
    csv,
    refused,
    sheet,
)
from tests.geodata.ingest.workbooks import workbook

ROW = GOOD.split(",")
NUMBER = ("is not a number", "không phải là số")
NO_DATE = ("is not a date", "không phải là ngày")
PLACE = ("no place on earth", "không phải là vị trí trên Trái Đất")
UNKNOWN = ("unknown_category", "none of the profile's categories", "không thuộc loại")
LONG = "Lê Thị Kín Đáo kể rằng hôm ấy có người lạ vào nhà lấy đi chiếc xe và mấy món đồ rồi bỏ chạy về phía chợ. "
AT_NIGHT = datetime.fromisoformat("2024-03-25T22:15")


def cells(**changed: str) -> str:
    """The sound row with some cells written otherwise: ``cells(lon="abc")``."""
    row = dict(zip(("id", "at", "what", "lon", "lat"), ROW, strict=True)) | changed
    return ",".join(f'"{cell}"' if "," in cell else cell for cell in row.values())


def rows(*changed: dict[str, str]) -> Bytes:
    """Rows HS-2, HS-3 ... with these cells, below the sound one."""
    return csv(GOOD, *(cells(**{"id": f"HS-{n}", **each}) for n, each in enumerate(changed, start=2)))


def spans(*changed: tuple[str, str]) -> Bytes:
    """Rows HS-2, HS-3 ... from and to these times, below the sound one."""
    lines = [f"{cells(id=f'HS-{n}', at=at)},{to}" for n, (at, to) in enumerate(changed, start=2)]
    return csv(f"{GOOD},", *lines, header=f"{HEADER},Xảy ra đến")


def wrong(row: int, column: str, reason: str, en: str, vi: str, *both: str) -> Aside:
    """A row of a CSV file that is put aside."""
    return Aside(row, column, reason, Said(en, vi, both))


PLACES = BadInput(
    "places",
    "t3.csv",
    rows(
        {"lon": "NaN", "lat": "NaN"},
        {"lon": "1e999"},
        {"lon": "11.052", "lat": "106.051"},
        {"lon": "0", "lat": "0"},
        {"lon": "105.0"},
        {"lon": "580123.5", "lat": "1234567.8"},
        {"lat": ""},
        {"lon": "106,051", "lat": "11,052"},
        {"lon": "1.060.51"},
        {"lat": "abc"},
        {"lon": "inf"},
        {"lon": "200", "lat": "95"},
    ),
    kept=(2, 3, 10),
    aside=(
        wrong(4, "Kinh độ", "bad_coordinate", *NUMBER, '"1e999"'),
        wrong(5, "Kinh độ", "swapped_coordinates", "change places", "nếu đổi chỗ", "«Kinh độ»", "«Vĩ độ»", "106.051"),
        wrong(6, "Kinh độ", "zero_coordinate", "0, 0 lies in the sea", "0, 0 nằm ngoài khơi"),
        wrong(7, "lon", "outside_boundaries", "outside all loaded boundaries", "ranh giới đã nạp", "105.0", "109."),
        wrong(8, "Kinh độ", "bad_coordinate", *PLACE, "580123.5", "--crs"),
        wrong(9, "Vĩ độ", "missing_coordinate", "this one is blank", "ô này để trống", "«Kinh độ»", "106.051"),
        wrong(11, "Kinh độ", "bad_coordinate", *NUMBER, '"1.060.51"'),
        wrong(12, "Vĩ độ", "bad_coordinate", *NUMBER, '"abc"'),
        wrong(13, "Kinh độ", "bad_coordinate", *NUMBER, '"inf"'),
        wrong(14, "Kinh độ", "bad_coordinate", *PLACE, "200", "95"),
    ),
)
TIMES = BadInput(
    "times",
    "t3.csv",
    spans(
        ("31/02/2024", ""),
        ("25/03/2027", ""),
        ("25/03/1999", ""),
        ("25/03/2024", "24/03/2024"),
        ("", ""),
        ("25/03/24", ""),
        ("2024", ""),
        ("45376.9", ""),
        ("25/03/2024 25:00", ""),
        ("hôm qua", ""),
        ("25/03/2022", "25/03/2024"),
        ("đêm 12 rạng 13/03/2024", ""),
        ("1e999", ""),
        ("-1", ""),
    ),
    kept=(2, 10, 14),
    aside=(
        wrong(3, "Xảy ra từ", "bad_date", "not a day of the calendar", "không có trong lịch", '"31/02/2024"'),
        wrong(4, "Xảy ra từ", "future_date", "is after today", "sau hôm nay", "25/03/2027", "30/06/2025"),
        wrong(5, "Xảy ra từ", "too_old", "is before", "sớm hơn", "25/03/1999", "01/01/2000"),
        wrong(6, "Xảy ra đến", "end_before_start", "the end lies before the start", "kết thúc", "«Xảy ra từ»"),
        wrong(7, "Xảy ra từ", "missing_date", "the date is blank", "ô ngày để trống"),
        wrong(8, "Xảy ra từ", "bad_date", "a year of two digits", "năm hai chữ số", '"25/03/24"'),
        wrong(9, "Xảy ra từ", "bad_date", "only a year", "chỉ là năm", '"2024"'),
        wrong(11, "Xảy ra từ", "bad_date", "the time in", "phần giờ", '"25/03/2024 25:00"'),
        wrong(12, "Xảy ra từ", "bad_date", *NO_DATE, '"hôm qua"'),
        wrong(13, "Xảy ra đến", "span_too_long", "731 days", "731 ngày"),
        wrong(15, "Xảy ra từ", "bad_date", *NO_DATE, '"1e999"'),
        wrong(16, "Xảy ra từ", "bad_date", *NO_DATE, '"-1"'),
    ),
)
WORDS = BadInput(
    "words",
    "t3.csv",
    rows(
        {"what": "đá gà ăn tiền"},
        {"what": ""},
        {"what": "=cmd|' C calc'!A0"},
        {"what": "=HYPERLINK(0)"},
        {"what": "cướp 🔪 biển"},
        {"what": "cướp\x07\x1b[31m biển\u202e"},
        {"what": "Điều 173, Điều 321"},
        {"what": LONG * 2},
        {"id": "HS-1"},
        {"what": "CCCD 072185001234"},
        {"id": "=HYPERLINK(1)"},
    ),
    kept=(2, 13),
    aside=(
        wrong(3, "Tội danh", *UNKNOWN, '"đá gà ăn tiền"'),
        wrong(4, "Tội danh", "missing_category", "the category is blank", "để trống"),
        wrong(5, "Tội danh", *UNKNOWN, "=cmd|"),
        wrong(6, "Tội danh", *UNKNOWN, "=HYPERLINK(0)"),
        wrong(7, "Tội danh", *UNKNOWN, "cướp 🔪 biển"),
        wrong(8, "Tội danh", *UNKNOWN, "\\x07\\x1b[31m"),
        wrong(9, "Tội danh", "several_categories", "articles of several categories", "nhiều loại tội", "Điều 173"),
        wrong(10, "Tội danh", *UNKNOWN),
        wrong(11, "Số hồ sơ", "duplicate_id", "is that of row 2 already", "đã có ở dòng 2", '"HS-1"'),
        wrong(12, "Tội danh", *UNKNOWN, "CCCD …"),
    ),
    never=("072185001234",),
)
UTM = Said("look like", "giống hệ", ("EPSG:32648", "100 %", "«Vĩ độ»"))
VALUES: tuple[BadInput, ...] = (
    PLACES,
    TIMES,
    WORDS,
    BadInput(
        "metres as degrees",
        "t3.csv",
        csv(cells(lon="614123.5", lat="1221567.8"), cells(id="HS-2", lon="614000", lat="1222000")),
        kept=(2, 3),
        notes=(UTM, Said("does not tell", "không phân biệt", ("EPSG:32648",))),
    ),
    refused(
        "metres of somewhere else",
        "t3.csv",
        csv(cells(lon="614123.5", lat="2221567.8")),
        "in none of the usual systems",
        "không hệ tọa độ thường dùng nào",
        *("«Kinh độ»", "«Vĩ độ»", "614123.5", "--crs"),
    ),
    BadInput(
        "commas that may group thousands",
        "t3.csv",
        csv(cells(lon="106,051", lat="11,052"), cells(id="HS-2", lon="106,05", lat="11,0521")),
        kept=(2, 3),
    ),
    BadInput(
        "ambiguous dates",
        "t3.csv",
        csv(cells(at="05/03/2024"), cells(id="HS-2", at="06/04/2024")),
        kept=(2, 3),
        notes=(Said("read day first", "đã đọc ngày trước", ('"Xảy ra từ"', "05/03/2024")),),
    ),
    BadInput(
        "month first",
        "t3.csv",
        csv(cells(at="03/25/2024"), cells(id="HS-2", at="03/05/2024")),
        kept=(2, 3),
        notes=(Said("only month first", "chỉ có nghĩa khi tháng đứng trước", ('"Xảy ra từ"',)),),
    ),
    refused(
        "both orders in one column",
        "t3.csv",
        csv(cells(), cells(id="HS-2", at="03/25/2024")),
        "1 only month first",
        "1 ngày chỉ có nghĩa khi tháng đứng trước",
        *('"Xảy ra từ"', "dd/mm/yyyy", "mm/dd/yyyy", 'order = "dmy"'),
    ),
    BadInput(
        "serials",
        "t3.xlsx",
        sheet(["HS-1", 45376.925, *ROW[2:]], ["HS-2", 99999999, *ROW[2:]]),
        kept=(2,),
        aside=(Aside(3, "Xảy ra từ", "bad_date", Said(*NO_DATE, ("99999999",)), "T3"),),
    ),
    BadInput(
        "dates of 1904",
        "t3.xlsx",
        lambda: workbook({"T3": [HEADERS, ["HS-1", AT_NIGHT, *ROW[2:]]]}, from_1904=True),
        kept=(2,),
    ),
    BadInput(
        "formulas without results",
        "t3.xlsx",
        sheet(["HS-1", "25/03/2024", '="Trộm"&" cắp"', 106.051, 11.052]),
        aside=(Aside(2, "Tội danh", "missing_category", Said("the category is blank", "để trống"), "T3"),),
        notes=(Said("formulas without a saved result", "công thức không lưu kết quả", ("«T3»", "C2")),),
    ),
    BadInput(
        "contradicting commune",
        "t3.csv",
        csv(f"{GOOD},Xã 203", header=f"{HEADER},Xã / phường"),
        kept=(2,),
        remarks=(
            wrong(2, "Xã / phường", "point_contradicts_name", "lies in Xã 101", "nằm ở Xã 101", "Xã 203", "7.6 km"),
        ),
        notes=(Said("1 of 1 rows", "1 trên 1 dòng"),),
    ),
    BadInput(
        "unknown commune",
        "t3.csv",
        csv(
            "HS-1,25/03/2024,Trộm cắp tài sản,,,Xã Không Có",
            "HS-2,25/03/2024,Trộm cắp tài sản,,,Xã 203",
            header=f"{HEADER},Xã / phường",
        ),
        kept=(3,),
        aside=(
            wrong(2, "Xã / phường", "unknown_area", "is no known area", "Không có đơn vị hành chính", '"Xã Không Có"'),
        ),
    ),
)
