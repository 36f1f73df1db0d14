"""Tables whose headers, sheets, letters or lines are not as they should be."""

from __future__ import annotations

from tests.geodata.ingest.bad_inputs import (
    GOOD,
    HEADER,
    HEADERS,
    Aside,
    BadInput,
    Bytes,
    Said,
    csv,
    plain,
    refused,
)
from tests.geodata.ingest.workbooks import workbook

ROW = GOOD.split(",")
# «Ngày xảy ra,Tội danh» and «05/03/2024,Trộm cắp tài sản», written byte by byte.
TCVN3 = b"Ng\xb5y x\xb6y ra,T\xe9i danh\n25/03/2024,Tr\xe9m c\xbep t\xb5i s\xb6n\n"
VNI = b"Nga\xf8y xa\xfby ra,To\xe4i danh\n25/03/2024,Tro\xe4m ca\xe9p ta\xf8i sa\xfbn\n"
WINDOWS_1258 = b"Nga\xccy xa\xd2y ra,T\xf4\xf2i danh\n25/03/2024,Tr\xf4\xf2m c\xe3\xecp ta\xcci sa\xd2n\n"
FEW_WORDS = b"id,T\xe9i danh\n1,Tr\xe9m\n"
HALF_A_LETTER = f"{HEADER}\n{GOOD}\n".encode() + "HS-2,25/03/2024,Trộm cắp tài sả".encode()[:-1] + b"n,106.051,11.052\n"
MERGED: list[list[object]] = [
    ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
    ["THỐNG KÊ TỘI PHẠM THÁNG 3"],
    [],
    ["Số hồ sơ", "Xảy ra", None, "Tội danh", "Tọa độ", None],
    [None, "từ", "đến", None, "Kinh độ", "Vĩ độ"],
    ["HS-1", "25/03/2024 22:15", "26/03/2024 01:00", "Trộm cắp tài sản", "106.051", "11.052"],
    ["HS-2", "25/03/2024", "không nhớ", "Trộm cắp tài sản", "106.051", "11.052"],
    ["Tổng cộng", "2"],
]
UNSEEN: list[object] = ["Số\nhồ sơ", "Xảy ra\r\ntừ", "Tội\u200bdanh", "\u202aKinh độ\u202c", "\ufeffVĩ\xa0độ"]
TABLE_AND_LIST = {"T3": [HEADERS, ROW], "Danh mục": [["Mã", "Tên"], ["1", "Trộm cắp tài sản"]]}
TWO_TABLES = {"T3": [HEADERS, ROW], "T4": [HEADERS, ["HS-2", "31/02/2024", *ROW[2:]], ["HS-3", *ROW[1:]]]}


def unclosed() -> bytes:
    """A quotation mark that would swallow 300 rows."""
    lines = [f"HS-{n},25/03/2024,Trộm cắp tài sản,106.051,11.052" for n in range(2, 302)]
    return "\n".join([HEADER, GOOD, 'HS-1b,"25/03/2024,Trộm cắp tài sản,106.051,11.052', *lines, ""]).encode()


def without(header: str) -> Bytes:
    """The usual file, one header called otherwise, its cells nothing that could be recognised."""
    cells = ["?" if name == header else cell for name, cell in zip(HEADERS, ROW, strict=True)]
    return csv(",".join(cells), header=HEADER.replace(header, "Cột lạ"))


def converted(key: str, file: str, content: bytes, code: str) -> BadInput:
    """A file of an older code of letters that is recognised, converted and said."""
    said = Said("an older code of Vietnamese letters: it was converted", "bảng mã cũ", (f"«{file}»", code, "100 %"))
    return BadInput(key, file, plain(content), kept=(2,), notes=(said,))


ASK_UTF8 = ("not in Unicode", "chữ không")
STRUCTURES: tuple[BadInput, ...] = (
    BadInput(
        "no date",
        "t3.csv",
        without("Xảy ra từ"),
        Said("no column with the date", "không có cột ngày", ("«t3.csv»", "«Cột lạ»", "«Tội danh»")),
    ),
    BadInput(
        "no category",
        "t3.csv",
        without("Tội danh"),
        Said("no column with the category", "không có cột loại", ("«t3.csv»", "«Cột lạ»", "«Xảy ra từ»")),
    ),
    BadInput(
        "nothing known",
        "t3.csv",
        plain(b"a,b,c\np,q,r\n"),
        Said("no column with the date", "không có cột ngày", ("«t3.csv»", "«a», «b», «c»")),
    ),
    BadInput(
        "header alone",
        "t3.csv",
        csv(),
        Said("has a header but no rows below it", "không có dòng nào bên dưới", ("«t3.csv»",)),
    ),
    BadInput(
        "blank lines",
        "t3.csv",
        plain(b"\n\n\n"),
        Said("its first lines are blank", "các dòng đầu đều trống", ("«t3.csv»",)),
    ),
    BadInput(
        "doubled date",
        "t3.csv",
        csv(f"{GOOD},26/03/2024", header=f"{HEADER},Xảy ra từ"),
        Said("both mean the field", "cùng chỉ trường", ("«t3.csv»", "«Xảy ra từ» (B), «Xảy ra từ» (F)")),
    ),
    BadInput(
        "doubled alike",
        "t3.csv",
        csv(f"{GOOD},25/03/2024", header=f"{HEADER},Xảy ra từ"),
        kept=(2,),
        notes=(Said("say the same", "ghi giống nhau", ("«Xảy ra từ»",)),),
    ),
    BadInput(
        "one coordinate",
        "t3.csv",
        csv(GOOD.rpartition(",")[0], header=HEADER.rpartition(",")[0]),
        Said("none for its other coordinate", "thiếu cột tọa độ còn lại", ("«t3.csv»", "«Kinh độ»")),
    ),
    BadInput(
        "titles and merged headers",
        "t3.xlsx",
        lambda: workbook({"T3": MERGED}),
        kept=(6,),
        aside=(
            Aside(7, "Xảy ra đến", "bad_date", Said("is not a date", "không phải là ngày", ('"không nhớ"',)), "T3"),
            Aside(8, "Số hồ sơ", "total_row", Said("sums up others", "dòng cộng", ("Tổng cộng",)), "T3"),
        ),
    ),
    BadInput(
        "line breaks and hidden marks in headers",
        "t3.xlsx",
        lambda: workbook({"T3": [UNSEEN, ROW, [*ROW[:1], "x"]]}),
        kept=(2,),
        aside=(Aside(3, "Xảy ra từ", "bad_date", Said("is not a date", "không phải là ngày", ('"x"',)), "T3"),),
    ),
    BadInput("a list beside the table", "t3.xlsx", lambda: workbook(TABLE_AND_LIST), kept=(2,)),
    BadInput(
        "two candidate sheets",
        "t3.xlsx",
        lambda: workbook(TWO_TABLES),
        kept=(2, 3),
        aside=(
            Aside(
                2,
                "Xảy ra từ",
                "bad_date",
                Said("not a day of the calendar", "không có trong lịch", ('"31/02/2024"',)),
                "T4",
            ),
        ),
    ),
    BadInput(
        "hidden table",
        "t3.xlsx",
        lambda: workbook({"Bìa": [["x"]], "T3": [HEADERS, ROW]}, hidden=["T3"]),
        Said("hidden sheet", "trang ẩn", ("«t3.xlsx»", "«T3»")),
    ),
    BadInput(
        "no table at all",
        "t3.xlsx",
        lambda: workbook({"T3": []}),
        Said("no column with the date", "không có cột ngày", ("«t3.xlsx»",)),
    ),
    converted("TCVN3", "t3.csv", TCVN3, "TCVN3 (ABC)"),
    converted("VNI", "t3.csv", VNI, "VNI"),
    converted("Windows-1258", "t3.csv", WINDOWS_1258, "Windows-1258"),
    BadInput(
        "too few words of an older code",
        "t3.csv",
        plain(FEW_WORDS),
        Said(*ASK_UTF8, ("«t3.csv»", "TCVN3 (ABC)", "CSV UTF-8")),
    ),
    BadInput(
        "broken UTF-8",
        "t3.csv",
        plain(HALF_A_LETTER),
        Said("line 3: a letter is broken", "dòng 3: có chữ bị hỏng", ("«t3.csv»",)),
    ),
    BadInput("UTF-32", "t3.csv", csv(GOOD, code="utf-32"), kept=(2,)),
    BadInput("UTF-16", "t3.csv", csv(GOOD, code="utf-16"), kept=(2,)),
    BadInput(
        "a binary zero",
        "t3.csv",
        csv(GOOD, GOOD.replace("HS-1", "HS\0")),
        Said("line 3: there are binary zeros", "dòng 3: trong văn bản có byte 0", ("«t3.csv»",)),
    ),
    BadInput(
        "a binary zero far down",
        "t3.csv",
        csv(*([GOOD] * 100), GOOD.replace("HS-1", "HS\0")),
        Said("line 102: there are binary zeros", "dòng 102: trong văn bản có byte 0", ("«t3.csv»",)),
    ),
    BadInput(
        "ragged lines",
        "t3.csv",
        csv(GOOD, "HS-2,25/03/2024", f"{GOOD},106,112".replace("HS-1", "HS-3")),
        kept=(2,),
        aside=(
            Aside(3, "", "ragged_row", Said("the line has 2 cells, the header 5", "có 2 ô, còn dòng tiêu đề có 5 ô")),
            Aside(4, "", "ragged_row", Said("the line has 7 cells, the header 5", "có 7 ô, còn dòng tiêu đề có 5 ô")),
        ),
    ),
    BadInput(
        "decimal commas between commas",
        "t3.csv",
        csv(*(["HS-1,25/03/2024,Trộm cắp tài sản,106,05,11,05"] * 12)),
        Said("line 2: 7 cells where the header has 5", "dòng 2: có 7 ô", ("«t3.csv»", "«;»")),
    ),
    BadInput(
        "unclosed quotation mark",
        "t3.csv",
        unclosed,
        Said("line 3: a quotation mark opens", "dòng 3: dấu ngoặc kép", ("«t3.csv»",)),
    ),
    BadInput(
        "semicolons and decimal commas",
        "t3.csv",
        csv(GOOD.replace(",", ";").replace(".", ","), header=HEADER.replace(",", ";")),
        kept=(2,),
    ),
    refused(
        "a thousand columns too many",
        "t3.csv",
        csv(GOOD + "," * 2_000, header=HEADER + ",x" * 2_000),
        "has 2005 columns, more than 1000",
        "có 2005 cột, nhiều hơn 1000",
    ),
    BadInput(
        "no line break",
        "t3.csv",
        plain(b"x," * 70_000),
        Said("no line break", "không có dấu xuống dòng", ("«t3.csv»",)),
    ),
    BadInput(
        "no header row",
        "t3.csv",
        plain(f"{GOOD}\n{GOOD.replace('HS-1', 'HS-2')}\n".encode()),
        kept=(1, 2),
        notes=(
            Said("no header row", "không có dòng tiêu đề", ("«cột 1», «cột 2»",)),
            Said("read as the date", "đọc là ngày", ("«cột 2»", "100 %")),
            Said("read as the category", "đọc là tội danh", ("«cột 3»", "100 %")),
            Said("read as longitude and latitude", "đọc là kinh độ và vĩ độ", ("«cột 4»", "«cột 5»")),
        ),
    ),
)
