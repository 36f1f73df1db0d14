"""The tables of an annual report: counts beside what they are held against. Words only their heads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dashboard.claims import annual, follow_up, pattern, target
from dashboard.claims.annual import Counted
from dashboard.names import SOURCES, WEEKDAYS
from dashboard.report import spoken
from dashboard.report.blocks import Table
from dashboard.report.found import Found, Place
from dashboard.words import Words
from geodata.answers.answer import Rhythm
from geodata.answers.targets import Target, Targets
from geodata.vocabulary import Source

NONE = "–"
BLOCK = 3  # hours a column


def of_groups(found: Found) -> Table:
    """Everything together, each group, and its categories where it has several, against the year before."""
    words = found.reading.words
    rows, strong = [_moved(found, words("All together"), found.last)], {0}
    for group in found.groups(found.by_last):
        strong.add(len(rows))
        rows.append(_moved(found, spoken.of_group(found, group.group), group))
        members = found.members(found.by_last, group.group)
        rows += [_moved(found, "– " + _category(found, row.category), row) for row in members if len(members) > 1]
    rows += [_moved(found, _category(found, row.category), row) for row in found.other(found.by_last)]
    head, shares = _moved_head(found, words("Group, category"))
    title = words("Recorded incidents by group and category")
    return Table(title, head, tuple(rows), shares, frozenset({0, 6}), frozenset(strong))


def of_targets(found: Found) -> Table:
    """Each group against the baseline: the counts, and the three statements each for itself."""
    words = found.reading.words
    return Table(
        words("The targets: three statements for each group"),
        (
            words("Group"),
            str(found.baseline_year),
            str(found.year),
            words("Change"),
            words("At most"),
            words("By the counts"),
            words("Change against chance"),
            words("Target against chance"),
        ),
        tuple(_target(found, row) for row in found.groups(found.by_base)),
        (0.17, 0.08, 0.08, 0.1, 0.08, 0.1, 0.18, 0.21),
        frozenset({0, 5, 6, 7}),
        note=words(
            "By the counts: whether the number is at or under the target. The two other statements are tests; they "
            "need not agree with the counts."
        ),
    )


def of_sources(found: Found) -> Table:
    """Reported and discovered, each for itself."""
    words = found.reading.words
    rows = [_moved(found, _source(found, source), change) for source, change in found.sources]
    head, shares = _moved_head(found, words("How it became known"))
    title = words("Recorded incidents by how they became known")
    return Table(title, head, tuple(rows), shares, frozenset({0, 6}))


def of_zones(found: Found) -> Table:
    """Border zones; they overlap, so no sum."""
    words, names = found.reading.words, found.reading.names
    rows = [_place(Place(names.zone(row.zone, words), row.before, row.now, ()), found) for row in found.zones]
    head = (words("Zone"), _before(found), str(found.year), words("Difference"))
    return Table(words("Recorded incidents in border zones"), head, tuple(rows), (0.49, 0.17, 0.17, 0.17))


def of_places(found: Found, places: Sequence[Place], title: str, head: str) -> Table:
    """Districts, regions or communes: before, now, and now by group, with those that are in none."""
    words = found.reading.words
    columns = _columns(found)
    told = [_place(_only(row, columns), found) for row in places]
    off = found.totals.recorded - sum(row.now for row in places)
    before = found.last.before - sum(row.before for row in places)
    parts = tuple(each.now - sum(place.groups[each.at] for place in places) for each in columns)
    if off or before:
        told.append(_place(Place(words("Not placed"), before, off, parts), found))
    sums = tuple(each.now for each in columns)
    told.append(_place(Place(words("All together"), found.last.before, found.totals.recorded, sums), found))
    share = 0.46 / max(len(columns), 1)
    return Table(
        title,
        (head, _before(found), str(found.year), words("Difference"), *(each.label for each in columns)),
        tuple(told),
        (0.27, 0.09, 0.09, 0.09, *(share for _ in columns)),
        strong=frozenset({len(told) - 1}),
    )


@dataclass(frozen=True, slots=True)
class _Column:
    """A group: where it stands among a place's groups, and how many there are in all."""

    label: str
    at: int
    now: int


def _columns(found: Found) -> list[_Column]:
    """The groups of which something was recorded, and what is in none of them."""
    words = found.reading.words
    groups = found.groups(found.by_last)
    told = [(spoken.of_group(found, row.group), row.before, row.now) for row in groups]
    if others := found.other(found.by_last):
        told.append((words("In no group"), sum(row.before for row in others), sum(row.now for row in others)))
    return [_Column(label, at, now) for at, (label, before, now) in enumerate(told) if before or now]


def _only(place: Place, columns: Sequence[_Column]) -> Place:
    return replace(place, groups=tuple(place.groups[each.at] for each in columns))


def of_hours(rhythm: Rhythm, words: Words) -> Table:
    """By hour, three a column; a span counts by its shares, so the numbers are rounded."""
    by_hour = rhythm.by_hour
    blocks = [float(by_hour[first : first + BLOCK].sum()) for first in range(0, 24, BLOCK)]
    heads = [f"{first}–{first + BLOCK}" for first in range(0, 24, BLOCK)]
    head = (words("Hour"), *heads, words("Unknown"))
    row = (words("Incidents"), *map(words.count, blocks), words.count(rhythm.hour_unknown))
    return Table(words("Recorded incidents by hour of the day"), head, (row,), (0.2, *[0.8 / 9] * 9))


def of_weekdays(rhythm: Rhythm, words: Words) -> Table:
    """By weekday."""
    head = (words("Weekday"), *(words(day) for day in WEEKDAYS))
    row = (words("Incidents"), *(words.count(float(n)) for n in rhythm.by_weekday))
    return Table(words("Recorded incidents by weekday"), head, (row,), (0.2, *[0.8 / 7] * 7))


def of_lasting(found: Found) -> Table:
    """The lasting hot spots of the register, with what is done there."""
    words = found.reading.words
    rows = [
        (
            row.name,
            _category(found, row.spot.category),
            pattern.headline(row.found, row.area, words),
            pattern.quarters(row.found, row.area, words),
            follow_up.now(row.standing.follow_up.now, words)
            if row.standing.follow_up is not None and row.standing.followed
            else words("not followed up"),
        )
        for row in found.register.rows
        if row.lasting or row.standing.followed
    ]
    return Table(
        words("Lasting hot spots and what is followed up"),
        (words("Area"), words("Category"), words("History"), words("Quarters"), words("Follow-up")),
        tuple(rows),
        (0.2, 0.17, 0.24, 0.2, 0.19),
        frozenset(range(5)),
    )


def of_new(found: Found) -> Table:
    """The hot spots that are new."""
    words = found.reading.words
    rows = [
        (
            each.found.names[each.area],
            _category(found, each.category),
            pattern.headline(each.found, each.area, words),
            words.count(int(each.found.n[each.area])),
        )
        for each in found.new
    ]
    head = (words("Area"), words("Category"), words("History"), words("Incidents"))
    return Table(words("New hot spots"), head, tuple(rows), (0.3, 0.25, 0.3, 0.15), frozenset({0, 1, 2}))


def _moved_head(found: Found, first: str) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """Heads and widths of rows that are held against the year before."""
    words = found.reading.words
    told = (words("Difference"), words("Change"), words("95 % range"), words("Against chance"))
    return (first, _before(found), str(found.year), *told), (0.21, 0.09, 0.09, 0.1, 0.1, 0.2, 0.21)


def _before(found: Found) -> str:
    """The column of the year before; of its same days where the year is not over."""
    running = found.by_last.comparison.running
    return found.reading.words("Same days of {year}", year=found.year - 1) if running else str(found.year - 1)


def _moved(found: Found, label: str, row: Counted) -> tuple[str, ...]:
    words = found.reading.words
    if not _comparable(found):
        return (label, NONE, words.count(row.now), NONE, NONE, NONE, words("not compared"))
    told = (annual.signed_share(row, words), annual.interval(row, words), annual.verdict(row, words))
    return (label, words.count(row.before), words.count(row.now), annual.signed(row.now - row.before, words), *told)


def _place(row: Place, found: Found) -> tuple[str, ...]:
    words = found.reading.words
    before, more = words.count(row.before), annual.signed(row.now - row.before, words)
    if not _comparable(found):
        before = more = NONE
    return (row.name, before, words.count(row.now), more, *map(words.count, row.groups))


def _target(found: Found, row: Target) -> tuple[str, ...]:
    words, told = found.reading.words, _told(found.by_base)
    before, now = words.count(row.before), words.count(row.now)
    group = spoken.of_group(found, row.group)
    if not told:
        return (group, NONE, now, NONE, NONE, *[words("not compared")] * 3)
    return (
        group,
        before,
        now,
        annual.signed_share(row, words),
        words.number(most(row, found.by_base)),
        words("reached") if row.reached else words("not reached"),
        target.change(row, words).text if not target.tellable(row) else annual.verdict(row, words),
        target.verdict(row, words).text,
    )


def most(row: Target, found: Targets) -> int:
    """The largest count by which the target is reached, against the same part of the baseline."""
    return int(row.target * found.comparison.exposure * row.before + 1e-9)


def _told(found: Targets) -> bool:
    return found.comparison.reached and found.comparison.comparable


def _comparable(found: Found) -> bool:
    return _told(found.by_last)


def _category(found: Found, key: str) -> str:
    words = found.reading.words
    return found.reading.names.category(key, words.language) if key else words("All categories")


def _source(found: Found, source: Source) -> str:
    words = found.reading.words
    return words(SOURCES[source]) if source in SOURCES else words("Not known how")
