"""The log of acts: lines that are only ever added, each tied to the one before. Knows files, not what an act means.

``<workspace>/audit/2026-11.jsonl`` holds a month (0600); ``head.json`` beside it says which entry is the last, so that
a cut end is noticed. An entry is on the disk, and the head too, before ``append`` returns. What a killed process left
half written stays where it is, and the next entry says so.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from dashboard.access.entry import FIRST_PREV, Act, Entry, parsed, written
from dashboard.access.turns import turn
from geodata.errors import DiemNongError
from geodata.warehouse.durable import sync

FOLDER: Final = "audit"
HEAD: Final = "head.json"
LOCK: Final = ".turn"
KEEP_MONTHS: Final = 24
FEWEST_MONTHS: Final = 13
BEGUN, MENDED, RETIRED, HEAD_LOST = "log_begun", "log_mended", "log_retired", "log_head_lost"
ITSELF: Final = "diemnong"  # who wrote what nobody asked for
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}\.jsonl")


class AuditError(DiemNongError):
    """The log cannot be written, so what was to be done is not done; or it cannot be read."""


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry: its number and hash, its file, and how long that file is with it."""

    seq: int
    hash: str
    file: str
    size: int


class AuditLog:
    """The log of one workspace. Any number of threads and processes may append at once.

    ``keep_months`` is the profile's ``[audit] keep_months``; less than 13 is refused with ValueError.
    """

    def __init__(
        self,
        workspace: Path,
        *,
        keep_months: int = KEEP_MONTHS,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        if keep_months < FEWEST_MONTHS:
            raise ValueError(f"a log of acts is kept for {FEWEST_MONTHS} months at least, not {keep_months}")
        self.folder = workspace / FOLDER
        self._keep_months = keep_months
        self._clock = clock

    def append(self, event: str, *, who: str, address: str, role: str = "", **facts: object) -> Entry:
        """Write an act down; it is on the disk when this returns. Raises AuditError: then the act must not be done."""
        act = Act(event, who, address, role, facts)
        try:
            self.folder.mkdir(mode=0o700, exist_ok=True)
            with turn(self.folder / LOCK):
                return self._append(act)
        except OSError as error:
            raise AuditError(
                "{file} cannot be written: {detail}. What is not in the log of acts is not done; make room on the "
                "disk, or ask for the right to write to the folder",
                file=self.folder,
                detail=error.strerror or str(error),
            ) from error

    def rows(
        self, *, since: datetime | None = None, event: str | None = None, who: str | None = None
    ) -> Iterator[Entry]:
        """The entries in their order; lines that are none are passed over, ``verify`` names them. Raises AuditError."""
        with self.reading() as (_head, files):
            for name, size in files:
                for line in lines(self.folder / name, size):
                    with suppress(ValueError):
                        entry = parsed(line.rstrip(b"\n"))
                        if since is not None and entry.time < since:
                            continue
                        if event in (None, entry.act.event) and who in (None, entry.act.who):
                            yield entry

    @contextmanager
    def reading(self) -> Iterator[tuple[Head | None, list[tuple[str, int]]]]:
        """The head, and the files with their lengths, at one moment. Raises AuditError."""
        try:
            if not self.folder.is_dir():
                yield None, []
                return
            if (self.folder / LOCK).exists():
                with turn(self.folder / LOCK, write=False):
                    held = self._head(), [(name, (self.folder / name).stat().st_size) for name in self._files()]
            else:  # a copy that nobody writes to
                held = self._head(), [(name, (self.folder / name).stat().st_size) for name in self._files()]
            yield held
        except OSError as error:
            raise AuditError(
                "{file} cannot be read: {detail}", file=self.folder, detail=error.strerror or str(error)
            ) from error

    def _append(self, act: Act) -> Entry:
        """The act behind whatever has to be said first: a beginning, a lost head, a torn end, months that go."""
        now, files, known = self._clock(), self._files(), self._head()
        writing = _Writing(self.folder, *self._caught_up(files, known), newest=files[-1] if files else "", now=now)
        try:
            if not files and known is None:
                self._keep(writing.head)  # before the first line, so that a log without a head has lost it
                writing.add(BEGUN)
            if writing.torn:
                writing.mend()
            if files and known is None:
                writing.add(HEAD_LOST, known=writing.head.seq)
            gone = self._due(files, now)
            for name in gone:
                writing.add(RETIRED, file=name, **_span(self.folder / name))
            entry = writing.write(act)
            self._keep(writing.head)
        except BaseException:
            writing.take_back()
            raise
        for name in gone:  # said on the disk before it is done
            with suppress(OSError):
                (self.folder / name).unlink(missing_ok=True)
        return entry

    def _caught_up(self, files: list[str], known: Head | None) -> tuple[Head, bytes]:
        """The last entry, with those behind the head that a killed process had not told it of, and what is torn."""
        head, torn = known or Head(0, FIRST_PREV, "", 0), b""
        for name in files:
            if name < head.file:
                continue
            begin = head.size if name == head.file else 0
            with (self.folder / name).open("rb") as file:
                file.seek(begin)
                behind = file.read()
            for line in behind.splitlines(keepends=True):
                entry = _next(line, None if known is None else head)
                torn = b"" if entry else torn + line
                begin += len(line)
                if entry:
                    head = Head(entry.seq, entry.hash, name, begin)
        return head, torn

    def _due(self, files: list[str], now: datetime) -> list[str]:
        """The months to be thrown away where a new month begins. A clock gone wild throws nothing away."""
        if not files or _month(now) <= files[-1]:
            return []
        first_kept = _months_before(files[-1], self._keep_months - 1)
        return [name for name in files if name < first_kept]

    def _files(self) -> list[str]:
        return sorted(path.name for path in self.folder.iterdir() if _MONTH.fullmatch(path.name))

    def _head(self) -> Head | None:
        try:
            return Head(**json.loads((self.folder / HEAD).read_bytes()))
        except (FileNotFoundError, ValueError, TypeError):
            return None

    def _keep(self, head: Head) -> None:
        beside = self.folder / f"{HEAD}.tmp"
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(json.dumps(asdict(head)).encode())
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self.folder / HEAD)


class _Writing:
    """One turn at the end of the log: what it adds, and how to take it back while nobody was told of it."""

    def __init__(self, folder: Path, head: Head, torn: bytes, *, newest: str, now: datetime) -> None:
        self.head, self.torn = head, torn
        self._folder, self._now = folder, now
        self._name = max(_month(now), newest)  # a clock put back writes on in the newest file
        self._before: int | None = None  # how long its file was

    def add(self, event: str, **facts: object) -> Entry:
        """Add what the log itself has to say."""
        return self.write(Act(event, ITSELF, "", "", facts))

    def mend(self) -> None:
        """Leave the torn bytes as they stand and say which they are."""
        said = self.torn.decode("ascii", "backslashreplace")
        self.add(MENDED, bytes=len(self.torn), sha256=hashlib.sha256(self.torn).hexdigest(), text=said)

    def write(self, act: Act) -> Entry:
        """Put one entry behind the last one and through to the disk. Raises OSError."""
        entry, line = written(act, seq=self.head.seq + 1, time=self._now, prev=self.head.hash)
        path = self._folder / self._name
        is_new = not path.exists()
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(handle, "r+b", buffering=0) as file:
            size = file.seek(0, os.SEEK_END)
            self._before = size if self._before is None else self._before
            file.seek(max(size - 1, 0))
            if size and file.read(1) != b"\n":
                line = b"\n" + line
            _write_all(file.fileno(), line)
            os.fsync(file.fileno())
        if is_new:
            sync(self._folder)
        self.head = Head(entry.seq, entry.hash, self._name, size + len(line))
        return entry

    def take_back(self) -> None:
        """Cut off what this turn wrote: nobody was told that it stands."""
        if self._before is not None:
            with suppress(OSError):
                os.truncate(self._folder / self._name, self._before)


def lines(path: Path, size: int) -> Iterator[bytes]:
    """The lines of the first ``size`` bytes, each with its newline where it has one."""
    with path.open("rb") as file:
        while size > 0 and (line := file.readline(size)):
            size -= len(line)
            yield line


def _next(line: bytes, head: Head | None) -> Entry | None:
    """The entry of a whole line that follows the head; of any, where there is no head."""
    if not line.endswith(b"\n"):
        return None
    try:
        entry = parsed(line[:-1])
    except ValueError:
        return None
    return entry if head is None or (entry.seq, entry.prev) == (head.seq + 1, head.hash) else None


def _span(path: Path) -> dict[str, object]:
    """What a month held: the numbers of its entries, the hash the next one follows, and that of the file."""
    held = []
    for line in lines(path, path.stat().st_size):
        with suppress(ValueError):
            held.append(parsed(line.rstrip(b"\n")))
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    if not held:
        return {"sha256": sha256}
    return {"first": held[0].seq, "last": held[-1].seq, "last_hash": held[-1].hash, "sha256": sha256}


def _month(day: datetime) -> str:
    return f"{day.astimezone(UTC):%Y-%m}.jsonl"


def _months_before(name: str, months: int) -> str:
    at = int(name[:4]) * 12 + int(name[5:7]) - 1 - months
    return f"{at // 12:04d}-{at % 12 + 1:02d}.jsonl"


def _write_all(handle: int, content: bytes) -> None:
    left = memoryview(content)
    while left:
        left = left[os.write(handle, left) :]
