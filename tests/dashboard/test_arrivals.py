"""A file that arrives: whole or not at all, under a name that leads nowhere."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

from dashboard import arrivals
from dashboard.arrivals import TooLargeError, UploadError, safe_name
from dashboard.staging import FOLDER, Staging
from tests.geodata.worlds import tiny_workspace

GOOD = b"id,occurred,category,lon,lat\nx1,05/03/2024,theft,106.05,11.05\nx2,06/03/2024,fraud,106.15,11.05\n"


@pytest.fixture
def staged(tmp_path: Path) -> Iterator[Staging]:
    warehouse = tiny_workspace(tmp_path, incidents=False)
    made = Staging(warehouse.folder, warehouse)
    yield made
    made.close()
    warehouse.close()


def left(folder: Path) -> list[Path]:
    """What of uploaded files is on the disk, folders of their own included."""
    return list((folder / "workspace" / FOLDER).glob("*/*"))


class Broken(io.RawIOBase):
    """A connection that is cut after the first part."""

    def __init__(self) -> None:
        self.parts = [GOOD]

    def read(self, _size: int = -1, /) -> bytes:
        """The first part, then the cut."""
        if self.parts:
            return self.parts.pop()
        raise ConnectionResetError


@pytest.mark.parametrize(
    ("stream", "length", "error"),
    [
        (Broken(), len(GOOD) * 2, ConnectionResetError),
        (io.BytesIO(GOOD), len(GOOD) + 1, UploadError),
        (io.BytesIO(GOOD), len(GOOD) - 1, UploadError),
    ],
    ids=["cut", "too short", "too long"],
)
def test_of_a_file_that_does_not_arrive_whole_nothing_stays(
    staged: Staging, tmp_path: Path, stream: IO[bytes], length: int, error: type[Exception]
) -> None:
    with pytest.raises(error):
        staged.take("t1.csv", stream, length=length)
    assert left(tmp_path) == []


def test_a_file_that_is_too_large_is_not_kept_in_part(
    staged: Staging, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrivals, "LARGEST", 100)
    with pytest.raises(TooLargeError):
        staged.take("t1.csv", io.BytesIO(b"x" * 101))
    assert left(tmp_path) == []


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../x", "x"),
        ("..", "upload"),
        ("", "upload"),
        ("C:\\Users\\me\\t3.xlsx", "t3.xlsx"),
        ("=cmd.xlsx", "=cmd.xlsx"),
        ("a\u202exslx.exe", "axslx.exe"),
        ("a\x00b\nc.csv", "abc.csv"),
        ("Tháng 3.xlsx", "Tháng 3.xlsx"),
        ("nul.csv", "_nul.csv"),
        ("COM1", "_COM1"),
        ("\ud800.csv", "csv"),
    ],
)
def test_a_name_is_no_way_out_of_its_folder(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@pytest.mark.parametrize("letter", ["a", "ễ", "𝔸"])
def test_a_long_name_keeps_its_suffix(letter: str) -> None:
    short = safe_name(letter * 300 + ".xlsx")
    assert short.endswith(letter + ".xlsx")
    assert len(short.encode()) <= 120
