"""Cells typed with the font of an older code."""

from __future__ import annotations

import unicodedata
from datetime import date

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.ingest.letters.legacy_cells import decode_cells
from geodata.ingest.letters.syllables import is_syllable
from geodata.ingest.raw import RawTable


def table(columns: tuple[str, ...], *rows: tuple[object, ...], dtype: str = "object") -> RawTable:
    cells = zip(*rows, strict=True)
    frame = pd.DataFrame({place: pd.Series(list(column), dtype=dtype) for place, column in enumerate(cells)})
    return RawTable("T3", columns, frame, np.arange(len(rows)))


def test_a_sheet_in_a_vn_font_is_brought_to_unicode_and_said() -> None:
    found = decode_cells(
        table(
            ("Ngµy x¶y ra", "Téi danh", "X·", "n"),
            (date(2024, 3, 5), "Trém c¾p tµi s¶n", "X· T©n B×nh", 3),
            (None, "§¸nh b¹c", "P. Hiệp Ninh", 4.5),
        )
    )
    assert found.columns == ("Ngày xảy ra", "Tội danh", "Xã", "n")
    assert found.frame.to_numpy().tolist() == [
        [date(2024, 3, 5), "Trộm cắp tài sản", "Xã Tân Bình", 3],
        [None, "Đánh bạc", "P. Hiệp Ninh", 4.5],
    ]
    (finding,) = found.findings
    assert finding.message == (
        "the letters in «Tội danh», «Xã» were typed in TCVN3 (ABC), an older code of Vietnamese letters: they were "
        "converted. Please compare the names"
    )


def test_text_columns_in_a_vni_font_are_brought_to_unicode() -> None:
    rows = [("Troäm caép taøi saûn", "1"), ("Ñaùnh baïc", "2")]
    found = decode_cells(table(("Toäi danh", "n"), *rows, dtype="str"))
    assert found.frame[0].tolist() == ["Trộm cắp tài sản", "Đánh bạc"]
    assert str(found.frame[0].dtype) == "str"


def test_one_column_pasted_from_an_old_file_is_converted_alone() -> None:
    rows = [("Trộm cắp tài sản", "X· T©n B×nh"), ("Hà", "Ph­êng HiÖp Ninh"), ("Lê", "ThÞ trÊn")]
    found = decode_cells(table(("Tội danh", "Xã"), *rows))
    assert found.frame[0].tolist() == ["Trộm cắp tài sản", "Hà", "Lê"]
    assert found.frame[1].tolist() == ["Xã Tân Bình", "Phường Hiệp Ninh", "Thị trấn"]


def test_utf8_that_was_read_as_windows_is_mended() -> None:
    rows = [("Trá»™m cáº¯p t\u00c3\u00a0i sáº£n",), ("\u00c4\u0090Ã¡nh báº¡c",)]
    assert decode_cells(table(("a",), *rows)).frame[0].tolist() == ["Trộm cắp tài sản", "Đánh bạc"]


def test_other_languages_and_signs_are_left() -> None:
    before = table(("Café", "m²"), ("José – Zürich", "105°30'"), ("São Paulo, élève, garçon", "½"))
    assert decode_cells(before) is before


SYLLABLES = [
    word
    for onset in ("", "b", "ch", "đ", "h", "l", "ngh", "qu", "t", "tr", "x")
    for rhyme in ("a", "ai", "ăn", "âu", "ên", "iêt", "oa", "ôc", "ơi", "ương", "uy", "ưa", "e", "en", "i", "inh", "o")
    for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    if is_syllable(word := onset + unicodedata.normalize("NFC", rhyme[0] + tone) + rhyme[1:])
]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=4), min_size=1, max_size=12))
def test_proper_vietnamese_is_never_changed(texts: list[list[str]]) -> None:
    before = table(("Tội danh",), *((" ".join(words),) for words in texts))
    assert decode_cells(before) is before
