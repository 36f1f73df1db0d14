"""Uploaded files on their way into the store: taken in, tried, loaded or thrown away. Knows no screen and no format.

A file lies in a folder of its own below the workspace, readable by its owner only, and for as long as somebody decides
about it: it is deleted when it is loaded, thrown away, refused for what no decision can mend, or left alone for half an
hour, and when the program ends; what a run that was killed left behind is deleted at the next start.
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
from threading import Lock, Timer
from typing import IO, Any, Final, Literal, Protocol, runtime_checkable
from weakref import finalize

from dashboard.arrivals import UploadError, safe_name, write_down
from dashboard.words import N_
from geodata.errors import DiemNongError, PeopleRefusedError
from geodata.ingest.preview import Preview
from geodata.ingest.raw import RawTable
from geodata.ingest.recipe import EMPTY, Recipe
from geodata.warehouse.incoming import FileResult

MOST: Final = 8  # files waiting for a decision
PATIENCE_S: Final = 1800.0
FOLDER: Final = "incoming"
FAULT: Final = N_("Something went wrong on our side, and the file was thrown away. Send it once more")
LOG = logging.getLogger("diemnong")

Phase = Literal["reading", "tried", "refused", "storing", "stored", "failed"]
BUSY: Final[tuple[Phase, ...]] = ("reading", "storing")
DONE: Final[tuple[Phase, ...]] = ("stored", "failed")  # nothing of the file is kept any more


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
        shutil.rmtree(workspace / FOLDER, ignore_errors=True)
        self._folder = workspace / FOLDER / secrets.token_hex(4)
        finalize(self, shutil.rmtree, self._folder, ignore_errors=True)  # when the program ends, too
        self._loader = loader
        self._patience_s = patience_s
        self._lock = Lock()
        self._arriving = 0
        self._staged: dict[str, Staged] = {}
        self._tables: dict[str, tuple[RawTable, ...]] = {}
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="staging")
        self._timer: Timer | None = None

    def take(self, name: str, stream: IO[bytes], *, length: int | None = None) -> str:
        """Keep an uploaded file and begin to try it; returns its token. ``length`` is what was announced.

        Raises UploadError, with nothing of the file kept.
        """
        self.tidy()
        with self._lock:
            waiting = sum(each.phase not in DONE for each in self._staged.values())
            if waiting + self._arriving >= MOST:
                raise UploadError(
                    "{most} uploaded files wait for a decision already. Load or throw away one of them first", most=MOST
                )
            self._arriving += 1
        token, shown = secrets.token_urlsafe(18), safe_name(name)
        place = self._folder / token
        try:
            place.mkdir(parents=True, mode=0o700)
            size = write_down(stream, place / shown, length=length)
        except BaseException:
            shutil.rmtree(place, ignore_errors=True)
            raise
        finally:
            with self._lock:
                self._arriving -= 1
        staged = Staged(token, shown, size, "reading", time.monotonic())
        with self._lock:
            self._staged[token] = staged
        self._begin(staged, self._open)
        return token

    def of(self, token: object) -> Staged | None:
        """The file of a token, None where there is none (any more)."""
        with self._lock:
            return self._staged.get(token) if isinstance(token, str) else None

    def try_again(self, token: str, recipe: Recipe) -> None:
        """Read the same file another way; the answer comes with a later :meth:`of`. The last wish counts."""
        with self._lock:
            staged = self._staged.get(token)
            if staged is None or token not in self._tables or staged.phase not in ("tried", "refused", "reading"):
                return
            staged = self._changed(staged, phase="reading", recipe=recipe)
        self._begin(staged, self._try)

    def load(self, token: str) -> None:
        """Load the file as it was tried last."""
        with self._lock:
            staged = self._staged.get(token)
            if staged is None or token not in self._tables or staged.phase != "tried":
                return
            staged = self._changed(staged, phase="storing")
        self._begin(staged, self._load)

    def discard(self, token: str) -> None:
        """Throw the file away; one that is being loaded stays until that is done."""
        with self._lock:
            staged = self._staged.get(token)
            if staged is None or staged.phase == "storing":
                return
            del self._staged[token]
        self._delete(token)

    def tidy(self) -> None:
        """Throw away what was left alone for too long."""
        now = time.monotonic()
        with self._lock:
            idle = [each for each in self._staged.values() if each.phase not in BUSY]
        for staged in idle:
            if now - staged.since >= self._patience_s:
                self.discard(staged.token)

    def close(self) -> None:
        """Finish what is being loaded and delete the rest."""
        self._worker.shutdown(wait=True, cancel_futures=True)
        if self._timer is not None:
            self._timer.cancel()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _open(self, staged: Staged) -> Staged:
        tables = tuple(self._loader.open(self._path(staged)))
        with self._lock:
            self._tables[staged.token] = tables
        return self._try(staged)

    def _try(self, staged: Staged) -> Staged:
        path, tables = self._path(staged), self._tables[staged.token]
        preview = self._loader.preview(path, tables, staged.recipe)
        if isinstance(preview.refused, PeopleRefusedError):
            raise preview.refused
        result = self._loader.ingest(path, mapping=staged.recipe, dry_run=True, tables=tables)
        return replace(staged, phase="refused" if result.status == "refused" else "tried", trial=Trial(preview, result))

    def _load(self, staged: Staged) -> Staged:
        path, tables = self._path(staged), self._tables[staged.token]
        result = self._loader.ingest(path, mapping=staged.recipe, tables=tables)
        if result.status == "refused" and staged.trial is not None:
            return replace(staged, phase="refused", trial=replace(staged.trial, result=result))
        self._delete(staged.token)
        return replace(staged, phase="stored", result=result)

    def _begin(self, staged: Staged, work: Callable[[Staged], Staged]) -> None:
        self._worker.submit(self._guarded, staged, work)

    def _guarded(self, staged: Staged, work: Callable[[Staged], Staged]) -> None:
        """Do the work and keep what came of it; whatever goes wrong is told, never lost in a thread."""
        token = staged.token
        if self.of(token) is not staged:
            return  # thrown away, or wished otherwise by now
        try:
            after = work(staged)
        except DiemNongError as error:
            after = self._refused(staged, error)
        except Exception:
            if self.of(token) is None:  # thrown away while it was read
                self._delete(token)
                return
            LOG.exception("an uploaded file could not be handled")
            self._delete(token)
            after = replace(staged, phase="failed", trial=None, error=UploadError(FAULT))
        with self._lock:
            held = self._staged.get(token)
            if held is not None and (held is staged or after.phase in DONE):
                self._changed(held, phase=after.phase, trial=after.trial, result=after.result, error=after.error)
        if held is None:
            self._delete(token)
        self._tidy_later()

    def _refused(self, staged: Staged, error: DiemNongError) -> Staged:
        """A file nobody can decide about goes at once; else what was tried before stands, and so does the file."""
        if staged.trial is None or isinstance(error, PeopleRefusedError):
            self._delete(staged.token)
            return replace(staged, phase="failed", trial=None, error=error)
        return replace(staged, phase="tried" if staged.phase == "storing" else "refused", error=error)

    def _changed(self, staged: Staged, **what: Any) -> Staged:  # noqa: ANN401 - fields of Staged
        """Put a changed version in its place. Called under the lock."""
        after = replace(staged, **{"error": None, **what}, since=time.monotonic(), version=staged.version + 1)
        self._staged[staged.token] = after
        return after

    def _tidy_later(self) -> None:
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
            self._timer = Timer(self._patience_s + 1, self.tidy)
            self._timer.daemon = True
            self._timer.start()

    def _path(self, staged: Staged) -> Path:
        return self._folder / staged.token / staged.name

    def _delete(self, token: str) -> None:
        with self._lock:
            self._tables.pop(token, None)
        shutil.rmtree(self._folder / token, ignore_errors=True)
