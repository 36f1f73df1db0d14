"""Whoever keeps a server's files and register: what can be done about them from a page. Does none of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Protocol, cast, runtime_checkable
from uuid import uuid4

import flask
from dash import set_props

from dashboard import ids
from geodata.follow_up import Spot
from geodata.notebook import Entry, Kind, Notebook
from geodata.tables import OutstandingRow, UnknownWording
from geodata.vocabulary import Step
from geodata.warehouse.recipes import RememberedRecipe
from geodata.warehouse.snapshot import DepartedFile
from geodata.warehouse.undoing import Undone

_EXTENSION = "diemnong.keeper"


@runtime_checkable
class Keeper(Protocol):
    """The warehouse, as far as pages act on it."""

    def undo(self, file: int) -> Undone:
        """Take a loaded file out."""

    def settle(self, wording: str, category: str) -> int:
        """Let a wording mean a category; how many rows count now that did not."""

    def forget(self, source: str) -> RememberedRecipe:
        """Read files with the headers of this source no longer as they were read."""

    def follow_up(self, spot: Spot, step: Step, *, since: date, measure: str = "") -> None:
        """Write down a step taken at a lasting hot spot."""

    def notebook(self, owner: str = "") -> Notebook:
        """What people keep: views, notes, marks, meetings, scripts, their own area."""

    def keep(self, *entries: Entry, owner: str = "") -> None:
        """Write entries down."""

    def strike(self, kind: Kind, key: str, owner: str = "") -> bool:
        """Take an entry out; whether there was one."""

    def departed(self) -> tuple[DepartedFile, ...]:
        """The files that were taken out or replaced."""

    def wordings(self) -> tuple[UnknownWording, ...]:
        """The wordings that rows wait for."""

    def sources(self) -> tuple[RememberedRecipe, ...]:
        """How files are read again."""

    def outstanding(self) -> Iterator[OutstandingRow]:
        """The rows that wait to be mended."""


def register(server: flask.Flask, give: Callable[[], Keeper | None]) -> None:
    """Make known to the panels and routes of this server what gives the keeper for who asks now."""
    server.extensions[_EXTENSION] = give


def keeper() -> Keeper | None:
    """What who asks now may do on the server that answers; None where nothing can be done."""
    if not flask.has_app_context():  # a page drawn by no server
        return None
    give = cast("Callable[[], Keeper | None] | None", flask.current_app.extensions.get(_EXTENSION))
    return None if give is None else give()


def notebook() -> Notebook:
    """What is kept on the server that answers now; an empty one where nothing can be."""
    held = keeper()
    return Notebook() if held is None else held.notebook()


def tell_kept() -> None:
    """Have everything on the page that shows the notebook drawn anew: it has just changed. Within a callback only."""
    set_props(ids.KEPT, {"data": uuid4().hex})
