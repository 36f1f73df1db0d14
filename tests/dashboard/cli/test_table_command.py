"""``diemnong table``: a file of the kind asked with the numbers of ``diemnong counts``, whole or not at all."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.dashboard.cli.city import Call, City, Said
from tests.dashboard.exports.opened import facts_of, number, rows_of

FORMATS = ("csv", "geojson", "gpkg", "parquet", "xlsx")
NARROWED = {
    "": (),
    "&category=theft": ("--category", "theft"),
    "&from=2025-03-01&to=2025-06-30": ("--from", "2025-03-01", "--to", "2025-06-30"),
    "&region=West&hours=18-5": ("--region", "West", "--hours", "18-5"),
    "&area=1&weekdays=6,7": ("--area", "1", "--weekdays", "6,7"),
    "&zone=border_0_1km": ("--zone", "border_0_1km"),
}
YEAR = ("--from", "2025-01-01", "--to", "2025-12-31")


def counted(call: Call, city: City, level: str, *options: str, by: str = "area") -> list[dict[str, str]]:
    """The rows of ``diemnong counts``."""
    period = () if "--from" in options else YEAR
    said = call("-w", city.workspace, "counts", "--edition", "old", "--level", level, "--by", by, *period, *options)
    assert said.status == 0, said.err
    return list(csv.DictReader(io.StringIO(said.text)))


def written(call: Call, city: City, out: Path, query: str, *options: str) -> Said:
    period = "" if "from=" in query else "&from=2025-01-01&to=2025-12-31"
    return call("-w", city.workspace, "table", f"?edition=old{period}{query}", "--out", out, *options)


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("level", ["commune", "district"])
@pytest.mark.parametrize("narrowed", NARROWED)
def test_n_is_that_of_counts(city: City, call: Call, tmp_path: Path, form: str, level: str, narrowed: str) -> None:
    out = tmp_path / f"table.{form}"
    said = written(call, city, out, f"&level={level}{narrowed}")
    assert (said.status, said.out) == (0, b""), said.err
    expected = {row["area"]: int(row["n"]) for row in counted(call, city, level, *NARROWED[narrowed])}
    made = {str(row["area_code"]).zfill(2 if level == "commune" else 1): int(row["n"]) for row in rows_of(out)}
    assert {code: n for code, n in made.items() if n} == expected
    assert sum(expected.values()) == int(facts_of(out)["sum_n"])


@pytest.mark.slow
def test_the_long_table_is_that_of_counts(city: City, call: Call, tmp_path: Path) -> None:
    out = tmp_path / "long.xlsx"
    assert written(call, city, out, "&level=commune", "--by", "area,category,month").status == 0
    expected = counted(call, city, "commune", by="area,category,month")
    made = [(row["area_code"], row["category"], row["month"], row["n"]) for row in rows_of(out)]
    assert made == [(row["area"], row["category"], row["month"], int(row["n"])) for row in expected]


@pytest.mark.slow
def test_risks_are_those_of_hotspots(city: City, call: Call, tmp_path: Path) -> None:
    out = tmp_path / "risk.xlsx"
    assert written(call, city, out, "&level=commune&layer=relative_risk").status == 0
    said = call("-w", city.workspace, "hotspots", "--edition", "old", "--level", "commune", *YEAR)
    expected = {row["area_code"]: row for row in csv.DictReader(io.StringIO(said.text))}
    for row in rows_of(out):
        other = expected[row["area_code"]]
        assert (row["n"], row["class"]) == (int(other["n"]), other["class"])
        assert [number(row[key]) for key in ("expected", "rr", "q")] == [
            float(other[key]) for key in ("expected", "rr", "q")
        ]


def test_json_says_what_was_written(city: City, call: Call, tmp_path: Path) -> None:
    said = written(call, city, tmp_path / "table.csv", "&level=commune&colour=red", "--json")
    assert said.status == 0
    assert (said.json["rows"], said.json["format"], said.json["n"]) == (4, "csv", 60)
    assert said.json["facts"]["recorded"] == 60
    assert said.json["dropped"] == [{"key": "colour", "value": "red"}]
    assert said.json["facts_file"].endswith("table.facts.csv")
    assert "colour" in said.err


def test_a_csv_is_a_clean_table_in_utf_8_for_excel(city: City, call: Call, tmp_path: Path) -> None:
    assert written(call, city, tmp_path / "table.csv", "&level=commune").status == 0
    raw = (tmp_path / "table.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfarea_code,area_name,n,")
    assert "Đôn Thuận" in raw.decode("utf-8-sig")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["table.csv", "table.facts.csv"]


@pytest.mark.slow
def test_incidents_are_written_one_by_one_when_asked_for(city: City, call: Call, tmp_path: Path) -> None:
    out = tmp_path / "incidents.geojson"
    assert written(call, city, out, "&level=commune", "--rows", "incidents").status == 0
    assert len(rows_of(out)) == 60


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--out", "table.ods"), ".csv, .geojson, .gpkg, .parquet, .xlsx"),
        (("--out", "table"), "ends in"),
        (("--out", "nowhere/table.csv"), "No such file"),
        (("--out", "."), "ends in"),
        (("--out", f"{'ấ' * 120}.csv"), "shorten it"),
        (("--out", f"{'a' * 250}.csv"), "shorten it"),
        (("--out", "table.csv", "--by", "moon"), "moon"),
        (("--out", "table.geojson", "--by", "category"), "no shapes"),
        (("--out", "table.csv", "--by", "category", "--rows", "incidents"), "not both"),
        ((), "--out"),
    ],
)
def test_what_cannot_be_written_is_refused_and_leaves_nothing(
    city: City, call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    refused = call("-w", city.workspace, "table", "", *options)
    assert (refused.status, refused.out) == (2, b"")
    assert said in refused.err
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_that_name_is_no_file(city: City, call: Call, tmp_path: Path) -> None:
    (tmp_path / "table.csv").mkdir()
    refused = written(call, city, tmp_path / "table.csv", "&level=commune")
    assert refused.status == 2
    assert "folder" in refused.err


def test_what_stood_there_stays_where_nothing_can_be_written(city: City, call: Call, tmp_path: Path) -> None:
    out = tmp_path / "table.geojson"
    out.write_text("of last month")
    assert written(call, city, out, "&level=commune", "--by", "category").status == 2
    assert out.read_text() == "of last month"
    assert [path.name for path in tmp_path.iterdir()] == ["table.geojson"]


def test_the_file_may_be_read_by_whom_any_other_file_may(city: City, call: Call, tmp_path: Path) -> None:
    (tmp_path / "other").touch()
    assert written(call, city, tmp_path / "table.parquet", "&level=commune").status == 0
    assert (tmp_path / "table.parquet").stat().st_mode == (tmp_path / "other").stat().st_mode
