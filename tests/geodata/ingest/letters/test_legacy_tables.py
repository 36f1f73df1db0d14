"""The older codes, byte by byte. The bytes of every word were written by hand from the standards."""

from __future__ import annotations

import unicodedata

import pytest

from geodata.ingest.letters.legacy_tables import LETTERS, Code, bytes_of, decode

TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
SMALL = {unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in TONES} | {"đ"}
WORDS = [
    (Code.TCVN3, b"T\xe9i danh", "Tội danh"),
    (Code.TCVN3, b"Tr\xe9m c\xbep t\xb5i s\xb6n", "Trộm cắp tài sản"),
    (Code.TCVN3, b"X\xb7 T\xa9n B\xd7nh", "Xã Tân Bình"),
    (Code.TCVN3, b"\xa7\xad\xea" + b"ng", "Đường"),
    (Code.TCVN3, b"H\xdfa", "Hòa"),
    (Code.TCVN3, b"TR\xe9M C\xbeP", "TRỘM CẮP"),  # a capital font draws the small letters
    (Code.VNI, b"To\xe4i danh", "Tội danh"),
    (Code.VNI, b"Tro\xe4m ca\xe9p ta\xf8i sa\xfbn", "Trộm cắp tài sản"),
    (Code.VNI, b"Xa\xf5 Ta\xe2n B\xecnh", "Xã Tân Bình"),
    (Code.VNI, b"\xd1\xf6\xf4\xf8ng", "Đường"),
    (Code.VNI, b"Ho\xf8a", "Hòa"),
    (Code.VNI, b"TRO\xc4M CA\xc9P", "TRỘM CẮP"),
    (Code.WINDOWS_1258, b"T\xf4\xf2i danh", "Tội danh"),
    (Code.WINDOWS_1258, b"Tr\xf4\xf2m c\xe3\xecp t\xe0i sa\xd2n", "Trộm cắp tài sản"),
    (Code.WINDOWS_1258, b"Xa\xde T\xe2n Bi\xccnh", "Xã Tân Bình"),
    (Code.WINDOWS_1258, b"\xd0\xfd\xf5\xccng", "Đường"),
    (Code.WINDOWS_1258, b"Ho\xcca", "Hòa"),
    (Code.MISREAD_UTF8, b"T\xe1\xbb\x99i danh", "Tội danh"),
]


@pytest.mark.parametrize(("code", "written", "expected"), WORDS)
def test_words_written_by_hand_are_read_in_their_code(code: Code, written: bytes, expected: str) -> None:
    assert decode(written, code) == expected


@pytest.mark.parametrize("code", [Code.TCVN3, Code.VNI, Code.WINDOWS_1258])
def test_every_small_letter_is_reached(code: Code) -> None:
    vowels = [bytes([byte]) for byte in (*b"aeiouyAEIOUY", *LETTERS[code])]
    marks = [b"", *(bytes([byte]) for byte in LETTERS[code])]
    reached = {decode(vowel + mark, code) for vowel in vowels for mark in marks}
    assert set("aeiouy") | reached >= SMALL
    if code is not Code.TCVN3:  # whose capitals with a tone are drawn by a font
        assert reached >= {letter.upper() for letter in SMALL}


def test_signs_that_are_no_letters_are_kept() -> None:
    assert decode(b"105\xb030, \x93m\xb2\x94", Code.TCVN3) == "105°30, “m²”"


def test_a_letter_that_only_unicode_has_has_no_byte() -> None:
    assert bytes_of("Hà") == b"H\xe0"
    assert bytes_of("“Hà”") == b"\x93H\xe0\x94"
    assert bytes_of("Hội") is None
