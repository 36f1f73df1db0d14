"""The annexes of an annual report: communes, maps, the register of hot spots, methods and data. Draws by paper/."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial

from dashboard import findings, stamp
from dashboard.reading import Reading
from dashboard.report import spoken, tables
from dashboard.report.blocks import Annex, Block, Figure, Heading, Saying, Table
from dashboard.report.due import due_day
from dashboard.report.found import Found
from dashboard.terms import TERMS
from dashboard.view import View
from dashboard.words import N_
from geodata.vocabulary import Level

SIZE, FINER = (1100, 1460), 1.8  # pixels as laid out, and how much finer they are drawn: 300 a printed inch
EXPLAINED = (
    "recorded_incident",
    "not_placed",
    "reported_discovered",
    "same_period",
    "more_than_chance",
    "three_statements",
    "relative_risk",
    "hot",
    "lasting",
)


_BY_LEVEL = {
    Level.COMMUNE: (N_("Recorded incidents by commune"), N_("Commune")),
    Level.DISTRICT: (N_("Recorded incidents by district"), N_("District")),
    Level.PROVINCE: (N_("Recorded incidents by province"), N_("Province")),
}


def annexes(found: Found, *, now: datetime, user: str) -> Iterator[Block]:
    """Communes, maps, the register where it has rows, then method, words and data."""
    words = found.reading.words
    title, head = _BY_LEVEL[found.question.level]
    yield Annex(words("Annex {n}", n="I"), words(title))
    yield tables.of_places(found, found.communes, words(title), words(head))
    yield Annex(words("Annex {n}", n="II"), words("Maps"))
    yield from _maps(found, now=now, user=user)
    if (register := tables.of_lasting(found)).rows:
        yield Annex(words("Annex {n}", n="III"), words("Register of lasting hot spots"))
        yield register
    last = "IV" if register.rows else "III"
    yield Annex(words("Annex {n}", n=last), words("Method, words and data"))
    yield Heading("1. " + words("Words and methods"), 2)
    yield from (Saying(text, "item") for text in _terms(found))
    yield Heading("2. " + words("The data"), 2)
    yield _facts(found, now=now, user=user)


def pictures(found: Found) -> int:
    """How many maps will be drawn."""
    return len(list(_views(found)))


def _maps(found: Found, *, now: datetime, user: str) -> Iterator[Block]:
    for title, view in _views(found):
        reading = replace(found.reading, view=view)
        yield Figure(title, partial(_drawn, reading, now=now, user=user))


def _views(found: Found) -> Iterator[tuple[str, View]]:
    reading, words = found.reading, found.reading.words
    place, year = spoken.place(found), str(found.year)
    base = _view(found)
    yield words("Recorded incidents, {place}, statistical year {year}", place=place, year=year), base
    for group in reading.names.profile.group_list():
        members = reading.names.members(group.key)
        if members and any(row.now for row in found.groups(found.by_last) if row.group == group.key):
            label = group.label(words.language)
            title = words("{group}, {place}, statistical year {year}", group=label, place=place, year=year)
            yield title, replace(base, category=members, layer="relative_risk")


def _view(found: Found) -> View:
    """The year alone, without any other filter of the view than its places."""
    view, asked = found.reading.view, found.question
    default = View.default(found.reading.names.choices)
    return replace(
        default,
        start=asked.period.start,
        end=asked.period.end,
        edition=asked.edition,
        level=asked.level,
        area=asked.areas,
        region=asked.regions,
        lang=view.lang,
        layer="count",
    )


def _drawn(reading: Reading, *, now: datetime, user: str) -> bytes:
    from dashboard.paper.compose import Request, compose  # noqa: PLC0415 - shapes and fonts only where one prints
    from dashboard.paper.press import press  # noqa: PLC0415

    facts = stamp.stamp(reading, now=now, user=user)
    sheet = compose(
        Request(
            reading.view,
            reading.answers,
            reading.words,
            reading.scope,
            SIZE,
            now,
            title=findings.finding(reading),
            caption=stamp.caption(facts, reading.words),
        )
    )
    return press(sheet, "png", metadata={"Title": sheet.title, "Software": "Điểm Nóng"}, finer=FINER)


def _terms(found: Found) -> Iterator[str]:
    words = found.reading.words
    held = {term.key: term for term in TERMS}
    for key in EXPLAINED:
        term = held[key]
        yield f"{words(term.title)}: {words(term.text)}"


def _facts(found: Found, *, now: datetime, user: str) -> Table:
    words = found.reading.words
    reading = replace(found.reading, view=_view(found))
    facts = stamp.stamp(reading, now=now, user=user)
    rows = [
        (each.label, words.number(each.value) if isinstance(each.value, int) else each.value)
        for each in facts
        if each.key != "link"
    ]
    reach = spoken.days(found.reached, words)
    rows.append((words("Days of the year that the data cover"), reach))
    if due := due_day(found.reading.snapshot.profile, found.year):
        rows.append((words("To be handed in by"), words.date(due)))
    return Table(
        words("Facts about the data of this report"),
        (words("Fact"), words("Value")),
        tuple(rows),
        (0.3, 0.7),
        frozenset({0, 1}),
    )
