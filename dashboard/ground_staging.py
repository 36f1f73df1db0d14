"""Uploaded boundary files on their way into the store: what is chosen about one, how it is tried and loaded.

Knows no screen. The file is read as the command reads it: GeoJSON without GDAL, the rest by the drivers allowed.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol, runtime_checkable

from dashboard.held_files import PATIENCE_S, HeldFiles
from dashboard.held_files import Staged as StagedFile
from geodata.vocabulary import Level

if TYPE_CHECKING:
    from geodata.boundaries.features import Features
    from geodata.boundaries.load import LayerReport
    from geodata.boundaries.preview import LayerPreview

FOLDER: Final = "incoming-boundaries"


@dataclass(frozen=True, slots=True)
class Columns:
    """Which properties of the file are read; None where it is left to the program."""

    code: str | None = None
    name: str | None = None
    parent: str | None = None
    population: str | None = None


@dataclass(frozen=True, slots=True)
class LayerWish:
    """As what a person wants the file to be loaded."""

    level: Level = Level.COMMUNE
    columns: Columns = Columns()
    edition: str = ""
    begin: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of loading it."""

    generation: int
    report: LayerReport


@runtime_checkable
class GroundLoader(Protocol):
    """Whoever can load boundaries: the warehouse."""

    def add_layer(
        self,
        path: Path,
        edition: str,
        level: Level,
        *,
        valid_from: date | None = None,
        valid_until: date | None = None,
        code: str | None = None,
        name: str | None = None,
        parent: str | None = None,
        population: str | None = None,
    ) -> tuple[int, LayerReport]:
        """Load one level of an edition. Raises BoundaryError."""


StagedGround = StagedFile[LayerWish, "LayerPreview", Loaded]


class GroundStaging(HeldFiles[LayerWish, "Features", "LayerPreview", Loaded]):
    """The uploaded boundary files of one workspace."""

    def __init__(self, workspace: Path, loader: GroundLoader, *, patience_s: float = PATIENCE_S) -> None:
        super().__init__(workspace / FOLDER, LayerWish(), patience_s=patience_s)
        self._loader = loader

    def _open(self, path: Path) -> Features:
        from geodata.boundaries.features import read_features  # noqa: PLC0415 - brings in GDAL, for those who load maps

        return read_features(path)

    def _try(self, path: Path, opened: Features, recipe: LayerWish) -> tuple[LayerPreview, bool]:
        from geodata.boundaries.preview import preview_layer  # noqa: PLC0415 - the same

        preview = preview_layer(opened, recipe.level, **asdict(recipe.columns))
        return preview, preview.refused is None

    def _load(self, path: Path, opened: Features, staged: StagedGround) -> tuple[Loaded, LayerPreview | None]:
        wish = staged.recipe
        columns = wish.columns
        if staged.trial is not None and staged.trial.report is not None:
            columns = _read(staged.trial.report)  # what was shown is what is loaded
        generation, report = self._loader.add_layer(
            path, wish.edition, wish.level, valid_from=wish.begin, valid_until=wish.end, **asdict(columns)
        )
        return Loaded(generation, report), None

    def _act(self, staged: StagedGround) -> tuple[str, dict[str, object]]:
        wish = staged.recipe
        return "boundaries", {"file": staged.name, "edition": wish.edition, "level": wish.level.value}

    def _outcome(self, result: Loaded) -> dict[str, object]:
        return {"generation": result.generation}


def _read(report: LayerReport) -> Columns:
    fields = (report.code_field, report.name_field, report.parent_field, report.population_field)
    return Columns(*(field or None for field in fields))
