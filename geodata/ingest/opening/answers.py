"""Receives what readers' processes answer, the first of it while nobody asks yet. Understands none of it.

A table of some size fills the pipe long before its asker has imported what he needs for it; received by a thread
meanwhile, it is there when it is asked for.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from typing import BinaryIO, Final, cast
from weakref import WeakKeyDictionary

from geodata.ingest.opening import launch, wire

_expected: Final[WeakKeyDictionary[launch.Process, Future[wire.Answer]]] = WeakKeyDictionary()


def expect(process: launch.Process) -> None:
    """Receive the first answer of a process now. Ending the process ends that, too."""
    pool = ThreadPoolExecutor(1)
    _expected[process] = pool.submit(_receive, process)
    pool.shutdown(wait=False)


def next_of(process: launch.Process) -> wire.Answer:
    """The next answer of a process. Raises BrokenMessage or OSError where it is none."""
    expected = _expected.pop(process, None)
    return _receive(process) if expected is None else expected.result()


def _receive(process: launch.Process) -> wire.Answer:
    return wire.receive_answer(cast("BinaryIO", process.stdout))
