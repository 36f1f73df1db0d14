"""Columns that hold people, whatever their headers say: kept out, and never echoed."""

from __future__ import annotations

from dataclasses import replace

from tests.geodata.ingest.bad_inputs import HEADER, BadInput, Bytes, Said, csv, refused
from tests.geodata.ingest.bad_values import LONG, cells

CARDS = ("072185001234", "079099123456", "072301004321", "080166007788", "072093005566")
PHONES = ("0912345678", "0987 654 321", "+84 903 111 222", "0388888123", "0566123987")
NAMES = ("Nguyễn Văn Kín", "Trần Thị Giấu", "Lê Hoàng Ẩn", "Phạm Minh Mật", "Võ Thị Che")


def column(values: tuple[str, ...], *, header: str = "", place: int | None = None) -> Bytes:
    """Five sound rows with a column more, or with these cells in the column of that place."""
    lines = [cells(id=f"HS-{n}").split(",") for n in range(len(values))]
    for line, value in zip(lines, values, strict=True):
        if place is None:
            line.append(value)
        else:
            line[place] = value
    return csv(*map(",".join, lines), header=f"{HEADER},{header}" if place is None else HEADER)


def people(key: str, content: Bytes, never: tuple[str, ...], *notes: Said) -> BadInput:
    """A file of five rows that are kept without what they say of people."""
    return BadInput(key, "t3.csv", content, kept=(2, 3, 4, 5, 6), notes=notes, never=never)


COLUMNS: tuple[BadInput, ...] = (
    people(
        "cards as case numbers",
        column(CARDS, place=0),
        CARDS,
        Said("look like citizen numbers", "giống số căn cước công dân", ("«Số hồ sơ»", "100 %")),
    ),
    people(
        "a phone among case numbers",
        column(("HS-1", "0912345678", "HS-3", "HS-4", "HS-5"), place=0),
        ("0912345678",),
        Said("1 cells look like data of people", "1 ô giống dữ liệu về người", ("«Số hồ sơ»",)),
    ),
    people(
        "phones without a header",
        column(PHONES),
        PHONES,
        Said("look like telephone numbers", "giống số điện thoại", ("100 %",)),
    ),
    people("names under their header", column(NAMES, header="Họ và tên bị hại"), NAMES),
    people(
        "names under another header",
        column(NAMES, header="Ghi chú"),
        NAMES,
        Said("look like names of persons", "giống họ tên người", ("«Ghi chú»", "100 %")),
    ),
    people("telling text", column((LONG,) * 5, header="Nội dung vụ việc"), ("Kín Đáo", "bỏ chạy về phía chợ")),
    replace(
        refused(
            "names instead of offences",
            "t3.csv",
            column(NAMES, place=2),
            "would be the field category",
            "lẽ ra là trường category",
            "«Tội danh»",
        ),
        never=NAMES,
    ),
    replace(
        refused(
            "names without any header",
            "t3.csv",
            lambda: "".join(f"{name},0912345678,x\n" for name in NAMES).encode(),
            "no column with the date",
            "không có cột ngày",
        ),
        never=(*NAMES, "0912345678"),
    ),
)
