"""Tells from the words themselves in which older code Vietnamese letters were typed, and never guesses.

A file is bytes of one code. A cell of a workbook is Unicode, but typed with a .Vn or VNI font it holds the bytes of
that font as letters ("Téi danh" is "Tội danh"). Knows no field; what is proper Unicode stays as it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from geodata.ingest.letters.legacy_tables import LETTERS, Code, bytes_of, decode
from geodata.ingest.letters.syllables import is_syllable

FILE_CODES: Final = (Code.TCVN3, Code.VNI, Code.WINDOWS_1258)
CELL_CODES: Final = (*FILE_CODES, Code.MISREAD_UTF8)
FEWEST_WORDS: Final = 3  # different words that are Vietnamese in the code taken
LEAST_SHARE: Final = 0.75  # of the words with such letters
CLEARLY: Final = 0.25  # how much smaller the share of every other code has to be
_SAMPLED_WORDS: Final = 4_000
_WORD: Final = re.compile(rb"[A-Za-z\x80-\xff]+")
_SIGNS: Final = " \xa0“”‘’„…–—•°²³·´`«»©®"


@dataclass(frozen=True, slots=True)
class Evidence:
    """The code a text is most likely in, the share of its words that are Vietnamese then, and of how many words."""

    code: Code
    share: float
    valid: int
    words: int
    runner_up: float  # the share under the next best code

    @property
    def decides(self) -> bool:
        """Whether there are enough words, and no other code comes near."""
        enough = self.valid >= FEWEST_WORDS and self.share >= LEAST_SHARE
        return enough and self.share - self.runner_up >= CLEARLY


def words_in(written: bytes) -> set[bytes]:
    """The words that tell something: with a byte above ASCII and an ASCII letter beside it."""
    return {word for word in _WORD.findall(written) if not word.isascii() and word.strip(bytes(range(0x80, 0x100)))}


def judge(words: Collection[bytes], codes: Sequence[Code]) -> Evidence | None:
    """Which of ``codes`` the words speak for; plain Windows-1252 always competes. None where there are no words."""
    sample = sorted(words)[:: max(1, len(words) // _SAMPLED_WORDS)]
    if not sample:
        return None
    counted = {code: vietnamese(sample, code) for code in (*codes, Code.WESTERN)}
    best, second = sorted(counted, key=lambda code: -counted[code])[:2]
    return Evidence(best, counted[best] / len(sample), counted[best], len(sample), counted[second] / len(sample))


def is_vietnamese(word: bytes, code: Code) -> bool:
    """Whether the word, read in that code, is a Vietnamese syllable of the code's own letters."""
    try:
        text = decode(word, code).strip(_SIGNS)
    except UnicodeDecodeError:
        return False
    if not is_syllable(text) or text.isascii():
        return False
    return code is Code.MISREAD_UTF8 or LETTERS[code].issuperset(byte for byte in _without_signs(word) if byte >= 0x80)


def _without_signs(word: bytes) -> bytes:
    return word.strip(b"\x82\x84\x85\x91\x92\x93\x94\x95\x96\x97\xa0\xb0\xb2\xb3")


def words_of(texts: Iterable[str]) -> set[bytes]:
    """:func:`words_in` of texts of a Unicode container; a text with letters that only Unicode has tells nothing."""
    words: set[bytes] = set()
    for text in texts:
        if not text.isascii() and (written := bytes_of(text)) is not None:
            words |= words_in(written)
    return words


def code_of(texts: Iterable[str]) -> Code | None:
    """The older code that texts of a Unicode container were typed in; None where they are proper, or too few to say."""
    found = judge(words_of(texts), CELL_CODES)
    return found.code if found and found.decides and found.code is not Code.WESTERN else None


def rewrite(text: str, code: Code) -> str:
    """The text with its letters as Unicode; as it stands where it is more Vietnamese so, or senseless otherwise."""
    written = None if text.isascii() else bytes_of(text)
    if written is None:
        return text
    words = [word for word in _WORD.findall(written) if not word.isascii()]
    if vietnamese(words, Code.WESTERN) > vietnamese(words, code):
        return text
    try:
        decoded = decode(written, code)
    except UnicodeDecodeError:
        return text
    return text if any(map(unicodedata.combining, decoded)) else decoded  # a mark that found no vowel


def vietnamese(words: Iterable[bytes], code: Code) -> int:
    """How many of the words are Vietnamese in that code."""
    return sum(is_vietnamese(word, code) for word in words)


def rows_as_unicode(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """The first rows of a sheet with their letters as Unicode, so that a header row is recognised in any code."""
    code = code_of(cell for row in rows for cell in row)
    return [list(row) if code is None else [rewrite(cell, code) for cell in row] for row in rows]
