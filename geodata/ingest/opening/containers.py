"""What a zip container holds, judged by its directory before anything is unpacked. Knows no format inside it."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from geodata.errors import FileRefusedError

LARGEST_PACKED = 100 << 20
LARGEST_UNPACKED = 600 << 20
MOST_PARTS = 5_000
HIGHEST_RATIO = 250  # real workbooks stay below 100; a bomb of equal cells is near 1,000
_SMALL_PART = 4 << 20  # parts below this may be packed as tightly as they like
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


@contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """The container, its directory found sound. Raises FileRefusedError where it is damaged or unpacks to too much."""
    file = path.name
    if path.stat().st_size > LARGEST_PACKED:
        raise FileRefusedError(
            "«{file}» is larger than {limit} MB. Split it by year, or save the sheet as CSV UTF-8",
            file=file, limit=LARGEST_PACKED >> 20,
        )  # fmt: skip
    try:
        with zipfile.ZipFile(path) as container:
            _check_parts(container.infolist(), file)
            yield container
    except DAMAGE:
        raise FileRefusedError(
            "«{file}» is cut off or damaged: it cannot be unpacked. Copy it again, or open it in Excel and save it",
            file=file,
        ) from None


def _check_parts(parts: Sequence[zipfile.ZipInfo], file: str) -> None:
    unpacked = sum(part.file_size for part in parts)
    bomb = any(
        part.file_size > _SMALL_PART and part.file_size > HIGHEST_RATIO * max(part.compress_size, 1) for part in parts
    )
    if len(parts) > MOST_PARTS or unpacked > LARGEST_UNPACKED or bomb:
        raise FileRefusedError(
            "«{file}» unpacks to {size} MB in {parts} parts, more than a table needs. Copy the rows to a new workbook "
            "and save it, or save the sheet as CSV UTF-8",
            file=file, size=unpacked >> 20, parts=len(parts),
        )  # fmt: skip
