"""One slide of a script on a slide of the deck: its finding, its map, what stands beside it, caption and notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
from pptx.presentation import Presentation

from dashboard import asked, claims, theme
from dashboard.claims import disclosure
from dashboard.deck import companions, grid, ink, key, maps, months, room, template
from dashboard.deck.ink import Run
from dashboard.deck.notes import notes_of
from dashboard.deck.room import BODY, CAPTION, CAPTION_PT, COLUMN, GAP, LEGEND, ROWS, SMALL_PT, TEXT_PT, WIDE, Box
from dashboard.figures.side_by_side import legend_of, side_by_side
from dashboard.findings import COMPARE
from dashboard.multiples import Part, parts_of
from dashboard.paper.sheet import Key, Sheet
from dashboard.reading import Reading
from dashboard.slides import Shown
from dashboard.slides.beside import Companion, by_month, companion
from dashboard.slides.pictures import Map, laid, map_of
from dashboard.words import Words

PIXELS = (1200, 1200)  # as fine as outlines are needed
CAPTION_LINES = 3
MOST_IN_A_ROW = 4


def add(deck: Presentation, slide: Shown, *, now: datetime, user: str) -> None:
    """A slide at the end of the deck."""
    made = deck.slides.add_slide(deck.slide_layouts[template.FINDING])
    title(made, slide.title, slide.reading.words)
    found = map_of(slide, PIXELS)
    if parts := _parts(slide):
        _several(made, slide, parts)
    elif (table := companions.wide(slide)) is not None:
        map_box, beside = BODY.split(BODY.width - WIDE - GAP)
        _map_over_legend(made, slide, found, map_box)
        grid.draw(made, table, beside, slide.reading.words)
    else:
        chosen = companion(slide)
        map_box, beside = BODY.split(BODY.width - (ROWS if chosen.rows else COLUMN) - GAP)
        _map_beside_legend(made, slide, found, map_box)
        _companion(made, slide.reading, chosen, beside)
    _caption(made, slide)
    template.numbered(made)
    made.notes_slide.notes_text_frame.text = notes_of(slide, found.picture, now=now, user=user)


def title(slide: Any, text: str, words: Words) -> None:  # noqa: ANN401 - a slide of the library
    """Write the title in the largest letters in which it keeps to its two lines."""
    frame = slide.shapes.title.text_frame
    frame.auto_size, frame.vertical_anchor = MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE, MSO_ANCHOR.MIDDLE
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    ink.write(frame, [[Run(text, bold=True)]], words, pt=room.title_pt(text))


def _companion(slide: Any, reading: Reading, found: Companion, box: Box) -> None:  # noqa: ANN401
    """The rows as a table, or the months as a chart."""
    table = companions.narrow(found, reading)
    if table is not None:
        grid.draw(slide, table, box, reading.words)
        return
    trend = reading.answers.trend(reading.view.question, reading.scope)
    months.draw(slide, by_month(reading).heading, trend, box, reading.words)


def _map_beside_legend(made: Any, slide: Shown, found: Map, box: Box) -> None:  # noqa: ANN401
    legend, rest = box.split(LEGEND)
    words, sheet = slide.reading.words, found.sheet
    key.draw(made, sheet.legend_title, sheet.legend, legend, words)
    maps.draw(made, sheet, rest, name="Map", about=_about(slide, sheet))


def _map_over_legend(made: Any, slide: Shown, found: Map, box: Box) -> None:  # noqa: ANN401
    words, sheet = slide.reading.words, found.sheet
    high = key.height(sheet.legend_title, sheet.legend, box.width, columns=2, pt=SMALL_PT)
    maps.draw(made, sheet, box.top(box.height - high - 0.1), name="Map", about=_about(slide, sheet))
    legend = box.below(box.height - high)
    key.draw(made, sheet.legend_title, sheet.legend, legend, words, columns=2, pt=SMALL_PT)


def _about(slide: Shown, sheet: Sheet) -> str:
    """What the picture shows, for those who cannot see it."""
    reading = slide.seen
    question = asked.headline(reading.view, reading.names, reading.words)
    return " · ".join(filter(None, (sheet.legend_title, question, sheet.notice)))


def _parts(slide: Shown) -> tuple[Part, ...]:
    """What is compared side by side; nothing but on the page that does, and where there are no groups or quarters."""
    side = slide.reading.view.side
    return parts_of(slide.reading, side) if slide.path == COMPARE and side != "periods" else ()


def _several(made: Any, slide: Shown, parts: Sequence[Part]) -> None:  # noqa: ANN401
    """The groups or the last quarters on one scale, and beside them what changed."""
    reading, words, view = slide.reading, slide.reading.words, slide.reading.view
    pictures = side_by_side([part.side for part in parts], words, rates=view.layer == "rate")
    left, right = BODY.split(BODY.width - (ROWS if view.side == "groups" else COLUMN) - GAP)
    tiles = list(_tiles(left, len(parts)))
    said = [f"{part.name}  {words.count(part.n)}" for part in parts]
    high = max((room.height(text, TEXT_PT, box.width, 700) for text, box in zip(said, tiles, strict=True)), default=0)
    for box, part, picture in zip(tiles, parts, pictures, strict=True):
        text = [[Run(part.name, bold=True), Run(f"  {words.count(part.n)}", colour=theme.INK_SOFT)]]
        ink.text_box(made.shapes, box.top(high), text, words, name="Map name")
        sheet = laid(reading, picture, PIXELS).sheet
        maps.draw_small(made, sheet, box.below(high), name="Map", about=f"{part.name}: {words.count(part.n)}")
    keys = [
        Key(row.label, row.colour, "hatched" if row.kind == "hatched" else "area", row.sign)
        for row in legend_of(pictures, words)
        if row.kind != "note"
    ]
    high = key.height(pictures[0].legend_title, keys, right.width, columns=2)
    key.draw(made, pictures[0].legend_title, keys, right.top(high), words, columns=2)
    right = right.below(high + GAP)
    if view.side == "groups":
        grid.draw(made, companions.of_groups(parts, reading), right, words)
    else:
        _companion(made, reading, by_month(reading), right)


def _tiles(box: Box, n: int) -> Iterator[Box]:
    """So many equal boxes, in one row or two."""
    columns = MOST_IN_A_ROW if n > MOST_IN_A_ROW else max(1, (n + 1) // 2)
    rows = max(1, -(-n // columns))
    wide, high = (box.width - GAP * (columns - 1)) / columns, (box.height - GAP / 2 * (rows - 1)) / rows
    for i in range(n):
        yield Box(box.x + i % columns * (wide + GAP), box.y + i // columns * (high + GAP / 2), wide, high)


def _caption(made: Any, slide: Shown) -> None:  # noqa: ANN401
    """The marking, the question, how many, from which data."""
    reading, words, names = slide.seen, slide.reading.words, slide.reading.names
    totals, _ = reading.answers.totals(reading.view.question, reading.scope)
    marking = names.profile.marking
    said = [
        asked.headline(reading.view, names, words),
        claims.placed(totals, None, words),
        *filter(None, [disclosure.in_short(names.profile, words)]),
        *claims.drawing(names, words),
        *claims.source(reading.answers.facts(reading.scope), reading.view, names, words),
    ]
    text = room.cut(" · ".join(said), CAPTION_PT, CAPTION.width - 0.1 * len(marking), CAPTION_LINES)
    runs = [Run(f"{marking} · ", bold=True, colour=theme.HOT)] if marking else []
    paragraph = [*runs, Run(text, colour=theme.INK_SOFT)]
    ink.text_box(made.shapes, CAPTION, [paragraph], words, name="Caption", pt=CAPTION_PT, anchor=MSO_ANCHOR.BOTTOM)
