"""Rows that wait: mended in a workbook and loaded again, or settled by one answer."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from geodata.errors import StoreError
from geodata.ingest.mending import workbook
from geodata.ingest.recipe import Recipe
from geodata.warehouse.incoming import FileResult
from geodata.warehouse.warehouse import Warehouse
from tests.geodata.warehouse.offices import holds, load, told, write
from tests.geodata.worlds import tiny_workspace

pytestmark = pytest.mark.slow  # every test starts processes that read files

ROWS = (
    "HS-1,05/01/2025 10:00,theft,106.05,11.05",
    "HS-2,31/02/2025 10:00,theft,106.05,11.05",
    "HS-3,06/01/2025 10:00,theft,107.50,11.05",  # outside
    "HS-4,07/01/2025 10:00,đá gà ăn tiền,106.05,11.05",
    "HS-5,08/01/2025 10:00,Đá gà  ăn tiền,106.15,11.15",
    "HS-6,39/01/2025 10:00,đá gà ăn tiền,106.15,11.15",
)


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    made = tiny_workspace(tmp_path, incidents=False)
    profile = made.folder / "profile.toml"
    text = profile.read_text(encoding="utf-8")
    profile.write_text('unknown_categories = "quarantine"\n' + text.replace("unknown_cat", "# unknown_cat"), "utf-8")
    made.close()
    return Warehouse(made.folder)


@pytest.fixture
def loaded(warehouse: Warehouse, tmp_path: Path) -> Warehouse:
    said = load(warehouse, write(tmp_path / "t1.csv", *ROWS))
    assert (said.kept, said.quarantined) == (1, 5)
    return warehouse


def mend(warehouse: Warehouse, path: Path, mended: dict[str, dict[str, str]]) -> Path:
    """Download what waits, change cells of some cases, keep only those rows, and save."""
    path.write_bytes(workbook(warehouse.outstanding(), say=lambda row: row.message, language="en"))
    book = openpyxl.load_workbook(path)
    sheet = book.active
    heads = [cell.value for cell in sheet[1]]
    for number in range(sheet.max_row, 1, -1):
        change = mended.get(str(sheet.cell(number, heads.index("id") + 1).value))
        if change is None:
            sheet.delete_rows(number)
        else:
            for name, value in change.items():
                sheet.cell(number, heads.index(name) + 1).value = value
    book.save(path)
    return path


def waiting(warehouse: Warehouse) -> list[str]:
    return [one.row.cells["id"] for one in warehouse.outstanding()]


def notes(result: FileResult) -> str:
    return " ".join(finding.message for finding in result.findings)


DAY = {"HS-2": {"occurred": "28/02/2025 10:00"}}


def test_what_waits_has_keys_and_cells(loaded: Warehouse) -> None:
    rows = list(loaded.outstanding())
    assert waiting(loaded) == ["HS-2", "HS-3", "HS-4", "HS-5", "HS-6"]
    sha256 = loaded.files()[0].sha256
    assert [one.key for one in rows] == [f"{sha256[:12]}::{number}" for number in range(3, 8)]
    assert rows[1].row.cells["lon"] == "107.5"  # taken from the stored row: it was read, but lies outside


def test_a_mended_row_counts_and_no_longer_waits(loaded: Warehouse, tmp_path: Path) -> None:
    said = load(loaded, mend(loaded, tmp_path / "mended.xlsx", DAY))
    assert (said.status, said.kept) == ("loaded", 1)
    assert "1 rows that were put aside are mended" in notes(said)
    assert waiting(loaded) == ["HS-3", "HS-4", "HS-5", "HS-6"]
    assert ("t1.csv", 3, "mended_later") in told(loaded)
    assert len(loaded.snapshot().incidents) == 2


def test_a_row_mended_badly_waits_under_its_new_file(loaded: Warehouse, tmp_path: Path) -> None:
    load(loaded, mend(loaded, tmp_path / "bad.xlsx", {"HS-2": {"occurred": "30/02/2025 10:00"}}))
    assert waiting(loaded) == ["HS-3", "HS-4", "HS-5", "HS-6", "HS-2"]
    load(loaded, mend(loaded, tmp_path / "good.xlsx", DAY))
    assert "HS-2" not in waiting(loaded)
    assert len(loaded.snapshot().incidents) == 2


def test_an_old_workbook_mended_again_counts_once(loaded: Warehouse, tmp_path: Path) -> None:
    first = mend(loaded, tmp_path / "first.xlsx", DAY)
    second = mend(loaded, tmp_path / "second.xlsx", {**DAY, "HS-6": {"occurred": "09/01/2025"}})
    third = mend(loaded, tmp_path / "third.xlsx", {"HS-2": {"occurred": "27/02/2025 10:00"}})
    load(loaded, first)
    again = load(loaded, second)
    assert "stand in «first.xlsx» by now" in notes(again)
    assert again.reasons["repeated_row"] == 1
    other = load(loaded, third)  # mended otherwise: the newest version counts
    assert (other.kept, len(loaded.snapshot().incidents)) == (1, 2)
    assert ("first.xlsx", 2, "corrected_later") in told(loaded)


def test_a_point_outside_is_mended_and_comes_back_when_that_is_undone(loaded: Warehouse, tmp_path: Path) -> None:
    load(loaded, mend(loaded, tmp_path / "mended.xlsx", {"HS-3": {"lon": "106.15"}}))
    assert ("t1.csv", 4, "corrected_later") in told(loaded)
    assert "HS-3" not in waiting(loaded)
    done = loaded.undo(2)
    holds(loaded)
    assert "HS-3" in waiting(loaded)
    assert (done.kept, len(loaded.snapshot().incidents)) == (1, 1)


def test_what_a_file_mended_waits_again_when_it_is_undone(loaded: Warehouse, tmp_path: Path) -> None:
    load(loaded, mend(loaded, tmp_path / "mended.xlsx", DAY))
    done = loaded.undo(2)
    holds(loaded)
    assert (done.waiting, waiting(loaded)[0]) == (1, "HS-2")


def test_a_key_nobody_knows_is_said_and_the_row_counts(loaded: Warehouse, tmp_path: Path) -> None:
    path = mend(loaded, tmp_path / "mended.xlsx", DAY)
    book = openpyxl.load_workbook(path)
    book.active["A2"] = "0123456789ab:T:9"
    book.save(path)
    said = load(loaded, path)
    assert (said.kept, "not known here" in notes(said)) == (1, True)


def test_one_answer_settles_all_alike(loaded: Warehouse, tmp_path: Path) -> None:
    assert [(each.wording.casefold(), each.rows) for each in loaded.wordings()] == [("đá gà ăn tiền", 3)]
    n = loaded.settle("đá gà ăn tiền", "gambling")
    holds(loaded)
    assert loaded.wordings() == ()
    assert n == 2  # HS-6 has a bad day besides
    assert waiting(loaded) == ["HS-2", "HS-3", "HS-6"]
    assert [(row.row, row.reason) for row in loaded.quarantine()] == [
        (3, "bad_date"), (4, "outside_boundaries"), (7, "bad_date"),
    ]  # fmt: skip
    said = load(loaded, write(tmp_path / "t2.csv", "HS-7,09/01/2025 10:00,ĐÁ GÀ ĂN TIỀN,106.05,11.05"))
    assert (said.kept, said.findings) == (1, ())
    assert load(loaded, tmp_path / "t1.csv").status == "already_loaded"


def test_an_answer_changes_no_row_that_does_not_wait_for_it(loaded: Warehouse) -> None:
    before = told(loaded)
    assert loaded.settle("thứ khác", "gambling") == 0
    assert told(loaded) == before


@pytest.mark.parametrize(("wording", "category"), [("đá gà", "no_such"), (" - ", "gambling")])
def test_an_answer_nobody_can_use_is_refused(loaded: Warehouse, wording: str, category: str) -> None:
    generation = loaded.snapshot().generation
    with pytest.raises(StoreError):
        loaded.settle(wording, category)
    assert loaded.snapshot().generation == generation


def test_a_recipes_own_answer_goes_before_what_was_settled(loaded: Warehouse, tmp_path: Path) -> None:
    loaded.settle("đá gà ăn tiền", "gambling")
    path = write(tmp_path / "t2.csv", "HS-7,09/01/2025 10:00,đá gà ăn tiền,106.05,11.05")
    load(loaded, path, mapping=Recipe(categories={"đá gà ăn tiền": "assault"}))
    keys = [category.key for category in loaded.snapshot().categories]
    assert sorted(keys[i] for i in loaded.snapshot().incidents.category) == ["assault", "gambling", "gambling", "theft"]
