"""The pages before the leaves: title and overview. Counts nothing."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely

from dashboard import claims
from dashboard.atlas.leaves import Desk, question_of
from dashboard.atlas.page import Folio, draw_folio, draw_marking
from dashboard.atlas.pen import BOTTOM, HEAD, LEFT, RIGHT, TOP, Link, Pen
from dashboard.atlas.plate import Plan, Window, draw_names, draw_plate
from dashboard.atlas.strip import draw_legend, draw_scale
from dashboard.atlas.units import Unit, title
from dashboard.paper import ground as grounds
from dashboard.paper.layout import Box
from dashboard.reading import Reading

BIG, CHAPTER, LEAD = 38.0, 20.0, 14.0
UNIT_LINE = 1.6
LINK = (30.0, 12.0)  # of an area on the overview, about its middle
PAGE_TOP, PAGE_BOTTOM = TOP + 40.0, BOTTOM - 22.0


def draw_chapter(pen: Pen, text: str, marking: str) -> None:
    """The head of a page of text."""
    draw_marking(pen, marking)
    pen.write(text, (LEFT, TOP + CHAPTER), pt=CHAPTER, weight=700)


def draw_title(pen: Pen, reading: Reading, units: Sequence[Unit], desk: Desk) -> None:
    """Whose atlas of what, over which time, how many pages, marked how, printed when."""
    words, names, view = reading.words, reading.names, reading.view
    facts = reading.answers.facts(reading.scope)
    draw_marking(pen, names.profile.marking)
    pen.write(names.profile.name(words.language), (LEFT, 190), pt=LEAD, weight=500, colour=pen.inks.soft)
    y = pen.paragraph(title(units, words), Box(LEFT, 200, RIGHT - LEFT, 0), pt=BIG, weight=700)
    y = pen.paragraph(question_of(reading), Box(LEFT, y + 4, RIGHT - LEFT, 0), pt=LEAD, weight=500, most=3)
    local = desk.now.astimezone(names.profile.zone)
    told = [
        words.plural("{n} area, a page each", "{n} areas, a page each", len(units)),
        *claims.source(facts, view, names, words),
        *claims.drawing(names, words),
    ]
    y = pen.paragraph(" · ".join(told), Box(LEFT, y + 8, RIGHT - LEFT, 0), pt=HEAD + 1, colour=pen.inks.soft)
    printed = words("printed {day} {time}", day=words.date(local), time=f"{local:%H:%M}")
    by = [printed, *([f"{words('By')}: {desk.user}"] if desk.user else [])]
    pen.paragraph(" · ".join(by), Box(LEFT, y, RIGHT - LEFT, 0), pt=HEAD + 1, colour=pen.inks.soft)
    said = words("a hot spot is about recorded incidents at a place, not about the people who live there")
    pen.write(said, (LEFT, BOTTOM), pt=HEAD, colour=pen.inks.soft)


def draw_overview(pen: Pen, folio: Folio, plan: Plan, units: Sequence[Unit], first: int) -> None:
    """All the ground in its colours; each area leads to its page."""
    draw_folio(pen, folio)
    reading = units[0].reading
    draw_chapter(pen, reading.words("Overview"), folio.marking)
    pen.write(question_of(reading), (LEFT, PAGE_TOP - 4), pt=HEAD, colour=pen.inks.soft)
    box = Box(LEFT, PAGE_TOP + 6, 560, PAGE_BOTTOM - PAGE_TOP - 6)
    whole = np.ones(len(plan.ground.areas), dtype=np.bool_)
    window = draw_plate(pen, plan, whole, box, around=0.02, named=False)
    right = Box(box.right + 18, box.y, RIGHT - box.right - 18, 0)
    draw_legend(pen, plan.sheet.legend_title, plan.sheet.legend, Box(right.x, right.y, right.width, 250))
    draw_scale(pen, plan, window, Box(right.x, box.bottom - 56, 100, 56))
    _lead(pen, plan, window, units, first)


def _lead(pen: Pen, plan: Plan, window: Window, units: Sequence[Unit], first: int) -> None:
    """Each area with its page: the number, the way there, and the outline where it has several communes."""
    grounds_of = [unit.reading.answers.counts(unit.reading.view.question, unit.reading.scope).asked for unit in units]
    shapes = [shapely.coverage_union_all(plan.ground.areas[own]) for own in grounds_of]
    many = any(own.sum() > 1 for own in grounds_of)
    if many:
        for shape in shapes:
            pen.outline(window.on_page(np.array([shape], dtype=object)), UNIT_LINE)
    names = [f"{grounds.short_name(unit.name)} {first + i + 1}" for i, unit in enumerate(units)]
    order = sorted(range(len(units)), key=lambda i: -shapely.area(shapes[i]))
    draw_names(pen, window, [(names[i], shapes[i]) for i in order], strong=many)
    for i, (x, y) in enumerate(window.points(grounds.middles_of(np.array(shapes, dtype=object))).tolist()):
        pen.links.append(Link(Box(x - LINK[0] / 2, y - LINK[1] / 2, *LINK), first + i))
