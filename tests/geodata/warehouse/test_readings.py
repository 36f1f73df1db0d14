"""The same file again: read the same way, read another way, another of its sheets, in other bytes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from geodata.ingest.recipe import Recipe
from geodata.warehouse.incoming import FileResult
from geodata.warehouse.warehouse import Warehouse
from tests.geodata.worlds import tiny_workspace

pytestmark = pytest.mark.slow  # every test starts processes that read files

TODAY = date(2025, 1, 2)
HEADER = ("id", "occurred", "category", "lon", "lat")
A = (("a1", "2024-03-01", "theft", 106.05, 11.05), ("a2", "2024-03-02", "theft", 106.15, 11.15))
B = (("b1", "2024-03-03", "drugs", 106.05, 11.15),)
C = (("c1", "2024-03-04", "theft", 106.15, 11.05),)


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    return tiny_workspace(tmp_path, incidents=False)


def workbook(path: Path, **sheets: tuple[tuple[object, ...], ...]) -> Path:
    """A workbook with these rows on its sheets; a sheet named ``odd...`` calls its days otherwise."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        sheet.append([("when it was" if name.startswith("odd") and field == "occurred" else field) for field in HEADER])
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def text(path: Path, *rows: tuple[object, ...], header: tuple[str, ...] = HEADER) -> Path:
    path.write_text("".join(",".join(map(str, row)) + "\n" for row in (header, *rows)), encoding="utf-8")
    return path


def ids(warehouse: Warehouse) -> int:
    """How many incidents every reader sees."""
    fresh = Warehouse(warehouse.folder)
    n = len(fresh.snapshot().incidents)
    fresh.close()
    return n


def load(warehouse: Warehouse, path: Path, **how: object) -> FileResult:
    return warehouse.ingest(path, today=TODAY, **how)  # type: ignore[arg-type]


def test_a_second_sheet_comes_beside_the_first(warehouse: Warehouse, tmp_path: Path) -> None:
    book = workbook(tmp_path / "b.xlsx", A=A, B=B)
    said = [load(warehouse, book, sheet=name).status for name in ("A", "B", "A", "B")]
    assert said == ["loaded", "loaded", "already_loaded", "already_loaded"]
    assert ids(warehouse) == 3
    assert load(warehouse, book).status == "already_loaded"  # all its sheets are there
    assert len(warehouse.snapshot().files) == 2


def test_the_whole_file_takes_in_a_sheet_loaded_before(warehouse: Warehouse, tmp_path: Path) -> None:
    book = workbook(tmp_path / "b.xlsx", A=A, B=B)
    load(warehouse, book, sheet="A")
    whole = load(warehouse, book)
    assert (whole.status, whole.kept, ids(warehouse)) == ("loaded", 3, 3)
    assert "replaces" in whole.message
    assert load(warehouse, book, sheet="B").status == "already_loaded"
    assert [file.kept for file in warehouse.snapshot().files] == [3]


def test_a_sheet_that_is_not_there_is_refused_even_if_the_file_was_loaded(warehouse: Warehouse, tmp_path: Path) -> None:
    book = workbook(tmp_path / "b.xlsx", A=A)
    load(warehouse, book)
    assert load(warehouse, book, sheet="Z").status == "refused"


def test_one_sheet_read_another_way_has_the_whole_file_read_so(warehouse: Warehouse, tmp_path: Path) -> None:
    book = workbook(tmp_path / "b.xlsx", A=A, B=B)
    load(warehouse, book, mapping=Recipe({"lon": "lat", "lat": "lon"}))
    assert ids(warehouse) == 0
    again = load(warehouse, book, sheet="A")
    assert (again.status, again.kept, ids(warehouse)) == ("loaded", 3, 3)


def test_a_sheet_is_never_lost_to_a_reading_that_cannot_read_it(warehouse: Warehouse, tmp_path: Path) -> None:
    book = workbook(tmp_path / "b.xlsx", odd_a=A, odd_b=B, C=C)
    mapped = Recipe({"occurred": "when it was"})
    assert load(warehouse, book, mapping=mapped).kept == 3
    beside = load(warehouse, book)  # without the mapping only C is a table
    assert (beside.status, beside.kept, ids(warehouse)) == ("loaded", 1, 4)
    assert load(warehouse, book, mapping=mapped).status == "already_loaded"


def test_a_reading_that_lacks_a_sheet_of_the_one_before_is_refused(warehouse: Warehouse, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    days = ("occurred", "day of report"), ("occurred", "other")
    for name, rows, (first, second) in (("A", A, days[0]), ("B", B, days[1])):
        sheet = book.create_sheet(name)
        sheet.append(["id", first, second, "category", "lon", "lat"])
        for row in rows:
            sheet.append([row[0], row[1], "2024-05-05", *row[2:]])
    book.save(tmp_path / "b.xlsx")
    load(warehouse, tmp_path / "b.xlsx")
    refused = load(warehouse, tmp_path / "b.xlsx", mapping=Recipe({"occurred": "day of report"}))
    assert (refused.status, ids(warehouse)) == ("refused", 3)
    assert "«B»" in refused.message


def test_a_file_read_with_the_right_mapping_replaces_the_wrong_reading(warehouse: Warehouse, tmp_path: Path) -> None:
    path = text(tmp_path / "f.csv", *A)
    wrong = load(warehouse, path, mapping=Recipe({"lon": "lat", "lat": "lon"}))
    assert (wrong.kept, wrong.quarantined) == (0, 2)
    right = load(warehouse, path)
    assert (right.status, right.kept, right.quarantined) == ("loaded", 2, 0)
    assert "replaces" in right.message
    assert (ids(warehouse), list(warehouse.quarantine())) == (2, [])
    assert [(file.kept, file.generation) for file in warehouse.snapshot().files] == [(2, right.generation)]
    assert load(warehouse, path).status == "already_loaded"


def test_another_crs_replaces_and_the_same_crs_in_other_words_does_not(warehouse: Warehouse, tmp_path: Path) -> None:
    header = ("id", "occurred", "category", "x", "y")
    path = text(tmp_path / "f.csv", ("a1", "2024-03-01", "theft", 614746.0, 1221790.0), header=header)
    fields = Recipe({"lon": "x", "lat": "y"})
    first = load(warehouse, path, mapping=fields, crs="EPSG:32649")
    assert first.kept == 0
    second = load(warehouse, path, mapping=fields, crs="EPSG:32648")
    assert (second.status, second.kept, ids(warehouse)) == ("loaded", 1, 1)
    again = load(warehouse, path, mapping=fields, crs=" epsg:32648")
    assert (again.status, again.generation) == ("already_loaded", second.generation)


def test_a_changed_profile_reads_a_file_anew(warehouse: Warehouse, tmp_path: Path) -> None:
    path, profile = text(tmp_path / "f.csv", *A, ("a3", "2024-03-05", "lấy đồ", 106.05, 11.05)), "profile.toml"
    written = (warehouse.folder / profile).read_text(encoding="utf-8")
    load(warehouse, path)
    made = {category.key for category in warehouse.snapshot().categories}
    assert "lay_do" in made
    changed = (
        written + '\n[groups.new]\nvi = "m"\nen = "n"\n[categories.taking]\nvi = "Lấy đồ"\nen = "T"\ngroup = "new"\n'
    )
    (warehouse.folder / profile).write_text(changed, encoding="utf-8")
    anew = Warehouse(warehouse.folder)
    said = load(anew, path)
    assert (said.status, said.kept, len(anew.snapshot().incidents)) == ("loaded", 3, 3)
    assert {category.key for category in anew.snapshot().categories} == {*made - {"lay_do"}, "taking"}


def test_a_profile_changed_where_the_file_does_not_care_replaces_nothing(warehouse: Warehouse, tmp_path: Path) -> None:
    path, profile = text(tmp_path / "f.csv", *A), warehouse.folder / "profile.toml"
    before = load(warehouse, path)
    written = profile.read_text(encoding="utf-8")
    profile.write_text("earliest = 2001-01-01\n" + written.replace("earliest", "# earliest"), encoding="utf-8")
    again = load(Warehouse(warehouse.folder), path)
    assert (again.status, again.generation) == ("already_loaded", before.generation)


@pytest.mark.parametrize("change", ["bom", "blank line", "other order", "workbook"])
def test_the_same_incidents_in_other_bytes_load_once(warehouse: Warehouse, tmp_path: Path, change: str) -> None:
    path, other = text(tmp_path / "f.csv", *A), tmp_path / "other.csv"
    load(warehouse, path)
    if change == "workbook":
        other = workbook(tmp_path / "other.xlsx", A=A)
    elif change == "other order":
        text(other, *reversed(A))
    else:
        content = path.read_bytes()
        other.write_bytes(b"\xef\xbb\xbf" + content if change == "bom" else content + b"\r\n")
    for trial in (True, False):
        said = load(warehouse, other, dry_run=trial)
        assert (said.status, said.read, ids(warehouse)) == ("already_loaded", 0, 2)
        assert "f.csv" in said.message


def test_files_without_one_good_row_are_not_the_same(warehouse: Warehouse, tmp_path: Path) -> None:
    bad = [("a1", "2024-13-01", "theft", 106.05, 11.05), ("a2", "2024-14-01", "theft", 106.05, 11.05)]
    said = [load(warehouse, text(tmp_path / f"{i}.csv", row)).status for i, row in enumerate(bad)]
    assert said == ["loaded", "loaded"]
    assert len(list(warehouse.quarantine())) == 2


def test_a_right_reading_after_a_right_copy_leaves_the_incidents_once(warehouse: Warehouse, tmp_path: Path) -> None:
    path, copy = text(tmp_path / "f.csv", *A), tmp_path / "copy.csv"
    copy.write_bytes(path.read_bytes() + b"\n")
    load(warehouse, path, mapping=Recipe({"lon": "lat", "lat": "lon"}))
    load(warehouse, copy)
    said = load(warehouse, path)
    assert (said.status, ids(warehouse), len(list(warehouse.quarantine()))) == ("loaded", 2, 0)
