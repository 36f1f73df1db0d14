"""Small incident files as offices send them, and the sums that hold in every store."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from geodata.ingest.raw import RawTable
from geodata.warehouse.incoming import FileResult
from geodata.warehouse.warehouse import Warehouse

TODAY = date(2025, 6, 30)
HEADER = "Số hồ sơ,Ngày xảy ra,Tội danh,Kinh độ,Vĩ độ\n"
NAMELESS = "Ngày xảy ra,Tội danh,Kinh độ,Vĩ độ\n"


def write(path: Path, *rows: str, header: str = HEADER) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(header + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def load(warehouse: Warehouse, path: Path, **how: object) -> FileResult:
    """Load a file, and check that all sums of the store hold afterwards."""
    if path.suffix == ".csv":
        how = {"tables": (table(path),), **how}
    result = warehouse.ingest(path, today=TODAY, **how)  # type: ignore[arg-type]
    holds(warehouse)
    return result


def table(path: Path) -> RawTable:
    """A plain CSV file as a reader hands it over, without the process of its own that readers run in."""
    frame = pd.read_csv(path, dtype="str", keep_default_na=False)
    names = tuple(frame.columns)
    return RawTable("", names, frame.set_axis(range(len(names)), axis=1), np.arange(len(frame), dtype=np.int64) + 2)


def holds(warehouse: Warehouse) -> None:
    """Nothing is lost and nothing counts twice, by the numbers that readers see."""
    fresh = Warehouse(warehouse.folder)
    snapshot, aside = fresh.snapshot(), list(fresh.quarantine())
    fresh.close()
    assert len(snapshot.incidents) == sum(file.kept for file in snapshot.files)
    assert snapshot.quarantined == len(aside)
    for file in snapshot.files:
        assert file.read == file.kept + file.quarantined
        assert file.kept == file.with_point + file.area_only + file.unplaced
        assert file.quarantined == sum(file.reasons.values())
    for at in range(len(snapshot.files)):
        assert (snapshot.incidents.file == at).sum() == snapshot.files[at].kept


def told(warehouse: Warehouse) -> list[tuple[str, int, str]]:
    """File, row and reason of all that does not count."""
    return [(row.file, row.row, row.reason) for row in warehouse.quarantine()]
