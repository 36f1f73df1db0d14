"""Mended rows whose files come, go and come again in any order: each incident counts once, and both ways agree."""

from __future__ import annotations

import sqlite3
from itertools import permutations
from pathlib import Path

import openpyxl
import pytest

from geodata.ingest.mending import workbook
from geodata.warehouse.reckoning import reckon_again
from geodata.warehouse.warehouse import Warehouse
from tests.geodata.warehouse.offices import NAMELESS, holds, load, told, write
from tests.geodata.worlds import tiny_workspace

pytestmark = pytest.mark.slow  # every test starts processes that read files

ROWS = (  # without case numbers: only the keys of rows tell what mends what
    "05/01/2025 10:00,theft,106.05,11.05",
    "06/01/2025 10:00,theft,abc,11.05",
    "07/01/2025 10:00,theft,107.50,11.05",  # outside
    "08/01/2025 10:00,đá gà,106.05,11.05",
)
GOOD = ({"lon": "106.05"}, {"lon": "106.15"}, {"category": "gambling"})
HALF: tuple[dict[str, str], ...] = ({"lon": "106.05"}, {"lon": "107.60"}, {})  # the second and third wait on
STORED = (
    "SELECT * FROM hidden ORDER BY 1, 2",
    "SELECT id, settled_by, settled_sheet, settled_row FROM quarantine ORDER BY 1",
    "SELECT id, kept, quarantined FROM files ORDER BY 1",
)


@pytest.fixture
def loaded(tmp_path: Path) -> Warehouse:
    made = tiny_workspace(tmp_path, incidents=False)
    profile = made.folder / "profile.toml"
    text = profile.read_text(encoding="utf-8").replace("unknown_cat", "# unknown_cat")
    profile.write_text('unknown_categories = "quarantine"\n' + text, encoding="utf-8")
    made.close()
    warehouse = Warehouse(made.folder)
    assert load(warehouse, write(tmp_path / "t1.csv", *ROWS, header=NAMELESS)).quarantined == 3
    return warehouse


def mend(warehouse: Warehouse, path: Path, *changes: dict[str, str], copied: tuple[dict[str, str], ...] = ()) -> Path:
    """Download what waits, change its rows, copy the first one below, and save."""
    path.write_bytes(workbook(warehouse.outstanding(), say=lambda row: row.message, language="en"))
    book = openpyxl.load_workbook(path)
    sheet = book.active
    heads = [cell.value for cell in sheet[1]]
    for change in copied:
        sheet.append([change.get(str(head), cell.value) for head, cell in zip(heads, sheet[2], strict=True)])
    for number, change in enumerate(changes, start=2):
        for name, value in change.items():
            sheet.cell(number, heads.index(name) + 1).value = value
    book.save(path)
    return path


def agrees(warehouse: Warehouse) -> None:
    """The sums hold, and reckoning from the first file on leads to what is stored."""
    holds(warehouse)
    connection = sqlite3.connect(warehouse.folder / "catalogue.sqlite")
    stored = [connection.execute(query).fetchall() for query in STORED]
    reckon_again(connection, warehouse.folder)
    assert [connection.execute(query).fetchall() for query in STORED] == stored
    connection.rollback()
    connection.close()


def number_of(warehouse: Warehouse, name: str) -> int:
    return next(file.id for file in warehouse.files() if file.name == name)


def test_what_was_mended_does_not_wait_again_when_its_file_is_loaded_again(loaded: Warehouse, tmp_path: Path) -> None:
    load(loaded, mend(loaded, tmp_path / "mended.xlsx", *GOOD))
    assert len(loaded.snapshot().incidents) == 4
    loaded.undo(1)
    agrees(loaded)
    assert len(loaded.snapshot().incidents) == 3
    said = load(loaded, tmp_path / "t1.csv")
    agrees(loaded)
    assert any("3 rows were mended before, in «mended.xlsx»" in finding.message for finding in said.findings)
    assert (len(loaded.snapshot().incidents), list(loaded.outstanding())) == (4, [])


def test_a_file_that_comes_again_understood_counts_once_beside_what_mended_it(
    loaded: Warehouse, tmp_path: Path
) -> None:
    load(loaded, mend(loaded, tmp_path / "mended.xlsx", {"lon": "106.05"}, {"lon": "106.15"}, {"category": "drugs"}))
    loaded.undo(1)
    loaded.settle("đá gà", "gambling")
    load(loaded, tmp_path / "t1.csv")  # its last row counts by itself now
    agrees(loaded)
    categories = [category.key for category in loaded.snapshot().categories]
    held = sorted(categories[i] for i in loaded.snapshot().incidents.category)
    assert held == ["drugs", "theft", "theft", "theft"]  # as the person mended it
    load(loaded, write(tmp_path / "t2.csv", "09/01/2025 10:00,theft,106.05,11.15", header=NAMELESS))
    loaded.undo(number_of(loaded, "t2.csv"))
    agrees(loaded)
    assert len(loaded.snapshot().incidents) == 4


@pytest.mark.parametrize("order", list(permutations(("t1.csv", "half.xlsx", "whole.xlsx"))))
def test_a_row_mended_twice_over_counts_once_whatever_is_undone_and_loaded_again(
    loaded: Warehouse, tmp_path: Path, order: tuple[str, ...]
) -> None:
    load(loaded, mend(loaded, tmp_path / "half.xlsx", *HALF))
    load(loaded, mend(loaded, tmp_path / "whole.xlsx", *GOOD[1:]))
    assert (len(loaded.snapshot().incidents), list(loaded.outstanding())) == (4, [])
    for name in order[:2]:
        loaded.undo(number_of(loaded, name))
        agrees(loaded)
    for name in order[:2]:
        load(loaded, tmp_path / name)
        agrees(loaded)
    assert (len(loaded.snapshot().incidents), list(loaded.outstanding())) == (4, [])
    for file in loaded.files():
        loaded.undo(file.id)
    agrees(loaded)
    assert (len(loaded.snapshot().incidents), told(loaded)) == (0, [])


def test_a_row_mended_in_two_files_waits_no_more_when_one_is_taken_out(loaded: Warehouse, tmp_path: Path) -> None:
    load(loaded, mend(loaded, tmp_path / "half.xlsx", *HALF))
    load(loaded, mend(loaded, tmp_path / "whole.xlsx", *GOOD[1:]))
    loaded.undo(number_of(loaded, "half.xlsx"))
    agrees(loaded)
    assert [one.row.row for one in loaded.outstanding()] == [3]  # only what that file alone had mended


def test_a_row_copied_in_the_workbook_counts_once_in_its_last_version(loaded: Warehouse, tmp_path: Path) -> None:
    copies = ({"lon": "106.05"}, {"lon": "106.15"})
    said = load(loaded, mend(loaded, tmp_path / "mended.xlsx", *GOOD, copied=copies))
    agrees(loaded)
    assert (said.kept, said.reasons) == (3, {"corrected_later": 1, "repeated_row": 1})
    assert len(loaded.snapshot().incidents) == 4
    assert sorted(loaded.snapshot().incidents.lon.tolist()) == [106.05, 106.05, 106.15, 106.15]


def test_a_key_that_was_filled_down_hides_no_other_row(loaded: Warehouse, tmp_path: Path) -> None:
    """Day and place differ: the key was copied, not the row."""
    other = {"occurred": "20/01/2025 09:00", "lon": "106.15", "lat": "11.15"}
    said = load(loaded, mend(loaded, tmp_path / "mended.xlsx", *GOOD, copied=(other,)))
    agrees(loaded)
    assert (said.kept, len(loaded.snapshot().incidents)) == (4, 5)
    assert any("not known here" in finding.message for finding in said.findings)


def test_an_older_workbook_half_mended_makes_nothing_wait_again(loaded: Warehouse, tmp_path: Path) -> None:
    half = mend(loaded, tmp_path / "half.xlsx", *HALF)
    load(loaded, mend(loaded, tmp_path / "whole.xlsx", *GOOD))
    load(loaded, half)
    agrees(loaded)
    assert (len(loaded.snapshot().incidents), list(loaded.outstanding())) == (4, [])


@pytest.mark.parametrize("order", ["mdy", "ask"])
def test_the_workbook_and_settled_rows_are_day_first_whatever_the_office_writes(tmp_path: Path, order: str) -> None:
    made = tiny_workspace(tmp_path, incidents=False)
    profile = made.folder / "profile.toml"
    text = profile.read_text(encoding="utf-8").replace("unknown_cat", "# unknown_cat")
    profile.write_text(f'unknown_categories = "quarantine"\ndate_order = "{order}"\n' + text, encoding="utf-8")
    made.close()
    warehouse = Warehouse(made.folder)
    rows = ("2025-03-05 10:00,theft,abc,11.05", "2025-03-05 11:00,đá gà,106.05,11.05")
    load(warehouse, write(tmp_path / "t1.csv", *rows, header=NAMELESS))
    warehouse.settle("đá gà", "gambling")
    assert load(warehouse, mend(warehouse, tmp_path / "mended.xlsx", {"lon": "106.05"})).kept == 1
    assert warehouse.snapshot().incidents.day.tolist() == [20152, 20152]  # the fifth of March, twice
