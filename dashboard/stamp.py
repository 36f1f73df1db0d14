"""The facts an export is stamped with, so that it stands on its own months later. Counts and draws nothing itself.

The one place for them: the caption of a picture, the notes of a slide, the sheet of facts of a table all say these.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from dashboard import asked, claims
from dashboard.claims import disclosure, retention, unreadable
from dashboard.figures.picture import Picture
from dashboard.layers import picture_of
from dashboard.names import LEVELS
from dashboard.reading import Reading
from dashboard.words import Words

SHORT = 16  # hexadecimal letters of the fingerprint that are printed
MOST_NAMED = 24  # of one filter; the link names all
HEADED = frozenset({"question", "workspace", "period", "level", "marking", "link"})  # stand elsewhere on a picture


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the stamp. ``key`` is the same in every language; a number stays one, for tables."""

    key: str
    label: str
    value: str | int


def stamp(reading: Reading, *, now: datetime, user: str = "") -> tuple[Fact, ...]:
    """What was asked, of how many, by which method, from which data, marked how, printed when and by whom."""
    view, words, names = reading.view, reading.words, reading.names
    facts, local = reading.answers.facts(reading.scope), now.astimezone(names.profile.zone)
    told: list[tuple[str, str, str | int]] = [
        ("question", words("Question"), asked.headline(view, names, words)),
        ("workspace", words("Workspace"), names.profile.name(words.language)),
        ("period", words("Period"), words.period(view.period)),
        ("edition", words("Administrative units"), names.edition(view.edition, words)),
        ("level", words("Level"), words(LEVELS[view.level])),
        ("conditions", words("Filters"), "; ".join(_filters(reading)) or words("none")),
        *_counted(reading),
        ("rounding", words("Rounding"), disclosure.rounding(names.profile, words)),
        ("unreadable", words("Not counted"), unreadable.in_short(facts.unreadable, words)),
        ("retention", words("Kept"), retention.line(reading.snapshot, view.period.start, words, whole=False)),
        ("ground", words("Drawing"), "; ".join(claims.drawing(names, words))),
        ("data_until", words("Data up to"), words.date(facts.last_day) if facts.last_day else words("none")),
        ("generation", words("Data version"), facts.generation),
        ("fingerprint", words("Fingerprint"), fingerprint(reading)),
        ("marking", words("Marking"), names.profile.marking),
        ("printed", words("Printed"), f"{words.date(local)} {local:%H:%M}"),
        ("user", words("By"), user),
        ("link", words("Link"), view.to_query()),
    ]
    return tuple(Fact(*each) for each in told if each[2] != "")


def _counted(reading: Reading) -> Iterator[tuple[str, str, str | int]]:
    """Of how many, by which method and how sure; nothing where there are no boundaries to count in."""
    view, words = reading.view, reading.words
    if view.question.layer not in reading.snapshot.boundaries.layers:
        return
    totals, _ = reading.answers.totals(view.question, reading.scope)
    picture = picture_of(view, reading.answers, reading.scope, words)
    yield "recorded", words("Recorded incidents"), told(totals.recorded, words)
    yield "placed", words("Placed on the map"), told(totals.placed, words)
    yield "with_point", words("With coordinates"), told(totals.with_point, words)
    yield "not_placed", words("Not placed"), told(totals.not_placed, words)
    if view.area:  # the map colours their neighbours too
        yield "around", words("In every area, to compare with"), told(picture.totals.placed, words)
    yield "method", words("Method"), picture.method
    yield "certainty", words("How sure"), "; ".join(_notes(picture))


def told(n: int, words: Words) -> str | int:
    """A number of incidents as a fact; in words where it is fewer than the reader may know."""
    return n if n >= words.few else words.count(n)


def caption(facts: Iterable[Fact], words: Words) -> tuple[str, ...]:
    """The stamp as a picture prints it at its foot; what its heading and its marking say is not said twice."""
    return tuple(_line(fact, words) for fact in facts if fact.key not in HEADED)


def about(facts: Iterable[Fact], words: Words) -> str:
    """The whole stamp as one text, for those who ask a file what it is."""
    return "; ".join(_line(fact, words) for fact in facts)


def _line(fact: Fact, words: Words) -> str:
    """``Data up to: 22/11/2026``; what names itself ("units until 30/06/2025") needs no label."""
    value = words.number(fact.value) if isinstance(fact.value, int) else fact.value
    itself = value.casefold().startswith(fact.label.casefold())
    return value[0].upper() + value[1:] if itself else words("{label}: {value}", label=fact.label, value=value)


def _filters(reading: Reading) -> list[str]:
    """Everything that narrows the question, lists in full: a heading cuts them short."""
    view, words, names = reading.view, reading.words, reading.names
    lists = (
        [names.category(key, words.language) for key in view.category],
        [names.area(view.edition, code) for code in view.area],
        [names.region(key) for key in view.region],
        [names.zone(key, words) for key in view.zone],
    )
    return [*(_listed(each, words) for each in lists if each), *asked.conditions(view, words)]


def _listed(named: Sequence[str], words: Words) -> str:
    said = ", ".join(named[:MOST_NAMED])
    rest = len(named) - MOST_NAMED
    return said if rest <= 0 else words("{named} and {n} more", named=said, n=words.number(rest))


def _notes(picture: Picture) -> list[str]:
    """How sure the colours are, and what the numbers on the map are: the screen says it in its legend."""
    return [row.label for row in picture.legend if row.kind == "note" and row.label not in picture.method]


def fingerprint(reading: Reading) -> str:
    """The same question about the same data version has the same, in any language: SHA-256 of both, shortened."""
    facts = reading.answers.facts(reading.scope)
    version = (facts.generation, facts.committed_at, facts.incidents, facts.quarantined)
    plain = replace(reading.view, lang="vi", theme="light", mode="desk", script="", slide=0)
    said = "|".join((plain.to_query(), *map(str, version)))
    return hashlib.sha256(said.encode()).hexdigest()[:SHORT]
