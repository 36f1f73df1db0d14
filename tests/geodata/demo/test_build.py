from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from geodata.demo.build import SOURCE, STEPS, TRUTH, build
from geodata.errors import StoreError
from geodata.vocabulary import LayerKey, Level
from geodata.warehouse.warehouse import Warehouse

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, today: date) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "province"
    left_behind = folder.with_name("province.unfinished") / SOURCE
    left_behind.mkdir(parents=True)
    (left_behind / "half.csv").write_text("half a file", encoding="utf-8")
    steps: list[tuple[int, int]] = []
    build(folder, today=today, progress=lambda done, total: steps.append((done, total)))
    assert steps == [(k + 1, STEPS) for k in range(STEPS)]
    return folder


def truth(folder: Path) -> dict[str, object]:
    loaded: dict[str, object] = json.loads((folder / SOURCE / TRUTH).read_text(encoding="utf-8"))
    return loaded


def test_the_store_holds_what_was_simulated_and_quarantines_what_was_spoilt(demo: Path) -> None:
    warehouse = Warehouse(demo)
    snapshot, planted = warehouse.snapshot(), truth(demo)
    reasons = [row.reason for row in warehouse.quarantine()]
    assert {reason: reasons.count(reason) for reason in set(reasons)} == planted["quarantined"]
    assert len(snapshot.incidents) == planted["incidents"]
    assert snapshot.quarantined == len(reasons) == 60
    by_place = [sum(getattr(file, kind) for file in snapshot.files) for kind in ("area_only", "unplaced", "with_point")]
    assert dict(zip(("area", "none", "point"), by_place, strict=True)) == planted["by_place"]


def test_the_demo_is_marked_as_a_drawing_and_reaches_yesterday(demo: Path, today: date) -> None:
    warehouse = Warehouse(demo)
    assert warehouse.profile.schematic
    assert "mô phỏng" in warehouse.profile.name_vi
    assert warehouse.profile.target.baseline_year == 2023
    last = warehouse.snapshot().last_day
    assert last is not None
    assert (today - last).days == 1


def test_both_editions_zones_regions_and_succession_are_there(demo: Path) -> None:
    warehouse = Warehouse(demo)
    boundaries = warehouse.snapshot().boundaries
    areas = {key: len(layer.codes) for key, layer in boundaries.layers.items()}
    assert areas == {
        LayerKey("2024", Level.PROVINCE): 1,
        LayerKey("2024", Level.DISTRICT): 9,
        LayerKey("2024", Level.COMMUNE): 94,
        LayerKey("2025", Level.PROVINCE): 1,
        LayerKey("2025", Level.COMMUNE): 36,
    }
    people = {key: int(layer.population.sum()) for key, layer in boundaries.layers.items()}
    assert set(people.values()) == {1_169_165}
    assert boundaries.layers[LayerKey("2025", Level.PROVINCE)].codes == ("80",)
    assert {zone.id for zone in boundaries.zones} >= {"border_communes", "border_0_1km"}
    assert len(boundaries.succession.pairs) == 104
    assert len(boundaries.regions) == 18
    assert not warehouse.check_boundaries()


def test_a_complete_demo_is_left_alone(demo: Path, today: date) -> None:
    before = Warehouse(demo).snapshot().committed_at
    build(demo, today=today)
    assert Warehouse(demo).snapshot().committed_at == before


def test_what_an_interrupted_build_left_is_cleared_away(demo: Path) -> None:
    assert [path.name for path in demo.parent.iterdir()] == ["province"]
    assert not (demo / SOURCE / "half.csv").exists()


def test_an_interrupted_build_is_no_workspace(tmp_path: Path, today: date) -> None:
    def stop(done: int, _total: int) -> None:
        if done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(tmp_path / "demo", today=today, progress=stop)
    assert not (tmp_path / "demo").exists()


def test_a_folder_with_something_else_in_it_is_not_touched(tmp_path: Path, today: date) -> None:
    (tmp_path / "letter.txt").write_text("keep me", encoding="utf-8")
    with pytest.raises(StoreError, match="left alone"):
        build(tmp_path, today=today)
    assert (tmp_path / "letter.txt").read_text(encoding="utf-8") == "keep me"


def test_a_demo_may_be_moved(demo: Path, tmp_path: Path) -> None:
    moved = shutil.copytree(demo, tmp_path / "elsewhere")
    assert len(Warehouse(moved).snapshot().incidents) == truth(moved)["incidents"]
