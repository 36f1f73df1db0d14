"""Worlds that are the same inside somebody's areas and differ outside: what is answered there must be the same, too.

``OTHER`` has other incidents outside, other rows put aside, other files, notes and steps. ``MOVED`` has the same
incidents for the province as the first, each of those outside at another place outside.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd

from geodata import tables
from geodata.boundaries.editions import Boundaries
from geodata.follow_up import FollowUp, Spot, Taken
from geodata.join import place
from geodata.notebook import Entry, Kind, Note, Notebook, kind_of
from geodata.tables import OutstandingRow, QuarantinedRow, UnknownWording
from geodata.vocabulary import Level, Step
from geodata.warehouse.recipes import RememberedRecipe
from geodata.warehouse.snapshot import DepartedFile, LoadedFile, Snapshot
from geodata.warehouse.undoing import Undone
from tests.geodata.worlds import C24, C25, CATEGORIES, Still, coded, tiny_boundaries, tiny_incidents, tiny_snapshot

N = 1200
PEOPLE = {"101": 10_000.0, "103": 20_000.0, "201": 15_000.0, "203": 12_000.0}
OUTSIDE = "ngoai-dia-ban"  # stands in everything written about places outside


class World(StrEnum):
    """Which of the three."""

    FIRST = "first"
    OTHER = "other"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Ground:
    """What an account answers for, as communes of 2024, and where an incident outside may be moved to."""

    name: str
    own: frozenset[str]
    north: float  # by how much an incident outside is moved when it stands in ``from_``
    east: float
    swapped: tuple[str, str]


CHIEF = Ground("chief", frozenset({"101", "103"}), 0.1, 0.0, ("201", "203"))
OFFICER = Ground("officer", frozenset({"203"}), 0.0, 0.1, ("101", "201"))
GROUNDS = {each.name: each for each in (CHIEF, OFFICER)}
CORNERS = {"101": (106.0, 11.0), "103": (106.0, 11.1), "201": (106.1, 11.0), "203": (106.1, 11.1)}


@dataclass(frozen=True, slots=True)
class Twin(Still):
    """A still world that holds what people wrote down, rows put aside and steps taken."""

    aside: tuple[QuarantinedRow, ...] = ()
    steps: dict[Spot, FollowUp] = field(default_factory=dict)
    kept: list[tuple[str, Entry]] = field(default_factory=list)

    def quarantine(self) -> Iterator[QuarantinedRow]:
        return iter(self.aside)

    def follow_ups(self) -> dict[Spot, FollowUp]:
        return self.steps

    def notebook(self, owner: str = "") -> Notebook:
        return Notebook.of(tuple(entry for whose, entry in self.kept if whose == owner))

    def keep(self, *entries: Entry, owner: str = "") -> None:
        for each in entries:
            self.strike(kind_of(each), each.key, owner)
            self.kept.append((owner, each))

    def strike(self, kind: Kind, key: str, owner: str = "") -> bool:
        there = [each for each in self.kept if (each[0], kind_of(each[1]), each[1].key) == (owner, kind, key)]
        for each in there:
            self.kept.remove(each)
        return bool(there)

    def follow_up(self, spot: Spot, step: Step, *, since: date, measure: str = "") -> None:
        self.steps[spot] = FollowUp(spot, (Taken(step, since, measure, datetime(2025, 1, 2, tzinfo=UTC)),))

    def undo(self, file: int) -> Undone:
        raise AssertionError(file)

    def settle(self, wording: str, category: str) -> int:
        raise AssertionError(wording, category)

    def forget(self, source: str) -> RememberedRecipe:
        raise AssertionError(source)

    def departed(self) -> tuple[DepartedFile, ...]:
        return ()

    def wordings(self) -> tuple[UnknownWording, ...]:
        return ()

    def sources(self) -> tuple[RememberedRecipe, ...]:
        return ()

    def outstanding(self) -> Iterator[OutstandingRow]:
        return iter(())


def twin(ground: Ground, world: World) -> Twin:
    """The world for somebody who answers for that ground."""
    boundaries = _inhabited()
    frame = _frame(ground, world)
    held = replace(
        tiny_snapshot(n=3),
        incidents=coded(place(frame, boundaries).frame, boundaries),
        boundaries=boundaries,
        quarantined=3 if world is World.FIRST else 8,
        files=(_file(world, len(frame)),),
    )
    return Twin(held, *_written(ground, world, held))


def _inhabited() -> Boundaries:
    """The tiny world's boundaries, where everybody is known who lives there."""
    bounds = tiny_boundaries()
    layers = dict(bounds.layers)
    for key in (C24, C25):
        people = np.array([PEOPLE[code] for code in layers[key].codes])
        layers[key] = replace(layers[key], population=people)
    return replace(bounds, layers=layers)


def _frame(ground: Ground, world: World) -> pd.DataFrame:
    frame = tiny_incidents(n=N)
    where = _where(frame)
    inside = where.isin(ground.own).to_numpy(copy=True)
    for end in (0, N - 1):  # the first and the last day are of what everybody here sees
        code = min(ground.own)
        frame.loc[end, [tables.LON, tables.LAT]] = [each + 0.05 for each in CORNERS[code]]
        frame.loc[end, [tables.PRECISION, tables.AREA_EDITION, tables.AREA_LEVEL, tables.AREA_CODE]] = [
            "exact",
            "",
            "",
            "",
        ]
        inside[end] = True
    match world:
        case World.FIRST:
            return frame
        case World.MOVED:
            return _moved(frame, where, ground, ~inside)
        case World.OTHER:
            return _others(frame, ~inside)


def _where(frame: pd.DataFrame) -> pd.Series[Any]:
    """The commune of 2024 of each incident, "" where there is none."""
    east, north = frame[tables.LON] > 106.1, frame[tables.LAT] > 11.1
    of_point = np.char.add(np.where(east, "2", "1"), np.where(north, "03", "01"))
    return pd.Series(np.where(frame[tables.LON].notna(), of_point, frame[tables.AREA_CODE]), index=frame.index)


def _moved(frame: pd.DataFrame, where: pd.Series[Any], ground: Ground, outside: np.ndarray[Any, Any]) -> pd.DataFrame:
    """Everything of the one commune outside stands in the other and the other way round, at the same hour and day."""
    first, second = ground.swapped
    for code, sign, to in ((first, 1, second), (second, -1, first)):
        these = outside & (where == code).to_numpy()
        frame.loc[these, tables.LON] = (frame.loc[these, tables.LON] + sign * ground.east).round(4)
        frame.loc[these, tables.LAT] = (frame.loc[these, tables.LAT] + sign * ground.north).round(4)
        frame.loc[these & (frame[tables.AREA_CODE] != "").to_numpy(), tables.AREA_CODE] = to
    return frame


def _others(frame: pd.DataFrame, outside: np.ndarray[Any, Any]) -> pd.DataFrame:
    """Two in three of those outside remain, each of another kind and hour, most at another place."""
    rng = np.random.default_rng(99)
    keys = [each.key for each in CATEGORIES]
    kinds = frame[tables.CATEGORY].map({key: keys[(i + 1) % 3] for i, key in enumerate(keys)})
    frame[tables.CATEGORY] = frame[tables.CATEGORY].where(~outside, kinds)
    frame[tables.MINUTE] = frame[tables.MINUTE].where(~outside, 61)
    frame[tables.MINUTE_TO] = frame[tables.MINUTE]
    return frame[~outside | (rng.random(len(frame)) < 2 / 3)].reset_index(drop=True)


def _file(world: World, n: int) -> LoadedFile:
    name = f"{world}-{OUTSIDE}.csv"
    counts = (n, n, 0, n, 0, 0)
    return LoadedFile(name, "0" * 64, 1, datetime(2025, 1, 2, tzinfo=UTC), *counts, id=1)


def _written(
    ground: Ground, world: World, held: Snapshot
) -> tuple[tuple[QuarantinedRow, ...], dict[Spot, FollowUp], list[tuple[str, Entry]]]:
    """Rows put aside, steps and notes: the same inside, others outside."""
    at, (inside, outside) = datetime(2025, 1, 2, tzinfo=UTC), (min(ground.own), ground.swapped[0])
    text = f"{OUTSIDE} {world}"
    row = QuarantinedRow(f"{text}.csv", "", 7, "time", "bad_date", "the date «{text}» is no date", {"text": text})
    said = {inside: "patrol", outside: text}
    steps: dict[Spot, FollowUp] = {}
    notes: list[tuple[str, Entry]] = []
    for code, words in said.items():
        spot = Spot("2024", Level.COMMUNE, code, "")
        steps[spot] = FollowUp(spot, (Taken(Step.HANDLED, date(2024, 12, 1), words, at),))
        notes.append(("", Note(f"n{code}", "2024", Level.COMMUNE, code, date(2024, 12, 2), words)))
    if world is World.OTHER:
        notes.append(("", Note("more", "2024", Level.COMMUNE, ground.swapped[1], date(2024, 11, 2), text)))
    assert held.last_day is not None
    return (row,) * held.quarantined, steps, notes
