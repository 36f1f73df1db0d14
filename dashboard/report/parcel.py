"""A Word document as bytes that are always the same, and that show whether somebody changed them. Knows no report."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from typing import Final

from docx.document import Document

FIRST: Final = (1980, 1, 1, 0, 0, 0)  # the earliest day a zip can tell
CORE = "docProps/core.xml"
_MARK = re.compile(r"diemnong:([0-9a-f]{64})")


def packed(document: Document) -> bytes:
    """The document with a mark of its own content among its properties."""
    document.core_properties.identifier = f"diemnong:{_content(_saved(document))}"
    source, made = zipfile.ZipFile(io.BytesIO(_saved(document))), io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, FIRST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(entry, source.read(name))
    return made.getvalue()


def untouched(data: bytes) -> bool:
    """Whether the bytes are a document of ours as it was written: no word was changed in it since."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as held:
            mark = _MARK.search(held.read(CORE).decode())
        return mark is not None and mark[1] == _content(data)
    except (zipfile.BadZipFile, KeyError, UnicodeDecodeError):
        return False


def _content(data: bytes) -> str:
    """SHA-256 of all parts but the properties, which hold it."""
    seen = hashlib.sha256()
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        for name in sorted(held.namelist()):
            if name != CORE:
                seen.update(name.encode() + b"\0" + held.read(name))
    return seen.hexdigest()


def _saved(document: Document) -> bytes:
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()
