"""What a command line does, written into the workspace's log of acts. Knows who types, decides nothing.

An export is in the log before its file has a name, a load is announced before it begins: what cannot be written down is
not done. Where the workspace may only be read (a backup on a disk, another one's folder) an export is made all the same
and the person told: who reads the files there needs no export of ours, and no log could be kept.
"""

from __future__ import annotations

import errno
import getpass
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from dashboard.access.audit import AuditError, AuditLog
from dashboard.access.telling import digest_of, scope_facts
from dashboard.cli.terminal import say, speech

if TYPE_CHECKING:
    from dashboard.reading import Reading
    from geodata.profile import Profile

TERMINAL: Final = "terminal"
NO_RIGHT: Final = (errno.EACCES, errno.EPERM, errno.EROFS)


def system_user() -> str:
    """Whose process this is, as the system knows it: the environment can say anything."""
    if os.name == "nt":
        return getpass.getuser()
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())


def write_down(workspace: Path, event: str, *, profile: Profile | None = None, **facts: object) -> None:
    """Append what was done at this terminal. Raises AuditError where it cannot be, so do it before the act is final."""
    log = AuditLog(workspace) if profile is None else AuditLog(workspace, keep_months=profile.audit.keep_months)
    try:
        log.append(event, who=system_user(), address=TERMINAL, role="", **facts)
    except AuditError as error:
        cause = error.__cause__
        read_only = isinstance(cause, OSError) and cause.errno in NO_RIGHT and not os.access(workspace, os.W_OK)
        if not read_only:
            raise
        w = speech()
        say(w("{folder} may only be read, so this is not in its log of acts", folder=workspace))


def write_rows_down(workspace: Path, content: bytes, *, out: Path, fmt: str, rows: int) -> None:
    """Rows of the store as a file that has no name yet."""
    write_down(workspace, "export", file=out.name, format=fmt, rows=rows, sha256=hashlib.sha256(content).hexdigest())


@contextmanager
def written_down(workspace: Path, event: str, **facts: object) -> Iterator[Callable[..., None]]:
    """Announce an act before it begins; the function given takes what came of it and writes that down as well."""
    write_down(workspace, event, profile=None, state="begun", **facts)

    def done(**outcome: object) -> None:
        write_down(workspace, event, profile=None, state="done", **facts, **outcome)

    try:
        yield done
    except BaseException as error:
        with suppress(AuditError):
            write_down(workspace, event, profile=None, state="not done", error=type(error).__name__, **facts)
        raise


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
    if rows is None:
        rows = reading.answers.totals(reading.view.question, reading.scope)[0].recorded if reading.loaded else 0
    sha256 = made if isinstance(made, str) else digest_of(made)
    held: dict[str, object] = {"file": out.name, "format": fmt, "rows": rows, "sha256": sha256}
    asked = {"query": reading.view.to_query(), "generation": reading.snapshot.generation}
    profile = reading.snapshot.profile
    write_down(workspace, "export", profile=profile, **held, **scope_facts(reading.scope), **asked, **facts)


def write_batch_down(workspace: Path, reading: Reading, files: list[dict[str, object]], *, out: Path) -> None:
    """The files of a meeting as one entry, each with the incidents it is about and its SHA-256."""
    parts = [{name: file[name] for name in ("file", "format", "n", "sha256")} for file in files]
    held: dict[str, object] = {"folder": out.name, "format": "export-all", "files": parts}
    profile, generation = reading.snapshot.profile, reading.snapshot.generation
    write_down(workspace, "export", profile=profile, generation=generation, **held, **scope_facts(reading.scope))
