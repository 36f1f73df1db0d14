"""Files read by a process of its own: what it hands over, and what becomes of one that takes too much."""

from __future__ import annotations

import gzip
import io
import json
import os
import subprocess
import sys
import time
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from geodata.errors import FileRefusedError
from geodata.ingest.headings.columns import Headers
from geodata.ingest.opening import child, launch, wire
from geodata.ingest.opening.child import read_here, read_tables
from geodata.ingest.opening.order import LIMITS, Limits, begin
from geodata.ingest.raw import Extract, Fault, RawTable, Request
from tests.geodata.ingest.old_excel import old_workbook
from tests.geodata.ingest.unruly_reader import READER

pytestmark = pytest.mark.slow  # every test starts processes that read files

HEADER = "id,occurred,category,lon,lat\n"
ROW = "1,05/03/2024,theft,106.1,11.3\n"
CELLS = [
    *(None, "a", "", True, 3, -(1 << 63), 2.5, float("inf"), datetime.fromisoformat("2024-03-05T22:15")),
    *(datetime.fromisoformat("0001-01-01").date(), datetime.fromisoformat("2024-01-01T05:06:07").time()),
    timedelta(hours=30),
]
no_limits = pytest.mark.skipif(os.name == "nt", reason="Windows bounds the time only")


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(path: Path, limits: Limits = LIMITS, headers: Headers | None = None) -> list[RawTable]:
    return list(read_tables(path, Request(headers or Headers()), limits=limits))


def same(one: RawTable, other: RawTable) -> bool:
    cells = [frame.fillna("").to_numpy().tolist() for frame in (one.frame, other.frame)]
    return cells[0] == cells[1] and one.rows.tolist() == other.rows.tolist() and one.columns == other.columns


def test_every_format_comes_over_as_it_is_read_here(tmp_path: Path) -> None:
    feature = {"properties": {"date": 1, "category": None, "n": 2.5}, "geometry": None}
    old = old_workbook({"T": [["id", "date", "category"], ["A1", datetime.fromisoformat("2024-03-05T22:15"), True]]})
    for path in (
        write(tmp_path, "a.csv", "Tháng 3,,,,\n" + HEADER + ROW + '2,"x\ny",ma túy,,\n'),
        write(tmp_path, "a.geojson", json.dumps({"features": [feature, feature]})),
        write(tmp_path, "a.xls", old),
    ):
        ((found,), (here,)) = read(path), read_here(path, Request(Headers()))
        assert same(found, here), path.name


def test_a_mapping_and_remembered_headers_reach_the_reader(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "Title,\nWann,Was\n05/03/2024,theft\n")
    assert read(path)[0].columns == ("Title", "")
    assert read(path, headers=Headers({"occurred": "Wann"}))[0].columns == ("Wann", "Was")
    assert read(path, headers=Headers(further=frozenset({"wann", "was"})))[0].columns == ("Wann", "Was")


def test_a_refusal_is_raised_here_with_its_words(tmp_path: Path) -> None:
    with pytest.raises(FileRefusedError, match="its list is empty") as refused:
        read(write(tmp_path, "a\nb.geojson", '{"features": []}'))
    assert refused.value.facts == {"file": "a b.geojson"}


@no_limits
def test_a_file_of_some_kilobytes_that_unpacks_to_very_much_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv.gz", gzip.compress(HEADER.encode() + ROW.encode() * 8_000_000))
    assert path.stat().st_size < 1 << 20
    with pytest.raises(FileRefusedError, match=r"«a\.csv\.gz» needs more memory"):
        read(path, Limits(memory=400 << 20))


def misled(folder: Path, word: str, limits: Limits = LIMITS) -> RawTable:
    """What comes of a file that makes its reader do something."""
    path = write(folder, "a.unruly", word)
    (table,) = child._confined(path, READER, Request(Headers()), limits)
    return table


@no_limits
@pytest.mark.parametrize(
    ("word", "words"),
    [
        ("fall", r"«a\.unruly» brought its reader down \(-11\)"),
        ("abort", "needs more memory"),  # what allocators in C do without
        ("fill", "needs more memory"),
        ("spin", "takes the processor more than 1 seconds"),
        ("sleep", "takes longer than 1 seconds"),
    ],
)
def test_a_reader_that_is_brought_down_harms_nobody(tmp_path: Path, word: str, words: str) -> None:
    with pytest.raises(FileRefusedError, match=words):
        misled(tmp_path, word, Limits(cpu_s=1, wall_s=30 if word == "spin" else 1))


def test_a_reader_that_stumbles_is_named_by_its_place_and_never_by_a_value(tmp_path: Path) -> None:
    with pytest.raises(FileRefusedError, match="not as the format has it") as refused:
        misled(tmp_path, "stumble")
    assert "ValueError" in str(refused.value)
    assert "Nguyen" not in str(refused.value)


@no_limits
def test_a_reader_can_write_no_file(tmp_path: Path) -> None:
    assert misled(tmp_path, "write").frame[0].tolist() == ["OSError"]
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) == len("write")


def test_what_a_library_prints_goes_nowhere(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert misled(tmp_path, "talk").columns == ("came",)
    assert capfd.readouterr() == ("", "")


def test_a_reader_makes_arrays_without_pandas(tmp_path: Path) -> None:
    assert misled(tmp_path, "array").frame.iat[0, 0] == "False"


def test_a_started_process_is_taken_and_a_dead_one_passed_over(tmp_path: Path) -> None:
    launch.ahead()
    dead, (_, alive) = launch._start(), launch._ahead[-1]
    dead.kill()
    dead.wait()
    launch._ahead.append(({}, dead))
    assert read(write(tmp_path, "a.csv", HEADER + ROW))[0].rows.tolist() == [2]
    assert (alive.poll() is not None, launch._ahead) == (True, [])


def test_a_file_begun_early_is_read_once_and_anew_where_it_is_asked_otherwise(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "Title,\nWann,Was\n05/03/2024,theft\n")
    asked: dict[bool, tuple[dict[str, str], tuple[str, ...]]] = {
        True: ({}, ("Title", "")),
        False: ({"occurred": "Wann"}, ("Wann", "Was")),
    }
    for used, (mapping, columns) in asked.items():
        begin(path, sheet=None)
        ((_, process),) = launch._ahead
        assert process.wait(20) == 0  # so short an answer fits into the pipe
        tables = read_tables(path, Request(Headers(mapping)))
        assert next(tables).columns == columns
        assert process.stdout is not None
        assert process.stdout.closed is not used
        assert launch._ahead == []
        list(tables)
    begin(tmp_path / "gone.csv", sheet=None)
    assert launch._ahead == []


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs /proc to see processes")
def test_the_process_ends_with_the_one_that_started_it() -> None:
    start = "from geodata.ingest.opening.launch import process; print(process({}).pid, flush=True)"
    code = f"import time; {start}; time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        started = Path("/proc") / parent.stdout.readline().strip()
        assert started.is_dir()
        parent.kill()
    until = time.monotonic() + 10
    while started.is_dir() and "zombie" not in (started / "status").read_text() and time.monotonic() < until:
        time.sleep(0.05)
    assert time.monotonic() < until


def test_reading_text_needs_no_library_that_takes_time_to_import() -> None:
    code = (
        "import sys, geodata.ingest.opening.confinement, geodata.ingest.readers.csv; "
        "print({'pandas', 'scipy', 'shapely', 'pyproj', 'openpyxl', 'pydantic'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_nothing_is_left_of_a_table_that_is_not_waited_for(tmp_path: Path) -> None:
    tables = read_tables(write(tmp_path, "a.csv", HEADER + ROW), Request(Headers()))
    launch.ahead()
    _, process = launch._ahead[-1]
    next(tables)
    tables.close()  # type: ignore[attr-defined]
    assert process.poll() is not None


def test_each_cell_keeps_its_type_on_the_wire() -> None:
    line = io.BytesIO()
    rows = np.arange(len(CELLS), dtype=np.int64)
    fault = Fault("{n}", 3, "c", "r", {"n": 1})
    sent = Extract(
        "T", ("a",), (CELLS,), rows, (fault,), np.zeros((len(CELLS), 2)), {1: ("x", "NaN")}, ("b",), "EPSG:1"
    )
    wire.send_extract(line, sent)
    line.seek(0)
    answer = wire.receive_answer(line)
    found = wire.extract_of(answer)
    assert answer.letter == wire.EXTRACT
    assert [(type(cell), cell) for cell in found.cells[0]] == [(type(cell), cell) for cell in CELLS]
    assert (found.sheet, found.columns, found.broken, found.crs) == ("T", ("a",), (fault,), "EPSG:1")
    assert (found.odd_points, found.skipped, found.rows.tolist()) == ({1: ("x", "NaN")}, ("b",), rows.tolist())


def test_numbers_too_large_for_the_wire_come_as_text() -> None:
    line = io.BytesIO()
    wire.send_extract(line, Extract("", ("a",), ([1 << 70, 1.5],), np.arange(2)))
    line.seek(0)
    assert list(wire.extract_of(wire.receive_answer(line)).cells[0]) == [str(1 << 70), 1.5]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"E",
        wire._HEAD.pack(b"E", 1 << 40),
        wire._HEAD.pack(b"E", 2) + b"[]",
        wire._HEAD.pack(b"E", 5) + b"{}",
        wire._HEAD.pack(b"E", 3) + b"\xff{}",
    ],
)
def test_what_is_no_message_is_told(content: bytes) -> None:
    with pytest.raises(wire.BrokenMessage):
        wire.receive(io.BytesIO(content))


def test_a_table_of_other_types_than_agreed_is_not_taken() -> None:
    line = io.BytesIO()
    wire.send_extract(line, Extract("", ("a",), ([1.5],), np.arange(1)))
    line.seek(0)
    wire.receive(line)
    start = line.tell()
    line.seek(0)
    sent = wire.receive_answer(line)
    for wrong in ({"columns": ["a", "b"]}, {"columns": 5}, {"points": True}, {"broken": [[1]]}):
        with pytest.raises(wire.BrokenMessage):
            wire.extract_of(replace(sent, content={**sent.content, **wrong}))
    for cut in (start, start + 40, len(line.getvalue()) - 30):
        with pytest.raises(wire.BrokenMessage):
            wire.receive_answer(io.BytesIO(line.getvalue()[:cut]))
