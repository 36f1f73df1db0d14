"""A part of the filter panel that folds: its name, what is active in it, its controls. Decides nothing itself."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.components.attributes import attributes


def section(key: str, title: str, active: str, *children: Component, unfolded: bool) -> html.Details:
    """``active`` says at its head what is chosen in it, "" where nothing is."""
    head = html.Summary(
        [html.Span(title, className="section-title"), html.Span(active, id=active_id(key), className="section-active")]
    )
    body = html.Div([*children], className="section-body", role="group", **attributes(aria_label=title))
    return html.Details([head, body], id=section_id(key), className="section", open=unfolded)


def section_id(key: str) -> str:
    """The id of the whole section."""
    return f"section-{key}"


def active_id(key: str) -> str:
    """The id of what its head says."""
    return f"active-{key}"
