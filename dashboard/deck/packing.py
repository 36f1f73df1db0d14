"""Packs an Office file so that the same content has the same bytes. Understands nothing of what is in it."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime

FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can say
_WRITTEN = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def packed(made: bytes, now: datetime) -> bytes:
    """The file with ``now`` as the time it was written, and so the workbooks that lie in it."""
    written = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as held, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in held.namelist():
            content = held.read(name)
            if name.endswith(".xlsx"):
                content = packed(content, now)
            elif name == "docProps/core.xml":
                content = _WRITTEN.sub(rb"\g<1>" + written, content)
            entry = zipfile.ZipInfo(name, FIRST_DAY)
            entry.external_attr = 0o644 << 16
            target.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
