"""Which slides a deck has: none of nothing, and as many as its words need."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pptx
import pytest

from dashboard.deck.ends import ALWAYS
from dashboard.exports import Order, render
from dashboard.findings import default_script
from dashboard.reading import read
from dashboard.terms import TERMS
from dashboard.words import of
from geodata.answers.answers import Answers
from geodata.profile import CategoryRow, GroupRow
from geodata.vocabulary import Category
from tests.geodata.worlds import Still, tiny_snapshot

pytestmark = pytest.mark.slow

NOW = datetime(2025, 1, 2, 3, 4, tzinfo=UTC)


def deck() -> Any:
    """The script made from the data, in Vietnamese."""
    reading = read("", Answers(Still(tiny_snapshot())))
    return pptx.Presentation(io.BytesIO(render(Order(reading, NOW, script=default_script(reading)), "pptx")))


def test_no_word_of_the_deck_is_left_unexplained_for_want_of_room() -> None:
    explained = [each for each in deck().slides if each.shapes.title.text_frame.text == "Giải thích từ ngữ"]
    rows = [
        row.cells[0].text for each in explained for shape in each.shapes if shape.has_table for row in shape.table.rows
    ]
    words = of("vi")
    held = {term.key: words(term.title) for term in TERMS}
    assert {held[key] for key in ALWAYS} <= set(rows)
    assert not any(shape.name == "More" for each in explained for shape in each.shapes)


def test_a_group_of_which_nothing_was_recorded_has_no_slide() -> None:
    held = tiny_snapshot()
    group = {"unseen": GroupRow(vi="Chưa thấy", en="Unseen")}
    category = {"never": CategoryRow(vi="Chưa từng", en="Never", group="unseen")}
    profile = held.profile.model_copy(
        update={"groups": {**held.profile.groups, **group}, "categories": {**held.profile.categories, **category}}
    )
    never = Category("never", "Chưa từng", "Never", "unseen")
    widened = replace(held, profile=profile, categories=(*held.categories, never))
    found = read("", Answers(Still(widened)))
    assert found.names.members("unseen") == ("never",)
    assert not any("category=never" in each.query for each in default_script(found).slides)
