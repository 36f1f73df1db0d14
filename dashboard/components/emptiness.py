"""Why there is nothing to show: nothing loaded is not the same as nothing recorded."""

from __future__ import annotations

from dash import html

from dashboard.words import Words
from geodata.answers.answer import DataFacts


def why_empty(facts: DataFacts, words: Words) -> html.Div:
    """What was asked and why nothing came; what to do where something can be done."""
    if facts.incidents == 0:
        remedy = html.P(words("Load a file with: diemnong ingest FILE"))
        return html.Div([html.Strong(words("No incidents are loaded")), remedy], className="empty")
    return html.Div(html.Strong(words("No incident was recorded for this question")), className="empty")
