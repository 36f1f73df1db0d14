"""A titled sheet of paper on the ground."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component


def card(title: str, *children: Component, note: str = "") -> html.Section:
    """A section with a small heading, an optional note beside it, and its body."""
    head = [html.H2(title)] + ([html.Span(note, className="card-note")] if note else [])
    return html.Section([html.Header(head), *children], className="card-sheet")


def empty(title: str, remedy: str = "") -> html.Div:
    """An honest empty state: what was asked and why nothing came, and what to do."""
    return html.Div([html.Strong(title), html.P(remedy)] if remedy else [html.Strong(title)], className="empty")
