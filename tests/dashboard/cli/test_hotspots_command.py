"""``diemnong hotspots``: its columns, its numbers, what it says of what it leaves out."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np
import pytest

from geodata.statistics.rates import relative_risk
from tests.dashboard.cli.city import Call, City
from tests.geodata.worlds import tiny_workspace

OLD = ("--edition", "old", "--level", "commune")
COLUMNS = "area_code,area_name,n,expected,rr,rr_low,rr_high,z,p,q,class"
PEOPLE = np.array([10_000, 11_000, 12_000, 13_000])
METHODS = ("relative_risk", "gi_star", "local_moran")


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny world, one of whose communes has no known inhabitants."""
    return tiny_workspace(tmp_path_factory.mktemp("tiny")).folder


@pytest.mark.parametrize("method", METHODS)
def test_every_area_stands_in_one_row_with_the_columns_agreed(city: City, call: Call, method: str) -> None:
    said = call("-w", city.workspace, "hotspots", *OLD, "--method", method)
    assert said.status == 0, said.err
    assert said.text.splitlines()[0] == COLUMNS
    rows = table(said.text)
    assert sorted(row["area_code"] for row in rows) == ["01", "02", "03", "04"]
    counted = city.incidents["area"].value_counts()
    assert {row["area_code"]: int(row["n"]) for row in rows} == counted.to_dict()


def test_the_numbers_are_those_of_the_inhabitants(city: City, call: Call) -> None:
    rows = sorted(call("-w", city.workspace, "hotspots", *OLD, "--format", "json").json, key=lambda r: r["area_code"])
    n = np.array([row["n"] for row in rows])
    expected = PEOPLE * n.sum() / PEOPLE.sum()
    assert [row["expected"] for row in rows] == pytest.approx(expected)
    risk = relative_risk(n, expected)
    assert [row["rr"] for row in rows] == pytest.approx(risk.rr)
    assert [row["rr_low"] for row in rows] == pytest.approx(risk.low)
    assert [row["rr_high"] for row in rows] == pytest.approx(risk.high)


@pytest.mark.parametrize("method", METHODS)
def test_the_worst_comes_first_and_areas_nothing_is_known_of_last(tiny: Path, call: Call, method: str) -> None:
    rows = table(call("-w", tiny, "hotspots", "--edition", "2024", "--level", "commune", "--method", method).text)
    values = [float(row["rr" if method == "relative_risk" else "z"]) for row in rows[:-1]]
    assert values == sorted(values, reverse=True)
    last = rows[-1]
    assert (last["area_code"], last["class"]) == ("203", "no population")
    assert {last[name] for name in ("expected", "rr", "rr_low", "rr_high", "z", "p", "q")} == {""}
    assert int(last["n"]) > 0


def test_what_the_rows_do_not_show_is_said(tiny: Path, call: Call) -> None:
    said = call("-w", tiny, "hotspots", "--edition", "2024", "--level", "commune")
    assert "inhabitants are not known: 203" in said.err
    assert "have no area at this level" in said.err
    by_ground = call("-w", tiny, "hotspots", "--edition", "2025", "--level", "commune")
    assert "square kilometres" in by_ground.err
    whole = call("-w", tiny, "hotspots", "--edition", "2024", "--level", "commune", "--json").json
    assert (whole["by"], whole["tests"], whole["without_population"]) == ("population", 3, ["203"])
    assert whole["recorded"] == whole["placed"] + whole["not_placed"]
    assert [list(row) for row in whole["rows"]] == [COLUMNS.split(",")] * 4
    assert whole["rows"][-1]["rr"] is None


def test_areas_asked_for_are_listed_and_change_no_number(city: City, call: Call) -> None:
    every = {row["area_code"]: row for row in call("-w", city.workspace, "hotspots", *OLD, "--format", "json").json}
    for chosen, codes in (
        (("--area", "01"), ["01"]),
        (("--area", "2"), ["03", "04"]),
        (("--region", "West"), ["01", "03"]),
    ):
        some = call("-w", city.workspace, "hotspots", *OLD, *chosen, "--format", "json").json
        assert sorted(row["area_code"] for row in some) == codes
        assert all(row == every[row["area_code"]] for row in some)


def test_other_filters_choose_the_incidents(city: City, call: Call) -> None:
    options = ("--category", "theft", "--hours", "18-5", "--from", "2025-03-01")
    counts = {
        row["area"]: row["n"] for row in call("-w", city.workspace, "counts", *OLD, *options, "--format", "json").json
    }
    rows = call("-w", city.workspace, "hotspots", *OLD, *options, "--format", "json").json
    assert {row["area_code"]: row["n"] for row in rows if row["n"]} == counts
    assert {row["class"] for row in rows if row["n"] < 5} <= {"too few to tell", "low"}


def test_a_province_is_one_area_that_is_as_expected(city: City, call: Call) -> None:
    for method in METHODS:
        said = call("-w", city.workspace, "hotspots", "--edition", "old", "--level", "province", "--method", method)
        assert said.status == 0, said.err
        (row,) = table(said.text)
        assert (float(row["rr"]), float(row["p"])) == pytest.approx((1.0, 1.0))
        assert row["class"] in {"as expected", "not significant"}


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--edition", "new", "--level", "commune"), "there is no edition «new»"),
        ((*OLD, "--method", "guess"), "relative_risk"),
        ((*OLD, "--category", "arson"), "there is no category «arson»"),
        ((*OLD, "--area", "99"), "has no area «99»"),
    ],
)
def test_a_wrong_wish_is_refused_in_words(city: City, call: Call, options: tuple[str, ...], says: str) -> None:
    said = call("-w", city.workspace, "hotspots", *options)
    assert (said.status, said.out) == (2, b"")
    assert says in said.err
