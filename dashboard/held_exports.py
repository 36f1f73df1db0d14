"""Exports under way and those that wait to be fetched: begun, told how far they are, called off, thrown away.

A file lies in a folder of its own for a quarter of an hour and goes with the program. Knows no route and no screen.
"""

from __future__ import annotations

import logging
import secrets
import shutil
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Condition, Semaphore, Thread, Timer
from typing import BinaryIO, Final, Literal
from weakref import finalize

from dashboard.exports import Format, Kind, Order, all_formats, export, extract_of
from dashboard.file_name import file_name
from dashboard.taken import export_facts
from geodata.errors import N_, DiemNongError
from geodata.question import EVERYTHING, Scope

AT_ONCE: Final[dict[Kind, int]] = {"picture": 2, "table": 2, "document": 2}  # a picture waits for no atlas
MOST: Final = 12  # exports under way or waiting for their turn
MOST_EACH: Final = 3  # of one account: nobody keeps the others from theirs
PATIENCE_S: Final = 900.0
Write = Callable[..., None]  # the facts of an export, into the log of acts; raises DiemNongError where it cannot be
FAULT: Final = N_("Something went wrong on our side, and there is no file. The details are in the program's log")
LOG = logging.getLogger("diemnong")
Phase = Literal["waiting", "writing", "ready", "failed", "cancelled"]
OVER: Final[tuple[Phase, ...]] = ("ready", "failed", "cancelled")


class ExportError(DiemNongError):
    """An export that came to nothing."""


class BusyError(ExportError):
    """An export that cannot be begun now."""


class _CalledOffError(Exception):
    """Nobody wants the export any more."""


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """One export as it stands now: ``done`` of ``of`` parts (0 of 0 while nobody can tell)."""

    token: str
    form: Format
    name: str  # of the file, as it is saved
    phase: Phase = "waiting"
    done: int = 0
    of: int = 0
    error: DiemNongError | None = None
    since: float = 0.0  # time.monotonic() of the last change
    owner: str = ""  # the account it is for
    scope: Scope = EVERYTHING  # what was seen when it was made


class HeldExports:
    """The exports of one server. Safe in many threads; each export has one of its own."""

    def __init__(self, *, patience_s: float = PATIENCE_S) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="diemnong-exports-"))
        finalize(self, shutil.rmtree, self._folder, ignore_errors=True)  # when the program ends, too
        self._patience_s = patience_s
        self._held: dict[str, Held] = {}
        self._changed = Condition()
        self._turns = {kind: Semaphore(n) for kind, n in AT_ONCE.items()}

    def begin(self, order: Order, key: str, *, write_down: Write, owner: str = "") -> str:
        """Begin to write the order in the format of that key; returns the token. Raises BusyError.

        ``write_down`` is told of the whole file before anybody can fetch it; where that fails there is none.
        """
        self._tidy()
        form = all_formats()[key]
        token = secrets.token_urlsafe(18)
        held = Held(
            token,
            form,
            file_name(order.reading, form.suffix, now=order.now),
            since=time.monotonic(),
            owner=owner,
            scope=order.reading.scope,
        )
        with self._changed:
            mine = sum(each.owner == owner and each.phase not in OVER for each in self._held.values())
            if owner and mine >= MOST_EACH:
                raise BusyError("{most} of your exports are under way; wait until one of them is done", most=MOST_EACH)
            if self.under_way() >= MOST:
                raise BusyError("{most} exports are under way already; wait until one of them is done", most=MOST)
            self._held[token] = held
        Thread(target=self._write, args=(token, order, write_down), name=f"export-{key}", daemon=True).start()
        return token

    def under_way(self) -> int:
        """How many are being written or wait for their turn."""
        return sum(each.phase not in OVER for each in tuple(self._held.values()))

    def of(self, token: str) -> Held | None:
        """The export as it stands; None where there is none (any more)."""
        with self._changed:
            return self._held.get(token)

    def wait(self, token: str) -> Held | None:
        """The export once it is over."""
        with self._changed:
            self._changed.wait_for(lambda: (held := self._held.get(token)) is None or held.phase in OVER)
            return self._held.get(token)

    def file(self, token: str) -> Path:
        """Where the file of a ready export lies."""
        return self._folder / token

    def cancel(self, token: str) -> None:
        """Call an export off: what is being written is given up at its next part, what is ready thrown away."""
        held = self._change(token, phase="cancelled")
        if held is not None:
            self._delete(token)

    def forget(self, token: str) -> None:
        """Throw everything of an export away."""
        self.cancel(token)
        with self._changed:
            self._held.pop(token, None)
            self._changed.notify_all()

    def _write(self, token: str, order: Order, write_down: Write) -> None:
        """The work of an export's thread: whatever goes wrong is told, never lost in it."""
        held = self.of(token)
        if held is None:
            return
        with self._turns[held.form.kind]:
            try:
                self._step(token, phase="writing")
                order = replace(order, told=lambda done, of: self._step(token, done=done, of=of))
                with self.file(token).open("x+b") as out:
                    export(order, held.form.key, out)
                    self._step(token)
                    write_down(**_facts(order, held, out))
                self._step(token, phase="ready")
            except _CalledOffError:
                self._delete(token)
            except DiemNongError as error:
                self._fail(token, error)
            except Exception:
                LOG.exception("an export could not be written")
                self._fail(token, ExportError(FAULT))
        self._tidy_later()

    def _step(self, token: str, **what: object) -> None:
        """Go on. Raises where the export was called off meanwhile."""
        if self._change(token, **what) is None:
            raise _CalledOffError

    def _fail(self, token: str, error: DiemNongError) -> None:
        self._delete(token)
        self._change(token, phase="failed", error=error)

    def _change(self, token: str, **what: object) -> Held | None:
        """Put a changed one in its place; None where it is called off or forgotten."""
        with self._changed:
            held = self._held.get(token)
            if held is None or held.phase == "cancelled":
                return None
            self._held[token] = replace(held, since=time.monotonic(), **what)  # type: ignore[arg-type]  # fields of Held
            self._changed.notify_all()
            return self._held[token]

    def _delete(self, token: str) -> None:
        with suppress(OSError):  # Windows keeps a file that is still being sent; it goes with the folder
            self.file(token).unlink()

    def _tidy_later(self) -> None:
        timer = Timer(self._patience_s + 1, self._tidy)
        timer.daemon = True
        timer.start()

    def _tidy(self) -> None:
        """Throw away what nobody fetched."""
        oldest = time.monotonic() - self._patience_s
        with self._changed:
            left = [each.token for each in self._held.values() if each.phase in OVER and each.since < oldest]
        for token in left:
            self.forget(token)


def _facts(order: Order, held: Held, out: BinaryIO) -> dict[str, object]:
    """What is told of an export that is whole: the file, and what it was asked for beside the view."""
    rows = None
    if held.form.kind == "table":
        rows = extract_of(order).table.rows
    facts = export_facts(order.reading, out, file=held.name, fmt=held.form.key, rows=rows)
    own = {
        "of": order.rows if rows is not None else "",
        "by": list(order.by),
        "year": order.year,
        "slides": [] if order.script is None else [each.query for each in order.script.slides],
    }
    return facts | {name: value for name, value in own.items() if value}
