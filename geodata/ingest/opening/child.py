"""Reads a file in a process of its own, so that no file can stop or harm the program. Knows no format and no field.

A library that a crafted file brings down takes only that process with it. The process is told path and headers as JSON,
and hands its tables back over a pipe (see ``wire``); nothing of the file is written anywhere on the way.
"""

from __future__ import annotations

import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd
import pyarrow as pa

from geodata.errors import FileRefusedError, visible
from geodata.ingest.opening import answers, launch, wire
from geodata.ingest.opening.content import reader_of
from geodata.ingest.opening.order import LIMITS, Limits, order_of
from geodata.ingest.raw import Extract, RawTable, Reader, Request
from geodata.ingest.wording import one_line
from geodata.tables import Finding


def read_tables(path: Path, request: Request, *, limits: Limits = LIMITS) -> Iterator[RawTable]:
    """The raw tables of a file, read by a process of their own. Raises FileRefusedError where it cannot be used."""
    return _confined(path, reader_of(path), request, limits.of(path.stat().st_size))


def read_here(path: Path, request: Request) -> Iterator[RawTable]:
    """The same in this process, without limits: for files the program itself has written."""
    return (framed(extract) for extract in reader_of(path).read(path, request))


def framed(extract: Extract) -> RawTable:
    """The extract with its columns as a frame, and what a stranger called them on one line."""
    if all(isinstance(cells, pa.ChunkedArray) for cells in extract.cells):
        table = pa.table({str(place): cells for place, cells in enumerate(extract.cells)})
        frame = table.combine_chunks().to_pandas()  # a file so large that it came in pieces
        if not extract.cells:
            frame = pd.DataFrame(index=range(len(extract.rows)))
        frame.columns = range(len(extract.cells))
    else:
        columns = {
            place: cells.to_pandas() if isinstance(cells, pa.ChunkedArray) else pd.Series(cells, dtype=object)
            for place, cells in enumerate(extract.cells)
        }
        frame = pd.DataFrame(columns, index=range(len(extract.rows)))
    return RawTable(
        one_line(extract.sheet),
        tuple(one_line(column) for column in extract.columns),
        frame,
        extract.rows,
        extract.broken,
        extract.points,
        extract.odd_points,
        tuple(one_line(sheet) for sheet in extract.skipped),
        extract.crs,
        tuple(_finding(template, facts) for template, facts in extract.findings),
    )


def _finding(template: str, facts: Mapping[str, object]) -> Finding:
    return Finding(template, {name: visible(fact) if isinstance(fact, str) else fact for name, fact in facts.items()})


def _confined(path: Path, reader: Reader, request: Request, limits: Limits) -> Iterator[RawTable]:
    process = launch.process(order_of(path, reader, request, limits))
    clock = _Clock(process, limits.wall_s)
    try:
        yield from _tables(process, clock, path.name)
    except (wire.BrokenMessage, OSError):
        raise _broken_off(path.name, _status(process), late=clock.late, limits=limits) from None
    finally:
        launch.end(process)


class _Clock:
    """Ends the process when it was waited for too long. What the asker does between two tables does not count."""

    def __init__(self, process: launch.Process, seconds: float) -> None:
        self.late = False
        self._process = process
        self._left = seconds

    def __enter__(self) -> None:
        self._timer = threading.Timer(self._left, self._stop)
        self._timer.start()
        self._since = time.monotonic()

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        self._left = max(self._left - (time.monotonic() - self._since), 0.0)

    def _stop(self) -> None:
        self.late = True
        self._process.kill()


def _status(process: launch.Process) -> int:
    """How the process ended. One that sent nonsense and goes on is told apart from one that is just ending."""
    try:
        return process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        return 1


def _tables(process: launch.Process, clock: _Clock, file: str) -> Iterator[RawTable]:
    while True:
        with clock:
            answer = answers.next_of(process)
            extract = wire.extract_of(answer) if answer.letter == wire.EXTRACT else None
        if extract is not None:
            yield framed(extract)
        elif answer.letter == wire.REFUSED:
            facts = answer.content.get("facts")
            raise FileRefusedError(str(answer.content.get("template")), **(facts if isinstance(facts, dict) else {}))
        elif answer.letter == wire.FAILED:
            raise _failed(file, answer.content)
        elif answer.letter == wire.DONE:
            return
        else:
            raise wire.BrokenMessage


def _failed(file: str, content: Mapping[str, object]) -> FileRefusedError:
    if content.get("limit") == "memory":
        return _too_large(file)
    return FileRefusedError(
        "«{file}» cannot be read: something in it is not as the format has it ({detail}). Open it with the program "
        "that made it and save it anew, or save the table as CSV UTF-8",
        file=file, detail=str(content.get("detail"))[:80],
    )  # fmt: skip


def _broken_off(file: str, status: int, *, late: bool, limits: Limits) -> FileRefusedError:
    if late:
        return FileRefusedError(
            "«{file}» takes longer than {seconds} seconds to read. Split it, or save the table as CSV UTF-8",
            file=file, seconds=round(limits.wall_s),
        )  # fmt: skip
    if status == -getattr(signal, "SIGXCPU", 0) != 0:
        return FileRefusedError(
            "«{file}» takes the processor more than {seconds} seconds. Split it, or save the table as CSV UTF-8",
            file=file, seconds=limits.cpu_s,
        )  # fmt: skip
    if status in (-signal.SIGABRT, -getattr(signal, "SIGKILL", signal.SIGABRT)):  # what allocators and the system do
        return _too_large(file)
    return FileRefusedError(
        "«{file}» brought its reader down ({status}): it is damaged, or made to do harm. Nothing of it was taken. Open "
        "it with the program that made it and save it anew, or save the table as CSV UTF-8",
        file=file, status=status,
    )  # fmt: skip


def _too_large(file: str) -> FileRefusedError:
    return FileRefusedError(
        "«{file}» needs more memory than a table of its size should. Split it, or save the table as CSV UTF-8",
        file=file,
    )
