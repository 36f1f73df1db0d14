"""What stands beside a slide's map as a table of many columns: the worst of the register, the targets, the groups.

What the screen's slide has beside it decides the rest: :mod:`dashboard.slides.beside` chooses rows or months.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.claims import follow_up, pattern
from dashboard.claims import target as told
from dashboard.deck.grid import Column, Grid
from dashboard.findings import PERSISTENCE, TARGETS
from dashboard.multiples import Part
from dashboard.periods import years_of
from dashboard.reading import Reading
from dashboard.slides import Shown
from dashboard.slides.beside import MOST, Companion
from geodata.answers.register import RegisterRow
from geodata.answers.targets import Target

WORST = 10  # of the register


def wide(slide: Shown) -> Grid | None:
    """The table that needs more than half of a slide; None where its page has none, or nothing to say in it."""
    grid = {PERSISTENCE: _register, TARGETS: _targets}.get(slide.path, _none)(slide.reading)
    return grid if grid is not None and grid.rows else None


def narrow(found: Companion, reading: Reading) -> Grid | None:
    """The rows beside a map as a table; None where the months stand there."""
    words = reading.words
    if not found.rows:
        return None
    counted = any(row.n for row in found.rows)
    number = Column(words("Incidents") if counted else words("Before → now"), 0.18, number=True)
    said = Column(words("What the data say"), 0.57)
    rows = [
        (row.name, row.n if counted else row.value, "; ".join(filter(None, (row.value if counted else "", row.detail))))
        for row in found.rows[:MOST]
    ]
    return Grid(found.heading, (Column(words("Place"), 0.25), number, said), rows)


def of_groups(parts: Sequence[Part], reading: Reading) -> Grid:
    """How each group changed."""
    words = reading.words
    heads = (Column(words("Group"), 0.28), Column(words("Incidents"), 0.14, number=True), Column(words("Change"), 0.58))
    rows = [(part.name, words.count(part.n), part.below) for part in parts]
    return Grid(words("Change"), heads, rows)


def _none(_reading: Reading) -> None:
    """A page without such a table."""


def _register(reading: Reading) -> Grid:
    words = reading.words
    found = reading.answers.register(reading.view.question, reading.scope)
    columns = (
        Column(words("Place"), 0.25),
        Column(words("Category"), 0.245),
        Column(words("Quarters hot"), 0.1, number=True),
        Column(words("Risk (90 % range)"), 0.23, number=True),
        Column(words("Follow-up"), 0.175),
    )
    rows = [_spot(row, reading) for row in found.rows[:WORST]]
    return Grid(words("Worst first"), columns, rows, more=len(found.rows) - len(rows))


def _spot(row: RegisterRow, reading: Reading) -> tuple[str, ...]:
    words, spot, standing = reading.words, row.spot, row.standing
    label = reading.names.category(spot.category, words.language) if spot.category else words("All crime categories")
    taken = follow_up.now(standing.follow_up.now, words) if standing.follow_up is not None else words("none yet")
    return row.name, label, pattern.quarters_of(row.found, row.area), follow_up.risk_in_short(row, words), taken


def _targets(reading: Reading) -> Grid | None:
    words, years = reading.words, years_of(reading)
    found = reading.answers.targets(reading.view.question, reading.scope, baseline=years.baseline, period=years.period)
    if not found.comparison.reached:
        return None
    groups = {group.key: group.label(words.language) for group in reading.names.profile.group_list()}
    columns = (
        Column(words("Group"), 0.17),
        Column(words("Arithmetic"), 0.22),
        Column(words("Change"), 0.35),
        Column(words("Target"), 0.26),
    )
    rows = [(groups.get(row.group, row.group), *_statements(row, reading)) for row in found.of() if not row.category]
    now, before = words.period(found.comparison.so_far), words.period(found.comparison.before)
    return Grid(words("{now} against {before}: three statements", now=now, before=before), columns, rows)


def _statements(row: Target, reading: Reading) -> tuple[str, str, str]:
    said = (each(row, reading.words) for each in (told.arithmetic, told.change, told.verdict))
    arithmetic, change, verdict = (f"{each.sign} {each.text}" for each in said)
    return arithmetic, change, verdict
