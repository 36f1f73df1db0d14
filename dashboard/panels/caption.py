"""The line below everything: what is shown, of how many, from which data, by which method."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard import claims, ids
from dashboard.asker import Need, asker
from dashboard.claims import disclosure
from dashboard.components.glossary import method_link
from dashboard.layers import picture_of
from dashboard.panels import Panel, follow
from dashboard.reading import Reading


def render(reading: Reading) -> list[Component]:
    """Caption facts, separated by dots; a schematic map says so first. What is left out leads to its account."""
    shown: list[Component] = [html.Span(text) for text in facts(reading)]
    totals, _ = reading.answers.totals(reading.view.question, reading.scope)
    if totals.not_placed and asker().may(Need.LOADING):  # each row's account is for them
        why = reading.words("why some are not placed")
        shown.append(html.Span(html.A(why, href="/data" + reading.view.to_query())))
    return [*shown, method_link(reading.view, reading.view.layer, reading.words)]


def facts(reading: Reading) -> list[str]:
    """The facts as texts, in the order of their weight."""
    view, words, names = reading.view, reading.words, reading.names
    picture = picture_of(view, reading.answers, reading.scope, words)
    totals, _ = reading.answers.totals(view.question, reading.scope)
    texts = [
        *claims.drawing(names, words),
        claims.placed(totals, picture.totals if view.area else None, words),
        words("method: {method}", method=picture.method),
        disclosure.rounding(names.profile, words),
        *claims.source(picture.facts, view, names, words),
        names.profile.notice(words.language),
    ]
    return [text for text in texts if text]


def layout(reading: Reading) -> html.Footer:
    """The place of the caption."""
    return html.Footer(render(reading), id=ids.CAPTION, className="caption")


PANEL = Panel(layout, follow(ids.CAPTION, render))
