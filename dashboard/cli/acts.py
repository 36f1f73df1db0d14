"""What a command line does, written into the workspace's log of acts. Knows who types, decides nothing.

An export is in the log before its file has a name, a load is announced before it begins: what cannot be written down is
not done. Where the workspace may only be read (a backup on a disk, another one's folder) an export is made all the same
and the person told: who reads the files there needs no export of ours, and no log could be kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from dashboard.access.audit import AuditError, AuditLog
from dashboard.access.doing import announced, only_read, system_user
from dashboard.access.telling import scope_facts
from dashboard.cli.terminal import say, speech

if TYPE_CHECKING:
    from dashboard.reading import Reading
    from geodata.profile import Profile

TERMINAL: Final = "terminal"


def write_down(workspace: Path, event: str, *, profile: Profile | None = None, **facts: object) -> None:
    """Append what was done at this terminal. Raises AuditError where it cannot be, so do it before the act is final."""
    log = AuditLog(workspace) if profile is None else AuditLog(workspace, keep_months=profile.audit.keep_months)
    try:
        log.append(event, who=system_user(), address=TERMINAL, role="", **facts)
    except AuditError as error:
        if not only_read(workspace, error):
            raise
        w = speech()
        say(w("{folder} may only be read, so this is not in its log of acts", folder=workspace))


def write_rows_down(workspace: Path, content: bytes, *, out: Path, fmt: str, rows: int) -> None:
    """Rows of the store as a file that has no name yet."""
    write_down(workspace, "export", file=out.name, format=fmt, rows=rows, sha256=hashlib.sha256(content).hexdigest())


def written_down(workspace: Path, event: str, **facts: object) -> AbstractContextManager[Callable[..., None]]:
    """Announce an act before it begins; the function given takes what came of it, which is written down as well."""
    return announced(partial(write_down, workspace), event, **facts)


def write_export_down(
    workspace: Path,
    reading: Reading,
    made: BinaryIO | str,
    *,
    out: Path,
    fmt: str,
    rows: int | None = None,
    **facts: object,
) -> None:
    """An export whose file is written and has no name yet. ``made`` is the open file, or its SHA-256.

    ``rows`` are a table's; of all else the recorded incidents that it is about are counted.
    """
    from dashboard.taken import export_facts

    facts = export_facts(reading, made, file=out.name, fmt=fmt, rows=rows) | facts
    write_down(workspace, "export", profile=reading.snapshot.profile, **facts)


def write_batch_down(workspace: Path, reading: Reading, files: list[dict[str, object]], *, out: Path) -> None:
    """The files of a meeting as one entry, each with the incidents it is about and its SHA-256."""
    parts = [{name: file[name] for name in ("file", "format", "n", "sha256")} for file in files]
    held: dict[str, object] = {"folder": out.name, "format": "export-all", "files": parts}
    profile, generation = reading.snapshot.profile, reading.snapshot.generation
    write_down(workspace, "export", profile=profile, generation=generation, **held, **scope_facts(reading.scope))
