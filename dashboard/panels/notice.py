"""Says which parts of a link were not understood, that a map is schematic, or that something failed."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.claims import disclosure, retention, unreadable
from dashboard.panels import Panel, follow
from dashboard.reading import Reading
from dashboard.view import Dropped
from dashboard.words import Words

MOST = 4
LONGEST = 40


def render(reading: Reading) -> list[Component]:
    """That numbers are rounded, where they are; one line a dropped part, quoting the bad value or the unknown key."""
    words = reading.words
    said = [html.P(line) for line in disclosure.lines(reading.snapshot.profile, reading.coarser, words)]
    lines = [html.Li(_line(part, words)) for part in reading.dropped[:MOST]]
    if len(reading.dropped) > MOST:
        lines.append(html.Li(words("and {n} more", n=words.number(len(reading.dropped) - MOST))))
    left_out = [html.P(words("Some of this link was not understood and left out:")), html.Ul(lines)] if lines else []
    return [*_not_counted(reading), *_not_kept(reading), *said, *left_out]


def _not_counted(reading: Reading) -> list[Component]:
    """Which files' incidents no number holds; to who may not see single files, that there are some."""
    lost, words = reading.snapshot.unreadable, reading.words
    if reading.scope.whole:
        return [html.P(disclosure.sentence(line) + ".") for line in unreadable.lines(lost, words)]
    return [html.P(disclosure.sentence(unreadable.in_short(lost, words)) + ".")] if lost else []


def _not_kept(reading: Reading) -> list[Component]:
    """That months of the period are kept as counts only."""
    since, whole = reading.view.period.start, reading.scope.whole
    line = retention.line(reading.snapshot, since, reading.words, whole=whole)
    return [html.P(disclosure.sentence(line) + ".")] if line else []


def _line(part: Dropped, words: Words) -> str:
    if part.key == "?":
        return words("the link is too long to be read")
    if part.unknown_key:
        return words("«{key}» is not something that can be asked", key=_short(part.key))
    return words("«{value}» is no possible value of «{key}» here", value=_short(part.value), key=part.key)


def _short(text: str) -> str:
    visible = "".join(letter if letter.isprintable() else "·" for letter in text)
    return visible if len(visible) <= LONGEST else visible[: LONGEST - 1] + "…"


def layout(reading: Reading) -> html.Div:
    """The place of the notice; it takes no room while it is empty."""
    return html.Div(render(reading), id=ids.NOTICE, role="status", className="notice")


PANEL = Panel(layout, follow(ids.NOTICE, render))
