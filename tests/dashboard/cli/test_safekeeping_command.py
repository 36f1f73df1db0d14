"""``diemnong backup``, ``restore`` and ``doctor``, and what every command says where a segment is damaged."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.dashboard.cli.city import ROWS, Call, City

pytestmark = pytest.mark.slow
COUNTS = ("counts", "--edition", "old", "--level", "commune", "--json")


@pytest.fixture
def backed(own_city: City, call: Call, tmp_path: Path) -> Path:
    said = call("-w", own_city.workspace, "backup", tmp_path / "b.zip", "--json")
    assert (said.status, said.json["files"], said.json["kept"]) == (0, 1, ROWS)
    return tmp_path / "b.zip"


def harm(city: City) -> Path:
    """Flip a bit in the one segment that counts."""
    segments = sorted((city.workspace / "segments").glob("*.parquet"))
    for path in segments:
        content = path.read_bytes()
        path.write_bytes(content[:60] + bytes([content[60] ^ 1]) + content[61:])
    return segments[0]


def test_a_restored_workspace_says_the_same_as_the_one_backed_up(
    own_city: City, call: Call, backed: Path, tmp_path: Path
) -> None:
    said = call("restore", backed, "--into", tmp_path / "new", "--json")
    assert (said.status, said.json["way"], said.json["kept"]) == (0, "new", ROWS)
    for asked in (COUNTS, ("reconciliation", "--json"), ("boundaries", "check", "--json"), ("quarantine",)):
        assert call("-w", tmp_path / "new", *asked).out == call("-w", own_city.workspace, *asked).out
    assert call("-w", tmp_path / "new", "doctor").status == 0
    again = call("restore", backed, "--into", tmp_path / "new")
    assert (again.status, "nothing of it was touched" in again.err) == (2, True)


def test_what_is_damaged_is_named_by_every_command_and_mended_by_restore(
    own_city: City, call: Call, backed: Path
) -> None:
    place = ("-w", own_city.workspace)
    whole = call(*place, *COUNTS).json
    harm(own_city)
    said = call(*place, *COUNTS)
    assert (said.status, said.json["recorded"], said.json["unreadable"][0]["n"]) == (0, 0, ROWS)
    assert "«incidents.csv» is not counted" in said.err
    assert "diemnong restore FILE" in said.err
    sums = call(*place, "reconciliation", "--json").json
    assert (sums["read"], sums["kept"], sums["unreadable"]) == (ROWS, 0, ROWS)
    found = call(*place, "doctor", "--json")
    assert (found.status, found.json["sound"]) == (2, False)
    assert {each["check"] for each in found.json["findings"] if each["severity"] == "error"} == {"segments"}
    assert all(each["remedy"] for each in found.json["findings"])
    refused = call(*place, "backup", backed)
    assert (refused.status, "is damaged" in refused.err) == (2, True)
    mended = call(*place, "restore", backed, "--json")
    assert (mended.status, mended.json["way"], len(mended.json["mended"])) == (0, "mended", 1)
    assert call(*place, *COUNTS).json == whole
    assert call(*place, "doctor").status == 0


def test_what_cannot_be_done_is_said_with_the_way_out(own_city: City, call: Call, backed: Path, tmp_path: Path) -> None:
    cases: tuple[tuple[tuple[object, ...], str], ...] = (
        (("restore", tmp_path / "none.zip", "--into", tmp_path / "x"), "there is no file"),
        (("restore", own_city.files / "incidents.csv", "--into", tmp_path / "x"), "is no backup"),
        (("restore", backed), "--into DIR"),
        (("-w", tmp_path, "backup", tmp_path / "c.zip"), "diemnong init"),
        (("-w", own_city.workspace, "backup", tmp_path / "no" / "c.zip"), "is no folder"),
        (("-w", own_city.workspace, "backup", tmp_path), "is a folder"),
        (("-w", tmp_path, "doctor"), "diemnong init"),
    )
    for arguments, words in cases:
        said = call(*arguments)
        assert (said.status, said.out) == (2, b""), arguments
        assert words in said.err, arguments
