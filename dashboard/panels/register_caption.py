"""The line below the register: by which method, against what, from which data. Counts nothing."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard import claims, ids
from dashboard.claims import follow_up, pattern, risk
from dashboard.components.glossary import method_link
from dashboard.panels import Panel, follow
from dashboard.reading import Reading


def render(reading: Reading) -> list[Component]:
    """Caption facts, separated by dots."""
    links = [method_link(reading.view, word, reading.words) for word in ("lasting", "pattern", "probability")]
    return [*(html.Span(text) for text in facts(reading)), *links]


def facts(reading: Reading) -> list[str]:
    """The facts as texts, in the order of their weight."""
    view, words, names = reading.view, reading.words, reading.names
    if not reading.snapshot.boundaries.layers:
        return []
    found = reading.answers.register(view.question, reading.scope)
    texts = [
        *claims.drawing(names, words),
        *(words("method: {method}", method=pattern.method(each, words)) for each in found.judged[:1]),
        words("each category by itself, every place against all places of its level"),
        risk.left_out((each for each in names.categories if each.key in found.left_out), words),
        follow_up.meaning(words),
        *claims.source(found.facts, view, names, words),
        names.profile.notice(words.language),
    ]
    return [text for text in texts if text]


def layout(reading: Reading) -> html.Footer:
    """The place of the caption."""
    return html.Footer(render(reading), id=ids.REGISTER_CAPTION, className="caption")


PANEL = Panel(layout, follow(ids.REGISTER_CAPTION, render))
