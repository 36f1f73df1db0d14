"""What was read and where it went, as two equations. Counts nothing."""

from __future__ import annotations

from collections.abc import Iterator

from dash import html
from dash.development.base_component import Component

from dashboard import claims, ids
from dashboard.asker import Need
from dashboard.components.card import card
from dashboard.components.glossary import about
from dashboard.emptiness import rows_not_open
from dashboard.panels import Panel, follow
from dashboard.reading import Reading
from dashboard.words import Words
from geodata.answers.answer import Reconciliation
from geodata.vocabulary import Precision


def render(reading: Reading) -> list[Component]:
    """Read = kept + put aside; kept = with coordinates + area only + no place; then what is uncertain in them."""
    if not reading.scope.whole:
        return [rows_not_open(reading)]
    words, whole = reading.words, reading.answers.reconciliation(reading.scope)
    if not whole.files:
        return [html.P(claims.nothing_loaded(words), className="empty")]
    placed = whole.placed
    equations: list[Component] = [
        _equation(
            (whole.read, words("rows read")),
            (placed.kept, words("incidents kept")),
            (whole.quarantined, words("rows put aside")),
            words=words,
        ),
        _equation(
            (placed.kept, words("incidents kept")),
            (placed.with_point, words("with coordinates")),
            (placed.area_only, words("known to their area only")),
            (placed.unplaced, words("without a place")),
            words=words,
        ),
    ]
    return [*equations, html.Ul([html.Li(line) for line in _remarks(whole, words)], className="remarks")]


def _equation(total: tuple[int, str], *parts: tuple[int, str], words: Words) -> html.P:
    signs = ("", "= ", *("+ " for _ in parts[1:]))
    terms = [_term(sign, *part, words=words) for sign, part in zip(signs, (total, *parts), strict=True)]
    return html.P(terms, className="equation")


def _term(sign: str, n: int, label: str, *, words: Words) -> html.Span:
    shown = [html.Span(sign, className="sign"), html.Strong(words.number(n)), html.Span(f" {label} ")]
    return html.Span(shown if sign else shown[1:], className="term")


def _remarks(whole: Reconciliation, words: Words) -> Iterator[str]:
    if not whole.sound:
        yield words("The sums do not hold. Restore a backup, or load the files again.")
    if whole.outstanding:
        yield words("{n} of the rows put aside wait to be mended", n=words.number(whole.outstanding))
    elif whole.quarantined:
        yield words("none of the rows put aside has to be mended")
    hamlet, commune = whole.precisions[Precision.HAMLET], whole.precisions[Precision.COMMUNE]
    if hamlet or commune:
        yield words(
            "of those with coordinates, {exact} are exact, {hamlet} stand at a hamlet, {commune} at a commune's centre",
            exact=words.number(whole.precisions[Precision.EXACT]),
            hamlet=words.number(hamlet),
            commune=words.number(commune),
        )
    if whole.spans:
        yield words("of {n} only a span of hours or days is known", n=words.number(whole.spans))
    first, last = whole.facts.first_day, whole.facts.last_day
    if first is not None and last is not None:
        days = {"first": words.date(first), "last": words.date(last)}
        yield words("incidents from {first} to {last}, version {n}", n=words.number(whole.facts.generation), **days)


def layout(reading: Reading) -> html.Section:
    """The place of the equations."""
    mark = about(reading.view, "recorded_incident", reading.words)
    return card(reading.words("Every row accounted for"), html.Div(render(reading), id=ids.RECONCILIATION), about=mark)


PANEL = Panel(layout, follow(ids.RECONCILIATION, render), Need.LOADING)
