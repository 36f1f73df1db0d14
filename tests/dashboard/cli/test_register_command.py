"""``diemnong register``: its columns, what it says beside them, what it refuses."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

from geodata.follow_up import Spot
from geodata.vocabulary import Level, Step
from geodata.warehouse.warehouse import Warehouse
from tests.dashboard.cli.city import Call, City

OLD = ("--edition", "old", "--level", "commune")
COLUMNS = (
    "area_code,area_name,category,pattern,probability,lasting,hot_quarters,quarters,run,first_hot,trend,"
    "n,rr,rr_low,rr_high,step,since,measure,check,proposed"
)


def test_a_place_that_is_followed_up_is_listed_with_its_step(own_city: City, call: Call) -> None:
    spot = Spot("old", Level.COMMUNE, "02", "theft")
    Warehouse(own_city.workspace).follow_up(spot, Step.HANDLED, since=date(2025, 3, 1), measure="tuần tra đêm")
    said = call("-w", own_city.workspace, "register", *OLD)
    assert said.status == 0, said.err
    assert said.text.splitlines()[0] == COLUMNS
    rows = list(csv.DictReader(io.StringIO(said.text)))
    (row,) = (row for row in rows if row["area_code"] == "02" and row["category"] == "theft")
    assert (row["step"], row["since"], row["measure"]) == ("handled", "2025-03-01", "tuần tra đêm")
    assert row["lasting"] in {"true", "false"}
    told = json.loads(call("-w", own_city.workspace, "register", *OLD, "--json").text)
    assert {"looked_at", "too_few", "quarters_hot", "of_quarters", "categories"} <= set(told)
    (same,) = (each for each in told["rows"] if each["area_code"] == "02" and each["category"] == "theft")
    assert list(same) == COLUMNS.split(",")
    assert type(same["lasting"]) is bool
    only = call("-w", own_city.workspace, "register", *OLD, "--area", "01", "--format", "json")
    assert "02" not in {each["area_code"] for each in json.loads(only.text)}
    elsewhere = call("-w", own_city.workspace, "register", "--edition", "old", "--level", "province")
    assert "followed up in other administrative units" in elsewhere.err


def test_a_beginning_is_refused_because_the_register_has_its_own(city: City, call: Call) -> None:
    said = call("-w", city.workspace, "register", *OLD, "--from", "2025-01-01")
    assert said.status == 2
    assert "--until" in said.err
    assert call("-w", city.workspace, "register", *OLD, "--until", "2025-06-30").status == 0
