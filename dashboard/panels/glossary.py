"""The glossary: every word and method with what it means and what it does not say. Finding in it is the browser's."""

from __future__ import annotations

from collections.abc import Mapping

from dash import Dash, Input, Output, dcc, html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.components.attributes import attributes
from dashboard.panels import Panel
from dashboard.reading import Reading
from dashboard.terms import Term, in_order
from dashboard.words import LANGUAGES, Language, Words, of
from geodata.answers.answers import Answers
from geodata.ingest.wording import plain

OTHER: Mapping[Language, str] = {"vi": "Tiếng Việt", "en": "English"}  # each by its own name


def layout(reading: Reading) -> Component:
    """The way back, a box to find a word with, the list of words, the entries."""
    words = reading.words
    terms = in_order(words)
    links = [html.Li(html.A(name, href=f"#{term.key}"), **attributes(data_term=term.key)) for name, term in terms]
    contents = html.Nav(
        [
            html.Label([words("Find a word"), _box(words)]),
            html.P(words("No word here is spelt like this."), id=f"{ids.GLOSSARY_FILTER}-none", role="status"),
            html.Ul(links),
        ],
        className="contents",
        **attributes(aria_label=words("Words in this glossary")),
    )
    entries = html.Div([_entry(name, term, words) for name, term in terms], className="entries")
    return html.Div([contents, entries], id=ids.GLOSSARY, className="glossary")


def _box(words: Words) -> Component:
    return dcc.Input(id=ids.GLOSSARY_FILTER, type="search", placeholder=words("for example: hot"))


def _entry(name: str, term: Term, words: Words) -> html.Article:
    """One word: its meaning, what is not claimed, where it comes from, and the same in the other language."""
    other = of(next(each for each in LANGUAGES if each != words.language))
    parts = [html.H2(name, tabIndex="-1"), *_said(term, words)]
    if term.source:
        parts.append(html.P(words("Source: {source}", source=term.source), className="hint"))
    summary = html.Summary(f"{OTHER[other.language]}: {other(term.title)}", lang=other.language)
    parts.append(html.Details([summary, html.Div(_said(term, other), lang=other.language)]))
    searched = " ".join((name, other(term.title), term.key.replace("_", " "), *term.covers))
    return html.Article(parts, id=term.key, **attributes(data_words=plain(searched)))


def _said(term: Term, words: Words) -> list[Component]:
    denied = html.P([html.Strong(words("What it does not say:")), " ", words(term.not_claimed)], className="denied")
    return [html.P(words(term.text)), denied]


def register(app: Dash, _answers: Answers) -> None:
    """The browser goes to the word in the address once the page stands."""
    app.clientside_callback(  # type: ignore[no-untyped-call]
        "window.dash_clientside.diemnong.aim", Output(ids.GLOSSARY, "className"), Input(ids.GLOSSARY, "id")
    )


PANEL = Panel(layout, register)
