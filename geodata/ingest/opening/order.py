"""What a reader's process is told: which file, how to read it, and what it may take. Reads no table itself."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from geodata.errors import FileRefusedError
from geodata.ingest.headings.columns import Headers
from geodata.ingest.opening import answers, launch
from geodata.ingest.opening.content import reader_of
from geodata.ingest.raw import Reader, Request

_GIB: Final = 1 << 30
_MEGABYTES: Final = 100  # the largest container; text of any size is read faster than it is found out


@dataclass(frozen=True, slots=True)
class Limits:
    """What a reader's process may take. Defaults are several times what the largest honest file was seen to need.

    A sheet of 100,000 rows and 15 columns (8 MB) takes 17 s and 0.3 GiB, a CSV file of 1,000,000 rows 0.7 s and 0.3.
    """

    memory: int = 3 * _GIB
    cpu_s: int = 120
    wall_s: float = 300.0

    def of(self, size: int) -> Limits:
        """The limits for a file of that many bytes: three times its size in memory, and 3 s more a megabyte."""
        megabytes = min(size >> 20, _MEGABYTES)
        return Limits(self.memory + 3 * size, self.cpu_s + 3 * megabytes, self.wall_s + 6 * megabytes)


LIMITS: Final = Limits()


def order_of(path: Path, reader: Reader, request: Request, limits: Limits) -> launch.Order:
    """The order as JSON can carry it."""
    return {
        "path": str(path.resolve()),
        "reader": reader.read.__module__,
        "sheet": request.sheet,
        "mapping": dict(request.headers.mapping),
        "further": sorted(request.headers.further),
        "memory": limits.memory,
        "cpu_s": limits.cpu_s,
    }


def begin(path: Path, *, sheet: str | None) -> None:
    """Have a file read by the dictionary's headers alone before anybody asks; asked otherwise, it is read anew."""
    try:
        reader = reader_of(path)
        order = order_of(path, reader, Request(Headers(), sheet), LIMITS.of(path.stat().st_size))
        answers.expect(launch.begin(order))
    except (FileRefusedError, OSError):  # whoever asks will be told
        return
