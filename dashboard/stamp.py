"""The facts an export is stamped with, so that it stands on its own months later. Counts and draws nothing itself."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from dashboard import asked
from dashboard.layers import picture_of
from dashboard.names import LEVELS
from dashboard.reading import Reading

SHORT = 16  # hexadecimal letters of the fingerprint that are printed


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the stamp. ``key`` is the same in every language; a number stays one, for tables."""

    key: str
    label: str
    value: str | int


def stamp(reading: Reading, *, now: datetime, user: str = "") -> tuple[Fact, ...]:
    """What was asked, of how many, by which method, from which data, marked how, printed when and by whom."""
    view, words, names = reading.view, reading.words, reading.names
    totals, _ = reading.answers.totals(view.question, reading.scope)
    facts, local = reading.answers.facts(), now.astimezone(names.profile.zone)
    layer = reading.snapshot.boundaries.layers.get(view.question.layer)
    method = picture_of(view, reading.answers, reading.scope, words).method if layer is not None else ""
    told: list[tuple[str, str, str | int]] = [
        ("question", words("Question"), asked.headline(view, names, words)),
        ("workspace", words("Workspace"), names.profile.name(words.language)),
        ("period", words("Period"), words.period(view.period)),
        ("edition", words("Administrative units"), names.edition(view.edition, words)),
        ("level", words("Level"), words(LEVELS[view.level])),
        ("conditions", words("Filters"), "; ".join(asked.conditions(view, words)) or words("none")),
        ("recorded", words("Recorded incidents"), totals.recorded),
        ("placed", words("Placed on the map"), totals.placed),
        ("not_placed", words("Not placed"), totals.not_placed),
        ("method", words("Method"), method),
        ("data_until", words("Data up to"), words.date(facts.last_day) if facts.last_day else words("none")),
        ("generation", words("Data version"), facts.generation),
        ("fingerprint", words("Fingerprint"), fingerprint(reading)),
        ("marking", words("Marking"), names.profile.marking),
        ("printed", words("Printed"), f"{words.date(local)} {local:%H:%M}"),
        ("user", words("By"), user),
        ("link", words("Link"), view.to_query()),
    ]
    return tuple(Fact(*each) for each in told if each[2] != "")


def fingerprint(reading: Reading) -> str:
    """The same question about the same data version has the same: SHA-256 of both, shortened."""
    facts = reading.answers.facts()
    version = (facts.generation, facts.committed_at, facts.incidents, facts.quarantined)
    said = "|".join((reading.view.to_query(), *map(str, version)))
    return hashlib.sha256(said.encode()).hexdigest()[:SHORT]
