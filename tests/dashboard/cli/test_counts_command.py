"""``diemnong counts`` against pandas on the same incidents."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from tests.dashboard.cli.city import Call, City

OLD = ("--edition", "old", "--level", "commune")
Twin = Callable[[pd.DataFrame], "pd.Series[bool]"]


def table(text: str) -> pd.DataFrame:
    return pd.read_csv(io.StringIO(text), dtype={"area": str, "category": str, "month": str})


def twin(frame: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    counted = frame.assign(month=frame["occurred"].dt.strftime("%Y-%m")).groupby(by).size().reset_index(name="n")
    return counted.sort_values(by).reset_index(drop=True)


@pytest.mark.parametrize("by", ["area", "category", "month", "area,category", "month,area,category"])
def test_counts_equal_pandas_by_any_columns(city: City, call: Call, by: str) -> None:
    said = call("-w", city.workspace, "counts", *OLD, "--by", by)
    columns = by.split(",")
    assert said.text.splitlines()[0] == f"{by},n"
    counted = table(said.text).sort_values(columns).reset_index(drop=True)
    pd.testing.assert_frame_equal(counted, twin(city.incidents, columns), check_dtype=False)


NIGHT = ("--hours", "18-5")
FILTERS: list[tuple[tuple[str, ...], Twin]] = [
    (("--category", "theft"), lambda t: t["category"] == "theft"),
    (("--category", "theft", "--category", "drugs"), lambda t: t["category"] != "assault"),
    (("--from", "2025-03-01", "--to", "2025-06-30"), lambda t: t["occurred"].dt.month.between(3, 6)),
    (("--from", "01/11/2025"), lambda t: t["occurred"].dt.month >= 11),
    (("--area", "01"), lambda t: t["area"] == "01"),
    (("--area", "2"), lambda t: t["area"].isin(["03", "04"])),
    (("--region", "West"), lambda t: t["area"].isin(["01", "03"])),
    (NIGHT, lambda t: (t["occurred"].dt.hour >= 18) | (t["occurred"].dt.hour <= 5)),
    (("--hours", "8-11"), lambda t: t["occurred"].dt.hour.between(8, 11)),
    (("--weekdays", "6,7"), lambda t: t["occurred"].dt.day_of_week >= 5),
    (("--weekdays", "1", "--weekdays", "2"), lambda t: t["occurred"].dt.day_of_week <= 1),
]


@pytest.mark.parametrize(("options", "rows"), FILTERS, ids=[" ".join(options) for options, _ in FILTERS])
def test_each_filter_keeps_the_rows_pandas_keeps(city: City, call: Call, options: tuple[str, ...], rows: Twin) -> None:
    said = call("-w", city.workspace, "counts", *OLD, *options)
    assert said.status == 0, said.err
    expected = twin(city.incidents[rows(city.incidents)], ["area"])
    assert table(said.text).to_dict("list") == expected.to_dict("list")


def test_a_group_is_its_categories(city: City, call: Call) -> None:
    groups = {row["area"]: row["n"] for row in call("-w", city.workspace, "counts", *OLD, "--format", "json").json}
    assert sum(groups.values()) == len(city.incidents)
    said = call("-w", city.workspace, "counts", *OLD, "--group", "nothing")
    assert (said.status, said.out) == (2, b"")
    assert "nothing" in said.err


def test_the_distance_band_holds_points_within_a_kilometre_of_the_border(city: City, call: Call) -> None:
    near = city.incidents[(city.incidents["lon"] - 106.0) * 109_000 <= 1_000]
    said = call("-w", city.workspace, "counts", *OLD, "--zone", "border_0_1km", "--format", "json")
    assert said.status == 0, said.err
    assert sum(row["n"] for row in said.json) == len(near)


def test_districts_sum_to_the_same_total(city: City, call: Call) -> None:
    said = call("-w", city.workspace, "counts", "--edition", "old", "--level", "district", "--format", "json")
    assert sum(row["n"] for row in said.json) == len(city.incidents)


def test_parquet_on_standard_output_and_in_a_file_are_the_same_table(city: City, call: Call, tmp_path: Path) -> None:
    to_stdout = call("-w", city.workspace, "counts", *OLD, "--format", "parquet")
    out = tmp_path / "counts.parquet"
    to_file = call("-w", city.workspace, "counts", *OLD, "--format", "parquet", "--out", out)
    assert (to_file.status, to_file.out) == (0, b"")
    read = pd.read_parquet(io.BytesIO(to_stdout.out))
    pd.testing.assert_frame_equal(read, pd.read_parquet(out))
    assert list(read.columns) == ["area", "n"]
    assert read["n"].sum() == len(city.incidents)


def test_json_says_beside_the_rows_how_many_have_no_place(city: City, call: Call) -> None:
    said = call("-w", city.workspace, "counts", *OLD, "--json")
    assert said.json["recorded"] == said.json["placed"] == len(city.incidents)
    assert said.json["not_placed"] == 0
    assert {tuple(row) for row in said.json["rows"]} == {("area", "n")}


def test_nothing_found_is_a_header_and_no_rows(city: City, call: Call) -> None:
    said = call("-w", city.workspace, "counts", *OLD, "--from", "2031-01-01", "--to", "2031-12-31")
    assert (said.status, said.text) == (0, "area,n\n")


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (("--edition", "1999", "--level", "commune"), "1999"),
        (("--edition", "old", "--level", "street"), "street"),
        ((*OLD, "--category", "arson"), "arson"),
        ((*OLD, "--area", "99"), "99"),
        ((*OLD, "--zone", "moon"), "moon"),
        ((*OLD, "--region", "East"), "East"),
        ((*OLD, "--source", "rumour"), "rumour"),
        ((*OLD, "--hours", "18-25"), "18-25"),
        ((*OLD, "--hours", "night"), "night"),
        ((*OLD, "--weekdays", "8"), "8"),
        ((*OLD, "--from", "2025-02-30"), "2025-02-30"),
        ((*OLD, "--from", "2025-05-01", "--to", "2025-04-01"), "2025-04-01"),
        ((*OLD, "--by", "colour"), "colour"),
        ((*OLD, "--format", "xml"), "xml"),
    ],
)
def test_a_wrong_option_is_named_and_refused(city: City, call: Call, options: tuple[str, ...], named: str) -> None:
    said = call("-w", city.workspace, "counts", *options)
    assert (said.status, said.out) == (2, b"")
    assert named in said.err


def test_json_rows_are_one_array_of_objects(city: City, call: Call) -> None:
    rows = json.loads(call("counts", "-w", city.workspace, *OLD, "--by", "area,month", "--format", "json").out)
    assert all(list(row) == ["area", "month", "n"] for row in rows)


def test_a_category_is_asked_for_by_its_name_as_well(city: City, call: Call) -> None:
    by_key, by_name = (
        call("-w", city.workspace, "counts", *OLD, "--category", asked).text for asked in ("theft", "trộm cắp tài sản")
    )
    assert by_key == by_name
