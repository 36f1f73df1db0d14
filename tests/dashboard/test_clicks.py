"""What a click on the map or the chart asks next; nothing a browser sends is believed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dashboard.clicks import brushed_months, clicked_area, clicked_month
from dashboard.view import View
from geodata.vocabulary import Level, Period

VIEW = View(date(2024, 7, 1), date(2025, 6, 30), "2025", Level.COMMUNE, "count")
DEFAULT = VIEW.period


def test_a_click_on_an_area_asks_about_it_and_a_second_click_about_all() -> None:
    click = {"points": [{"location": "25459"}]}
    once = clicked_area(VIEW, click)
    assert once.area == ("25459",)
    assert clicked_area(once, click) == VIEW


def test_a_click_on_a_bar_asks_about_its_month_and_a_second_click_about_the_default() -> None:
    click = {"points": [{"x": "2025-02-01"}]}
    once = clicked_month(VIEW, DEFAULT, click)
    assert once.period == Period(date(2025, 2, 1), date(2025, 2, 28))
    assert clicked_month(once, DEFAULT, click).period == DEFAULT


def test_a_brush_asks_about_all_the_months_it_touches() -> None:
    brush = {"points": [{"x": "2025-01-01"}, {"x": "2024-11-01"}, {"x": "2024-12-01"}]}
    assert brushed_months(VIEW, brush).period == Period(date(2024, 11, 1), date(2025, 1, 31))


@pytest.mark.parametrize("nonsense", [None, {}, [], "x", {"points": []}, {"points": [{"x": {}, "location": 3}]}])
def test_a_nonsense_click_changes_nothing(nonsense: Any) -> None:
    assert clicked_area(VIEW, nonsense) == VIEW
    assert clicked_month(VIEW, DEFAULT, nonsense) == VIEW
    assert brushed_months(VIEW, nonsense) == VIEW
