"""The pages after the leaves: what the words mean, how the numbers are made, from which data. Counts nothing anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dashboard import stamp as stamps
from dashboard import terms
from dashboard.atlas.flow import Row, Sheetful, wrapped
from dashboard.atlas.front import PAGE_BOTTOM, PAGE_TOP
from dashboard.atlas.leaves import Desk
from dashboard.atlas.pen import SMALL
from dashboard.claims import follow_up, pattern
from dashboard.layers import picture_of
from dashboard.paper.sheet import Inks
from dashboard.reading import Reading

GLOSSARY = Sheetful(3, PAGE_TOP, PAGE_BOTTOM)
METHODS = Sheetful(2, PAGE_TOP, PAGE_BOTTOM)


def glossary_rows(reading: Reading, inks: Inks) -> list[Row]:
    """Every word of the glossary with what it means and what it does not say."""
    words = reading.words
    rows: list[Row] = []
    for name, term in terms.in_order(words):
        denied = f"{words('What it does not say:')} {words(term.not_claimed)}"
        entry = wrapped(name, GLOSSARY, Row("", weight=700, gap=7.0))
        entry += wrapped(words(term.text), GLOSSARY, Row("", SMALL))
        entry += wrapped(denied, GLOSSARY, Row("", SMALL, colour=inks.soft))
        if term.source:
            source = words("Source: {source}", source=term.source)
            entry += wrapped(source, GLOSSARY, Row("", SMALL, colour=inks.soft))
        rows += [*(replace(row, keep=True) for row in entry[:-1]), entry[-1]]
    return rows


def methods_rows(reading: Reading, desk: Desk) -> list[Row]:
    """How each part of a page is made, then the facts of the data."""
    rows: list[Row] = []
    for title, texts in (*_methods(reading, desk), *_data(reading, desk)):
        rows += wrapped(title, METHODS, Row("", weight=700, gap=9.0, keep=True))
        for text in texts:
            rows += wrapped(text, METHODS, Row("", gap=2.0))
    return rows


def _methods(reading: Reading, desk: Desk) -> Iterator[tuple[str, list[str]]]:
    words, register = reading.words, desk.register
    picture = picture_of(reading.view, reading.answers, reading.scope, words)
    notes = [row.label for row in picture.legend if row.kind == "note"]
    same = words("Every page has the same classes and colours, those of all areas together, so that pages compare.")
    yield words("Map"), [_sentence(picture.method), *map(_sentence, notes), same]
    yield (
        words("Trend by month"),
        [
            words(
                "All recorded incidents by month: strong bars are the months asked about, hatched ones are not covered "
                "whole by the data. The line is the same month a year earlier, the dots the mean of the twelve months "
                "that end there."
            )
        ],
    )
    told = [pattern.method(found, words) for found in register.judged[:1]]
    told = [*map(_sentence, told), *follow_up.rule(register.rule, words), _sentence(follow_up.meaning(words))]
    squares = words("Each square is three months, the newest at the right: red is hot, blue is cold.")
    yield words("Lasting hot spots"), [*told, squares]
    yield (
        words("Targets: three statements"),
        [
            words("Each year has January and February counted together, because Tết moves between them."),
            words("Where months differ by more than chance, ranges and tests are widened for it."),
        ],
    )


def _data(reading: Reading, desk: Desk) -> Iterator[tuple[str, list[str]]]:
    words = reading.words
    facts = stamps.stamp(reading, now=desk.now, user=desk.user)
    lines = [
        f"{fact.label}: {words.number(fact.value) if isinstance(fact.value, int) else fact.value}"
        for fact in facts
        if fact.key not in ("method", "certainty")
    ]
    yield words("What was asked, and from which data"), lines
    if words.few:  # rows are counted as they are
        return
    whole = reading.answers.reconciliation(reading.scope)
    placed = whole.placed
    counted = (
        (whole.read, words("rows read")),
        (placed.kept, words("incidents kept")),
        (whole.quarantined, words("rows put aside")),
        (placed.with_point, words("with coordinates")),
        (placed.area_only, words("known to their area only")),
        (placed.unplaced, words("without a place")),
    )
    yield words("Every row accounted for"), [f"{words.number(n)} {what}" for n, what in counted]


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:].removesuffix(".") + "."
