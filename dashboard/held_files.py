"""Files from a browser that wait for a decision: taken in, tried, loaded or thrown away. Knows no screen, no format.

A file lies in a folder of its own below the workspace, readable by its owner only, and for as long as somebody decides
about it: it is deleted when it is loaded, thrown away, refused for what no decision can mend, or left alone for half an
hour, and when the program ends; what a run that was killed left behind is deleted at the next start.
"""

from __future__ import annotations

import logging
import secrets
import shutil
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock, Timer
from typing import IO, Any, Final, Generic, Literal, TypeVar
from weakref import finalize

from dashboard.arrivals import UploadError, safe_name, write_down
from dashboard.recording import Recorder
from dashboard.words import N_
from geodata.errors import DiemNongError

MOST: Final = 8  # files waiting for a decision
PATIENCE_S: Final = 1800.0
FAULT: Final = N_("Something went wrong on our side, and the file was thrown away. Send it once more")
LOG = logging.getLogger("diemnong")
Phase = Literal["reading", "tried", "refused", "storing", "stored", "failed"]
BUSY: Final[tuple[Phase, ...]] = ("reading", "storing")
DONE: Final[tuple[Phase, ...]] = ("stored", "failed")  # nothing of the file is kept any more
Wish = TypeVar("Wish")  # how a person wants the file to be read
Opened = TypeVar("Opened")  # what the file holds, read once
Tried = TypeVar("Tried")  # what loading it would do
Result = TypeVar("Result")  # what loading it did


@dataclass(frozen=True, slots=True)
class Staged(Generic[Wish, Tried, Result]):
    """One uploaded file as it stands now. ``version`` counts its changes, so that a screen draws each of them once."""

    token: str
    name: str
    size: int
    phase: Phase
    since: float  # time.monotonic() when the phase began
    recipe: Wish
    trial: Tried | None = None
    result: Result | None = None
    error: DiemNongError | None = None
    version: int = 0


AnyStaged = Staged[Any, Any, Any]
Work = Callable[[Staged[Wish, Tried, Result]], Staged[Wish, Tried, Result]]


class HeldFiles(ABC, Generic[Wish, Opened, Tried, Result]):
    """The files below one folder. Safe in many threads; files are read one after the other."""

    def __init__(self, folder: Path, wish: Wish, *, patience_s: float = PATIENCE_S) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        self._folder = folder / secrets.token_hex(4)
        finalize(self, shutil.rmtree, self._folder, ignore_errors=True)  # when the program ends, too
        self._wish = wish  # of a file nobody has said anything about
        self._patience_s = patience_s
        self._lock = Lock()
        self._arriving = 0
        self._staged: dict[str, Staged[Wish, Tried, Result]] = {}
        self._opened: dict[str, Opened] = {}
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
        staged: Staged[Wish, Tried, Result] = Staged(token, shown, size, "reading", time.monotonic(), self._wish)
        with self._lock:
            self._staged[token] = staged
        self._begin(staged, self._first)
        return token

    def of(self, token: object) -> Staged[Wish, Tried, Result] | None:
        """The file of a token, None where there is none (any more)."""
        with self._lock:
            return self._staged.get(token) if isinstance(token, str) else None

    def try_again(self, token: str, recipe: Wish) -> None:
        """Read the same file another way; the answer comes with a later :meth:`of`. The last wish counts."""
        with self._lock:
            staged = self._staged.get(token)
            if staged is None or token not in self._opened or staged.phase not in ("tried", "refused", "reading"):
                return
            staged = self._changed(staged, phase="reading", recipe=recipe)
        self._begin(staged, self._again)

    def load(self, token: str, recipe: Wish | None = None, *, by: Recorder) -> None:
        """Load the file as it was tried last; a ``recipe`` may name what trying does not depend on.

        ``by`` is who pressed: in the thread that loads nobody asks any more.
        """
        with self._lock:
            staged = self._staged.get(token)
            if staged is None or token not in self._opened or staged.phase != "tried":
                return
            staged = self._changed(staged, phase="storing", recipe=staged.recipe if recipe is None else recipe)
        self._begin(staged, lambda waiting: self._last(waiting, by))

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

    @abstractmethod
    def _open(self, path: Path) -> Opened:
        """Read the file."""

    @abstractmethod
    def _try(self, path: Path, opened: Opened, recipe: Wish) -> tuple[Tried, bool]:
        """What loading it would do, and whether it could be loaded so. Raises what :meth:`_is_over` judges."""

    @abstractmethod
    def _load(self, path: Path, opened: Opened, staged: Staged[Wish, Tried, Result]) -> tuple[Result, Tried | None]:
        """Load it: what came of it; where it was refused after all, the trial that says so."""

    @abstractmethod
    def _act(self, staged: Staged[Wish, Tried, Result]) -> tuple[str, dict[str, object]]:
        """What the log of acts calls loading it, and what it says before."""

    @abstractmethod
    def _outcome(self, result: Result) -> dict[str, object]:
        """What the log of acts says of what came of it."""

    def _is_over(self, error: DiemNongError) -> bool:
        """Whether nothing anybody decides could have a file loaded that was refused so."""
        return False

    def _first(self, staged: Staged[Wish, Tried, Result]) -> Staged[Wish, Tried, Result]:
        opened = self._open(self._path(staged))
        with self._lock:
            self._opened[staged.token] = opened
        return self._again(staged)

    def _again(self, staged: Staged[Wish, Tried, Result]) -> Staged[Wish, Tried, Result]:
        trial, good = self._try(self._path(staged), self._opened[staged.token], staged.recipe)
        return replace(staged, phase="tried" if good else "refused", trial=trial)

    def _last(self, staged: Staged[Wish, Tried, Result], by: Recorder) -> Staged[Wish, Tried, Result]:
        event, what = self._act(staged)
        with by.announced(event, **what) as done:
            result, refused = self._load(self._path(staged), self._opened[staged.token], staged)
            done(**self._outcome(result))
        if refused is not None:
            return replace(staged, phase="refused", trial=refused)
        self._delete(staged.token)
        return replace(staged, phase="stored", result=result)

    def _begin(self, staged: Staged[Wish, Tried, Result], work: Work[Wish, Tried, Result]) -> None:
        self._worker.submit(self._guarded, staged, work)

    def _guarded(self, staged: Staged[Wish, Tried, Result], work: Work[Wish, Tried, Result]) -> None:
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

    def _refused(self, staged: Staged[Wish, Tried, Result], error: DiemNongError) -> Staged[Wish, Tried, Result]:
        """A file nobody can decide about goes at once; else what was tried before stands, and so does the file."""
        if staged.trial is None or self._is_over(error):
            self._delete(staged.token)
            return replace(staged, phase="failed", trial=None, error=error)
        return replace(staged, phase="tried" if staged.phase == "storing" else "refused", error=error)

    def _changed(self, staged: Staged[Wish, Tried, Result], **what: Any) -> Staged[Wish, Tried, Result]:  # noqa: ANN401 - fields of Staged
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

    def _path(self, staged: Staged[Wish, Tried, Result]) -> Path:
        return self._folder / staged.token / staged.name

    def _delete(self, token: str) -> None:
        with self._lock:
            self._opened.pop(token, None)
        shutil.rmtree(self._folder / token, ignore_errors=True)
