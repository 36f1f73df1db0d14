"""``diemnong ingest`` and ``quarantine`` on good files and on the bad ones people really have."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.dashboard.cli.city import ROWS, Call, City, Said, write_incidents

pytestmark = pytest.mark.slow  # every test starts processes that read files

FIELDS = {
    "file",
    "status",
    "read",
    "kept",
    "quarantined",
    "with_point",
    "area_only",
    "unplaced",
    "reasons",
    "message",
}
HEADER = "id,occurred,category,lon,lat\n"
GOOD = "x1,2025-05-05 10:00,theft,106.05,11.05\n"


def total(call: Call, city: City) -> int:
    said = call("-w", city.workspace, "counts", "--edition", "old", "--level", "commune", "--json")
    return int(said.json["recorded"])


def ingest(call: Call, city: City, *files: Path, options: tuple[str, ...] = ()) -> Said:
    return call("-w", city.workspace, "ingest", *files, "--json", *options)


def holds_the_tally(said: Said) -> None:
    assert isinstance(said.json["generation"], int)
    for file in said.json["files"]:
        assert set(file) >= FIELDS
        assert file["read"] == file["kept"] + file["quarantined"]
        assert file["kept"] == file["with_point"] + file["area_only"] + file["unplaced"]
        assert file["quarantined"] == sum(file["reasons"].values())


def test_the_same_content_loads_once_whatever_its_name(own_city: City, call: Call, tmp_path: Path) -> None:
    copy = write_incidents(tmp_path / "renamed.csv", own_city.incidents)
    said = ingest(call, own_city, copy)
    holds_the_tally(said)
    assert (said.status, said.json["files"][0]["status"]) == (0, "already_loaded")
    assert total(call, own_city) == ROWS


def test_a_dry_run_tells_the_tally_and_loads_nothing(own_city: City, call: Call, tmp_path: Path) -> None:
    (tmp_path / "more.csv").write_text(HEADER + GOOD, encoding="utf-8")
    said = ingest(call, own_city, tmp_path / "more.csv", options=("--dry-run",))
    holds_the_tally(said)
    assert (said.status, said.json["files"][0]["kept"]) == (0, 1)
    assert total(call, own_city) == ROWS


REFUSED = {
    "empty.csv": b"",
    "columns.csv": b"alpha,beta\n1,2\n",
    "renamed.xlsx": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n",
    "picture.csv": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
    "letter.docx": b"PK\x03\x04 not a sheet",
    "broken.geojson": b'{"type": "FeatureCollection", "features": [',
}


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_a_file_that_is_no_incident_file_is_refused_whole(
    own_city: City, call: Call, tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_bytes(REFUSED[name])
    said = ingest(call, own_city, tmp_path / name)
    holds_the_tally(said)
    (file,) = said.json["files"]
    assert (said.status, file["status"]) == (2, "refused")
    assert name in file["file"]
    assert len(file["message"]) > 20
    assert total(call, own_city) == ROWS


def test_a_file_that_is_not_there_is_refused_by_name(own_city: City, call: Call, tmp_path: Path) -> None:
    said = ingest(call, own_city, tmp_path / "nowhere.csv")
    assert said.status == 2
    assert "nowhere.csv" in said.out.decode() + said.err


def test_a_hundred_megabytes_of_junk_change_nothing(own_city: City, call: Call, tmp_path: Path) -> None:
    junk = tmp_path / "junk.csv"
    with junk.open("wb") as file:
        for _ in range(100):
            file.write(b"\x00\xff;junk\x01" * (1_000_000 // 8))
    said = ingest(call, own_city, junk)
    junk.unlink()
    assert (said.status, said.json["files"][0]["status"]) == (2, "refused")
    assert total(call, own_city) == ROWS


BAD_ROWS = {
    "swapped coordinates": "s1,2025-05-05 10:00,theft,11.05,106.05\n",
    "a point outside of the province": "s2,2025-05-05 10:00,theft,110.5,16.0\n",
    "a day of 2099": "s3,2099-05-05 10:00,theft,106.05,11.05\n",
    "no date at all": "s4,sometime,theft,106.05,11.05\n",
}


@pytest.mark.parametrize("name", sorted(BAD_ROWS))
def test_a_bad_row_is_put_aside_and_the_good_ones_load(own_city: City, call: Call, tmp_path: Path, name: str) -> None:
    (tmp_path / "mixed.csv").write_text(HEADER + GOOD + BAD_ROWS[name], encoding="utf-8")
    said = ingest(call, own_city, tmp_path / "mixed.csv")
    holds_the_tally(said)
    (file,) = said.json["files"]
    assert (said.status, file["status"], file["kept"], file["quarantined"]) == (0, "loaded", 1, 1), file
    rows = call("-w", own_city.workspace, "quarantine", "--format", "json").json
    assert [(line["row"], line["file"]) for line in rows] == [(3, "mixed.csv")]
    assert rows[0]["message"]


def test_one_refused_file_does_not_keep_the_others_out(own_city: City, call: Call, tmp_path: Path) -> None:
    (tmp_path / "good.csv").write_text(HEADER + GOOD, encoding="utf-8")
    (tmp_path / "empty.csv").write_bytes(b"")
    said = ingest(call, own_city, tmp_path / "empty.csv", tmp_path / "good.csv")
    holds_the_tally(said)
    assert said.status == 2
    assert [file["status"] for file in said.json["files"]] == ["refused", "loaded"]
    assert total(call, own_city) == ROWS + 1


def test_words_go_to_standard_error_where_no_json_is_asked(own_city: City, call: Call, tmp_path: Path) -> None:
    (tmp_path / "good.csv").write_text(HEADER + GOOD, encoding="utf-8")
    said = call("ingest", tmp_path / "good.csv", "-w", own_city.workspace)
    assert (said.status, said.out) == (0, b"")
    assert "good.csv" in said.err


def test_the_quarantine_for_excel_has_a_mark_and_no_live_formula(own_city: City, call: Call, tmp_path: Path) -> None:
    (tmp_path / "=cmd.csv").write_text(HEADER + GOOD + 'q1,"=1+1",theft,106.05,11.05\n', encoding="utf-8")
    assert ingest(call, own_city, tmp_path / "=cmd.csv").status == 0
    out = tmp_path / "quarantine.csv"
    assert call("-w", own_city.workspace, "quarantine", "--csv", out).status == 0
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(out.read_text(encoding="utf-8-sig"))))
    assert rows[0] == ["file", "sheet", "row", "column", "reason", "message"]
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    assert rows[1][0] == "'=cmd.csv"


def test_an_empty_quarantine_is_a_header(city: City, call: Call) -> None:
    assert call("-w", city.workspace, "quarantine").text == "file,sheet,row,column,reason,message\n"
    assert call("-w", city.workspace, "quarantine", "--format", "json").json == []


def test_a_sheet_of_excel_reads_like_the_csv(own_city: City, call: Call, tmp_path: Path) -> None:
    frame = own_city.incidents.head(5).assign(id=[f"e{i}" for i in range(5)])
    frame[["id", "occurred", "category", "lon", "lat"]].to_excel(tmp_path / "five.xlsx", index=False)
    said = ingest(call, own_city, tmp_path / "five.xlsx")
    assert said.json["files"][0]["kept"] == 5, said.text
    assert total(call, own_city) == ROWS + 5


def test_the_first_rows_put_aside_are_told_with_file_row_and_column(own_city: City, call: Call, tmp_path: Path) -> None:
    bad = "".join(f"b{row},31/02/2025,theft,106.05,11.05\n" for row in range(9))
    (tmp_path / "bad.csv").write_text(HEADER + GOOD + bad, encoding="utf-8")
    said = call("-w", own_city.workspace, "ingest", tmp_path / "bad.csv")
    told = [line.strip() for line in said.err.splitlines() if "«bad.csv»" in line]
    assert told[0].startswith('«bad.csv», row 3, column "occurred": "31/02/2025" is not a day')
    assert [line.split(",")[1] for line in told] == [" row 3", " row 4", " row 5", " row 6", " row 7"]
