"""The same names in what is no table of a view: decks, reports, rows put aside and the rows of other commands."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from lxml import etree

from tests.dashboard.cli.city import SOUTH, WEST, call_command
from tests.dashboard.cli.test_formulas_in_tables import AREAS, CATEGORIES, workspace

pytestmark = pytest.mark.slow
__all__ = ["workspace"]

LIVE = ("=", "+", "@", "\t", "\r")  # a minus alone begins numbers too
BAD = ("=1+1", "+cmd|' /C calc'!A0", "@SUM(1+1)", '=DDE("cmd";"/C calc";"1")', "\t=1+1")


def cells_of(text: str) -> list[str]:
    return [cell for mark in ",;" for row in csv.reader(io.StringIO(text), delimiter=mark) for cell in row]


@pytest.fixture(scope="module")
def aside(workspace: Path) -> Path:
    """The workspace with rows put aside, whose every cell would be run."""
    path = workspace.parent / "+aside.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "occurred", "category", "lon", "lat"])
        writer.writerow(["good", "2025-02-01 10:00", CATEGORIES[0], WEST + 0.001, SOUTH + 0.001])
        writer.writerows([bad, bad, bad, bad, bad] for bad in BAD)
    call_command("-w", workspace, "ingest", path)
    return workspace


def test_rows_put_aside_are_texts_in_csv_and_workbook(aside: Path, tmp_path: Path) -> None:
    said = call_command("-w", aside, "quarantine", "--csv", tmp_path / "aside.csv", "--xlsx", tmp_path / "aside.xlsx")
    assert said.status == 0, said.err
    text = (tmp_path / "aside.csv").read_text("utf-8-sig")
    assert "cmd" in text or "1+1" in text
    assert not [cell for cell in cells_of(text) if cell.startswith(LIVE)]
    book = openpyxl.load_workbook(tmp_path / "aside.xlsx")
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    assert any(str(cell.value).strip() in BAD for cell in cells)


@pytest.mark.parametrize(
    "command",
    [
        ("counts", "--edition", "old", "--level", "commune", "--by", "area,category,month"),
        ("hotspots", "--edition", "old", "--level", "commune", "--format", "csv"),
        ("targets", "--baseline", "2024-01-01..2024-12-31", "--period", "2025-01-01..2025-12-31"),
    ],
    ids=lambda command: command[0],
)
def test_rows_of_commands_begin_no_formula(aside: Path, command: tuple[str, ...]) -> None:
    said = call_command("-w", aside, *command)
    assert said.status == 0, said.err
    assert not [cell for cell in cells_of(said.out.decode()) if cell.startswith(LIVE)]


@pytest.mark.parametrize(
    ("command", "name"),
    [
        (("deck", "?edition=old&area=01&from=2025-01-01&to=2025-12-31"), "=deck.pptx"),
        (("report", "--year", "2025"), "=a.docx"),
    ],
    ids=("deck", "report"),
)
def test_documents_hold_no_field_link_or_formula(
    aside: Path, tmp_path: Path, command: tuple[str, ...], name: str
) -> None:
    out = tmp_path / name
    said = call_command("-w", aside, *command, "--out", out)
    assert said.status == 0, said.err
    parts = parts_of(out.read_bytes())
    assert any(AREAS[1] in text or CATEGORIES[1] in text for text in parts.values())  # told as it is, as a text
    assert not [part for part, text in parts.items() if "External" in text and part.endswith(".rels")]


def parts_of(content: bytes) -> dict[str, str]:
    """Part -> its text and attributes; workbooks within (the numbers of charts) are held to no formula."""
    found: dict[str, str] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for part in package.namelist():
            inner = package.read(part)
            if part.endswith(".xlsx"):
                cells = [c for sheet in openpyxl.load_workbook(io.BytesIO(inner)).worksheets for r in sheet for c in r]
                assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink], part
            elif part.endswith((".xml", ".rels")):
                root = etree.fromstring(inner)
                fields = [each for each in root.iter() if isinstance(each.tag, str) and each.tag.endswith("instrText")]
                assert not [each.text for each in fields if each.text and each.text.strip().split()[0] not in SAFE], (
                    part
                )
                found[part] = "".join(root.itertext()) + " ".join(
                    v for each in root.iter() for v in each.attrib.values()
                )
    return found


SAFE = ("PAGE", "NUMPAGES", "TOC", "SEQ", "REF", "PAGEREF", "SECTIONPAGES")
