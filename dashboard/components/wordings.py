"""Wordings of the category that nobody knows yet, each with a list of what it may mean. Settles nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from dashboard.decisions import NONE
from dashboard.words import Words
from geodata.tables import UnknownWording
from geodata.vocabulary import Category

MOST = 100


def ask_meaning(
    unknown: Sequence[UnknownWording],
    given: Mapping[str, str],
    *,
    words: Words,
    categories: Sequence[Category],
    kind: str,
) -> list[Component]:
    """A list for each wording, the nearest categories first; ``given`` are answers that can be taken back."""
    if not unknown and not given:
        return []
    open_ = [each for each in unknown if each.wording not in given]
    said = [
        (words.plural("«{wording}» ({n} row) is", "«{wording}» ({n} rows) is", each.rows, wording=each.wording), each)
        for each in open_
    ]
    said += [(words("«{wording}» is", wording=wording), UnknownWording(wording, 0)) for wording in given]
    lists = [
        html.Label(
            [
                text,
                dbc.Select(
                    id={"type": kind, "wording": each.wording},
                    options=_options(each.keys, words, categories),
                    value=given.get(each.wording, NONE),
                ),
            ]
        )
        for text, each in said[:MOST]
    ]
    more = words("and {n} more wordings", n=words.number(len(said) - MOST)) if len(said) > MOST else ""
    title = html.H3(words("Categories to be told once"))
    return [title, html.Div(lists, className="decisions"), *([html.P(more, className="hint")] if more else [])]


def answered(states: object) -> dict[str, str]:
    """Wording -> key of the lists on which something was chosen. What a browser sends may be anything."""
    found: dict[str, str] = {}
    for each in states if isinstance(states, list) else ():
        where, value = (each.get("id"), each.get("value")) if isinstance(each, dict) else (None, None)
        wording = where.get("wording") if isinstance(where, dict) else None
        if isinstance(wording, str) and isinstance(value, str) and value != NONE:
            found[wording] = value
    return found


def _options(nearest: Sequence[str], words: Words, categories: Sequence[Category]) -> list[dict[str, str]]:
    order = {key: place for place, key in enumerate(nearest)}
    ordered = sorted(categories, key=lambda each: order.get(each.key, len(order)))
    first = {"label": words("leave aside"), "value": NONE}
    return [first, *({"label": each.label(words.language), "value": each.key} for each in ordered)]
