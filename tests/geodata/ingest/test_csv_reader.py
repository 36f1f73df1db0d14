"""Delimited text: encodings, separators, lines."""

from __future__ import annotations

import gzip
from collections.abc import Callable

import pytest

from geodata.errors import FileRefusedError
from geodata.ingest.clean import Cleaned

Read = Callable[..., Cleaned]
HEADER = "id,occurred,category,lon,lat\n"
ROW = "1,05/03/2024,theft,106.1,11.3\n"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_unicode_and_the_separator_are_recognised(read: Read, codec: str, separator: str) -> None:
    lines = ("Số hồ sơ", "Xảy ra từ", "Tội danh"), ("1", "05/03/2024", "Trộm cắp tài sản")
    text = "\r\n".join(separator.join(line) for line in lines)
    found = read("t.csv", text.encode(codec))
    assert found.frame["category"].tolist() == ["theft"]
    assert found.frame["row"].tolist() == [2]


def test_a_gzipped_file_is_read(read: Read) -> None:
    assert read("t.csv.gz", gzip.compress((HEADER + ROW).encode())).read == 1


def test_a_title_above_the_header_is_passed_over(read: Read) -> None:
    found = read("t.csv", "Thống kê tháng 3,,,,\n" + HEADER + ROW)
    assert found.frame["row"].tolist() == [3]


def test_rows_are_numbered_as_a_text_editor_shows_them(read: Read) -> None:
    found = read("t.csv", HEADER + '1,05/03/2024,"theft\n",106.1,11.3\n\n3,x,theft,,\n4,05/03/2024\n5,x,theft,,\n')
    assert found.frame["row"].tolist() == [2]
    assert [(row.row, row.reason) for row in found.quarantine] == [(5, "bad_date"), (6, "ragged_row"), (7, "bad_date")]


def test_blank_lines_are_no_rows(read: Read) -> None:
    assert read("t.csv", HEADER + "\n,,,,\n" + ROW + "\n\n").read == 1


def test_letters_that_are_not_unicode_are_refused_with_their_line(read: Read) -> None:
    content = (HEADER + ROW + "2,05/03/2024,Trộm,,\n").encode("utf-8").replace("ộ".encode(), b"\xf4\xf2")
    with pytest.raises(FileRefusedError, match=r"«t\.csv», line 3: .*not in Unicode"):
        read("t.csv", content)


def test_binary_zeros_in_a_text_are_refused_with_their_line(read: Read) -> None:
    content = (HEADER + ROW * 400).encode() + b"1,05/03/2024,theft\0,,\n"
    with pytest.raises(FileRefusedError, match="line 402"):
        read("t.csv", content)


def test_a_quotation_mark_never_closed_is_refused_where_it_opens(read: Read) -> None:
    with pytest.raises(FileRefusedError, match="line 3: a quotation mark opens"):
        read("t.csv", HEADER + ROW + '2,05/03/2024,"theft,,\n' + ROW * 300)


def test_a_file_split_everywhere_wrongly_is_refused(read: Read) -> None:
    with pytest.raises(FileRefusedError, match="line 2: 7 cells where the header has 5"):
        read("t.csv", HEADER + "1,05/03/2024,theft,106,1,11,3\n" * 20)


def test_a_header_without_rows_is_refused(read: Read) -> None:
    for content in (HEADER, HEADER.strip(), HEADER + "\n,,,,\n"):
        with pytest.raises(FileRefusedError, match="no rows below"):
            read("t.csv", content)


def test_one_endless_line_is_refused_for_what_it_is(read: Read) -> None:
    with pytest.raises(FileRefusedError, match=r"no line break and no separator .* in its first 131072 bytes"):
        read("t.csv", "x" * 200_000 + "\n")
    with pytest.raises(FileRefusedError, match="no line break in its first 131072 bytes"):
        read("t.csv", "x," * 150_000)
    with pytest.raises(FileRefusedError, match="its first lines are blank"):
        read("t.csv", "\n" * 300_000)


def test_a_broken_gzip_is_refused(read: Read) -> None:
    with pytest.raises(FileRefusedError, match="broken gzip"):
        read("t.csv.gz", gzip.compress(HEADER.encode() * 99)[:40])


def test_a_sheet_of_a_text_file_is_refused(read: Read) -> None:
    with pytest.raises(FileRefusedError, match="no sheets"):
        read("t.csv", HEADER + ROW, sheet="T3")
