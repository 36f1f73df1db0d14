"""What a file really is, by its first bytes, and which reader takes it. Refuses the rest in clear words."""

from __future__ import annotations

import os
from pathlib import Path
from typing import cast

from geodata.errors import N_, FileRefusedError
from geodata.ingest import readers
from geodata.ingest.raw import Reader
from geodata.rack import members

_SIGNATURES = (
    (b"%PDF", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0", "ole"),
    (b"\x1f\x8b", "gzip"),
    (b"PAR1", "parquet"),
    (b"SQLite format 3", "sqlite"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
)
LOCKED = N_(
    "«{file}» is locked with a password. Open it in Excel with the password, take it away (File, Info, Protect "
    "Workbook) and save it as .xlsx"
)
_MARKUP = N_("«{file}» is a web page or XML, not {expected}. Open it in Excel and save it as .xlsx")
_PACKED = N_("«{file}» is packed, not {expected}. Unpack it first")
_WORDS = {  # what to say of a kind where another was expected
    "empty": N_("«{file}» is empty: 0 bytes. Was it saved or copied to the end?"),
    "pdf": N_("«{file}» is a PDF, not {expected}. Ask for the table itself as .xlsx or .csv"),
    "html": _MARKUP,
    "xml": _MARKUP,
    "ole": N_("«{file}» is an Excel file of before 2007, not {expected}. Give it its true suffix, .xls"),
    "zip": N_("«{file}» is a zip container (perhaps an .xlsx), not {expected}. Give it its true suffix"),
    "json": N_("«{file}» is JSON, not {expected}. Give it its true suffix, .geojson"),
    "parquet": N_("«{file}» is Parquet, not {expected}. Give it its true suffix, .parquet"),
    "sqlite": N_("«{file}» is a database, not {expected}. If it is a GeoPackage, give it its true suffix, .gpkg"),
    "gzip": _PACKED,
    "archive": _PACKED,
    "image": N_("«{file}» is a picture, not {expected}. Ask for the table itself"),
    "text": N_("«{file}» is plain text, not {expected}. If it is a table, name it .csv; if not, save it again"),
}
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_FEW = 20  # one zero in so many bytes is a slip in a text, which its reader names by the line


def kind_of(head: bytes) -> str:
    """A file's kind by its first bytes: ``"empty"``, ``"pdf"``, ``"zip"``, ``"html"``, ``"json"``, ``"text"`` ..."""
    if not head:
        return "empty"
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return kind
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<meta", b"<head")):
        return "html"
    if start.startswith(b"<"):
        return "html" if b"<html" in start[:2000] else "xml"
    if start.startswith((b"{", b"[")):
        return "json"
    if head.count(0) * _FEW > len(head) and not head.startswith(_UTF16) and not looks_like_utf16(head):
        return "binary"
    return "text"


def looks_like_utf16(head: bytes) -> bool:
    """Whether every other byte, and only that, is mostly zero, as in UTF-16 written without a byte order mark."""
    pairs = len(head) // 2
    if pairs < 2:
        return False
    few, many = sorted((head[0::2].count(0), head[1::2].count(0)))
    return many > 0.6 * pairs and few < 0.1 * pairs


def all_readers() -> tuple[Reader, ...]:
    """Every member of the rack."""
    return tuple(cast("Reader", reader) for reader in members(readers.__name__, "READER").values())


def reader_of(path: Path) -> Reader:
    """The reader for a file, by suffix and content. Raises FileRefusedError saying what the file really is."""
    file = path.name
    if not os.path.isfile(path):  # noqa: PTH113 - a name too long for the system is no file either
        raise FileRefusedError("«{file}» is not there, or is not a file. Check the name and the folder", file=file)
    try:
        with path.open("rb") as stream:
            head = stream.read(4096)
    except OSError as error:
        raise FileRefusedError("«{file}» cannot be opened: {detail}", file=file, detail=error.strerror) from None
    rack = all_readers()
    reader = next((one for one in rack if file.lower().endswith(one.suffixes)), None)
    if reader is None:
        known = ", ".join(suffix for one in rack for suffix in one.suffixes)
        raise FileRefusedError(
            "«{file}»: files of this kind are not read. Save the table as one of {known}", file=file, known=known
        )
    kind = kind_of(head)
    if kind == "ole" and _is_locked(path):
        raise FileRefusedError(LOCKED, file=file)
    if kind not in reader.kinds:
        _refuse(file, kind, head, expected=reader.suffixes[0])
    reader.check(path)
    return reader


def _is_locked(path: Path) -> bool:
    """Whether an OLE container is what Excel makes of a workbook with a password."""
    with path.open("rb") as stream:
        stream.seek(48)
        sector = int.from_bytes(stream.read(4), "little")
        stream.seek(512 * (sector + 1))
        directory = stream.read(4096)
    return "EncryptedPackage".encode("utf-16-le") in directory


def _refuse(file: str, kind: str, head: bytes, *, expected: str) -> None:
    if kind in _WORDS:
        raise FileRefusedError(_WORDS[kind], file=file, expected=expected)
    raise FileRefusedError(
        "«{file}» is not {expected}: it begins with {head}. Open it with the program that made it and save it anew",
        file=file, expected=expected, head=" ".join(f"{byte:02X}" for byte in head[:8]),
    )  # fmt: skip
