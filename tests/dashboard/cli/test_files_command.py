"""``diemnong files``, ``undo``, ``settle``, ``sources`` and ``quarantine --xlsx``."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.dashboard.cli.city import ROWS, Call, City

pytestmark = pytest.mark.slow  # every test starts processes that read files

HEADER = "id,occurred,category,lon,lat\n"
MORE = "x1,2025-05-05 10:00,theft,106.05,11.05\nx2,2025-05-06 10:00,theft,106.05,11.05\n"


def recorded(call: Call, city: City) -> int:
    said = call("-w", city.workspace, "counts", "--edition", "old", "--level", "commune", "--json")
    return int(said.json["recorded"])


@pytest.fixture
def two(own_city: City, call: Call, tmp_path: Path) -> City:
    """The city with a second file, one row of which cannot be read."""
    path = tmp_path / "more.csv"
    path.write_text(HEADER + MORE + "x3,2025-02-31,theft,106.05,11.05\n", encoding="utf-8")
    assert call("-w", own_city.workspace, "ingest", path).status == 0
    return own_city


def test_files_are_listed_with_the_number_by_which_they_are_undone(two: City, call: Call) -> None:
    rows = call("-w", two.workspace, "files", "--json").json["files"]
    assert [(row["id"], row["name"], row["kept"], row["quarantined"]) for row in rows] == [
        (1, "incidents.csv", ROWS, 0),
        (2, "more.csv", 2, 1),
    ]
    assert rows[1]["reasons"] == {"bad_date": 1}
    said = call("-w", two.workspace, "files")
    assert (said.status, said.out) == (0, b"")
    assert "more.csv" in said.err


def test_a_file_is_taken_out_and_can_be_loaded_again(two: City, call: Call, tmp_path: Path) -> None:
    said = call("-w", two.workspace, "undo", 2, "--json")
    assert (said.status, said.json["file"], said.json["kept"]) == (0, "more.csv", 2)
    assert recorded(call, two) == ROWS
    again = call("-w", two.workspace, "ingest", tmp_path / "more.csv", "--json")
    assert again.json["files"][0]["status"] == "loaded"
    assert recorded(call, two) == ROWS + 2


@pytest.mark.parametrize("number", ["9", "0", "x"])
def test_a_number_that_no_file_has_is_refused(two: City, call: Call, number: str) -> None:
    said = call("-w", two.workspace, "undo", number)
    assert said.status == 2
    assert len(said.err) > 20
    assert recorded(call, two) == ROWS + 2


def test_a_repeated_row_is_said_in_notes_and_reasons(two: City, call: Call, tmp_path: Path) -> None:
    path = tmp_path / "again.csv"
    path.write_text(HEADER + MORE + "x4,2025-05-07 10:00,theft,106.05,11.05\n", encoding="utf-8")
    (file,) = call("-w", two.workspace, "ingest", path, "--json").json["files"]
    assert (file["read"], file["kept"], file["reasons"], file["remarks"]) == (3, 1, {"repeated_row": 2}, {})
    assert any("2 rows stand in «more.csv» already" in note for note in file["notes"])
    lines = call("-w", two.workspace, "quarantine", "--format", "json").json
    assert [line["reason"] for line in lines] == ["bad_date", "repeated_row", "repeated_row"]
    table = call("-w", two.workspace, "ingest", path)
    assert "again.csv" in table.err


def test_what_waits_is_written_as_a_workbook_mended_and_loaded(two: City, call: Call, tmp_path: Path) -> None:
    path = tmp_path / "mend.xlsx"
    said = call("-w", two.workspace, "quarantine", "--xlsx", path)
    assert (said.status, said.out) == (0, b"")
    book = openpyxl.load_workbook(path)
    sheet = book.active
    heads = [cell.value for cell in sheet[1]]
    assert sheet.max_row == 2
    sheet.cell(2, heads.index("occurred") + 1).value = "28/02/2025"
    book.save(path)
    (file,) = call("-w", two.workspace, "ingest", path, "--json").json["files"]
    assert (file["status"], file["kept"]) == ("loaded", 1)
    assert recorded(call, two) == ROWS + 3
    call("-w", two.workspace, "quarantine", "--xlsx", path)
    assert openpyxl.load_workbook(path).active.max_row == 1


def test_one_answer_settles_a_wording(own_city: City, call: Call, tmp_path: Path) -> None:
    profile = own_city.workspace / "profile.toml"
    text = profile.read_text(encoding="utf-8").replace("unknown_categories", "# unknown_categories")
    profile.write_text('unknown_categories = "quarantine"\n' + text, encoding="utf-8")
    path = tmp_path / "cocks.csv"
    path.write_text(HEADER + MORE.replace("theft", "đá gà"), encoding="utf-8")
    assert call("-w", own_city.workspace, "ingest", path, "--json").json["files"][0]["quarantined"] == 2
    refused = call("-w", own_city.workspace, "settle", "đá gà", "cockfight")
    assert (refused.status, "gambling" in refused.err) == (2, True)
    said = call("-w", own_city.workspace, "settle", "Đá gà", "gambling", "--json")
    assert (said.status, said.json["rows"]) == (0, 2)
    assert recorded(call, own_city) == ROWS + 2


def test_decisions_are_listed_used_again_and_forgotten(own_city: City, call: Call, tmp_path: Path) -> None:
    mapping = tmp_path / "m.toml"
    mapping.write_text('[columns]\noccurred = "when it was"\n', encoding="utf-8")
    header = HEADER.replace("occurred", "when it was")
    for name, rows in (("a.csv", MORE), ("b.csv", MORE.replace("x", "y").replace("-05-", "-06-"))):
        (tmp_path / name).write_text(header + rows, encoding="utf-8")
    assert call("-w", own_city.workspace, "ingest", tmp_path / "a.csv", "--mapping", mapping).status == 0
    (file,) = call("-w", own_city.workspace, "ingest", tmp_path / "b.csv", "--json").json["files"]
    assert "read as «a.csv» was: occurred = «when it was»" in file["notes"][0]
    (source,) = call("-w", own_city.workspace, "sources", "--json").json["sources"]
    assert source["file"] == "a.csv"
    assert source["id"] in call("-w", own_city.workspace, "sources").err
    said = call("-w", own_city.workspace, "sources", "--forget", source["id"], "--json")
    assert (said.status, said.json["sources"]) == (0, [])
    assert call("-w", own_city.workspace, "sources", "--forget", source["id"]).status == 2
