"""Wording and articles to categories."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.ingest.categories import article_in, key_of_wording, read_categories, wordings_of
from geodata.ingest.raw import Fault
from geodata.profile import Profile
from geodata.vocabulary import Category


def meant(
    profile: Profile, *pairs: tuple[str, str], own: bool = False
) -> tuple[list[str], tuple[Category, ...], list[Fault]]:
    wording, article = (pd.Series(list(column), dtype="str") for column in zip(*pairs, strict=True))
    known = wordings_of(profile.category_list())
    keys, made, faults = read_categories(wording, article, headers=("Tội danh", "Điều"), known=known, own=own)
    return keys.tolist(), made, faults


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("theft", "theft"), ("Trộm cắp tài sản", "theft"), ("TRỘM CẮP", "theft"), ("Property  theft", "theft"),
        ("Ma tuý", "drugs"), ("Ma túy", "drugs"), ("ma tu\u0301y", "drugs"), ("Trom cap tai san", "theft"),
        ("black credit", "black_credit"), ("Điều 173", "theft"), ("Đ.173", "theft"), ("173 khoản 2", "theft"),
        ("khoản 2 Điều 173 BLHS", "theft"), ("Điều 256a", "drugs"), ("tội đánh bạc (Điều 321)", "gambling"),
    ],
)  # fmt: skip
def test_a_category_is_known_by_key_label_synonym_and_article(strict: Profile, text: str, key: str) -> None:
    assert meant(strict, (text, ""))[0] == [key]


def test_the_article_speaks_where_the_wording_says_nothing_known(strict: Profile) -> None:
    keys, _, faults = meant(strict, ("", "173"), ("lạ", "Điều 134"), ("Ma túy", "173"), ("", ""), ("Cờ bạx", "1"))
    assert keys == ["theft", "assault", "drugs", "", ""]
    assert [(fault.at, fault.reason, fault.facts.get("proposals")) for fault in faults] == [
        (3, "missing_category", None),
        (4, "unknown_category", "«Cờ bạc»"),
    ]


def test_an_open_profile_makes_one_category_of_each_wording(open_minded: Profile) -> None:
    keys, made, faults = meant(
        open_minded,
        ("aggravated assault", ""),
        ("Aggravated  Assault", ""),
        ("!!!", ""),
        ("Theft!", ""),
        ("", ""),
        own=True,
    )
    assert keys[:2] == ["aggravated_assault"] * 2
    assert keys[3] == "theft"
    assert [category.vi for category in made] == ["aggravated assault", "!!!"]
    assert [fault.reason for fault in faults] == ["missing_category"]


def test_articles_are_found_in_a_text_and_dates_are_not() -> None:
    assert [article_in(text) for text in ("điểm đ khoản 1 Điều 249", "256A", "12/03", "phường 4", "")] == [
        "249", "256a", "", "", "",
    ]  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(st.text(min_size=1, max_size=200))
def test_any_wording_gives_an_allowed_key_and_always_the_same(text: str) -> None:
    key = key_of_wording(text)
    assert re.fullmatch(r"[a-z][a-z0-9_]{0,63}", key)
    assert key == key_of_wording(f" {text} ")
