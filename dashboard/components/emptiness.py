"""Why there is nothing to show: nothing loaded is not the same as nothing recorded."""

from __future__ import annotations

from dash import html

from dashboard import claims
from dashboard.words import Words
from geodata.answers.answer import DataFacts, Totals


def why_empty(totals: Totals, facts: DataFacts, words: Words) -> html.Div:
    """What was asked and why nothing came; what to do where something can be done."""
    remedy = [html.P(words("Load a file with: diemnong ingest FILE"))] if facts.incidents == 0 else []
    return html.Div([html.Strong(claims.nothing(totals, facts, words)), *remedy], className="empty")
