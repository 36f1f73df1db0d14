"""The glossary: every layer, pattern and method has its entry, in both languages' order; links keep the question."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from dash import html
from plotly.utils import PlotlyJSONEncoder

from dashboard import terms
from dashboard.claims.pattern import NAMES
from dashboard.components.glossary import about, glossary_link, method_link
from dashboard.layers import all_layers
from dashboard.pages import all_pages
from dashboard.panels import glossary
from dashboard.reading import Reading, read
from dashboard.screen import Screen
from dashboard.terms import TERMS, anchor, anchor_of_pattern, in_order
from dashboard.words import LANGUAGES, of
from geodata.answers.answers import Answers
from geodata.ingest.wording import plain
from tests.geodata.worlds import Still, tiny_snapshot

# Words of the pages that nobody can be expected to know, by the entry that explains them.
ASKED_FOR = ["hot", "cold", "range", "empirical_bayes", "bandwidth", "scan", "near_repeat", "forecast", "displacement"]
ASKED_FOR += ["edition", "responsibility", "zone", "distance_band", "reported", "precision", "not_placed", "generation"]
ASKED_FOR += ["enough", "probability", "three_statements", "more_than_chance", "lasting", "recorded_incident", "q"]
LONGEST = 420  # letters of a text: two to four sentences


def reading(query: str = "?lang=en&category=theft") -> Reading:
    return read(query, Answers(Still(tiny_snapshot())))


def href(link: html.A) -> str:
    return str(json.loads(json.dumps(link, cls=PlotlyJSONEncoder))["props"]["href"])


@pytest.mark.parametrize("word", [*all_layers(), *ASKED_FOR])
def test_every_layer_and_method_is_explained(word: str) -> None:
    assert anchor(word) in {term.key for term in TERMS}


@pytest.mark.parametrize("pattern", NAMES)
def test_every_pattern_is_explained_and_hot_ones_by_their_own_name(pattern: str) -> None:
    key = anchor_of_pattern(pattern)
    if not pattern.endswith("cold spot"):
        assert terms.title(key, of("en")) == of("en")(NAMES[pattern])


def test_keys_are_anchors_and_each_word_is_explained_once() -> None:
    words = [word for term in TERMS for word in (term.key, *term.covers)]
    assert len(words) == len(set(words))
    assert all(re.fullmatch(r"[a-z][a-z_]*", word) for word in words)


def test_every_entry_says_what_it_does_not_say_in_a_few_sentences() -> None:
    for term in TERMS:
        assert term.not_claimed.endswith(".")
        assert 1 <= term.text.count(". ") + 1 <= 4
        assert len(term.text) < LONGEST, term.key
        assert term.text != term.not_claimed


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_is_in_the_order_of_its_language(language: str) -> None:
    titles = [title for title, _ in in_order(of("vi" if language == "vi" else "en"))]
    assert len(titles) == len(TERMS)
    first = [title[0].casefold() for title in titles]
    assert first == sorted(first, key="aăâbcdđeêfghijklmnoôơpqrstuưvwxyz".index)


def test_a_marked_letter_follows_the_plain_one_and_tones_come_last() -> None:
    place = terms._place
    assert sorted(["đa", "dù", "ăn", "án", "an", "ân"], key=place) == ["an", "án", "ăn", "ân", "dù", "đa"]


def test_the_order_of_the_page_is_searched_as_the_browser_does() -> None:
    assert plain("Điểm NÓNG") == "diem nong"


def test_a_link_keeps_the_question_and_names_the_entry() -> None:
    now = reading()
    for link in (glossary_link(now.view, "gi_star", "Gi*"), about(now.view, "gi_star", now.words)):
        parts = urlsplit(href(link))
        assert (parts.path, parts.fragment) == ("/glossary", "gi_star")
        assert "category=theft" in parts.query
    assert urlsplit(href(glossary_link(now.view, "cluster", "x"))).fragment == "scan"
    assert urlsplit(href(glossary_link(now.view, "", "x"))).fragment == ""
    assert "Gi*" in json.dumps(method_link(now.view, "gi_star", now.words), cls=PlotlyJSONEncoder)


def test_an_unknown_word_is_a_fault_of_the_page_that_links_to_it() -> None:
    with pytest.raises(KeyError):
        anchor("colour")


def test_the_page_holds_every_entry_in_both_languages_and_the_way_back() -> None:
    page = all_pages()["/glossary"].layout(reading(), Screen())
    text = json.dumps(page, cls=PlotlyJSONEncoder, ensure_ascii=False)
    for term in TERMS:
        assert f'"id": "{term.key}"' in text
    assert "Gi* (Getis-Ord)" in text
    assert f'"href": "/{reading().view.to_query()}"' in text
    assert '"lang": "vi"' in json.dumps(glossary.layout(reading()), cls=PlotlyJSONEncoder)


def test_every_word_that_a_panel_links_to_is_explained() -> None:
    """Whoever names a word that has no entry gets a page that cannot be drawn; found here before."""
    calls = re.compile(r"(?:about|glossary_link|method_link)\([^,()]+(?:\([^()]*\))?, \"([a-z_]*)\"")
    source = Path(glossary.__file__).parent
    named = {word for path in source.glob("*.py") for word in calls.findall(path.read_text(encoding="utf-8"))}
    assert len(named) > 10
    assert all(anchor(word) for word in named if word)
