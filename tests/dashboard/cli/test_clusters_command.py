"""``diemnong clusters`` and ``diemnong near-repeat``: their columns, filters and refusals."""

from __future__ import annotations

import csv
import io
import json
from itertools import combinations

import pytest

from geodata.geometry import crs
from tests.dashboard.cli.city import Call, City

OLD = ("--edition", "old", "--level", "commune")
CLUSTERS = "members,n,expected,rr,llr,p,from,to"
NEAR = "meters_from,meters_to,days_from,days_to,pairs,expected,ratio,p"


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_every_cluster_stands_in_one_row_with_the_columns_agreed(city: City, call: Call) -> None:
    said = call("-w", city.workspace, "clusters", *OLD, "--method", "poisson_scan")
    assert said.status == 0, said.err
    assert said.text.splitlines()[0].startswith(CLUSTERS + ",")
    rows = table(said.text)
    members = [code for row in rows for code in row["members"].split(" ")]
    assert len(members) == len(set(members))
    assert set(members) <= {"01", "02", "03", "04"}
    true = city.incidents["area"].value_counts()
    for row in rows:
        inside = row["members"].split(" ")
        assert int(row["n"]) == sum(true[code] for code in inside)
        people = {"01": 10, "02": 11, "03": 12, "04": 13}
        assert float(row["expected"]) == pytest.approx(len(city.incidents) * sum(people[c] for c in inside) / 46)
        assert 0 < float(row["p"]) <= 1
    first, last = city.incidents["occurred"].min().date(), city.incidents["occurred"].max().date()
    assert {(row["from"], row["to"]) for row in rows} == {(first.isoformat(), last.isoformat())}


def test_a_rise_has_its_own_months(city: City, call: Call) -> None:
    rows = table(
        call("-w", city.workspace, "clusters", *OLD, "--method", "permutation_scan", "--to", "2025-09-30").text
    )
    assert rows
    assert {row["to"] for row in rows} == {"2025-09-30"}
    assert {row["from"][8:] for row in rows} == {"01"}
    assert min(row["from"] for row in rows) >= "2025-04-01"  # six months at most


def test_json_has_the_same_rows_and_how_they_were_found(city: City, call: Call) -> None:
    rows = json.loads(call("-w", city.workspace, "clusters", *OLD, "--format", "json").text)
    told = call("-w", city.workspace, "clusters", *OLD, "--json").json
    assert told["rows"] == rows
    assert (told["method"], told["incidents"], told["by"], told["months"]) == ("poisson_scan", 60, "population", None)
    assert {type(row["significant"]) for row in rows} == {bool}


def test_near_repeats_need_no_layer(city: City, call: Call) -> None:
    said = call("-w", city.workspace, "near-repeat", "--category", "theft")
    assert said.status == 0, said.err
    assert said.text.splitlines()[0] == NEAR
    rows = table(said.text)
    assert [(row["meters_from"], row["meters_to"]) for row in rows[::3]] == [
        ("0", "0"),
        ("0", "100"),
        ("100", "200"),
        ("200", "400"),
    ]
    assert [(row["days_from"], row["days_to"]) for row in rows[:3]] == [("0", "7"), ("7", "14"), ("14", "28")]
    assert {row["ratio"] for row in rows if float(row["expected"]) == 0} <= {""}


def test_bands_and_filters_are_taken(city: City, call: Call) -> None:
    wide = ("near-repeat", "--meters", "20000", "--days", "400", "--from", "2025-06-01", *OLD, "--area", "1")
    said = call("-w", city.workspace, *wide, "--json").json
    here = city.incidents[city.incidents["area"].isin(["01", "02"]) & (city.incidents["occurred"] >= "2025-06-01")]
    n = len(here)
    assert said["incidents"] == n
    assert sum(row["pairs"] for row in said["rows"]) == n * (n - 1) / 2 - far_apart(here)


def far_apart(frame: object) -> int:
    """Pairs of the city more than 20 km apart."""
    x, y = crs.transform_xy(frame["lon"], frame["lat"], crs.WGS84, "EPSG:32648")  # type: ignore[index]
    return sum(abs(complex(x[i] - x[j], y[i] - y[j])) > 20_000 for i, j in combinations(range(len(x)), 2))


@pytest.mark.parametrize("meters", ["", "0,100", "200,100", "near", "100,100", "nan", "-5"])
def test_bands_that_do_not_rise_are_refused(city: City, call: Call, meters: str) -> None:
    said = call("-w", city.workspace, "near-repeat", f"--meters={meters}")
    assert said.status == 2
    assert "100,200,400" in said.err


@pytest.mark.parametrize("command", ["clusters", "near-repeat"])
def test_what_is_not_there_is_refused_in_words(city: City, call: Call, command: str) -> None:
    for wrong in (("--category", "piracy"), ("--area", "99"), ("--region", "Moon")):
        said = call("-w", city.workspace, command, *OLD, *wrong)
        assert said.status == 2
        assert wrong[1] in said.err
    assert call("-w", city.workspace, command, "--edition", "1999", "--level", "commune").status == 2


def test_areas_of_unknown_inhabitants_are_said_to_take_no_part(own_city: City, call: Call) -> None:
    bare = own_city.workspace.parent / "bare.geojson"
    told = json.loads((own_city.workspace.parent / "communes.geojson").read_text("utf-8"))
    told["features"][0]["properties"]["population"] = None
    bare.write_text(json.dumps(told), "utf-8")
    names = ("--edition", "bare", "--level", "commune", "--population", "population")
    assert call("-w", own_city.workspace, "boundaries", "add", bare, *names).status == 0
    said = call("-w", own_city.workspace, "clusters", "--edition", "bare", "--level", "commune")
    assert said.status == 0
    assert "1 areas take no part" in said.err
