from __future__ import annotations

from pathlib import Path

import pytest

from geodata.errors import StoreError
from geodata.warehouse import segments, soundness
from geodata.warehouse.warehouse import Warehouse
from tests.geodata.worlds import tiny_workspace

pytestmark = pytest.mark.slow  # every test starts processes that read files


@pytest.mark.parametrize("part", ["segments", "layers"])
@pytest.mark.parametrize("harm", ["missing", "cut off", "one bit"])
def test_nothing_is_loaded_into_a_store_that_nobody_could_open(tmp_path: Path, part: str, harm: str) -> None:
    warehouse = tiny_workspace(tmp_path)
    generation = warehouse.snapshot().generation
    for path in (warehouse.folder / part).glob("*.parquet"):
        content = path.read_bytes()
        if harm == "missing":
            path.unlink()
        else:
            path.write_bytes(
                content[:-9] if harm == "cut off" else content[:50] + bytes([content[50] ^ 1]) + content[51:]
            )
    more = tmp_path / "more.csv"
    more.write_text("id,occurred,category,lon,lat\n1,2024-03-01,theft,106.05,11.05\n", encoding="utf-8")
    for writer in (warehouse, Warehouse(warehouse.folder)):
        with pytest.raises(StoreError, match=rf"{part}.*\.parquet is (missing|damaged)"):
            writer.ingest(more)
        assert writer._catalogue.generation().id == generation


def test_a_large_file_is_looked_at_from_both_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    warehouse = tiny_workspace(tmp_path)
    monkeypatch.setattr(soundness, "HASHED", 0)
    with warehouse._catalogue.reading() as connection:
        soundness.Soundness(warehouse.folder).check(connection)
        path = next((warehouse.folder / segments.FOLDER).glob("*.parquet"))
        path.write_bytes(path.read_bytes()[:-9])
        with pytest.raises(StoreError, match="damaged"):
            soundness.Soundness(warehouse.folder).check(connection)
