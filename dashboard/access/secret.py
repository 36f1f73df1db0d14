"""The workspace's own secret, made once and at random. Knows where it lies, not what it is used for."""

from __future__ import annotations

import secrets
from pathlib import Path

from dashboard.access.errors import AccessError
from dashboard.access.private import check_private, make_private

NAME = "secret"
SHORTEST = 32  # bytes
_MADE = 48  # random bytes, 64 letters


def secret_of(workspace: Path) -> bytes:
    """The secret, made where there is none. Raises AccessError where others can read it or it is too short.

    There is no default, and none is taken from the environment: what stands in a unit file is read by many.
    """
    path = workspace / NAME
    if not path.exists() and not path.is_symlink():
        make_private(path, secrets.token_urlsafe(_MADE).encode())
    check_private(path)
    try:
        held = path.read_bytes().strip()
    except OSError as error:
        raise AccessError(
            "{file} cannot be read: {detail}; it must belong to the account the program runs under",
            file=path,
            detail=error.strerror or error,
        ) from error
    if len(held) < SHORTEST:
        raise AccessError(
            "{file} holds {found} bytes, at least {needed} are needed; delete it and start again: a new one is made, "
            "and whoever is signed in signs in again",
            file=path,
            found=len(held),
            needed=SHORTEST,
        )
    return held
