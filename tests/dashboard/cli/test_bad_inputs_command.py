"""Bad and hostile inputs by the command line: one JSON object, status 2, the reader's words, no traceback."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from tests.dashboard.cli.city import Call
from tests.geodata.ingest.bad_inputs import GOOD, BadInput
from tests.geodata.ingest.bad_inputs import csv as csv_file
from tests.geodata.ingest.bad_outcomes import BAD_INPUTS, place

SOME = (
    *("empty csv", "HTML as xlsx", "truncated zip", "macros", "encrypted OLE", "billion laughs", "laughs in UTF-16"),
    *("VRT named GeoJSON", "CRS by link", "deep JSON", "looping view", "a name written right to left", "no date"),
    *("unclosed quotation mark", "both orders in one column", "names instead of offences", "words", "times", "places"),
)


def written(folder: Path) -> tuple[Path, list[Path]]:
    """A workspace, and the files of SOME, each in a folder of its own: many have the same name."""
    workspace, _ = place(BadInput("", "t3.csv", csv_file(GOOD)), folder)
    paths = []
    for at, key in enumerate(SOME):
        (folder / str(at)).mkdir()
        path = folder / str(at) / BAD_INPUTS[key].file
        path.write_bytes(BAD_INPUTS[key].content())
        paths.append(path)
    return workspace, paths


@pytest.mark.slow
@pytest.mark.parametrize("language", ["vi", "en"])
def test_many_at_once_end_in_one_object_that_tells_each(language: str, tmp_path: Path) -> None:
    workspace, paths = written(tmp_path)
    environment = {**os.environ, "DIEMNONG_LANG": language, "DIEMNONG_WORKSPACE": str(workspace)}
    command = [sys.executable, "-c", "from dashboard.cli import main; main()", "ingest", "--json", *map(str, paths)]
    done = subprocess.run(command, capture_output=True, env=environment, check=False, timeout=300)
    assert done.returncode == 2
    assert done.stderr == b""
    told = json.loads(done.stdout)["files"]
    assert len(told) == len(SOME)
    for key, file in zip(SOME, told, strict=True):
        one = BAD_INPUTS[key]
        assert file["status"] == ("refused" if one.refused else "loaded"), key
        assert file["read"] == file["kept"] + file["quarantined"] == len(one.kept) + len(one.aside), key
        assert file["kept"] == file["with_point"] + file["area_only"] + file["unplaced"], key
        if one.refused:
            words = one.refused.vi if language == "vi" else one.refused.en
            assert [text for text in (words, *one.refused.both) if text not in file["message"]] == []
        assert not [value for value in one.never if value in done.stdout.decode()]


@pytest.mark.parametrize("name", ["/vsicurl/http://192.0.2.1/t3.csv", f"{'x' * 300}.csv", "nowhere\n.csv"])
def test_a_path_that_names_no_file_ends_with_status_2(name: str, call: Call, tmp_path: Path) -> None:
    workspace, _ = place(BadInput("", "t3.csv", csv_file(GOOD)), tmp_path)
    said = call("-w", workspace, "ingest", name, "--json")
    (file,) = said.json["files"]
    assert (said.status, said.err, file["status"]) == (2, "", "refused")
    assert "is not there, or is not a file" in file["message"]


@pytest.fixture
def with_formulas(call: Call, tmp_path: Path) -> Path:
    """A workspace whose quarantine and case numbers hold formulas."""
    workspace, path = place(BAD_INPUTS["words"], tmp_path)
    shutil.copy(path, path.with_name("=HYPERLINK(2).csv"))
    assert call("-w", workspace, "ingest", path.with_name("=HYPERLINK(2).csv"), "--json").status == 0
    return workspace


@pytest.mark.slow
def test_no_formula_lives_in_what_a_spreadsheet_opens(with_formulas: Path, call: Call, tmp_path: Path) -> None:
    listed, mended = tmp_path / "quarantine.csv", tmp_path / "mend.xlsx"
    said = call("-w", with_formulas, "quarantine", "--csv", listed, "--xlsx", mended)
    assert said.status == 0
    cells = [cell for row in csv.reader(io.StringIO(listed.read_text(encoding="utf-8-sig"))) for cell in row]
    assert "'=HYPERLINK(2).csv" in cells
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []
    sheet = openpyxl.load_workbook(mended).worksheets[0]
    found = [cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("=")]
    assert {cell.value for cell in found} >= {"=HYPERLINK(2).csv", "=HYPERLINK(0)", "=cmd|' C calc'!A0"}
    assert {cell.data_type for cell in found} == {"s"}
