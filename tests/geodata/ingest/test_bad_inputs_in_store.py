"""Bad inputs that only show beside other files, or by the path they are named by."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from geodata.ingest.mending import workbook
from geodata.warehouse.warehouse import Warehouse
from tests.geodata.ingest.bad_inputs import GOOD, HEADER, BadInput, csv
from tests.geodata.ingest.bad_outcomes import BAD_INPUTS, TODAY, place, read_when_asked
from tests.geodata.warehouse.offices import holds


def load(warehouse: Warehouse, path: Path) -> str:
    """Load a file and give its status; the sums hold afterwards."""
    result = warehouse.ingest(path, today=TODAY, tables=read_when_asked(path))
    holds(warehouse)
    return result.status


def test_the_same_content_loads_once_whatever_it_is_called(tmp_path: Path) -> None:
    workspace, path = place(BAD_INPUTS["times"], tmp_path)
    copy = path.with_name("bản sao.csv")
    copy.write_bytes(path.read_bytes())
    warehouse = Warehouse(workspace)
    assert [load(warehouse, each) for each in (path, copy, path)] == ["loaded", "already_loaded", "already_loaded"]
    assert len(warehouse.snapshot().incidents) == 3


def test_rows_of_another_file_count_once_and_say_where_they_stand(tmp_path: Path) -> None:
    workspace, path = place(BadInput("", "t3.csv", csv(GOOD)), tmp_path)
    later = path.with_name("t4.csv")
    later.write_text(f"{HEADER}\n{GOOD}\nHS-2,26/03/2024,Trộm cắp tài sản,106.051,11.052\n", encoding="utf-8")
    warehouse = Warehouse(workspace)
    assert [load(warehouse, each) for each in (path, later)] == ["loaded", "loaded"]
    (row,) = warehouse.quarantine()
    assert (row.file, row.row, row.reason) == ("t4.csv", 2, "repeated_row")
    assert "row 2 of «t3.csv»" in row.message


def test_one_answer_settles_all_rows_of_a_wording(tmp_path: Path) -> None:
    wording = "đá gà ăn tiền"
    rows = [GOOD.replace("HS-1", f"HS-{n}").replace("Trộm cắp tài sản", wording) for n in range(5)]
    workspace, path = place(BadInput("", "t3.csv", csv(*rows)), tmp_path)
    warehouse = Warehouse(workspace)
    load(warehouse, path)
    assert {(row.reason, row.facts["value"]) for row in warehouse.quarantine()} == {("unknown_category", wording)}
    assert warehouse.settle(wording, "gambling") == 5
    holds(warehouse)
    assert list(warehouse.quarantine()) == []


@pytest.mark.parametrize(
    "name",
    [
        "/vsicurl/http://192.0.2.1/t3.csv",
        "/vsizip/t3.zip/t3.csv",
        "http://192.0.2.1/t3.csv",
        f"{'x' * 300}.csv",
        f"{'x/' * 3_000}t3.csv",
        "t3\0.csv",
        "nirgends.csv",
        ".",
    ],
)
def test_a_path_that_names_no_file_here_is_refused_and_nothing_is_fetched(name: str, tmp_path: Path) -> None:
    workspace, path = place(BadInput("", "t3.csv", csv(GOOD)), tmp_path)
    warehouse = Warehouse(workspace)
    before = warehouse.snapshot().generation
    result = warehouse.ingest(path.parent / name, today=TODAY)
    assert (result.status, result.generation) == ("refused", before)
    assert "is not there, or is not a file" in result.message
    assert result.message.isprintable()


def test_formulas_in_the_quarantine_stay_text_in_the_workbook_for_mending(tmp_path: Path) -> None:
    workspace, path = place(BAD_INPUTS["words"], tmp_path)
    warehouse = Warehouse(workspace)
    load(warehouse, path)
    made = workbook(list(warehouse.outstanding()), say=lambda said: said.message, language="vi")
    with zipfile.ZipFile(io.BytesIO(made)) as container:
        parts = {name: container.read(name).decode("utf-8") for name in container.namelist() if name.endswith(".xml")}
    assert any("=HYPERLINK" in part for part in parts.values())
    assert [name for name, part in parts.items() if "<f>" in part or "<f " in part or "<hyperlink" in part] == []


@pytest.mark.parametrize(
    "key", ["words", pytest.param("times", marks=pytest.mark.slow), pytest.param("places", marks=pytest.mark.slow)]
)
def test_rows_put_aside_load_again_as_they_are_and_nothing_is_lost_or_doubled(key: str, tmp_path: Path) -> None:
    workspace, path = place(BAD_INPUTS[key], tmp_path)
    warehouse = Warehouse(workspace)
    load(warehouse, path)
    before = len(warehouse.snapshot().incidents)
    again = path.with_name("sua.xlsx")
    again.write_bytes(workbook(list(warehouse.outstanding()), say=lambda said: said.message, language="vi"))
    assert load(warehouse, again) == "loaded"
    assert len(warehouse.snapshot().incidents) == before
