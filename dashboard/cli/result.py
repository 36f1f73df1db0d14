"""A result as rows, and what the rows do not show of how places were judged. Knows no one command, judges nothing."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from dashboard.cli.terminal import say, speech, write
from dashboard.rows import json_text, rows_text

if TYPE_CHECKING:
    from geodata.answers.answer import Totals
    from geodata.vocabulary import Period
    from geodata.warehouse.snapshot import Snapshot, UnreadableFile


class Judged(Protocol):
    """What answers that judge places have in common."""

    @property
    def by(self) -> str | None: ...  # noqa: D102

    @property
    def left_out(self) -> Sequence[str]: ...  # noqa: D102

    @property
    def totals(self) -> Totals: ...  # noqa: D102


def write_result(
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    facts: Mapping[str, object],
    form: str,
    as_json: bool,
) -> None:
    """Rows in the form asked for, or one object of the facts and the rows."""
    if as_json:
        write(json_text({**facts, "rows": [dict(zip(columns, row, strict=True)) for row in rows]}))
    else:
        write(rows_text(columns, rows, form))


def number(value: float) -> float | None:
    """Nine digits, so that sums still add up; None for what is not known or has no end."""
    return float(f"{value:.9g}") if math.isfinite(value) else None


def basis_facts(found: Judged) -> dict[str, object]:
    """What it rests on: against what, without which categories, and how many incidents have a place."""
    return {"by": found.by, "categories_left_out": list(found.left_out), **placing(found.totals)}


def placing(totals: Totals) -> dict[str, object]:
    """How many incidents were recorded, and how many of them have an area."""
    return {"recorded": totals.recorded, "placed": totals.placed, "not_placed": totals.not_placed}


def say_basis(found: Judged) -> None:
    """Say the same to a person."""
    w = speech()
    if found.by == "area":
        say(w("no area's inhabitants are known: expected in proportion to square kilometres"))
    say_left_out(found.left_out)
    say_not_placed(found.totals.not_placed)


def say_left_out(keys: Sequence[str]) -> None:
    """Say which categories are not judged, unless they are asked for by name."""
    w = speech()
    if keys:
        say(w("left out, as their places say little: {keys}; --category names them", keys=", ".join(keys)))


def say_unreadable(unreadable: Iterable[UnreadableFile]) -> None:
    """Say of which loaded files no number holds anything, and how that is mended."""
    from dashboard.claims.unreadable import lines

    for line in lines(unreadable, speech()):
        say(line)


def say_not_kept(snapshot: Snapshot, period: Period) -> None:
    """Say which months of the period are kept as counts only."""
    from dashboard.claims.retention import line

    if told := line(snapshot, period.start, speech()):
        say(told)


def unreadable_facts(unreadable: Iterable[UnreadableFile]) -> dict[str, object]:
    """The same as a fact; none where the store is whole."""
    found = [{"file": each.name, "id": each.id, "n": each.n, "segment": each.segment} for each in unreadable]
    return {"unreadable": found} if found else {}


def say_not_placed(n: int) -> None:
    """Say how many incidents no row counts."""
    w = speech()
    if n:
        say(w("{n} matching incidents have no area at this level and are left out", n=n))
