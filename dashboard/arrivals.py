"""A file that arrives from a browser: its name, how large it and what is packed in it may be. Reads no row of it."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import IO, Final

from geodata.errors import N_, DiemNongError

LARGEST: Final = 50 << 20
LARGEST_UNPACKED: Final = 200 << 20  # who sits at the machine itself may load more
TOO_LARGE: Final = N_("the file is larger than {limit} MB. Split it by year, or load it with: diemnong ingest FILE")
_CHUNK: Final = 1 << 20
_LONGEST_NAME: Final = 120
_DEVICES: Final = frozenset({"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(10))})


class UploadError(DiemNongError):
    """A file that is not taken in: cut off, or too many wait already."""


class TooLargeError(UploadError):
    """A file that is larger than a browser may send."""

    def __init__(self, template: str = TOO_LARGE) -> None:
        super().__init__(template, limit=LARGEST >> 20)


class UnpacksTooLargeError(UploadError):
    """A packed file that holds more than a browser may send."""

    def __init__(self, size: int) -> None:
        super().__init__(
            "the file unpacks to {size} MB; at most {limit} MB are taken from a browser. Split it, or load it with the "
            "command on the machine itself",
            size=size >> 20,
            limit=LARGEST_UNPACKED >> 20,
        )


def safe_name(name: str) -> str:
    """A file name without folders, control characters and excess length, its suffix kept."""
    last = name.replace("\\", "/").rpartition("/")[2]
    visible = "".join(letter for letter in last if letter.isprintable() and letter not in '<>:"|?*').strip(" .")
    while len(visible.encode()) > _LONGEST_NAME:
        stem, dot, suffix = visible.rpartition(".")
        visible = f"{stem[:-1]}{dot}{suffix}" if stem and len(suffix) < 10 else visible[:-1]
    if visible.partition(".")[0].rstrip().upper() in _DEVICES:
        visible = f"_{visible}"
    return visible or "upload"


def write_down(stream: IO[bytes], to: Path, *, length: int | None = None) -> int:
    """Write an arriving file to a new one of its owner's; returns its size. ``length`` is what was announced.

    Raises UploadError; what is written by then is the caller's to delete.
    """
    size = 0
    with to.open("xb") as file:
        to.chmod(0o600)
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > LARGEST:
                raise TooLargeError
            file.write(chunk)
    if length is not None and length != size:
        raise UploadError("the file was cut off on its way. Send it once more")
    if (unpacked := _unpacked(to)) > LARGEST_UNPACKED:
        raise UnpacksTooLargeError(unpacked)
    return size


def _unpacked(file: Path) -> int:
    """What a zip container (a workbook is one) says it holds: nothing unpacks to more than is said there.

    0 for any other file, and for one whose directory is damaged: that is for its reader to say.
    """
    try:
        with zipfile.ZipFile(file) as container:
            return sum(part.file_size for part in container.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return 0
