"""A titled sheet of paper on the ground."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component


def card(title: str, *children: Component, note: str = "") -> html.Section:
    """A section with a small heading, an optional note beside it, and its body."""
    head = [html.H2(title)] + ([html.Span(note, className="card-note")] if note else [])
    return html.Section([html.Header(head), *children], className="card-sheet")
