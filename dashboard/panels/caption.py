"""The line below everything: what is shown, of how many, from which data, by which method."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.layers import all_layers
from dashboard.panels import Panel, follow
from dashboard.reading import Reading


def render(reading: Reading) -> list[Component]:
    """Caption facts, separated by dots; a schematic map says so first."""
    return [html.Span(text) for text in facts(reading)]


def facts(reading: Reading) -> list[str]:
    """The facts as texts, in the order of their weight."""
    view, words, names = reading.view, reading.words, reading.names
    picture = all_layers()[view.layer].picture(reading.answers, view.question, reading.scope, words)
    totals, data = picture.totals, picture.facts
    texts = [words("schematic drawing, not official boundaries")] if names.profile.schematic else []
    texts.append(
        words(
            "{n} recorded incidents, {points} with coordinates, {off} without a place here",
            n=words.number(totals.recorded),
            points=words.number(totals.with_point),
            off=words.number(totals.not_placed),
        )
    )
    texts.append(names.edition(view.edition, words))
    if data.last_day is not None:
        texts.append(words("data until {day}", day=words.date(data.last_day)))
    texts.append(words("version {n}", n=words.number(data.generation)))
    texts.append(words("method: {method}", method=picture.method))
    texts.append(names.profile.notice_vi if words.language == "vi" else names.profile.notice_en)
    return [text for text in texts if text]


def layout(reading: Reading) -> html.Footer:
    """The place of the caption."""
    return html.Footer(render(reading), id=ids.CAPTION, className="caption")


PANEL = Panel(layout, follow(ids.CAPTION, render))
