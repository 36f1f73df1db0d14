"""Brings the bytes of a text file to UTF-8, or says why not. Never guesses: what is not Unicode is refused."""

from __future__ import annotations

import codecs

from geodata.errors import FileRefusedError
from geodata.ingest.content import looks_like_utf16

LARGEST_TEXT = 1 << 30  # bytes, unpacked
_PIECE = 1 << 24
_UTF8_MARK = b"\xef\xbb\xbf"


def utf8(payload: bytes, *, file: str) -> bytes:
    """The payload as UTF-8. Raises FileRefusedError with the first line that is not Unicode."""
    if payload.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _from_utf16(payload, "utf-16", file)
    if not payload.startswith(_UTF8_MARK) and looks_like_utf16(payload[:4096]):
        little = payload[:4096:2].count(0) < payload[1:4096:2].count(0)
        return _from_utf16(payload, "utf-16-le" if little else "utf-16-be", file)
    broken_at = _first_not_utf8(payload)
    if broken_at is not None:
        _refuse(file, payload.count(b"\n", 0, broken_at) + 1)
    if b"\0" in payload:
        raise FileRefusedError(
            "«{file}», line {line}: there are binary zeros in the text. Save the table anew as CSV UTF-8",
            file=file, line=payload.count(b"\n", 0, payload.index(b"\0")) + 1,
        )  # fmt: skip
    return payload


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


def _from_utf16(payload: bytes, codec: str, file: str) -> bytes:
    try:
        return payload.decode(codec).encode("utf-8")
    except UnicodeError as error:
        start = error.start if isinstance(error, UnicodeDecodeError) else 0
        return _refuse(file, payload.count(b"\n", 0, start) + 1)


def _refuse(file: str, line: int) -> bytes:
    raise FileRefusedError(
        "«{file}», line {line}: the letters are not in Unicode (UTF-8 or UTF-16) but in an older code such as TCVN3, "
        "VNI or Windows-1258. In Excel: Save as, CSV UTF-8; in Notepad: Save as, encoding UTF-8",
        file=file, line=line,
    )  # fmt: skip
