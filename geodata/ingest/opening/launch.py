"""Starts the processes that read files, perhaps one ahead. Knows no file; imports nothing that takes time.

A process needs a fifth of a second until it can be given a file. Started before the program imports pandas, it is ready
by then, on a machine of two processors for nothing.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Final, cast

import geodata
from geodata.errors import FileRefusedError

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

# -I: neither the folder one stands in nor PYTHON* variables decide what is imported. The checkout or the folder of the
# installed package is named instead.
_START: Final = (
    "import sys; sys.path[:0] = [] if sys.argv[1] in sys.path else [sys.argv[1]]; "
    "from geodata.ingest.opening.confinement import main; main()"
)
_ROOT: Final = str(Path(geodata.__file__).parents[1])
# Arrow's own allocator takes a gigabyte in advance, numpy's OpenBLAS some for each processor: both would count.
_LEAN: Final = {"ARROW_DEFAULT_MEMORY_POOL": "system", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
_STRANGE: Final = ("DIEMNONG_", "GDAL_", "OGR_", "CPL_", "PROJ_")  # nothing of ours, and no driver, reaches it this way
_PIPE: Final = 1 << 20

Process = subprocess.Popen[bytes]
Order = dict[str, object]
# What was started before it was asked for, with the order it was given, if any: a process knows one file at most.
_ahead: Final[list[tuple[Order, Process]]] = []


def ahead() -> None:
    """Start a process for the next file. It ends by itself with this one, whether or not it was given any."""
    with suppress(OSError):  # whoever needs one will be told
        _ahead.append(({}, _start()))


def begin(order: Order) -> Process:
    """Give a process its order now: it reads while the one who will ask for the tables still prepares himself.

    Raises FileRefusedError where none can be started.
    """
    begun = process(order)
    _ahead.append((order, begun))
    return begun


def dismiss() -> None:
    """End the processes that were started and not asked for: nothing of this one need wait for them any more."""
    while _ahead:
        end(_ahead.pop()[1])


def process(order: Order) -> Process:
    """A process that has this order. Raises FileRefusedError where none can be started."""
    while _ahead:
        given, waiting = _ahead.pop()
        status = waiting.poll()
        if given == order and status in (None, 0):  # ended well: its answer lies in the pipe
            return waiting
        if not given and status is None:
            _tell(waiting, order)
            return waiting
        end(waiting)
    try:
        started = _start()
    except OSError as error:
        raise FileRefusedError(
            "«{file}» is not read: the process that would read it cannot be started ({detail}). Close other programs, "
            "or ask who looks after this machine",
            file=Path(str(order.get("path"))).name, detail=error.strerror or type(error).__name__,
        ) from None  # fmt: skip
    _tell(started, order)
    return started


def _tell(process: Process, order: Order) -> None:
    line = cast("BinaryIO", process.stdin)
    with suppress(OSError):  # it has ended: whoever listens to it will notice
        line.write(json.dumps(order).encode() + b"\n")
        line.flush()


def end(process: Process) -> int:
    """End the process now if it has not ended by itself, and say with which status."""
    with suppress(OSError):  # a closed line ends it too
        process.kill()
    for line in (process.stdin, process.stdout):
        with suppress(OSError):
            cast("BinaryIO", line).close()
    return process.wait()


def _start() -> Process:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(_STRANGE)} | _LEAN
    process = subprocess.Popen(  # noqa: S603 - our own interpreter and our own words
        [sys.executable, "-I", "-c", _START, _ROOT],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # Windows opens a window for each else
    )
    _widen(cast("BinaryIO", process.stdout))
    return process


def _widen(line: BinaryIO) -> None:
    """A pipe of 1 MiB instead of 64 KiB: the two processes take turns less often, which halves the time."""
    if fcntl is not None and hasattr(fcntl, "F_SETPIPE_SZ"):
        with suppress(OSError):
            fcntl.fcntl(line, fcntl.F_SETPIPE_SZ, _PIPE)
