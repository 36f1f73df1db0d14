"""Files that only the account the program runs under may read. Knows rights and the disk, nothing of the content."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

from dashboard.access.errors import AccessError
from geodata.warehouse.durable import sync

_OTHERS = 0o077


def check_private(path: Path) -> None:
    """Raise AccessError where others may read or write the file, or where it is a link to somewhere else.

    Windows has no such bits: there the folder's rights decide.
    """
    found = path.lstat()
    if not stat.S_ISREG(found.st_mode):
        raise AccessError("{file} is a link or a folder, not a file of its own; take it away", file=path)
    if os.name != "nt" and found.st_mode & _OTHERS:
        raise AccessError(
            "{file} can be read by others (mode {mode}); whoever may have read it knows what lies in it. Close it: "
            "chmod 600 {file}",
            file=path,
            mode=f"{stat.S_IMODE(found.st_mode):04o}",
        )


def make_private(path: Path, content: bytes = b"") -> bool:
    """Make the file with its whole content and mode 0600; false where there is one already, which stays as it is."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # 0600 from the beginning
    except OSError as error:
        raise unwritable(path, error) from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        path.hardlink_to(temporary)  # unlike a rename it never writes over another one
    except FileExistsError:
        return False
    except OSError as error:
        raise unwritable(path, error) from error
    finally:
        temporary.unlink(missing_ok=True)
    sync(path.parent)
    return True


def unwritable(path: Path, error: OSError) -> AccessError:
    """What is said of a file that cannot be made or changed."""
    return AccessError(
        "{file} cannot be written: {detail}; make room on the disk, or let the account the program runs under write to "
        "the folder",
        file=path,
        detail=error.strerror or error,
    )
