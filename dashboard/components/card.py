"""A titled sheet of paper on the ground."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component


def card(title: str, *children: Component, about: Component | None = None) -> html.Section:
    """A section with a small heading and its body; ``about`` leads from the heading to what it means."""
    heading: list[Component] = [html.H2(title), *([about] if about is not None else [])]
    return html.Section([html.Header(heading), *children], className="card-sheet")
