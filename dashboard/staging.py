"""Uploaded incident files on their way into the store: how one is tried and loaded. Knows no screen and no format."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Protocol, runtime_checkable

from dashboard.held_files import BUSY, MOST, PATIENCE_S, HeldFiles
from dashboard.held_files import Staged as StagedFile
from geodata.errors import DiemNongError, PeopleRefusedError
from geodata.ingest.preview import Preview
from geodata.ingest.raw import RawTable
from geodata.ingest.recipe import EMPTY, Recipe
from geodata.warehouse.incoming import FileResult

__all__ = ["BUSY", "FOLDER", "MOST", "Loader", "Staged", "Staging", "Trial"]

FOLDER: Final = "incoming"
Tables = tuple[RawTable, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """A file tried: its columns and first rows, and what loading it would do (a refusal included)."""

    preview: Preview
    result: FileResult


@runtime_checkable
class Loader(Protocol):
    """Whoever can try and load a file: the warehouse."""

    def open(self, path: Path) -> tuple[RawTable, ...]:
        """The file's raw tables."""

    def preview(self, path: Path, tables: tuple[RawTable, ...], recipe: Recipe) -> Preview:
        """Columns and first rows as they would be read."""

    def ingest(
        self, path: Path, *, mapping: Recipe, dry_run: bool = False, tables: tuple[RawTable, ...] | None = None
    ) -> FileResult:
        """Load the file; of one that is open already, its tables."""


Staged = StagedFile[Recipe, Trial, FileResult]


class Staging(HeldFiles[Recipe, Tables, Trial, FileResult]):
    """The uploaded incident files of one workspace."""

    def __init__(self, workspace: Path, loader: Loader, *, patience_s: float = PATIENCE_S) -> None:
        super().__init__(workspace / FOLDER, EMPTY, patience_s=patience_s)
        self._loader = loader

    def _open(self, path: Path) -> Tables:
        return tuple(self._loader.open(path))

    def _try(self, path: Path, opened: Tables, recipe: Recipe) -> tuple[Trial, bool]:
        preview = self._loader.preview(path, opened, recipe)
        if isinstance(preview.refused, PeopleRefusedError):
            raise preview.refused
        result = self._loader.ingest(path, mapping=recipe, dry_run=True, tables=opened)
        return Trial(preview, result), result.status != "refused"

    def _load(self, path: Path, opened: Tables, staged: Staged) -> tuple[FileResult, Trial | None]:
        result = self._loader.ingest(path, mapping=staged.recipe, tables=opened)
        if result.status == "refused" and staged.trial is not None:
            return result, replace(staged.trial, result=result)
        return result, None

    def _act(self, staged: Staged) -> tuple[str, dict[str, object]]:
        return "load", {"files": [staged.name]}

    def _outcome(self, result: FileResult) -> dict[str, object]:
        return {"generation": result.generation, "results": [result.tally()]}

    def _is_over(self, error: DiemNongError) -> bool:
        """What names people is not kept while somebody thinks about it."""
        return isinstance(error, PeopleRefusedError)
