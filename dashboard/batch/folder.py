"""A folder that is there whole or not at all: filled beside its name, then renamed. Knows nothing of what is in it.

An earlier batch of ours gives way to the new one as long as nobody changed it; anything else is never touched.
"""

from __future__ import annotations

import glob
import hashlib
import json
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from dashboard.rows import json_text
from geodata.errors import DiemNongError
from geodata.warehouse.durable import sync

FACTS, INDEX = "facts.json", "index.html"
FORMAT = "diemnong batch 1"
ABANDONED_S = 86_400.0  # after which an unfinished folder is nobody's any more
TOLD = 3  # names in a message
OF_THE_SYSTEM = frozenset({"thumbs.db", "desktop.ini", ".ds_store"})  # left by whoever looks into a folder


class FolderError(DiemNongError):
    """A folder that no batch can be written to."""


@contextmanager
def whole_folder(target: Path) -> Iterator[Path]:
    """An empty folder that takes the name ``target`` at the end; on any error what stood there stays as it was.

    Raises FolderError where something stands there that is no batch of ours, or one that was changed.
    """
    target = target.resolve()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _recover(target)
        _check(target)
        unfinished = target.with_name(f".{target.name}.unfinished-{secrets.token_hex(4)}")
        unfinished.mkdir()
    except OSError as error:
        raise _refused(target, error) from error
    try:
        yield unfinished
        _check(target)  # whatever somebody did meanwhile
        _replace(unfinished, target)
    except OSError as error:
        raise _refused(target, error) from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def seal(folder: Path, page: str, facts: dict[str, Any]) -> None:
    """Write what the files are: the page for people, then the facts, by which a batch is known and known unchanged."""
    _put(folder / INDEX, page)
    digest = hashlib.sha256(page.encode()).hexdigest()
    _put(folder / FACTS, json_text({**facts, "index_sha256": digest}))


def _put(path: Path, text: str) -> None:
    """Write a file so that it survives a power cut."""
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def facts_of(folder: Path) -> dict[str, Any] | None:
    """What the batch in a folder says of itself; None where it is none of ours."""
    try:
        held = json.loads((folder / FACTS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return held if isinstance(held, dict) and held.get("format") == FORMAT else None


def _check(target: Path) -> None:
    if not target.exists() or (target.is_dir() and not any(target.iterdir())):
        return
    held = facts_of(target) if target.is_dir() else None
    if held is None:
        raise FolderError("{folder} holds something else; name a folder that is new or empty", folder=target)
    known = {str(each["file"]): str(each["sha256"]) for each in held.get("files", ())}
    known[INDEX] = str(held.get("index_sha256"))
    there = {path.name: path for path in target.iterdir() if path.name.lower() not in OF_THE_SYSTEM}
    foreign = [name for name in there if name not in {*known, FACTS}]
    changed = [name for name, digest in known.items() if name in there and _digest(there[name]) != digest]
    if mine := sorted([*foreign, *changed]):
        raise FolderError(
            "{folder} holds what somebody added or changed since it was written: {files}. "
            "Move it elsewhere, or name another folder",
            folder=target,
            files=", ".join(mine[:TOLD]) + (" …" if len(mine) > TOLD else ""),
        )


def _digest(path: Path) -> str:
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _replace(unfinished: Path, target: Path) -> None:
    """Two renames; a power cut between them leaves the earlier folder beside, from where the next run puts it back."""
    earlier = target.with_name(f".{target.name}.earlier-{secrets.token_hex(4)}")
    if target.exists():
        target.rename(earlier)
    try:
        unfinished.rename(target)
    except OSError:
        if earlier.exists():
            earlier.rename(target)
        raise
    sync(target)
    sync(target.parent)
    shutil.rmtree(earlier, ignore_errors=True)


def _recover(target: Path) -> None:
    """Put back what a run that was cut off had set aside, and throw away what one left behind long ago."""
    name = glob.escape(target.name)
    for earlier in target.parent.glob(f".{name}.earlier-*"):
        if target.exists():
            shutil.rmtree(earlier, ignore_errors=True)
        else:
            earlier.rename(target)
    for left in target.parent.glob(f".{name}.unfinished-*"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > ABANDONED_S:
                shutil.rmtree(left, ignore_errors=True)


def _refused(folder: Path, error: OSError) -> FolderError:
    return FolderError(
        "{folder} cannot be written: {detail}", folder=folder, detail=error.strerror or type(error).__name__
    )
