"""Uploaded files on their way into the store: taken in, tried, loaded or thrown away. Knows no screen and no format.

A file lies in a folder of its own below the workspace, readable by its owner only, and for as long as somebody decides
about it: it is deleted when it is loaded, thrown away, cannot be opened at all, is left alone for half an hour, and
whatever an earlier run left behind is deleted at the start.
"""

from __future__ import annotations

import logging
import secrets
import shutil
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import IO, Final, Literal, Protocol, runtime_checkable

from dashboard.words import N_
from geodata.errors import DiemNongError
from geodata.ingest.preview import Preview
from geodata.ingest.raw import RawTable
from geodata.ingest.recipe import EMPTY, Recipe
from geodata.warehouse.incoming import FileResult

LARGEST: Final = 50 << 20
MOST: Final = 8  # files waiting for a decision
PATIENCE_S: Final = 1800.0
FOLDER: Final = "incoming"
FAULT: Final = N_("Something went wrong on our side, and the file was thrown away. Send it once more")
LOG = logging.getLogger("diemnong")
_CHUNK: Final = 1 << 20
_LONGEST_NAME: Final = 120

Phase = Literal["reading", "tried", "refused", "storing", "stored", "failed"]


class UploadError(DiemNongError):
    """A file that is not taken in: too large, cut off, or too many wait already."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A file tried: its columns and first rows, and what loading it would do (a refusal included)."""

    preview: Preview
    result: FileResult


@runtime_checkable
class Loader(Protocol):
    """Whoever can try and load a file: the warehouse."""

    def open(self, path: Path) -> tuple[RawTable, ...]:
        """The file's raw tables."""

    def preview(self, path: Path, tables: tuple[RawTable, ...], recipe: Recipe) -> Preview:
        """Columns and first rows as they would be read."""

    def ingest(
        self, path: Path, *, mapping: Recipe, dry_run: bool = False, tables: tuple[RawTable, ...] | None = None
    ) -> FileResult:
        """Load the file; of one that is open already, its tables."""


@dataclass(frozen=True, slots=True)
class Staged:
    """One uploaded file as it stands now. ``version`` counts its changes, so that a screen draws each of them once."""

    token: str
    name: str
    size: int
    phase: Phase
    since: float  # time.monotonic() when the phase began
    recipe: Recipe = EMPTY
    trial: Trial | None = None
    result: FileResult | None = None
    error: DiemNongError | None = None
    version: int = 0


class Staging:
    """The uploaded files of one workspace. Safe in many threads; files are read one after the other."""

    def __init__(self, workspace: Path, loader: Loader, *, patience_s: float = PATIENCE_S) -> None:
        self._folder = workspace / FOLDER
        self._loader = loader
        self._patience_s = patience_s
        self._lock = Lock()
        self._staged: dict[str, Staged] = {}
        self._tables: dict[str, tuple[RawTable, ...]] = {}
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="staging")
        shutil.rmtree(self._folder, ignore_errors=True)

    def take(self, name: str, stream: IO[bytes]) -> str:
        """Keep an uploaded file and begin to try it; returns its token. Raises UploadError."""
        self._tidy()
        if len(self._staged) >= MOST:
            raise UploadError(
                "{most} uploaded files wait for a decision already. Load or throw away one of them first", most=MOST
            )
        token, shown = secrets.token_urlsafe(18), safe_name(name)
        place = self._folder / token
        place.mkdir(parents=True, mode=0o700)
        try:
            size = _copy(stream, place / shown)
        except BaseException:
            shutil.rmtree(place, ignore_errors=True)
            raise
        with self._lock:
            self._staged[token] = Staged(token, shown, size, "reading", time.monotonic())
        self._worker.submit(self._guarded, token, self._open)
        return token

    def of(self, token: object) -> Staged | None:
        """The file of a token, None where there is none (any more)."""
        with self._lock:
            return self._staged.get(token) if isinstance(token, str) else None

    def try_again(self, token: str, recipe: Recipe) -> None:
        """Read the same file another way; the answer comes with a later :meth:`of`."""
        if self._move(token, ("tried", "refused"), "reading", recipe=recipe):
            self._worker.submit(self._guarded, token, self._try)

    def load(self, token: str) -> None:
        """Load the file as it was tried last."""
        if self._move(token, ("tried",), "storing"):
            self._worker.submit(self._guarded, token, self._load)

    def discard(self, token: str) -> None:
        """Throw the file away; one that is being loaded stays until that is done."""
        with self._lock:
            staged = self._staged.get(token)
            if staged is None or staged.phase == "storing":
                return
            del self._staged[token]
            self._tables.pop(token, None)
        self._delete(token)

    def close(self) -> None:
        """Finish what is being loaded and delete the rest."""
        self._worker.shutdown(wait=True, cancel_futures=True)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _open(self, staged: Staged) -> Staged:
        try:
            tables = self._loader.open(self._path(staged))
        except DiemNongError:
            self._delete(staged.token)  # nothing a person could decide: no copy of it stays
            raise
        with self._lock:
            self._tables[staged.token] = tables
        return self._try(staged)

    def _try(self, staged: Staged) -> Staged:
        path, tables = self._path(staged), self._tables[staged.token]
        preview = self._loader.preview(path, tables, staged.recipe)
        result = self._loader.ingest(path, mapping=staged.recipe, dry_run=True, tables=tables)
        phase: Phase = "refused" if result.status == "refused" else "tried"
        return replace(staged, phase=phase, trial=Trial(preview, result))

    def _load(self, staged: Staged) -> Staged:
        path, tables = self._path(staged), self._tables[staged.token]
        result = self._loader.ingest(path, mapping=staged.recipe, tables=tables)
        if result.status == "refused":
            return replace(staged, phase="refused", result=result)
        self._delete(staged.token)
        with self._lock:
            self._tables.pop(staged.token, None)
        return replace(staged, phase="stored", result=result)

    def _guarded(self, token: str, work: Callable[[Staged], Staged]) -> None:
        """Do the work and keep what came of it; whatever goes wrong is told, never lost in a thread."""
        staged = self.of(token)
        if staged is None:
            return
        try:
            after = work(staged)
        except DiemNongError as error:
            after = replace(staged, phase="refused", error=error)
        except Exception:
            LOG.exception("an uploaded file could not be handled")
            self._delete(token)
            after = replace(staged, phase="failed", error=UploadError(FAULT))
        with self._lock:
            if token in self._staged:
                self._staged[token] = replace(after, since=time.monotonic(), version=staged.version + 1)
                return
        self._delete(token)

    def _move(self, token: str, before: tuple[Phase, ...], after: Phase, *, recipe: Recipe | None = None) -> bool:
        with self._lock:
            staged = self._staged.get(token)
            if staged is None or staged.phase not in before or (recipe is not None and token not in self._tables):
                return False
            wanted = staged.recipe if recipe is None else recipe
            version = staged.version + 1
            self._staged[token] = replace(
                staged, phase=after, recipe=wanted, since=time.monotonic(), version=version, error=None
            )
            return True

    def _tidy(self) -> None:
        now = time.monotonic()
        with self._lock:
            idle = [each for each in self._staged.values() if each.phase not in ("reading", "storing")]
        for staged in idle:
            if now - staged.since > self._patience_s:
                self.discard(staged.token)

    def _path(self, staged: Staged) -> Path:
        return self._folder / staged.token / staged.name

    def _delete(self, token: str) -> None:
        shutil.rmtree(self._folder / token, ignore_errors=True)


def safe_name(name: str) -> str:
    """A file name without folders, control characters and excess length, its suffix kept."""
    last = name.replace("\\", "/").rpartition("/")[2]
    visible = "".join(letter for letter in last if letter.isprintable() and letter not in '<>:"|?*').strip(" .")
    while len(visible.encode()) > _LONGEST_NAME:
        stem, dot, suffix = visible.rpartition(".")
        visible = f"{stem[:-1]}{dot}{suffix}" if stem and len(suffix) < 10 else visible[:-1]
    return visible or "upload"


def _copy(stream: IO[bytes], to: Path) -> int:
    size = 0
    with to.open("xb") as file:
        to.chmod(0o600)
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > LARGEST:
                raise UploadError(
                    "the file is larger than {limit} MB. Split it by year, or load it with: diemnong ingest FILE",
                    limit=LARGEST >> 20,
                )
            file.write(chunk)
    return size
