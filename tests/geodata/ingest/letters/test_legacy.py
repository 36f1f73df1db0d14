"""Which code words speak for, and when they do not say."""

from __future__ import annotations

from geodata.ingest.headings.columns import Headers
from geodata.ingest.letters.legacy import FILE_CODES, code_of, judge, rewrite, rows_as_unicode, words_in
from geodata.ingest.letters.legacy_tables import Code
from geodata.ingest.opening.header import find_header

TCVN3 = b"T\xe9i danh, Tr\xe9m c\xbep t\xb5i s\xb6n, X\xb7 T\xa9n B\xd7nh"


def test_the_words_of_a_code_decide_for_it() -> None:
    found = judge(words_in(TCVN3), FILE_CODES)
    assert found is not None
    assert (found.code, found.valid, found.words) == (Code.TCVN3, 8, 8)
    assert found.decides


def test_two_words_are_too_few() -> None:
    found = judge(words_in(b"T\xe9i, Tr\xe9m"), FILE_CODES)
    assert found is not None
    assert not found.decides


def test_words_of_other_languages_decide_for_nothing() -> None:
    words = "Café, José, naïve, Zürich, Höhe, Straße, piñata, São, garçon, élève".encode("cp1252")
    found = judge(words_in(words), FILE_CODES)
    assert found is None or not found.decides or found.code is Code.WESTERN


def test_nothing_is_said_of_no_words() -> None:
    assert judge(words_in(b"105\xb0, 2024"), FILE_CODES) is None


def test_proper_vietnamese_has_no_older_code() -> None:
    assert code_of(["Lê", "Hà", "xã", "án", "tá"]) is None  # letters that Latin-1 has too
    assert code_of(["Trộm cắp tài sản", "Đánh bạc"]) is None


def test_a_text_that_is_vietnamese_as_it_stands_is_left_among_others() -> None:
    assert rewrite("Hà", Code.TCVN3) == "Hà"  # 0xE0 is no letter there
    assert rewrite("Trộm", Code.TCVN3) == "Trộm"
    assert rewrite("m²", Code.TCVN3) == "m²"
    assert rewrite("Café", Code.VNI) == "Café"  # the mark would find no vowel
    assert rewrite("§­êng §T 786", Code.TCVN3) == "Đường ĐT 786"


def test_a_header_row_in_tcvn3_is_recognised() -> None:
    rows = [["C«ng an tØnh"], ["Ngµy x¶y ra", "Téi danh", "X· / ph­êng"], ["05/03/2024", "Trém c¾p", "T©n B×nh"]]
    assert rows_as_unicode(rows)[1] == ["Ngày xảy ra", "Tội danh", "Xã / phường"]
    found = find_header(rows, Headers())
    assert (found.columns, found.score, found.data_from) == (("Ngày xảy ra", "Tội danh", "Xã / phường"), 3, 2)
