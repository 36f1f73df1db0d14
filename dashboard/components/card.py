"""A titled sheet of paper on the ground."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component


def card(title: str, *children: Component) -> html.Section:
    """A section with a small heading and its body."""
    return html.Section([html.Header(html.H2(title)), *children], className="card-sheet")
