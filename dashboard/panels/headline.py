"""The line over the map that says in words what is asked, and the chips that can be taken away."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import asked, ids
from dashboard.components.chip import chip
from dashboard.panels import Panel, follow
from dashboard.reading import Reading
from dashboard.view import View


def render(reading: Reading) -> list[Component]:
    """The question as a heading; a chip for everything beyond the default, and one link that clears them all."""
    view, names, words = reading.view, reading.names, reading.words
    chips: list[Component] = [chip(part, words) for part in asked.parts(view, names, words)]
    if chips:
        chips.append(dcc.Link(words("Clear all"), href=cleared(view, View.default(names.choices)).to_query()))
    return [html.H1(asked.headline(view, names, words)), html.Div(chips, className="chips")]


def cleared(view: View, default: View) -> View:
    """The default question, shown as the view shows it."""
    return View(
        start=default.start,
        end=default.end,
        edition=view.edition,
        level=view.level,
        layer=view.layer,
        compare=view.compare,
        lang=view.lang,
        mode=view.mode,
    )


def layout(reading: Reading) -> html.Div:
    """The place of heading and chips."""
    return html.Div(render(reading), id=ids.HEADLINE, className="headline")


PANEL = Panel(layout, follow(ids.HEADLINE, render))
