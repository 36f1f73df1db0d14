"""``diemnong report``: the file, its author's words, and what becomes of a report that somebody changed."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from docx import Document

from tests.dashboard.cli.city import Call, City

pytestmark = pytest.mark.slow


def said_in(file: Path) -> str:
    document = Document(io.BytesIO(file.read_bytes()))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def year_of(city: City, call: Call) -> int:
    found = call("-w", city.workspace, "counts", "--edition", "old", "--level", "commune", "--by", "month", "--json")
    return int(found.json["rows"][-1]["month"][:4])


@pytest.fixture
def year(city: City, call: Call) -> int:
    return year_of(city, call)


def test_words_of_the_author_stand_in_the_report_made_again(city: City, call: Call, tmp_path: Path, year: int) -> None:
    out, words = tmp_path / "r.docx", tmp_path / "r.words.md"
    first = call("-w", city.workspace, "report", "--year", year, "--out", out, "--json")
    assert first.status == 0, first.err
    assert first.json["due"] is None, "the profile of this city names no day"
    assert first.json["words_made"] is True
    text = words.read_text("utf-8").replace("[proposals]", "[proposals]\nNeeds two lamps.\n\n- Item one.\n")
    text = text.replace("[issuer]", "[issuer]\nUBND huyện X") + "\n## Mine\nA thought.\n"
    words.write_text(text, "utf-8")
    again = call("-w", city.workspace, "report", "--year", year, "--out", out, "--json")
    assert (again.status, again.json["kept_copy"], again.json["words_made"]) == (0, None, False), again.err
    assert words.read_text("utf-8") == text
    told = said_in(out)
    for part in ("Needs two lamps.", "- Item one.", "UBND HUYỆN X", "Mine", "A thought."):
        assert part in told
    assert "Mine" in again.err
    assert sorted(each.name for each in tmp_path.iterdir()) == ["r.docx", "r.words.md"]


def test_a_changed_report_is_kept_under_another_name(city: City, call: Call, tmp_path: Path, year: int) -> None:
    out = tmp_path / "r.docx"
    call("-w", city.workspace, "report", "--year", year, "--out", out)
    document = Document(str(out))
    document.add_paragraph("Written in Word.")
    document.save(str(out))
    changed = out.read_bytes()
    said = call("-w", city.workspace, "report", "--year", year, "--out", out, "--json")
    assert said.status == 0, said.err
    copy = Path(said.json["kept_copy"])
    assert copy.read_bytes() == changed
    assert "Written in Word." not in said_in(out)
    out.write_bytes(b"no document at all")
    other = call("-w", city.workspace, "report", "--year", year, "--out", out, "--json")
    assert Path(other.json["kept_copy"]).read_bytes() == b"no document at all"


@pytest.mark.parametrize(
    "options",
    [
        ("--out", "r.pdf"),
        ("--out", "nowhere/r.docx"),
        ("--out", "r.docx", "--region", "atlantis"),
        ("--out", "r.docx", "--edition", "none"),
        ("--out", "r.docx", "--year", "1950"),
        (),
    ],
)
def test_what_cannot_be_reported_is_refused(
    city: City, call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    said = call("-w", city.workspace, "report", "--year", "2024", *options)
    assert (said.status, said.out) == (2, b"")
    assert said.err
    assert list(tmp_path.iterdir()) == []
