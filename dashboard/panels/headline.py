"""The line over the map that says in words what is asked, and the chips that can be taken away."""

from __future__ import annotations

from dataclasses import replace

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import asked, ids
from dashboard.coarsening import coarsened
from dashboard.components.chip import chip
from dashboard.panels import Panel, follow, home
from dashboard.reading import Reading
from dashboard.view import View

ASKED = ("category", "area", "region", "zone", "source", "hours", "weekdays")  # fields that the default leaves empty


def render(reading: Reading) -> list[Component]:
    """The question as a heading; one's own area; a chip for everything asked, and one link that clears them all."""
    view, names, words = reading.view, reading.names, reading.words
    usual, _ = coarsened(View.default(names.choices), reading.scope, reading.snapshot)
    parts = [part for part in asked.parts(view, names, words) if part.field != "from" or view.period != usual.period]
    chips: list[Component] = [chip(part, words) for part in parts]
    if chips:
        chips.append(dcc.Link(words("Clear all"), href=_reset(reading).to_query(), className="clear-all"))
    return [
        html.H1(asked.headline(view, names, words)),
        html.Div([*home.link(reading), *chips], className="chips"),
    ]


def reset(reading: Reading, label: str) -> dcc.Link:
    """The link that asks for the usual again."""
    return dcc.Link(label, href=_reset(reading).to_query(), className="reset")


def _reset(reading: Reading) -> View:
    return cleared(reading.view, View.default(reading.names.choices))


def cleared(view: View, default: View) -> View:
    """The default question, shown as the view shows it."""
    asked_for = {field: getattr(default, field) for field in (*ASKED, "start", "end")}
    return replace(view, **asked_for, commune="", against=None, beside=(), other="")


def layout(reading: Reading) -> html.Div:
    """The place of heading and chips."""
    return html.Div(render(reading), id=ids.HEADLINE, className="headline")


PANEL = Panel(layout, follow(ids.HEADLINE, render, kept=True))
