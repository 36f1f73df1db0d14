"""Wording and articles to categories."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.errors import FileRefusedError
from geodata.ingest.crimes.categories import Categories, read_categories
from geodata.ingest.crimes.offences import key_of_wording
from geodata.ingest.crimes.wordings import wordings_of
from geodata.ingest.raw import Fault
from geodata.profile import Profile
from geodata.vocabulary import Article, Category

BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)
NO_ANSWERS: Mapping[str, str] = MappingProxyType({})


def decide(
    categories: tuple[Category, ...],
    *pairs: tuple[str, str],
    own: bool = False,
    answers: Mapping[str, str] = NO_ANSWERS,
    days: tuple[date, ...] = (),
) -> Categories:
    wording, article = (pd.Series(list(column), dtype="str") for column in zip(*pairs, strict=True))
    day = np.array([(one - date(1970, 1, 1)).days for one in days or [BEFORE] * len(pairs)], dtype=np.int64)
    return read_categories(
        wording, article, day=day, headers=("Tội danh", "Điều"), known=wordings_of(categories), own=own, answers=answers
    )


def meant(
    profile: Profile, *pairs: tuple[str, str], own: bool = False
) -> tuple[list[str], tuple[Category, ...], list[Fault]]:
    found = decide(profile.category_list(), *pairs, own=own)
    return found.keys.tolist(), found.made, found.faults


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("theft", "theft"), ("Trộm cắp tài sản", "theft"), ("TRỘM CẮP", "theft"), ("Property  theft", "theft"),
        ("Ma tuý", "drugs"), ("Ma túy", "drugs"), ("ma tu\u0301y", "drugs"), ("Trom cap tai san", "theft"),
        ("black credit", "black_credit"), ("Điều 173", "theft"), ("Đ.173", "theft"), ("173 khoản 2", "theft"),
        ("khoản 2 Điều 173 BLHS", "theft"), ("Điều 256", "drugs"), ("tội đánh bạc (Điều 321)", "gambling"),
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


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Vụ trộm cắp tài sản tại ấp 3", "theft"), ("Tội cố ý gây thương tích (khoản 1)", "assault"),
        ("173 - Trộm cắp tài sản", "theft"), ("Bắt quả tang nhóm đối tượng đánh bạc", "gambling"),
        ("Tàng trữ, mua bán trái phép chất ma túy", "drugs"), ("Vu trom cap tai san", "theft"),
        ("Đánh bạc và tổ chức đánh bạc", "gambling"), ("Phạm tội lừa đảo chiếm đoạt tài sản qua mạng", "fraud"),
    ],
)  # fmt: skip
def test_a_wording_that_holds_the_phrase_of_one_category_is_that_category(strict: Profile, text: str, key: str) -> None:
    assert meant(strict, (text, ""))[0] == [key]


@pytest.mark.parametrize(
    "text",
    [
        "Tiêu thụ tài sản do trộm cắp mà có", "Giết người, trộm cắp tài sản", "Không trộm cắp tài sản",
        "Trộm cắp tài sản và đánh bạc", "Trộm cắp tài sản và cướp", "Không tố giác tội phạm trộm cắp", "Trộm cáp",
    ],
)  # fmt: skip
def test_a_phrase_among_other_matters_settles_nothing(strict: Profile, text: str) -> None:
    (fault,) = meant(strict, (text, ""))[2]
    assert fault.reason == "unknown_category"
    assert "theft" in fault.facts["keys"]  # type: ignore[operator]
    json.dumps(fault.facts)


def test_with_categories_of_its_own_a_file_keeps_each_wording_apart(open_minded: Profile) -> None:
    wordings = (
        "Property theft from vehicle",
        "Vụ trộm cắp tài sản tại ấp 3",
        "134 assault on a train",
        "134",
        "Section 134",
    )
    keys, made, _ = meant(
        open_minded, *((wording, "") for wording in wordings), ("", "134"), ("Điều 134", ""), own=True
    )
    assert keys == [*(category.key for category in made), "assault", "assault"]
    assert len(made) == len(wordings)


def test_an_answer_comes_before_everything_and_settles_all_that_are_spelled_alike(strict: Profile) -> None:
    answers = {"Đá gà": "gambling", "trộm cắp": "fraud", "Điều 999": "drugs"}
    pairs = ("ĐÁ  GÀ", ""), ("đá-gà", "173"), ("Trộm cắp", ""), ("", "Điều 999"), ("đá bóng", "")
    found = decide(strict.category_list(), *pairs, answers=answers)
    assert found.keys.tolist() == ["gambling", "gambling", "fraud", "drugs", ""]
    with pytest.raises(
        FileRefusedError, match=r"«Đá gà» is to be read as the category cock_fight, .* it has gambling, "
    ):
        decide(strict.category_list(), ("", ""), answers={"Đá gà": "cock_fight"})


def test_an_article_counts_from_the_day_it_is_in_force(strict: Profile, open_minded: Profile) -> None:
    pairs = [("", "Điều 256a")] * 3 + [("Ma túy", "256a"), ("", "256a, 256")]
    days = BEFORE, AFTER, date(2026, 1, 2), BEFORE, BEFORE
    for profile in (strict, open_minded):
        found = decide(profile.category_list(), *pairs, days=days, own=profile is open_minded)
        assert found.keys.tolist() == ["", "drugs", "drugs", "drugs", "drugs"]
        (fault,) = found.faults
        assert (fault.at, fault.column, fault.reason) == (0, "Điều", "article_not_in_force")
        assert fault.template.format(**fault.facts).startswith(
            "article 256a (Ma túy) is in force from 01/07/2025 on, and the row is of 30/06/2025. "
        )
        assert found.remarks == []


def test_an_article_that_moved_from_one_category_to_another_is_told_by_the_day() -> None:
    old = Category("old", "Cũ", "Old", "g", (Article("300", None, BEFORE), Article("301", None, BEFORE)))
    new = Category("new", "Mới", "New", "g", (Article("300", AFTER, None),))
    days = BEFORE, AFTER, AFTER, BEFORE
    found = decide((old, new), ("", "300"), ("", "300"), ("", "301"), ("", "301"), days=days)
    assert found.keys.tolist() == ["old", "new", "", "old"]
    assert [fault.facts["until"] for fault in found.faults] == ["30/06/2025"]
    assert old.breaks == new.breaks == (AFTER,)


def test_articles_of_several_categories_are_not_chosen_among(strict: Profile) -> None:
    found = decide(strict.category_list(), ("", "Điều 321, 322"), ("", "Điều 173, 134"), ("Cờ bạc", "Điều 173, 321"))
    assert found.keys.tolist() == ["gambling", "", "gambling"]
    (fault,) = found.faults
    assert (fault.reason, fault.facts["keys"]) == ("several_categories", ["theft", "assault"])
    assert fault.facts["proposals"] == "«Trộm cắp tài sản», «Cố ý gây thương tích»"
    assert found.remarks == []


def test_wording_decides_over_the_article_and_says_so(strict: Profile) -> None:
    pairs = (
        ("Trộm cắp tài sản", "Điều 134"),
        ("Trộm cắp tài sản (Điều 134)", ""),
        ("Trộm cắp", "173"),
        ("Trộm cắp", "5"),
    )
    found = decide(strict.category_list(), *pairs)
    assert found.keys.tolist() == ["theft"] * 4
    assert [(one.at, one.column, one.reason) for one in found.remarks] == [
        (0, "Tội danh", "wording_contradicts_article"),
        (1, "Tội danh", "wording_contradicts_article"),
    ]
    assert found.remarks[0].facts["other"] == "Cố ý gây thương tích"


@settings(deadline=None, max_examples=60)
@given(st.text(min_size=1, max_size=200))
def test_any_wording_gives_an_allowed_key_and_always_the_same(text: str) -> None:
    key = key_of_wording(text)
    assert re.fullmatch(r"[a-z][a-z0-9_]{0,63}", key)
    assert key == key_of_wording(f" {text} ")
