"""What runs in a reader's own process: limits set, one file read, its tables sent. Cleans nothing, stores nothing.

The process may write no file and leave no picture of its memory behind, takes a bounded share of memory and of the
processor, and ends when the one that started it does. Windows has no such limits; there only the time is bounded, by
who waits.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
import threading
import traceback
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, BinaryIO

from geodata.errors import FileRefusedError
from geodata.ingest.headings.columns import Headers
from geodata.ingest.opening import wire
from geodata.ingest.raw import Request

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]


class _WithoutPandas:
    """No reader needs pandas, yet Arrow imports it to make any array, where it can: 0.2 s for nothing."""

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> None:
        if fullname == "pandas":
            raise ModuleNotFoundError(name=fullname)


def main() -> None:
    """Read what standard input asks for and send it to what was standard output."""
    sys.meta_path.insert(0, _WithoutPandas())
    asked, answers = sys.stdin.buffer, _own_line()
    order = json.loads(asked.readline())
    threading.Thread(target=_end_with, args=(asked,), daemon=True).start()
    _confine(order)
    try:
        _read(order, answers)
    except FileRefusedError as error:
        wire.send(answers, wire.REFUSED, {"template": error.template, "facts": _plain(error.facts)})
    except MemoryError:
        wire.send(answers, wire.FAILED, {"limit": "memory"})
    except BrokenPipeError:  # nobody waits any more
        os._exit(1)
    except Exception as error:  # libraries raise nearly anything on a damaged file
        wire.send(answers, wire.FAILED, {"limit": "", "detail": _where(error)})
    answers.flush()
    os._exit(0)  # the thread that listens would not let Python end otherwise


def _read(order: Mapping[str, Any], answers: BinaryIO) -> None:
    reader = import_module(order["reader"]).READER
    request = Request(Headers(order["mapping"], frozenset(order["further"])), order["sheet"])
    for extract in reader.read(Path(order["path"]), request):
        wire.send_extract(answers, extract)
    wire.send(answers, wire.DONE, {})


def _own_line() -> BinaryIO:
    """Standard output for the answers alone: whatever a library prints goes nowhere."""
    own = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    sys.stdout = io.StringIO()
    return os.fdopen(own, "wb", buffering=1 << 20)


def _end_with(asked: BinaryIO) -> None:
    """Wait until who started this process closes the line or is gone, and end."""
    with contextlib.suppress(OSError, ValueError):
        asked.read(1)
    os._exit(1)


def _confine(order: Mapping[str, Any]) -> None:
    if resource is None:
        return
    limits = [(resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CPU, order["cpu_s"])]
    # The data segment, not the address space: threads and allocators reserve gigabytes of that and never touch them.
    limits.append((resource.RLIMIT_DATA, order["memory"]))
    for kind, most in limits:
        _, hard = resource.getrlimit(kind)
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with contextlib.suppress(OSError, ValueError):  # a system that has no such limit
            resource.setrlimit(kind, (least, hard))


def _plain(facts: Mapping[str, object]) -> dict[str, object]:
    return {name: fact if isinstance(fact, int | float) else str(fact) for name, fact in facts.items()}


def _where(error: Exception) -> str:
    """The kind of error and the line of ours it came through: its text could hold a value of the file."""
    ours = [step for step in traceback.extract_tb(error.__traceback__) if "geodata" in step.filename]
    place = f" ({Path(ours[-1].filename).name}:{ours[-1].lineno})" if ours else ""
    return f"{type(error).__name__}{place}"
