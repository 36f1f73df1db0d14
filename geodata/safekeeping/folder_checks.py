"""What lies in a workspace's folder beside what its catalogue names, who may read it, and how full the disk is."""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from geodata.errors import N_
from geodata.safekeeping import contents
from geodata.safekeeping.findings import Found, Severity
from geodata.safekeeping.manifest import ACCOUNTS, CATALOGUE
from geodata.safekeeping.mend import ASIDE
from geodata.warehouse import durable, earlier

STORE: Final = ("segments", "layers", "boundaries")
UNFINISHED: Final = (".tmp", ".part")
UNFINISHED_S: Final = 3600.0  # nothing is written for so long
SECRETS: Final = (ACCOUNTS, "secret", "audit")
LEAST_FREE: Final = 512 << 20  # bytes; and at least what the store itself takes
OTHERS: Final = 0o077


def check_orphans(connection: sqlite3.Connection, workspace: Path) -> Iterator[Found]:
    """Files of the store that the catalogue does not name: older versions, leftovers, and what is not ours."""
    named = {*contents.stored(connection), *contents.drawn(connection)}
    old: list[str] = []
    for folder in STORE:
        for path in sorted((workspace / folder).iterdir()) if (workspace / folder).is_dir() else ():
            name = f"{folder}/{path.name}"
            if name in named:
                continue
            if path.suffix in UNFINISHED:
                yield from _unfinished(path, name)
            elif _is_own(path):
                old.append(name)
            else:
                text = N_("{file} is no file of the store: no load ever wrote it")
                remedy = N_("move it away: the next load clears it when it is a day old")
                yield Found(Severity.WARNING, "orphans", name, text, remedy, {"file": name})
    if old:
        text = N_("{n} files of earlier versions are not named by the catalogue any more, for example {file}")
        remedy = N_("nothing to do: the next load clears them when they are a day old")
        yield Found(Severity.NOTE, "orphans", old[0], text, remedy, {"n": len(old), "file": old[0]})


def check_set_aside(workspace: Path) -> Iterator[Found]:
    """What a restore or an upgrade keeps, and what a cut-off restore or backup left."""
    kept = [path for path in (workspace / ASIDE, *workspace.glob(f"{earlier.FOLDER}*")) if path.is_dir()]
    for path in kept:
        text = N_("{folder} keeps what gave way to a restore or an upgrade")
        remedy = N_("delete the folder when you no longer need what is in it")
        yield Found(Severity.NOTE, "earlier", path.name, text, remedy, {"folder": path.name})
    beside = workspace.absolute().parent
    for path in (*workspace.glob(".*.part"), *beside.glob(".restoring-*"), *beside.glob(".diemnong-*")):
        yield from _unfinished(path, path.name)


def check_rights(workspace: Path) -> Iterator[Found]:
    """Whether the store can be written, and what others on this machine could read."""
    for path in (workspace, workspace / CATALOGUE, *(workspace / folder for folder in STORE)):
        if path.exists() and not os.access(path, os.R_OK | os.W_OK):
            text = N_("{file} cannot be written by this account: nothing can be loaded")
            remedy = N_("give the account that runs the program the right to write to the folder and its files")
            yield Found(Severity.WARNING, "rights", path.name, text, remedy, {"file": path})
    if os.name == "nt":  # rights are inherited there, and these bits say nothing
        return
    for name in SECRETS:
        path = workspace / name
        if path.exists() and path.stat().st_mode & OTHERS:
            text = N_("{file} can be read by other accounts of this machine")
            remedy = N_("take the right from them: chmod -R go-rwx {file}")
            yield Found(Severity.WARNING, "rights", name, text, remedy, {"file": path})
    if workspace.stat().st_mode & OTHERS:
        text = N_("{folder} can be read by other accounts of this machine")
        remedy = N_("where others have accounts here: chmod go-rwx {folder}")
        yield Found(Severity.NOTE, "rights", "", text, remedy, {"folder": workspace})


def check_disk(workspace: Path) -> Iterator[Found]:
    """Whether there is room for the next load and a change of boundaries, which writes everything anew."""
    store = sum(
        path.stat().st_size
        for folder in STORE
        if (workspace / folder).is_dir()
        for path in (workspace / folder).iterdir()
    )
    free = shutil.disk_usage(workspace).free
    if free < max(LEAST_FREE, store):
        text = N_("only {free} MB are free on the disk of the workspace; loading needs up to {needed} MB")
        remedy = N_("make room: older backups and exports on this disk, if there are any")
        facts = {"free": free >> 20, "needed": max(LEAST_FREE, store) >> 20}
        yield Found(Severity.WARNING, "disk", "", text, remedy, facts)


def _unfinished(path: Path, name: str) -> Iterator[Found]:
    if time.time() - path.stat().st_mtime < UNFINISHED_S:
        return  # somebody may be writing it now
    text = N_("{file} was left by a run that was cut off; nothing refers to it")
    remedy = N_("nothing is lost: delete it, or leave it to the next load")
    yield Found(Severity.NOTE, "leftovers", name, text, remedy, {"file": name})


def _is_own(path: Path) -> bool:
    """Whether a file has the name that its content gives it."""
    wanted = path.name.rsplit(".", 2)[-2] if path.suffix in (".parquet", ".json") else ""
    if not wanted or not path.is_file():
        return False
    with path.open("rb") as file:
        return durable.file_digest(file).startswith(wanted)
