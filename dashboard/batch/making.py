"""Makes the files of a meeting one after the other: what fails is told, and the others are made. Names no folder."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from dashboard.batch.plan import Part
from dashboard.exports import Told, export
from dashboard.stamp import SHORT, fingerprint
from geodata.errors import DiemNongError

STEPS = 1000  # of the progress of one file


@dataclass(frozen=True, slots=True)
class Made:
    """A file that was made. ``n`` recorded incidents are what it rests on; a deck's slides have theirs, it has none."""

    file: str
    format: str
    shows: str
    n: int | None
    fingerprint: str
    link: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True, eq=False)
class Failed:
    """A file that could not be made, and why; a DiemNongError is a refusal, anything else a fault of ours."""

    file: str
    format: str
    error: Exception

    @property
    def refused(self) -> bool:
        """Whether somebody can do something about it."""
        return isinstance(self.error, DiemNongError)


def make(parts: tuple[Part, ...], folder: Path, told: Told) -> tuple[tuple[Made, ...], tuple[Failed, ...]]:
    """Make the parts in an empty folder. Raises OSError where the folder itself cannot be written."""
    made: list[Made] = []
    failed: list[Failed] = []
    for at, part in enumerate(parts):
        try:
            made.append(_make(part, folder, _within(told, at, len(parts))))
        except Exception as error:  # one file less is no reason for none: it is named, and the exit status says so
            if _is_of(folder, error):
                raise
            (folder / part.file).unlink(missing_ok=True)
            failed.append(Failed(part.file, part.key, error))
        told((at + 1) * STEPS, len(parts) * STEPS)
    return tuple(made), tuple(failed)


def _make(part: Part, folder: Path, told: Told) -> Made:
    path = folder / part.file
    with path.open("xb") as out:
        export(replace(part.order, told=told), part.key, out)
        out.flush()
        os.fsync(out.fileno())
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    reading = part.order.reading
    return Made(
        part.file,
        part.key,
        part.shows,
        None if part.slides else reading.answers.totals(reading.view.question, reading.scope)[0].recorded,
        _fingerprint(part),
        "" if part.slides else reading.view.to_query(),
        path.stat().st_size,
        digest,
    )


def _is_of(folder: Path, error: Exception) -> bool:
    """Whether nothing more can be written there: a disk that is full, say, and not a font that is missing."""
    if not isinstance(error, OSError) or error.errno is None:
        return False
    return error.filename is None or folder in Path(os.fsdecode(error.filename)).parents


def _fingerprint(part: Part) -> str:
    """That of its view; of a deck that of all its views."""
    if not part.slides:
        return fingerprint(part.order.reading)
    each = "|".join(fingerprint(slide.reading) for slide in part.slides)
    return hashlib.sha256(each.encode()).hexdigest()[:SHORT]


def _within(told: Told, at: int, of: int) -> Callable[[int, int], None]:
    """The progress of one file as progress of all."""
    return lambda done, parts: told(at * STEPS + (STEPS * done // parts if parts else 0), of * STEPS)
