"""Says which parts of a link were not understood, that a map is schematic, or that something failed."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.panels import Panel, follow
from dashboard.reading import Reading
from dashboard.view import Dropped
from dashboard.words import Words

MOST = 4
LONGEST = 40


def render(reading: Reading) -> list[Component]:
    """One line a dropped part, quoting the bad value or the unknown key; nothing where all was understood."""
    words = reading.words
    lines = [html.Li(_line(part, words)) for part in reading.dropped[:MOST]]
    if len(reading.dropped) > MOST:
        lines.append(html.Li(words("and {n} more", n=words.number(len(reading.dropped) - MOST))))
    return [html.P(words("Some of this link was not understood and left out:")), html.Ul(lines)] if lines else []


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
