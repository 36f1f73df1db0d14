"""The line below a page that is no map: from which data, over which units, what may not be loaded."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard import claims, ids
from dashboard.components.glossary import glossary_link
from dashboard.panels import Panel, follow
from dashboard.reading import Reading


def render(reading: Reading) -> list[Component]:
    """Facts separated by dots; each sheet says its own method and number."""
    view, words, names = reading.view, reading.words, reading.names
    facts = reading.answers.facts(reading.scope)
    whole = reading.scope.areas is None  # who sees some areas is told their number, not the province's
    recorded = words("{n} recorded incidents in all", n=words.count(facts.incidents)) if whole else ""
    texts = [*claims.drawing(names, words), recorded, *claims.source(facts, view, names, words)]
    told = [html.Span(text) for text in (*texts, names.profile.notice(words.language)) if text]
    return [*told, html.Span(glossary_link(view, "", words("what the words mean")))]


def layout(reading: Reading) -> html.Footer:
    """The place of the line."""
    return html.Footer(render(reading), id=ids.FOOTING, className="caption")


PANEL = Panel(layout, follow(ids.FOOTING, render))
