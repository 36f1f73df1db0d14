"""One slide of a show: a kept query read as the room shall see it. Which map, what beside it, in markup."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from dashboard.findings import COMPARE, PERSISTENCE, TARGETS, finding
from dashboard.periods import years_of
from dashboard.reading import Reading, read
from dashboard.view import View
from dashboard.words import of
from geodata.answers.answers import Answers
from geodata.notebook import Slide
from geodata.question import Scope

PATHS = ("/", PERSISTENCE, TARGETS, COMPARE)


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """A slide with what it asks: the page whose view it is, and that view in the show's language and theme."""

    slide: Slide
    path: str
    reading: Reading

    @property
    def title(self) -> str:
        """What is written above it: as somebody put it, or as the data say it."""
        if self.reading.view.question.layer not in self.reading.snapshot.boundaries.layers:
            return self.slide.title or self.reading.words("Nothing is loaded yet")
        return self.slide.title or finding(self.reading, self.path)

    @property
    def seen(self) -> Reading:
        """What its map shows: of targets and of two periods the change, of the rest the view itself."""
        reading, view = self.reading, self.reading.view
        if self.path == COMPARE and view.side == "periods":
            return replace(reading, view=replace(view, layer="change"))
        if self.path != TARGETS or not reading.loaded:
            return reading
        years = years_of(reading)
        told = reading.answers.targets(
            view.question, reading.scope, baseline=years.baseline, period=years.period
        ).comparison
        if not told.reached:
            return reading
        now = replace(view, start=told.so_far.start, end=told.so_far.end, against=told.before)
        return replace(reading, view=replace(now, layer="change"))


@dataclass(frozen=True, slots=True)
class Pin:
    """The generation that a show was begun with, and when."""

    generation: int
    since: datetime


def shown(slide: Slide, show: View, answers: Answers, scope: Scope | None = None) -> Shown:
    """Read a slide for that scope. Total: an unknown page is the map, and what is bad in the query is dropped."""
    path, _, query = slide.query.partition("?")
    asked = read(query, answers, scope)
    view = replace(asked.view, lang=show.lang, theme=show.theme, mode="projector", script="", slide=0)
    if path == COMPARE and view.side == "groups":
        view = replace(view, category=())  # it shows them all, whatever is chosen
    return Shown(slide, path if path in PATHS else "/", replace(asked, view=view, words=of(show.lang, asked.words.few)))


def pinned(told: object) -> Pin | None:
    """A pin as a browser tells it; None where it is none."""
    held = told if isinstance(told, dict) else {}
    generation, since = held.get("generation"), held.get("since")
    if not isinstance(generation, int) or not isinstance(since, str):
        return None
    try:
        return Pin(generation, datetime.fromisoformat(since))
    except ValueError:
        return None
