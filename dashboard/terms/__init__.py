"""The glossary: what every word and method on the screen means, and what is not claimed by it. Knows no markup.

A key is an anchor of the page, so a link to it stays right for as long as the key does.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache

from dashboard.terms.changes import CHANGES
from dashboard.terms.history import HISTORY
from dashboard.terms.places import PLACES
from dashboard.terms.records import RECORDS
from dashboard.terms.term import Term
from dashboard.words import Words

__all__ = ["TERMS", "Term", "anchor", "anchor_of_pattern", "in_order", "title"]

TERMS = (*RECORDS, *PLACES, *HISTORY, *CHANGES)
# A letter with a mark is a letter of its own and follows the plain one; the tone counts only between equal words.
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = "\u0300\u0309\u0303\u0301\u0323"


def anchor(key: str) -> str:
    """The key of the entry that explains a word. Raises KeyError where none does."""
    return _anchors()[key]


def title(word: str, words: Words) -> str:
    """What the entry that explains a word is called."""
    return words(_titles()[anchor(word)])


def anchor_of_pattern(name: str) -> str:
    """The key of the entry of a pattern by its English name ("persistent hot spot")."""
    return anchor(name.replace(" ", "_"))


def in_order(words: Words) -> list[tuple[str, Term]]:
    """Titles with their entries, as a dictionary of this language has them."""
    return sorted(((words(term.title), term) for term in TERMS), key=lambda pair: _place(pair[0]))


@cache
def _titles() -> Mapping[str, str]:
    return {term.key: term.title for term in TERMS}


@cache
def _anchors() -> Mapping[str, str]:
    return {word: term.key for term in TERMS for word in (term.key, *term.covers)}


def _place(title: str) -> tuple[list[int], str]:
    """Where a title stands: letters in the order of the Vietnamese alphabet, then tones."""
    marked = unicodedata.normalize("NFD", title.casefold())
    toneless = unicodedata.normalize("NFC", "".join(letter for letter in marked if letter not in _TONES))
    return [_LETTERS.find(letter) for letter in toneless if letter.isalnum() or letter == " "], marked
