"""Where an uploaded file waits on a page for a decision: the parts of the place, and what it shows by and by.

Knows no kind of file: what holds the files and what draws a trial come from the panel whose place it is.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dash import Dash, Input, Output, State, dcc, html, no_update
from dash.development.base_component import Component

from dashboard import ids
from dashboard.components.trial import wait
from dashboard.held_files import BUSY, AnyStaged, HeldFiles
from dashboard.reading import Reading, read
from geodata.answers.answers import Answers

POLL_MS = 400
Held = HeldFiles[Any, Any, Any, Any]
Draw = Callable[[Any, Reading], list[Component]]


@dataclass(frozen=True, slots=True)
class Place:
    """The ids of its parts. ``uploaded`` is the store with the file's token, ``shown`` what is drawn of it already."""

    uploaded: str
    shown: str
    poll: str
    status: str
    trial: str

    def parts(self) -> list[Component]:
        """The parts, empty, as they stand below the place where a file is dropped."""
        return [
            dcc.Store(id=self.uploaded, storage_type="session"),
            dcc.Store(id=self.shown),
            dcc.Interval(id=self.poll, interval=POLL_MS, disabled=True),
            html.P(id=self.status, role="status", className="hint"),
            html.Div(id=self.trial, className="trial"),
        ]

    def follow(self, app: Dash, answers: Answers, *, held: Callable[[], Held | None], draw: Draw) -> None:
        """Have the place follow the file it is told of, until that is tried, loaded or gone."""

        @app.callback(
            Output(self.status, "children"),
            Output(self.trial, "children"),
            Output(self.trial, "className"),
            Output(self.shown, "data"),
            Output(self.poll, "disabled"),
            Output(ids.HELD, "data", allow_duplicate=True),
            Input(self.uploaded, "data"),
            Input(self.poll, "n_intervals"),
            State(self.shown, "data"),
            State(ids.URL, "search"),
            prevent_initial_call="initial_duplicate",
        )
        def look(token: object, _ticks: object, shown: object, search: str | None) -> tuple[Any, ...]:
            return _look(token, shown, read(search, answers), held=held(), draw=draw)


def _look(token: object, shown: object, reading: Reading, *, held: Held | None, draw: Draw) -> tuple[Any, ...]:
    """Status, trial, its class, what is shown now, whether all is quiet, and the generation that came of it."""
    staged, before = _fresh(token, shown, held)
    words = reading.words
    if staged is None:
        gone = words("This file is not here any more: it was loaded, thrown away, or left for half an hour.")
        return gone if isinstance(token, str) and before else "", [], "trial", None, True, no_update
    if staged.phase in BUSY:
        waiting = wait(staged, time.monotonic() - staged.since, words)
        tried: Any = no_update if staged.trial is not None and before else []
        return waiting, tried, "trial busy", [staged.token, 0], False, no_update
    now = [staged.token, staged.version]
    if now == shown:
        return "", no_update, "trial", now, True, no_update
    generation = staged.result.generation if staged.phase == "stored" and staged.result else no_update
    return "", draw(staged, reading), "trial", now, True, generation


def _fresh(token: object, shown: object, held: Held | None) -> tuple[AnyStaged | None, bool]:
    """The staged file of a token, and whether this page showed it before.

    One that was loaded before this page was opened is done with, and so is one that another took the place of.
    """
    before = shown[0] if isinstance(shown, list) and shown else None
    if held is None:
        return None, False
    if isinstance(before, str) and before != token:
        held.discard(before)
    staged = held.of(token)
    if staged is None or staged.phase != "stored" or before == token:
        return staged, before == token
    held.discard(staged.token)
    return None, False
