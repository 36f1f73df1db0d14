"""``diemnong targets``: rows as agreed, whole years or a running one, everywhere or area by area."""

from __future__ import annotations

import csv
import io

import pytest

from tests.dashboard.cli.city import Call, City

AGREED = ["category", "baseline", "current", "ratio", "low", "high", "p", "arithmetic", "change", "verdict", "on_track"]
PERIODS = ("--baseline", "2023", "--period", "2024")


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_each_category_and_group_has_a_row_with_the_agreed_columns(call: Call, city: City) -> None:
    said = call("-w", city.workspace, "targets", *PERIODS)
    assert said.status == 0
    found = rows(said.text)
    assert list(found[0])[: len(AGREED)] == AGREED
    named = [row["category"] for row in found if row["category"]]
    assert {"theft", "drugs", "assault"} <= set(named)
    assert {row["verdict"] for row in found} <= {"met", "missed", "unclear"}
    assert [row["group"] for row in found if not row["category"]]
    for row in found:
        assert (row["arithmetic"] == "met") == (float(row["current"]) <= 0.9 * float(row["baseline"]) + 1e-9)


def test_areas_have_rows_of_their_own_that_add_up(call: Call, city: City) -> None:
    whole = rows(call("-w", city.workspace, "targets", *PERIODS).text)
    apart = rows(call("-w", city.workspace, "targets", *PERIODS, "--level", "district").text)
    assert list(apart[0])[:2] == ["area_code", "area_name"]
    for row in whole:
        if row["category"]:
            same = [int(each["current"]) for each in apart if each["category"] == row["category"]]
            assert sum(same) <= int(row["current"])


def test_json_says_what_is_compared(call: Call, city: City) -> None:
    said = call("-w", city.workspace, "targets", "--baseline", "2023-01-01..2023-06-30", "--period", "2024", "--json")
    assert said.json["rows"][0]["category"]
    assert len(said.json["compared"]) == 4


@pytest.mark.parametrize(
    ("period", "remedy"),
    [("20x4", "write a year as 2024"), ("2024-05-01..2024-01-01", "ends before it starts"), ("x..y", "is not a day")],
)
def test_a_period_that_cannot_be_is_refused_with_words(call: Call, city: City, period: str, remedy: str) -> None:
    said = call("-w", city.workspace, "targets", "--baseline", "2023", "--period", period)
    assert said.status == 2
    assert remedy in said.err


def test_a_level_that_is_not_loaded_is_refused(call: Call, city: City) -> None:
    said = call("-w", city.workspace, "targets", *PERIODS, "--edition", "1900")
    assert said.status == 2
    assert "no boundaries with that level are loaded" in said.err
