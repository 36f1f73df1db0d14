"""Links from what is shown to the entry of the glossary that explains it. Knows no panel and no term's text."""

from __future__ import annotations

from dash import html

from dashboard.components.attributes import attributes
from dashboard.terms import anchor, title
from dashboard.view import View
from dashboard.words import Words

PATH = "/glossary"


def glossary_link(view: View, word: str, label: str) -> html.A:
    """A link to what a word means. It keeps the question, so that the way back is one click; "" leads to the page."""
    return html.A(label, href=_address(view, word), className="term-link")


def about(view: View, word: str, words: Words) -> html.A:
    """The question mark beside a heading: what this is, and what it does not say."""
    said = words("What does «{term}» mean?", term=title(word, words))
    return html.A(
        "?", href=_address(view, word), className="term-link about", title=said, **attributes(aria_label=said)
    )


def method_link(view: View, word: str, words: Words) -> html.Span:
    """The way from a caption to the method it names."""
    text = words("what this means: {term}", term=title(word, words))
    return html.Span(glossary_link(view, word, text))


def _address(view: View, word: str) -> str:
    # The page around may ask something else by the time it is followed: assets/glossary.js then takes what it asks.
    return PATH + view.to_query() + (f"#{anchor(word)}" if word else "")
