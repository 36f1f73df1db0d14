"""Vietnamese text without its marks, for searching and sorting. Knows no list and no language of the screen."""

from __future__ import annotations

import unicodedata


def plain(text: str) -> str:
    """``text`` without diacritics, so that a search need not type them."""
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def fold(text: str) -> str:
    """Text as it is searched: no case, no diacritics. The browser does the same to what is typed."""
    return plain(text.casefold())
