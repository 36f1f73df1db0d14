"""``diemnong patterns``: its columns, its end, its filters."""

from __future__ import annotations

import csv
import io
import json

import pytest

from geodata.statistics.emerging import PATTERNS
from tests.dashboard.cli.city import Call, City

OLD = ("--edition", "old", "--level", "commune")
COLUMNS = "area_code,area_name,pattern,probability,hot_bins,bins,run,first_hot,last_hot,n,rr,rr_low,rr_high,enough"


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_every_area_stands_in_one_row_with_the_columns_agreed(city: City, call: Call) -> None:
    said = call("-w", city.workspace, "patterns", *OLD)
    assert said.status == 0, said.err
    assert said.text.splitlines()[0] == COLUMNS
    rows = table(said.text)
    assert [row["area_code"] for row in rows] == ["01", "02", "03", "04"]
    assert sum(int(row["n"]) for row in rows) == len(city.incidents)
    assert {row["bins"] for row in rows} == {"12"}
    for row in rows:
        assert row["pattern"] in PATTERNS
        assert row["enough"] in {"true", "false"}


def test_a_number_that_is_not_there_is_an_empty_field_or_null(city: City, call: Call) -> None:
    theft = ("patterns", *OLD, "--category", "theft")
    rows = table(call("-w", city.workspace, *theft, "--method", "exceedance").text)
    assert {row["probability"] for row in rows} == {""}
    told = json.loads(call("-w", city.workspace, *theft, "--method", "exceedance", "--format", "json").text)
    assert {row["probability"] for row in told} == {None}
    assert {type(row["enough"]) for row in told} == {bool}
    assert list(told[0]) == COLUMNS.split(",")


@pytest.mark.parametrize(
    ("options", "bins"),
    [
        ((), 12),
        (("--bin", "quarter"), 4),
        (("--method", "exceedance"), 4),
        (("--method", "gi_star"), 4),
        (("--method", "gi_star", "--bin", "month"), 12),
        (("--until", "2025-08-31"), 8),
        (("--until", "31/08/2025", "--method", "exceedance"), 2),
        (("--until", "2025-08-15"), 7),
        (("--to", "2025-06-30"), 6),
        (("--until", "2031-01-01"), 12),
        (("--until", "2019-01-01"), 0),
    ],
)
def test_method_bin_and_end_say_how_many_bins_there_are(
    city: City, call: Call, options: tuple[str, ...], bins: int
) -> None:
    said = call("-w", city.workspace, "patterns", *OLD, *options)
    assert said.status == 0, said.err
    assert {row["bins"] for row in table(said.text)} == {str(bins)}


def test_areas_asked_for_are_listed_alone_and_judged_the_same(city: City, call: Call) -> None:
    every = table(call("-w", city.workspace, "patterns", *OLD).text)
    some = table(call("-w", city.workspace, "patterns", *OLD, "--area", "2").text)
    assert some == [row for row in every if row["area_code"] in {"03", "04"}]


def test_one_json_object_says_beside_the_rows_how_it_was_judged(city: City, call: Call) -> None:
    said = call("-w", city.workspace, "patterns", *OLD, "--json").json
    assert (said["method"], said["bin"], said["from"], said["until"]) == (
        "risk_path",
        "month",
        "2025-01-01",
        "2025-12-31",
    )
    assert len(said["rows"]) == 4
    assert said["placed"] == len(city.incidents)


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (("--method", "guess"), "guess"),
        (("--bin", "week"), "week"),
        (("--until", "soon"), "soon"),
        (("--category", "arson"), "arson"),
        (("--from", "2025-03-01"), "--until"),
    ],
)
def test_a_wrong_option_of_patterns_is_named_and_refused(
    city: City, call: Call, options: tuple[str, ...], named: str
) -> None:
    said = call("-w", city.workspace, "patterns", *OLD, *options)
    assert (said.status, said.out) == (2, b"")
    assert named in said.err


def test_two_months_are_no_quarter_and_are_not_said_to_be_no_month(city: City, call: Call) -> None:
    first = city.incidents["occurred"].min()
    said = call("-w", city.workspace, "patterns", *OLD, "--bin", "quarter", "--until", f"{first.year}-02-28")
    assert said.status == 0
    assert "no three whole months" in said.err
