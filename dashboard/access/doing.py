"""How an act is written down around its being done, and who does it at this machine. Knows neither act nor log."""

from __future__ import annotations

import errno
import getpass
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from dashboard.access.audit import AuditError

NO_RIGHT: Final = (errno.EACCES, errno.EPERM, errno.EROFS)
LOG = logging.getLogger("diemnong")
Write = Callable[..., None]  # event, facts


def system_user() -> str:
    """Whose process this is, as the system knows it: the environment can say anything."""
    if os.name == "nt":
        return getpass.getuser()
    import pwd  # noqa: PLC0415 - not on Windows

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())


def only_read(workspace: Path, error: AuditError) -> bool:
    """Whether the log could not be written because the whole workspace may only be read here."""
    cause = error.__cause__
    return isinstance(cause, OSError) and cause.errno in NO_RIGHT and not os.access(workspace, os.W_OK)


@contextmanager
def announced(write: Write, event: str, **facts: object) -> Iterator[Callable[..., None]]:
    """Announce an act before it begins; the function given takes what came of it, which is written down at the end.

    Raises AuditError before anything is done. What is done already stays done: where the second entry cannot be
    written, the log says that the act began and the program's own log that it ended.
    """
    write(event, state="begun", **facts)
    outcome: dict[str, object] = {}
    try:
        yield lambda **came: outcome.update(came)
    except BaseException as error:
        with suppress(AuditError):
            write(event, state="not done", error=type(error).__name__, **facts)
        raise
    try:
        write(event, state="done", **facts, **outcome)
    except AuditError:
        LOG.exception("an act that is done could not be written down as done")
