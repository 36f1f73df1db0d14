"""A chip: one thing that is asked, as a link to the same view without it."""

from __future__ import annotations

from dash import dcc, html

from dashboard.asked import Part
from dashboard.components.attributes import attributes
from dashboard.words import Words


def chip(part: Part, words: Words) -> dcc.Link:
    """``Theft ×``, leading to the view that no longer asks it."""
    return dcc.Link(
        [html.Span(part.label), html.Span("×", className="chip-cross", **attributes(aria_hidden="true"))],
        href=part.without.to_query(),
        className="chip",
        title=words("Remove: {part}", part=part.label),
    )
