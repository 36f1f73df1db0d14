"""Whether what the catalogue names is there, whole, and adds up. Reads only; the catalogue itself is whole by now."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from geodata.boundaries.checks import Severity as BoundarySeverity
from geodata.boundaries.checks import check
from geodata.errors import N_, DiemNongError
from geodata.notebook_file import entry_of
from geodata.safekeeping import contents
from geodata.safekeeping.findings import Found, Severity
from geodata.vocabulary import LayerKey
from geodata.warehouse import durable, ground, segments
from geodata.warehouse.durable import LostError
from geodata.warehouse.follow_ups import all_follow_ups
from geodata.warehouse.holdings import Holdings

Told = Callable[[int, int], None]
AGAIN: Final = N_(
    "put it back from a backup: diemnong -w {folder} restore FILE; or take the file out and load it again: diemnong -w "
    "{folder} undo {id}"
)
BACK: Final = N_("put it back from a backup: diemnong -w {folder} restore FILE")
LOAD_AGAIN: Final = N_("take the file out and load it again: diemnong -w {folder} undo {id}")
TALLY: Final = "SELECT kept, with_point, area_only, unplaced FROM files WHERE id = ?"


def check_segments(connection: sqlite3.Connection, workspace: Path, told: Told) -> Iterator[Found]:
    """Each file's segment by its SHA-256, then its rows against the tally of the file."""
    files = connection.execute("SELECT id, name, segment, kept, read FROM files ORDER BY id").fetchall()
    for done, (file, name, segment, kept, _) in enumerate(files):
        told(done, len(files))
        where = f"{segments.FOLDER}/{segments.file_name(segment)}"
        facts: dict[str, object] = {"file": name, "id": file, "n": kept, "segment": where, "folder": workspace}
        try:
            durable.get(workspace / segments.FOLDER, segments.file_name(segment), segment)
        except LostError as lost:
            text = N_("{segment} is damaged: {n} incidents of «{file}» are not counted")
            if lost.missing:
                text = N_("{segment} is missing: {n} incidents of «{file}» are not counted")
            yield Found(Severity.ERROR, "segments", where, text, AGAIN, facts)
            continue
        except DiemNongError as error:
            remedy = N_("give the account that runs the program the right to read it")
            yield Found(Severity.ERROR, "rights", where, N_("{problem}"), remedy, {**facts, "problem": error})
            continue
        tally = Holdings(connection, workspace).tally(file)
        if connection.execute(TALLY, (file,)).fetchone() != (
            tally.kept,
            tally.with_point,
            tally.area_only,
            tally.unplaced,
        ):
            text = N_("«{file}»: the rows of its segment do not add up to what was written down when it was loaded")
            yield Found(Severity.ERROR, "sums", where, text, LOAD_AGAIN, facts)
    told(len(files), len(files))


def check_layers(connection: sqlite3.Connection, workspace: Path) -> Iterator[Found]:
    """The exact polygons of each layer: without them nothing can be counted."""
    for edition, level, sha256 in connection.execute("SELECT edition, level, sha256 FROM layers").fetchall():
        where = f"{ground.FOLDER}/{segments.file_name(sha256)}"
        try:
            durable.get(workspace / ground.FOLDER, segments.file_name(sha256), sha256)
        except DiemNongError:
            facts = {"layer": f"{edition} {level}", "file": where, "folder": workspace}
            text = N_("the boundaries {layer} are missing or damaged ({file}): nothing can be counted without them")
            yield Found(Severity.ERROR, "layers", where, text, BACK, facts)


def check_drawings(connection: sqlite3.Connection, workspace: Path) -> Iterator[Found]:
    """The simplified boundaries that browsers draw: the beginning of their SHA-256 is in their names."""
    for name in contents.drawn(connection):
        try:
            with durable.opened(workspace / name) as file:
                whole = durable.file_digest(file).startswith(name.rsplit(".", 2)[1])
        except DiemNongError:
            whole = False
        if not whole:
            text = N_("{file} is missing or damaged: a map of it stays empty")
            yield Found(Severity.ERROR, "drawings", name, text, BACK, {"file": name, "folder": workspace})


def check_boundaries(connection: sqlite3.Connection, workspace: Path) -> Iterator[Found]:
    """What makes counts by area wrong; the rest is told by ``diemnong boundaries check``."""
    found = check(ground.load(connection, workspace).boundaries)
    serious = [each for each in found if each.severity is BoundarySeverity.ERROR]
    remedy = N_("see all of it: diemnong -w {folder} boundaries check; then load mended boundaries")
    for each in serious[:5]:
        facts = {**each.facts, "folder": workspace, "edition": each.edition}
        yield Found(Severity.WARNING, "boundaries", "", each.template, remedy, facts)
    if rest := len(found) - len(serious[:5]):
        text = N_("{n} further remarks on the boundaries")
        remedy = N_("see them: diemnong -w {folder} boundaries check")
        yield Found(Severity.NOTE, "boundaries", "", text, remedy, {"n": rest, "folder": workspace})


def check_notebook(connection: sqlite3.Connection) -> Iterator[Found]:
    """Whether every entry can be read."""
    for owner, kind, key, body in connection.execute("SELECT owner, kind, key, body FROM notebook").fetchall():
        try:
            entry_of(kind, body)
        except (DiemNongError, ValueError, KeyError, TypeError):
            text = N_("the notebook's entry «{key}» ({kind}) of «{owner}» cannot be read")
            remedy = N_("delete it in the notebook and write it again, or restore a backup")
            facts = {"key": key, "kind": kind, "owner": owner}
            yield Found(Severity.WARNING, "notebook", "", text, remedy, facts)


def check_follow_ups(connection: sqlite3.Connection, workspace: Path) -> Iterator[Found]:
    """Whether the places that are followed up are still there."""
    layers = ground.load(connection, workspace).boundaries.layers
    for spot in all_follow_ups(connection):
        layer = layers.get(LayerKey(spot.edition, spot.level))
        if layer is None or spot.code not in layer.codes:
            text = N_("a step was written down for area «{code}» of edition «{edition}», which is not loaded")
            remedy = N_("load that edition again; until then the register does not show the step")
            yield Found(Severity.WARNING, "follow_ups", "", text, remedy, {"code": spot.code, "edition": spot.edition})
