"""Spellings and what is shown of them."""

from __future__ import annotations

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.ingest.sources import read_sources
from geodata.ingest.wording import LONGEST_SHOWN, normal, plain, shown, text_of, words


def test_tone_style_case_form_and_spaces_do_not_matter() -> None:
    assert normal("Hòa") == normal("Hoà") == normal("HO\u0300A ")
    assert normal("Thúy") == normal("Thuý")
    assert words("Điều - khoản") == words("điều_khoản ") == "điều khoản"
    assert plain("Đường Hoà Hội") == "duong hoa hoi"


def test_a_long_or_odd_value_is_shown_short_and_visible() -> None:
    assert shown("a\tb\x00") == "a\\x09b\\x00"
    assert shown(None) == ""
    assert shown("x" * 50) == "x" * 39 + "…"


@settings(deadline=None, max_examples=60)
@given(st.text())
def test_whatever_is_shown_fits_on_a_line(text: str) -> None:
    assert len(shown(text)) <= LONGEST_SHOWN
    assert shown(text).isprintable()
    assert normal(normal(text)) == normal(text)


def test_cells_become_text() -> None:
    assert [text_of(cell) for cell in (None, 25456.0, 1.5, " a ", True)] == ["", "25456", "1.5", "a", "True"]


def test_sources_are_told_and_never_refused() -> None:
    cells = [
        "Tố giác",
        "TIN BÁO",
        "tin bao",
        "Công an phát hiện",
        "reported",
        "Discovered",
        "",
        None,
        "tin báo, phát hiện",
    ]
    assert read_sources(pd.Series(cells, dtype=object)).tolist() == [
        *["reported"] * 3, "discovered", "reported", "discovered", "unknown", "unknown", "unknown",
    ]  # fmt: skip
