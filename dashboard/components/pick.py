"""Things to pick from, each a link to the view that asks for it. Knows no panel and changes nothing itself."""

from __future__ import annotations

from collections.abc import Iterable

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.components.control import control
from dashboard.view import View


def pick(label: str, target: View, *, chosen: bool, title: str = "") -> dcc.Link:
    """One thing to pick; the one that is asked for stands out."""
    look = "pick chosen" if chosen else "pick"
    return dcc.Link(label, href=target.to_query(), className=look, title=title or None)


def picks(label: str, links: Iterable[Component], *, hint: str = "") -> html.Fieldset:
    """Things to pick from, under their common name."""
    return control(label, html.Div([*links], className="picks"), hint=hint)
