"""Reads the words of a PDF the way a search does: through each font's ToUnicode table. Slow and obvious."""

from __future__ import annotations

import re
import zlib

_OBJECT = re.compile(rb"(\d+) 0 obj\n(.*?)endobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_RANGE = re.compile(r"<(\w+)> <\w+> \[(.*?)\]")
_SHOWN = re.compile(rb"/(F\d+) [\d.]+ Tf|\((.*?)(?<!\\)\)|(ET)", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_PLAIN = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def words_of(pdf: bytes) -> str:
    """All text of a matplotlib PDF, one line a text."""
    objects = {int(m[1]): m[2] for m in _OBJECT.finditer(pdf)}
    fonts = {
        name.decode(): _table(objects, int(number))
        for body in objects.values()
        for name, number in re.findall(rb"/(F\d+) (\d+) 0 R", body)
    }
    page = next(text for body in objects.values() if b" Tf" in (text := _inflated(body)))
    said, font = [], ""
    for name, shown, end in _SHOWN.findall(page):
        if name:
            font = name.decode()
        elif end:
            said.append("\n")
        else:
            codes = _ESCAPE.sub(_unescaped, shown)
            said += [fonts[font].get(codes[i] * 256 + codes[i + 1], "\ufffd") for i in range(0, len(codes) - 1, 2)]
    return "".join(said)


def _inflated(body: bytes) -> bytes:
    found = _STREAM.search(body)
    if found is None or b"FlateDecode" not in body[: found.start()]:
        return b""
    return zlib.decompress(found[1])


def _table(objects: dict[int, bytes], font: int) -> dict[int, str]:
    found = re.search(rb"/ToUnicode (\d+) 0 R", objects[font])
    assert found, "a font without a ToUnicode table cannot be searched"
    table: dict[int, str] = {}
    for first, values in _RANGE.findall(_inflated(objects[int(found[1])]).decode()):
        for i, value in enumerate(re.findall(r"<(\w+)>", values)):
            table[int(first, 16) + i] = bytes.fromhex(value).decode("utf-16-be")
    return table


def _unescaped(found: re.Match[bytes]) -> bytes:
    code = found[1]
    return bytes([int(code, 8)]) if code.isdigit() else _PLAIN.get(code, code)
