"""What a slide's map shows, and how it is drawn. Beside what it stands is not known here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from dashboard.figures import lasting
from dashboard.figures.picture import LegendRow, Picture
from dashboard.findings import PERSISTENCE
from dashboard.layers import picture_of
from dashboard.paper import inline
from dashboard.paper.compose import Request, compose
from dashboard.paper.sheet import Sheet
from dashboard.reading import Reading
from dashboard.slides import Shown


@dataclass(frozen=True, slots=True, eq=False)
class Map:
    """A picture with its shapes, ready to be drawn in any box."""

    picture: Picture
    sheet: Sheet

    @property
    def legend(self) -> tuple[LegendRow, ...]:
        """The rows that a room needs: of the notes what the numbers on the map are, else the first alone."""
        notes = [row for row in self.picture.legend if row.kind == "note"]
        return (*self.classes, *(notes[:1] if len(self.classes) + len(notes) == len(self.picture.legend) else ()))

    @property
    def classes(self) -> tuple[LegendRow, ...]:
        """The rows where there is little room: of the notes only what the numbers on the map are."""
        rows = self.picture.legend
        lined = next((i for i, row in enumerate(rows) if row.kind == "line"), len(rows))
        return tuple(row for i, row in enumerate(rows) if row.kind != "note" or i > lined)

    def drawn(self, box: tuple[int, int], key: str) -> str:
        """The drawing in a box; ``key`` tells it from others in the page."""
        return inline.draw(self.sheet, box, key=key)

    def small(self, box: tuple[int, int], key: str) -> str:
        """The drawing as one of several: no names, no scale."""
        return inline.draw(replace(self.sheet, labels=()), box, key=key, scaled=False)


def map_of(slide: Shown, size: tuple[int, int]) -> Map:
    """The map of a slide; of the register in how many categories a place is lastingly hot."""
    reading = slide.seen
    found = _register(reading) if slide.path == PERSISTENCE else None
    picture = found or picture_of(reading.view, reading.answers, reading.scope, reading.words)
    return laid(reading, picture, size)


def laid(reading: Reading, picture: Picture, size: tuple[int, int]) -> Map:
    """A picture with the shapes of its reading's view."""
    now = datetime.now(reading.snapshot.profile.zone)
    asked = Request(reading.view, reading.answers, reading.words, reading.scope, size, now, picture)
    return Map(picture, compose(asked))


def _register(reading: Reading) -> Picture | None:
    question, scope = reading.view.question, reading.scope
    totals, _ = reading.answers.totals(question, scope)
    return lasting.picture(reading.answers.register(question, scope), totals, reading.words)
