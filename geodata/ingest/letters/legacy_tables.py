"""The older codes of Vietnamese letters, byte by byte: TCVN3 (ABC), VNI, Windows-1258. Judges no text.

A text of such a code is handled as its bytes; every one keeps ASCII as it is.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from enum import StrEnum
from typing import Final


class Code(StrEnum):
    """How letters were written. The value is what people call it."""

    TCVN3 = "TCVN3 (ABC)"
    VNI = "VNI"
    WINDOWS_1258 = "Windows-1258"
    MISREAD_UTF8 = "UTF-8 (read as Windows-1252)"  # only in cells: a file that is UTF-8 needs no guess
    WESTERN = "Windows-1252"  # no Vietnamese code: the letters are what they seem


# TCVN 5712:1993 as the ABC fonts have it: no capitals with a tone, a capital font draws the small letters.
_TCVN3: Final = {
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđ",
    0xB5: "àảãáạ",
    0xBB: "ằẳẵắ",
    0xC6: "ặầẩẫấậè",
    0xCE: "ẻẽéẹềểễếệì",
    0xD8: "ỉ",
    0xDC: "ĩíịò",
    0xE1: "ỏõóọồổỗốộờởỡớợù",
    0xF1: "ủũúụừửữứựỳỷỹýỵ",
}
_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT, _ROOF, _BOWL = "\u0300", "\u0301", "\u0309", "\u0303", "\u0323", "\u0302", "\u0306"
# VNI: a vowel, then one byte for all that stands above and below it; some letters are one byte. Capitals are 0x20 less.
_VNI_MARKS: Final = {
    0xF9: _ACUTE, 0xF8: _GRAVE, 0xFB: _HOOK, 0xF5: _TILDE, 0xEF: _DOT,
    0xE2: _ROOF, 0xE1: _ROOF + _ACUTE, 0xE0: _ROOF + _GRAVE, 0xE5: _ROOF + _HOOK, 0xE3: _ROOF + _TILDE,
    0xE4: _ROOF + _DOT, 0xEA: _BOWL, 0xE9: _BOWL + _ACUTE, 0xE8: _BOWL + _GRAVE, 0xFA: _BOWL + _HOOK,
    0xFC: _BOWL + _TILDE, 0xEB: _BOWL + _DOT,
}  # fmt: skip
_VNI_LETTERS: Final = {
    0xEC: "ì", 0xED: "í", 0xE6: "ỉ", 0xF3: "ĩ", 0xF2: "ị", 0xEE: "ỵ", 0xF4: "ơ", 0xF6: "ư", 0xF1: "đ",
}  # fmt: skip
_WINDOWS_1258_LETTERS: Final = frozenset(
    (*b"\xc0\xc1\xc2\xc3\xc8\xc9\xca\xcd\xd0\xd3\xd4\xd5\xd9\xda\xdd\xe0\xe1\xe2\xe3\xe8\xe9\xea\xed\xf0\xf3\xf4\xf5",
     *b"\xf9\xfa\xfd\xcc\xec\xd2\xf2\xde\xfe")
)  # fmt: skip


def _western(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


_WESTERN: Final = "".join(_western(byte) for byte in range(256))
_BYTE_OF: Final = {ord(letter): byte for byte, letter in enumerate(_WESTERN)}
_LATIN_1: Final = {**_BYTE_OF, **{byte: byte for byte in range(256)}}  # what GDAL and DBF readers make of such bytes


def _tcvn3() -> str:
    letters = list(_WESTERN)
    for start, run in _TCVN3.items():
        letters[start : start + len(run)] = run
    return "".join(letters)


def _vni() -> dict[int, str]:
    table: dict[int, str] = dict(enumerate(_WESTERN))
    for byte, mark in _VNI_MARKS.items():
        table[byte] = table[byte - 0x20] = mark
    for byte, letter in _VNI_LETTERS.items():
        table[byte], table[byte - 0x20] = letter, letter.upper()
    return table


def _windows_1258() -> str:
    own = bytes(_WINDOWS_1258_LETTERS).decode("cp1258")
    given = dict(zip(_WINDOWS_1258_LETTERS, own, strict=True))
    return "".join(given.get(byte, letter) for byte, letter in enumerate(_WESTERN))


_TABLES: Final[dict[Code, str | dict[int, str]]] = {
    Code.TCVN3: _tcvn3(),
    Code.VNI: _vni(),
    Code.WINDOWS_1258: _windows_1258(),
    Code.WESTERN: _WESTERN,
}
# The bytes above ASCII that are letters in a code; the others (a degree sign, a dash) are passed on as they are.
LETTERS: Final[dict[Code, frozenset[int]]] = {
    Code.TCVN3: frozenset(start + at for start, run in _TCVN3.items() for at in range(len(run))),
    Code.VNI: frozenset(byte - less for byte in (*_VNI_MARKS, *_VNI_LETTERS) for less in (0, 0x20)),
    Code.WINDOWS_1258: _WINDOWS_1258_LETTERS,
    Code.MISREAD_UTF8: frozenset(range(0x80, 0x100)),
    Code.WESTERN: frozenset(range(0xC0, 0x100)),
}
_CAPITAL_FONT: Final = re.compile(r"(?<![^\W\d_])(?=[^\W\d_]*[A-Z][^\W\d_]*[A-Z])[A-Z\u00c0-\u1ef9]{3,}(?![^\W\d_])")


def bytes_of(text: str) -> bytes | None:
    """The bytes of a text whose letters an older code may have put there; None where Unicode alone has such letters."""
    try:
        return bytes(map(_LATIN_1.__getitem__, map(ord, text)))
    except KeyError:
        return None


def decode(written: bytes, code: Code) -> str:
    """The bytes as Unicode text, composed (NFC). Raises UnicodeDecodeError only for misread UTF-8 that is none."""
    if code is Code.MISREAD_UTF8:
        return unicodedata.normalize("NFC", written.decode("utf-8"))
    text, _ = codecs.charmap_decode(written, "strict", _TABLES[code])
    if code is Code.TCVN3:
        return _CAPITAL_FONT.sub(lambda word: word[0].upper(), text)
    return text if code is Code.WESTERN else unicodedata.normalize("NFC", text)
