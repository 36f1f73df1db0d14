"""Brings the bytes of a text file to UTF-8, or says why not. An older code is taken only where the words prove it."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn

from geodata.errors import N_, FileRefusedError
from geodata.ingest.letters.legacy import FILE_CODES, Evidence, judge, words_in
from geodata.ingest.letters.legacy_tables import Code, decode
from geodata.ingest.opening.content import looks_like_utf16

LARGEST_TEXT = 1 << 30  # bytes, unpacked
_PIECE = 1 << 24
_UTF8_MARK = b"\xef\xbb\xbf"
_WINDOW = 1 << 18
_WINDOWS = 16  # looked at for words: 4 MB of a file of any size


@dataclass(frozen=True, slots=True)
class Text:
    """A file's text as UTF-8, and what there is to say of the code it was written in: templates and their facts."""

    payload: bytes
    findings: tuple[tuple[str, dict[str, object]], ...] = ()


def utf8(payload: bytes, *, file: str) -> Text:
    """The payload as UTF-8. Raises FileRefusedError with the first line that is not Unicode and in no certain code."""
    if payload.startswith(codecs.BOM_UTF32_LE):
        return Text(_from_wide(payload, "utf-32", file))
    if payload.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Text(_from_wide(payload, "utf-16", file))
    if not payload.startswith(_UTF8_MARK) and looks_like_utf16(payload[:4096]):
        little = payload[:4096:2].count(0) < payload[1:4096:2].count(0)
        return Text(_from_wide(payload, "utf-16-le" if little else "utf-16-be", file))
    broken_at = _first_not_utf8(payload)
    _refuse_zeros(payload, file)
    return Text(payload) if broken_at is None else _from_older_code(payload, broken_at, file)


def _refuse_zeros(payload: bytes, file: str) -> None:
    if b"\0" in payload:
        raise FileRefusedError(
            "«{file}», line {line}: there are binary zeros in the text. Save the table anew as CSV UTF-8",
            file=file, line=payload.count(b"\n", 0, payload.index(b"\0")) + 1,
        )  # fmt: skip


def _first_not_utf8(payload: bytes) -> int | None:
    """The position of the first byte that is not UTF-8, looked for in pieces: a text of 1 GB is never held twice."""
    if payload.isascii():  # a tenth of the time, and most large files are
        return None
    decoder = codecs.getincrementaldecoder("utf-8")()
    for start in range(0, len(payload), _PIECE):
        try:
            decoder.decode(payload[start : start + _PIECE], final=start + _PIECE >= len(payload))
        except UnicodeDecodeError as error:
            return max(start - 3, 0) + error.start if start else error.start
    return None


def _from_wide(payload: bytes, codec: str, file: str) -> bytes:
    try:
        text = payload.decode(codec).encode("utf-8")
        _refuse_zeros(text, file)
        return text
    except UnicodeError as error:
        start = error.start if isinstance(error, UnicodeDecodeError) else 0
        _refuse(file, payload.count(b"\n", 0, start) + 1, None)


def _from_older_code(payload: bytes, broken_at: int, file: str) -> Text:
    found = judge(_sampled_words(payload, broken_at), (*FILE_CODES, Code.MISREAD_UTF8))
    if found is None or not found.decides or found.code not in FILE_CODES:
        _refuse(file, payload.count(b"\n", 0, broken_at) + 1, found)
    text = b"".join(decode(piece, found.code).encode("utf-8") for piece in _pieces(payload))
    template = N_(
        "«{file}» was written in {encoding}, an older code of Vietnamese letters: it was converted. {share} % of the "
        "words with such letters are Vietnamese so. Please compare the names"
    )
    facts: dict[str, object] = {"file": file, "encoding": found.code.value, "share": int(100 * found.share)}
    return Text(text, ((template, facts),))


def _sampled_words(payload: bytes, broken_at: int) -> set[bytes]:
    """Words of the beginning, of the line that is not Unicode, and of places evenly between there and the end."""
    line = payload.rfind(b"\n", 0, broken_at) + 1
    step = max(_WINDOW, (len(payload) - line) // _WINDOWS)
    starts = (0, *range(line, len(payload), step))
    words: set[bytes] = set()
    for start in starts:
        words |= words_in(payload[start : start + _WINDOW])
    return words


def _pieces(payload: bytes) -> Iterator[bytes]:
    """The payload in pieces that end with a line: a letter of two bytes is never cut."""
    start = 0
    while start < len(payload):
        end = payload.rfind(b"\n", start, start + _PIECE) + 1 if start + _PIECE < len(payload) else len(payload)
        end = end or (payload.find(b"\n", start + _PIECE) + 1) or len(payload)
        yield payload[start:end]
        start = end


def _refuse(file: str, line: int, found: Evidence | None) -> NoReturn:
    if found is not None and found.code is Code.MISREAD_UTF8 and found.decides:
        raise FileRefusedError(
            "«{file}», line {line}: a letter is broken there, while the rest of the file is UTF-8. Mend the line, or "
            "save the table anew as CSV UTF-8",
            file=file, line=line,
        )  # fmt: skip
    if found is not None and found.code in FILE_CODES and found.valid:
        raise FileRefusedError(
            "«{file}», line {line}: the letters are not in Unicode (UTF-8 or UTF-16). They look most like {encoding}, "
            "in which {valid} of {words} words are Vietnamese, but that is not certain enough to convert them. In "
            "Excel: Save as, CSV UTF-8; in Notepad: Save as, encoding UTF-8",
            file=file, line=line, encoding=found.code.value, valid=found.valid, words=found.words,
        )  # fmt: skip
    raise FileRefusedError(
        "«{file}», line {line}: the letters are not in Unicode (UTF-8 or UTF-16) but in an older code such as TCVN3, "
        "VNI or Windows-1258. In Excel: Save as, CSV UTF-8; in Notepad: Save as, encoding UTF-8",
        file=file, line=line,
    )  # fmt: skip
