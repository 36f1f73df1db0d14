"""Which category a wording or a law article means. Knows the profile's categories, adds own ones where it allows."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.ingest.distinct import distinct, spread, texts
from geodata.ingest.raw import Fault
from geodata.ingest.wording import normal, plain, says_nothing, shown, words
from geodata.vocabulary import Category

_ARTICLE = re.compile(r"(?:^|[\s,;(])(?:điều|dieu|đ|d|art|article|section|s)\s*\.?\s*(\d{1,3}[a-zđ]?)\b")
_BARE_ARTICLE = re.compile(r"^(\d{1,3}[a-zđ]?)\b(?![.,/:]\d)")
_LONGEST_KEY = 64
_LONGEST_LABEL = 120


@dataclass(frozen=True, slots=True)
class Wordings:
    """Every way of naming each category."""

    by_wording: dict[str, str]  # normalised wording -> key
    by_plain: dict[str, str]  # without diacritics, only where one category is meant
    by_article: dict[str, str]
    labels: dict[str, str]  # normalised wording -> as written, for proposals
    keys: frozenset[str]


def wordings_of(categories: Iterable[Category]) -> Wordings:
    """Index the categories by key, labels, synonyms and articles; the first in the profile wins a shared wording."""
    categories = tuple(categories)
    found = Wordings({}, {}, {}, {}, frozenset(category.key for category in categories))
    ambiguous: set[str] = set()
    for category in categories:
        for text in (category.key, category.key.replace("_", " "), category.vi, category.en, *category.synonyms):
            found.by_wording.setdefault(words(text), category.key)
            found.labels.setdefault(words(text), text)
            bare = plain(words(text))
            if found.by_plain.setdefault(bare, category.key) != category.key:
                ambiguous.add(bare)
        for article in category.articles:
            found.by_article.setdefault(normal(article.number), category.key)
    for bare in ambiguous:
        del found.by_plain[bare]
    return found


def article_in(text: str) -> str:
    """The first article number a text names ("Điều 173", "Đ.173", "173 khoản 2", "khoản 2 Điều 173"), else ""."""
    written = normal(text)
    found = _ARTICLE.search(written) or _BARE_ARTICLE.match(written)
    return found[1] if found else ""


def _meant(text: str, known: Wordings) -> str:
    name = words(text)
    if name in known.by_wording:
        return known.by_wording[name]
    if name.isascii() and name in known.by_plain:
        return known.by_plain[name]
    return known.by_article.get(article_in(text), "")


def read_categories(
    wording: pd.Series, article: pd.Series, *, headers: tuple[str, str], known: Wordings, own: bool
) -> tuple[pd.Series, tuple[Category, ...], list[Fault]]:
    """Category key by row ("" where there is none), the categories made of the file's own wording, and the faults.

    The wording decides; where it says nothing known, the article does.
    """
    pairs, pair_of = _pairs(texts(wording), texts(article))
    made: dict[str, Category] = {}
    keys: list[str] = []
    proposals: dict[int, str] = {}
    for number, pair in enumerate(pairs):
        text, law = _said(pair, known)
        key = _meant(text, known) or (known.by_article.get(article_in(law), "") if law else "")
        if not key and own and (text or law):
            key = _own(text or law, known, made)
        if not key:
            proposals[number] = _nearest(text or law, known)
        keys.append(key)
    keyless = np.array([not key for key in keys], dtype=bool)[pair_of]
    faults = [
        _fault(int(at), pairs[pair_of[at]], headers, proposals[int(pair_of[at])], known)
        for at in np.flatnonzero(keyless)
    ]
    return spread(keys, pair_of), tuple(made.values()), faults


def _pairs(wording: pd.Series, article: pd.Series) -> tuple[list[tuple[str, str]], NDArray[np.intp]]:
    """The distinct pairs of wording and article, and for each row the position of its pair."""
    (said, said_of), (laws, law_of) = distinct(wording), distinct(article)
    pair_of, found = pd.factorize(said_of * len(laws) + law_of)
    return [(said[one // len(laws)], laws[one % len(laws)]) for one in found.tolist()], pair_of


def _said(pair: tuple[str, str], known: Wordings) -> tuple[str, str]:
    """Wording and article of a pair, "" for marks of a blank ("-", "N/A") that no category has for a name."""
    text, law = pair
    return ("" if says_nothing(text) and not _meant(text, known) else text), ("" if says_nothing(law) else law)


def _own(text: str, known: Wordings, made: dict[str, Category]) -> str:
    key = key_of_wording(text)
    if key in known.keys:  # differs from a profile's key in signs only
        return key
    label = "".join(letter for letter in " ".join(text.split()) if letter.isprintable())[:_LONGEST_LABEL] or key
    made.setdefault(key, Category(key, label, label, ""))
    return key


def key_of_wording(text: str) -> str:
    """A category key made of any wording, always the same for the same wording: letters, digits and underscores."""
    bare = re.sub(r"[^a-z0-9]+", "_", plain(text)).strip("_")
    if not bare:  # a wording without one Latin letter
        return "category_" + _digest(text)
    key = bare if bare[0].isalpha() else f"category_{bare}"
    return key if len(key) <= _LONGEST_KEY else f"{key[: _LONGEST_KEY - 9]}_{_digest(text)}"


def _digest(text: str) -> str:
    return hashlib.sha256(normal(text).encode("utf-8", "replace")).hexdigest()[:8]


def _nearest(text: str, known: Wordings) -> str:
    near = get_close_matches(words(text)[:100], known.labels, n=3, cutoff=0.6)
    return ", ".join(dict.fromkeys(f"«{known.labels[name]}»" for name in near))


def _fault(at: int, pair: tuple[str, str], headers: tuple[str, str], proposals: str, known: Wordings) -> Fault:
    text, law = _said(pair, known)
    if not text and not law:
        return Fault("the category is blank. Write it, or the article of the law", at, headers[0], "missing_category")
    header = headers[0] if text else headers[1]
    if not proposals:
        return Fault(
            '"{value}" is none of the profile\'s categories. Add it there as a synonym, or write the article',
            at, header, "unknown_category", {"value": shown(text or law)},
        )  # fmt: skip
    return Fault(
        '"{value}" is none of the profile\'s categories. Is it {proposals}? Add it there as a synonym, or mend it',
        at, header, "unknown_category", {"value": shown(text or law), "proposals": proposals},
    )  # fmt: skip
