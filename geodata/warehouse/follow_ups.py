"""What is done about lasting hot spots: each step is written down and none is ever changed. Judges no numbers."""

from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Final

from geodata.boundaries.editions import Boundaries
from geodata.errors import StoreError
from geodata.follow_up import LONGEST, FollowUp, Spot, Taken
from geodata.ingest.people.identifiers import concealed
from geodata.ingest.people.person_names import names_in
from geodata.vocabulary import LayerKey, Level, Step

_SELECT: Final = (
    "SELECT edition, level, code, category, step, since, measure, at FROM follow_ups "
    "ORDER BY edition, level, code, category, id"
)
_INSERT: Final = (
    "INSERT INTO follow_ups (edition, level, code, category, step, since, measure, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)


def all_follow_ups(connection: sqlite3.Connection) -> dict[Spot, FollowUp]:
    """Every place that is or was followed up."""
    rows = connection.execute(_SELECT)
    found = {}
    for key, steps in groupby(rows, key=lambda row: row[:4]):
        spot = Spot(key[0], Level(key[1]), key[2], key[3])
        found[spot] = FollowUp(spot, tuple(_taken(*row[4:]) for row in steps))
    return found


def take_step(connection: sqlite3.Connection, spot: Spot, step: Step, *, since: date, measure: str = "") -> None:
    """Write a step down."""
    row = (*_key(spot), step.value, since.isoformat(), _tidy(measure), datetime.now(UTC).isoformat())
    connection.execute(_INSERT, row)


def check_step(
    spot: Spot, step: Step, *, since: date, measure: str, today: date, held: FollowUp | None, boundaries: Boundaries
) -> None:
    """Raise StoreError where the place is unknown, the day cannot be, the measure is missing or speaks of persons."""
    layer = boundaries.layers.get(LayerKey(spot.edition, spot.level))
    if layer is None or spot.code not in layer.codes:
        raise StoreError("edition «{edition}» has no area «{area}»", edition=spot.edition[:64], area=spot.code[:64])
    if since > today:
        raise StoreError("{day} has not come yet; give the day on which it began", day=f"{since:%d/%m/%Y}")
    if held is not None and since < held.now.since:
        raise StoreError(
            "{day} is before the step that holds now ({held}); give that day or a later one",
            day=f"{since:%d/%m/%Y}",
            held=f"{held.now.since:%d/%m/%Y}",
        )
    if step is Step.HANDLED and not _tidy(measure):
        raise StoreError("say in a few words what is being done there")
    _check_measure(_tidy(measure))


def _check_measure(measure: str) -> None:
    if len(measure) > LONGEST:
        raise StoreError("the measure is longer than {n} characters; shorten it", n=LONGEST)
    if concealed(measure) != measure or names_in(measure):
        raise StoreError(
            "the measure seems to name a person or to give a number of one. Only places are written down here: say "
            "what is done, not who is concerned"
        )


def _tidy(measure: str) -> str:
    return " ".join(measure.split())


def _key(spot: Spot) -> tuple[str, str, str, str]:
    return spot.edition, spot.level.value, spot.code, spot.category


def _taken(step: str, since: str, measure: str, at: str) -> Taken:
    return Taken(Step(step), date.fromisoformat(since), measure, datetime.fromisoformat(at))
