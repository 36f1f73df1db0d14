"""Small CSV tables about boundaries (succession, regions) -> rows with their numbers. Knows no areas."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from geodata.errors import BoundaryError

_MAX_BYTES = 50_000_000


def read_rows(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, Mapping[str, str]]]:
    """(row number in the file, column -> stripped NFC text) of each filled row; ``columns`` must be there."""
    content = _text(path)
    header = content.partition("\n")[0]
    delimiter = max(",;\t", key=header.count)
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=delimiter)
    try:
        names = [cell.strip().casefold() for cell in next(reader, [])]
        missing = [column for column in columns if column not in names]
        if missing:
            raise BoundaryError(
                "{file}: no column «{column}»; expected {expected}, found {found}",
                file=path.name,
                column=missing[0],
                expected=", ".join(columns),
                found=", ".join(names[:20])[:200] or "nothing",
            )
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, dict(zip(names, (_clean(cell) for cell in cells), strict=False))
    except csv.Error as error:
        raise BoundaryError(
            "{file}, row {row}: is not CSV ({reason})", file=path.name, row=reader.line_num, reason=str(error)
        ) from error


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise BoundaryError(
                "{file}: {size} MB is more than the {limit} MB a table of areas may have; is it the right file?",
                file=path.name,
                size=path.stat().st_size // 1_000_000,
                limit=_MAX_BYTES // 1_000_000,
            )
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise BoundaryError("{file}: cannot be read ({reason})", file=str(path), reason=error.strerror) from error
    except UnicodeDecodeError as error:
        raise BoundaryError("{file}: is not UTF-8 text; save it as CSV UTF-8", file=path.name) from error


def _clean(cell: str) -> str:
    return " ".join(unicodedata.normalize("NFC", cell).split())
