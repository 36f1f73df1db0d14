"""Files that hold the same incidents, newer versions of them, or other ones that look alike."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from geodata.vocabulary import Level
from geodata.warehouse.warehouse import Warehouse
from tests.geodata.warehouse.offices import NAMELESS, load, told, write
from tests.geodata.worlds import C24, tiny_workspace, write_layer

pytestmark = pytest.mark.slow  # every test starts processes that read files

JANUARY = ("HS-1,05/01/2025 10:00,theft,106.05,11.05", "HS-2,06/01/2025 11:00,drugs,106.15,11.15")
FEBRUARY = ("HS-3,05/02/2025 10:00,theft,106.05,11.15",)


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    return Warehouse.create(tmp_path / "workspace")


def test_a_growing_file_adds_only_what_is_new(warehouse: Warehouse, tmp_path: Path) -> None:
    load(warehouse, write(tmp_path / "t1.csv", *JANUARY))
    said = load(warehouse, write(tmp_path / "t2.csv", *JANUARY, *FEBRUARY))
    assert (said.status, said.read, said.kept, said.reasons) == ("loaded", 3, 1, {"repeated_row": 2})
    assert told(warehouse) == [("t2.csv", 2, "repeated_row"), ("t2.csv", 3, "repeated_row")]
    row = next(iter(warehouse.quarantine()))
    assert row.message == "this row is row 2 of «t1.csv» already: it counts once"
    assert any("2 rows stand in «t1.csv» already" in finding.message for finding in said.findings)


def test_a_corrected_row_takes_the_place_of_the_older_one_which_stays_on_record(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    load(warehouse, write(tmp_path / "t1.csv", *JANUARY))
    said = load(warehouse, write(tmp_path / "t2.csv", "hs-1,05/01/2025 10:30,drugs,106.05,11.06"))
    assert (said.kept, said.reasons) == (1, {})
    assert told(warehouse) == [("t1.csv", 2, "corrected_later")]
    assert [(file.name, file.kept, file.reasons) for file in warehouse.files()] == [
        ("t1.csv", 1, {"corrected_later": 1}),
        ("t2.csv", 1, {}),
    ]
    lat = warehouse.snapshot().incidents.lat
    assert sorted(lat.tolist()) == [11.06, 11.15]


def test_a_trial_says_the_same_and_changes_nothing(warehouse: Warehouse, tmp_path: Path) -> None:
    load(warehouse, write(tmp_path / "t1.csv", *JANUARY))
    path = write(tmp_path / "t2.csv", *JANUARY[1:], "HS-1,05/01/2025 10:30,drugs,106.05,11.06", *FEBRUARY)
    trial = load(warehouse, path, dry_run=True)
    assert told(warehouse) == []
    done = load(warehouse, path)
    for name in ("read", "kept", "quarantined", "with_point", "reasons", "findings"):
        assert getattr(trial, name) == getattr(done, name), name


def test_the_newest_of_three_versions_counts(warehouse: Warehouse, tmp_path: Path) -> None:
    for i, lat in enumerate(("11.01", "11.02", "11.03")):
        load(warehouse, write(tmp_path / f"v{i}.csv", f"HS-1,05/01/2025 10:00,theft,106.05,{lat}"))
    assert warehouse.snapshot().incidents.lat.tolist() == [11.03]
    assert told(warehouse) == [("v0.csv", 2, "corrected_later"), ("v1.csv", 2, "corrected_later")]


def test_files_whose_rows_are_numbered_from_one_are_not_one_file(warehouse: Warehouse, tmp_path: Path) -> None:
    load(warehouse, write(tmp_path / "t1.csv", *(f"{i},{i:02}/01/2025 08:00,theft,106.05,11.05" for i in range(1, 9))))
    other = write(tmp_path / "t2.csv", *(f"{i},{i:02}/02/2025 09:00,drugs,106.15,11.15" for i in range(1, 9)))
    said = load(warehouse, other)
    assert (said.kept, len(warehouse.snapshot().incidents)) == (8, 16)
    assert any("not taken for the same cases" in finding.message for finding in said.findings)


def test_a_correction_under_a_running_number_is_known_by_what_else_agrees(warehouse: Warehouse, tmp_path: Path) -> None:
    load(warehouse, write(tmp_path / "t1.csv", *(f"{i},{i:02}/01/2025 08:00,theft,106.05,11.05" for i in range(1, 9))))
    said = load(warehouse, write(tmp_path / "sửa.csv", "3,03/01/2025 08:00,fraud,106.05,11.05"))
    assert (said.kept, told(warehouse)) == (1, [("t1.csv", 4, "corrected_later")])


def test_rows_without_numbers_are_known_by_what_they_say(warehouse: Warehouse, tmp_path: Path) -> None:
    rows = ("05/01/2025 10:00,theft,106.05,11.05", "05/01/2025 10:00,theft,106.05,11.05")
    load(warehouse, write(tmp_path / "a.csv", *rows, header=NAMELESS))
    assert len(warehouse.snapshot().incidents) == 2  # twice in one file: two incidents
    said = load(warehouse, write(tmp_path / "b.csv", *rows, rows[0], header=NAMELESS))
    assert (said.kept, said.reasons) == (1, {"repeated_row": 2})


def test_days_without_hours_are_taken_for_repeats_only_together(warehouse: Warehouse, tmp_path: Path) -> None:
    old = [f"{i:02}/01/2025,theft,106.05,11.05" for i in range(1, 9)]
    load(warehouse, write(tmp_path / "a.csv", *old, header=NAMELESS))
    other = [f"{i:02}/01/2025,drugs,106.05,11.05" for i in range(1, 9)]
    said = load(warehouse, write(tmp_path / "b.csv", *old[:3], *other, header=NAMELESS))
    assert (said.kept, said.reasons) == (11, {})
    assert any("3 rows say the same" in finding.message for finding in said.findings)
    said = load(warehouse, write(tmp_path / "c.csv", *old[:6], "09/01/2025,drugs,106.05,11.05", header=NAMELESS))
    assert said.reasons == {"repeated_row": 6}


def test_a_reading_that_takes_anothers_place_speaks_in_that_ones_turn(warehouse: Warehouse, tmp_path: Path) -> None:
    first = write(tmp_path / "t1.csv", "HS-1,03/04/2025 10:00,theft,106.05,11.05")
    load(warehouse, first)
    load(warehouse, write(tmp_path / "t2.csv", "HS-1,03/04/2025 10:00,fraud,106.05,11.05"))
    mapping = tmp_path / "m.toml"
    mapping.write_text('[dates]\norder = "mdy"\n', encoding="utf-8")
    said = load(warehouse, first, mapping=mapping)
    assert "replaces" in said.message
    assert (said.kept, said.reasons) == (0, {"corrected_later": 1})  # the correction came later, and still counts
    keys = [category.key for category in warehouse.snapshot().categories]
    assert [keys[i] for i in warehouse.snapshot().incidents.category] == ["fraud"]


def test_sheets_of_a_workbook_loaded_one_by_one_count_each_case_once(warehouse: Warehouse, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in {"T1": JANUARY, "T2": (*JANUARY, *FEBRUARY)}.items():
        sheet = book.create_sheet(name)
        for row in ("id,occurred,category,lon,lat", *rows):
            sheet.append(row.split(","))
    book.save(tmp_path / "b.xlsx")
    kept = [load(warehouse, tmp_path / "b.xlsx", sheet=name).kept for name in ("T1", "T2")]
    assert kept == [2, 1]
    assert next(iter(warehouse.quarantine())).facts["by_sheet"] == "T1"


def test_a_point_outside_gives_way_to_a_later_one_inside(tmp_path: Path) -> None:
    warehouse = tiny_workspace(tmp_path, incidents=False)
    load(warehouse, write(tmp_path / "t1.csv", "HS-1,05/01/2025 10:00,theft,107.5,11.05"))
    assert told(warehouse) == [("t1.csv", 2, "outside_boundaries")]
    said = load(warehouse, write(tmp_path / "t2.csv", "HS-1,05/01/2025 10:00,theft,106.05,11.05"))
    assert (said.kept, told(warehouse)) == (1, [("t1.csv", 2, "corrected_later")])
    back = load(warehouse, write(tmp_path / "t3.csv", "HS-1,05/01/2025 10:00,theft,107.9,11.05"))
    assert (back.kept, back.reasons) == (0, {"outside_boundaries": 1})
    assert len(warehouse.snapshot().incidents) == 1


def test_what_counts_stays_so_when_boundaries_change(tmp_path: Path) -> None:
    warehouse = tiny_workspace(tmp_path, incidents=False)
    load(warehouse, write(tmp_path / "t1.csv", *JANUARY))
    load(warehouse, write(tmp_path / "t2.csv", *JANUARY, "HS-3,05/02/2025 10:00,theft,107.5,11.15"))
    before = told(warehouse)
    warehouse.add_layer(write_layer(tmp_path / "c.geojson", C24), "2024", Level.COMMUNE)
    assert told(warehouse) == before
    load(warehouse, write(tmp_path / "t3.csv", *FEBRUARY))
    assert len(warehouse.snapshot().incidents) == 3


def test_a_newer_version_corrects_the_case_it_agrees_with_where_two_offices_give_one_number(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    """Both offices' 03/2025 count; a single row of that number is a version of one of them, not of both."""
    days = [f"0{i}/2025,0{i}/01/2025 10:00,theft" for i in range(1, 7)]
    load(warehouse, write(tmp_path / "south.csv", *(f"{day},106.05,11.05" for day in days)))
    late = (f"0{i}/2025,2{i}/01/2025 10:00,drugs,106.15,11.15" for i in range(1, 7))
    assert load(warehouse, write(tmp_path / "north.csv", *late)).kept == 6
    load(warehouse, write(tmp_path / "newer.csv", "03/2025,03/01/2025 10:00,gambling,106.05,11.05"))
    assert told(warehouse) == [("south.csv", 4, "corrected_later")]
    said = load(warehouse, write(tmp_path / "third.csv", "04/2025,14/03/2025 10:00,gambling,106.10,11.10"))
    assert (said.kept, told(warehouse)) == (1, [("south.csv", 4, "corrected_later")])  # agrees with neither: a third


def book(path: Path, **sheets: tuple[str, ...]) -> Path:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for line in ("Số hồ sơ,Ngày xảy ra,Tội danh,Kinh độ,Vĩ độ", *rows):
            sheet.append(line.split(","))
    made.save(path)
    return path


def test_a_sheet_with_the_whole_year_beside_its_months_counts_once(warehouse: Warehouse, tmp_path: Path) -> None:
    corrected = FEBRUARY[0].replace("theft", "drugs")
    said = load(warehouse, book(tmp_path / "year.xlsx", T1=JANUARY, T2=FEBRUARY, Year=(*JANUARY, corrected)))
    assert (said.read, said.kept, said.reasons) == (6, 3, {"repeated_row": 2, "corrected_later": 1})
    assert told(warehouse) == [
        ("year.xlsx", 2, "corrected_later"), ("year.xlsx", 2, "repeated_row"), ("year.xlsx", 3, "repeated_row"),
    ]  # fmt: skip
    categories = [warehouse.snapshot().categories[i].key for i in warehouse.snapshot().incidents.category]
    assert sorted(categories) == ["drugs", "drugs", "theft"]
    warehouse.undo(1)
    assert (len(warehouse.snapshot().incidents), told(warehouse)) == (0, [])


def test_sheets_that_each_count_from_one_all_count(warehouse: Warehouse, tmp_path: Path) -> None:
    months = {f"T{m}": tuple(f"{i},0{i}/0{m}/2025 10:00,theft,106.05,11.05" for i in range(1, 7)) for m in (1, 2, 3)}
    said = load(warehouse, book(tmp_path / "year.xlsx", **months))
    assert (said.read, said.kept) == (18, 18)


def test_what_programs_leave_behind_the_sixth_decimal_is_no_other_place(warehouse: Warehouse, tmp_path: Path) -> None:
    rows = ("05/01/2025 10:00,theft,106.112,11.05", "06/01/2025 10:00,theft,106.212345,11.05")
    load(warehouse, write(tmp_path / "a.csv", *rows, header=NAMELESS))
    traces = (rows[0].replace("106.112", "106.1120001"), rows[1].replace("106.212345", "106.21234499999999"))
    assert load(warehouse, write(tmp_path / "b.csv", *traces, header=NAMELESS)).status == "already_loaded"
    more = write(tmp_path / "c.csv", *traces, "07/01/2025 10:00,theft,106.1,11.1", header=NAMELESS)
    assert load(warehouse, more).reasons == {"repeated_row": 2}
