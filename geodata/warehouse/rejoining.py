"""All incidents joined again to boundaries that changed. Joins nothing itself, counts nothing."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

from geodata.join import Join
from geodata.warehouse import segments
from geodata.warehouse.counted import carry_over
from geodata.warehouse.joining import join_incidents, put_segment


def join_again(connection: sqlite3.Connection, workspace: Path, join: Join) -> None:
    """Join all incidents to changed boundaries: new segments, and new quarantine of points outside."""
    for file, name, segment in connection.execute("SELECT id, name, segment FROM files").fetchall():
        held = segments.read_incidents(workspace, segment)
        joined = join_incidents(held, join, name)
        joined = replace(joined, frame=carry_over(joined.frame, held, join.boundaries))
        put_segment(connection, workspace, file, joined)
