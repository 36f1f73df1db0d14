"""``diemnong reconciliation``: the sums of what the other commands say."""

from __future__ import annotations

import json

from tests.dashboard.cli.city import Call, City


def test_the_sums_are_those_of_the_incidents_loaded(city: City, call: Call) -> None:
    whole = json.loads(call("-w", city.workspace, "reconciliation", "--json").text)
    assert whole["read"] == whole["kept"] + whole["quarantined"]
    assert whole["kept"] == whole["with_point"] + whole["area_only"] + whole["unplaced"]
    assert whole["kept"] == len(city.incidents)
    months = city.incidents["occurred"].dt.strftime("%Y-%m").value_counts().to_dict()
    assert {row["month"]: row["kept"] for row in whole["months"] if row["kept"]} == months
    kept = city.incidents["category"].value_counts().to_dict()
    assert {row["category"]: row["kept"] for row in whole["categories"] if row["kept"]} == kept


def test_a_person_is_told_the_two_equations(city: City, call: Call) -> None:
    said = call("-w", city.workspace, "reconciliation")
    assert (said.status, said.out) == (0, b"")
    assert f"{len(city.incidents)} incidents kept" in said.err
    assert "edition old: " in said.err
