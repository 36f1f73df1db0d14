"""A warehouse of which a test says when it goes on, and when it fails."""

from __future__ import annotations

from pathlib import Path
from threading import Event

from geodata.ingest.raw import RawTable
from geodata.warehouse.incoming import FileResult
from geodata.warehouse.warehouse import Warehouse


class Slow(Warehouse):
    """A warehouse that stands still at its gate while a test does something, and fails where it is told to."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.gate, self.opened = Event(), 0
        self.fault: Exception | None = None
        self.gate.set()

    def open(self, path: Path) -> tuple[RawTable, ...]:
        """As the warehouse does, behind the gate."""
        self.opened += 1
        assert self.gate.wait(20)
        return super().open(path)

    def ingest(self, path: Path, **how: object) -> FileResult:
        """As the warehouse does, behind the gate."""
        assert self.gate.wait(20)
        if self.fault:
            raise self.fault
        return super().ingest(path, **how)  # type: ignore[arg-type]
