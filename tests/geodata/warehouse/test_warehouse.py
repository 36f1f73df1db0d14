from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import shapely

from geodata.answers.answers import Answers
from geodata.errors import BoundaryError, ProfileError, StoreError
from geodata.question import Question
from geodata.vocabulary import Level, Period, ZoneKind
from geodata.warehouse.warehouse import Warehouse
from tests.geodata.worlds import (
    C24,
    C25,
    FIRST,
    LAST,
    P24,
    tiny_incidents,
    tiny_snapshot,
    tiny_workspace,
    write_geojson,
    write_incidents,
    write_layer,
)

pytestmark = pytest.mark.slow  # every test starts processes that read files

ROOT = Path(__file__).resolve().parents[3]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
TODAY = date(2025, 1, 2)
HEADER = "id,occurred,category,lon,lat\n"
ROWS = (
    "1,2024-03-01,theft,106.05,11.05\n"
    "2,2024-03-02,theft,106.15,11.15\n"
    "3,2024-03-03,theft,107.20,11.05\n"  # outside all
    "4,2024-13-03,theft,106.05,11.05\n"  # no such month
)


def csv_file(folder: Path, text: str = HEADER + ROWS, name: str = "four.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def run(code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Another process on the same workspace."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, check=False)


def test_a_folder_without_a_profile_is_no_workspace(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match="init"):
        Warehouse(tmp_path)


def test_a_new_workspace_is_empty_and_says_so(tmp_path: Path) -> None:
    snapshot = Warehouse.create(tmp_path / "w").snapshot()
    assert (snapshot.generation, len(snapshot.incidents), snapshot.first_day) == (0, 0, None)
    assert snapshot.categories  # the profile's


def test_the_store_gives_back_the_world_that_went_in(tmp_path: Path) -> None:
    snapshot, expected = tiny_workspace(tmp_path).snapshot(), tiny_snapshot()
    assert set(snapshot.boundaries.layers) == set(expected.boundaries.layers)
    for key, layer in expected.boundaries.layers.items():
        stored = snapshot.boundaries.layers[key]
        assert (stored.codes, stored.parents, stored.derived) == (layer.codes, layer.parents, layer.derived)
        assert shapely.equals(stored.polygons, layer.polygons).all()
        assert (tmp_path / "workspace" / "boundaries" / snapshot.web_files[key]).is_file()
        assert (tmp_path / "workspace" / "boundaries" / snapshot.label_files[key]).is_file()
        assert np.sort(snapshot.incidents.area[key]).tolist() == np.sort(expected.incidents.area[key]).tolist()
    for name in ("day", "hour", "weekday"):
        assert (
            np.sort(getattr(snapshot.incidents, name)).tolist() == np.sort(getattr(expected.incidents, name)).tolist()
        )
    assert snapshot.boundaries.succession == expected.boundaries.succession
    assert list(snapshot.boundaries.editions.values()) == list(expected.boundaries.editions.values())


def test_the_tally_adds_up_and_points_outside_are_quarantined_with_their_distance(tmp_path: Path) -> None:
    warehouse = tiny_workspace(tmp_path, incidents=False)
    result = warehouse.ingest(csv_file(tmp_path), today=TODAY)
    assert (result.status, result.read, result.kept, result.quarantined) == ("loaded", 4, 2, 2)
    assert (result.with_point, result.area_only, result.unplaced) == (2, 0, 0)
    assert result.reasons["outside_boundaries"] == 1
    outside = [row for row in warehouse.quarantine() if row.reason == "outside_boundaries"]
    assert [(row.file, row.row) for row in outside] == [("four.csv", 4)]
    assert float(str(outside[0].facts["km"])) == pytest.approx(109.2, rel=0.01)  # one degree at 11 degrees north
    snapshot = warehouse.snapshot()
    assert (len(snapshot.incidents), snapshot.quarantined) == (2, 2)
    assert snapshot.files[0].read == 4


def test_the_same_content_again_loads_nothing(tmp_path: Path) -> None:
    warehouse = tiny_workspace(tmp_path, incidents=False)
    first = warehouse.ingest(csv_file(tmp_path), today=TODAY)
    again = warehouse.ingest(csv_file(tmp_path, name="copy.csv"), today=TODAY)
    assert (again.status, again.read, again.kept, again.generation) == ("already_loaded", 0, 0, first.generation)
    assert "four.csv" in again.message
    assert len(warehouse.snapshot().incidents) == 2


def test_a_refused_file_and_a_trial_change_nothing(tmp_path: Path) -> None:
    warehouse = tiny_workspace(tmp_path, incidents=False)
    before = warehouse.snapshot()
    refused = warehouse.ingest(csv_file(tmp_path, "", name="empty.csv"), today=TODAY)
    absent = warehouse.ingest(tmp_path / "absent.csv", today=TODAY)
    trial = warehouse.ingest(csv_file(tmp_path), today=TODAY, dry_run=True)
    assert (refused.status, absent.status, trial.status) == ("refused", "refused", "loaded")
    assert refused.message
    assert absent.message == "«absent.csv» is not there, or is not a file. Check the name and the folder"
    assert (trial.read, trial.kept, trial.quarantined) == (4, 2, 2)
    assert warehouse.snapshot() is before
    assert not list((warehouse.folder / "segments").glob("*"))


def test_points_move_out_of_quarantine_when_their_ground_is_loaded(tmp_path: Path) -> None:
    warehouse = tiny_workspace(tmp_path, incidents=False)
    warehouse.ingest(csv_file(tmp_path), today=TODAY)
    square = shapely.box(107.0, 11.0, 107.5, 11.5)
    path = write_geojson(tmp_path / "east.geojson", [({"code": "9", "name": "Xã 9"}, square)])
    warehouse.add_layer(path, "2030", Level.COMMUNE)
    snapshot = warehouse.snapshot()
    assert (len(snapshot.incidents), snapshot.quarantined) == (3, 1)
    assert (snapshot.files[0].kept, snapshot.files[0].quarantined) == (3, 1)
    count = Answers(warehouse).counts(Question(Period(FIRST, LAST), "2030", Level.COMMUNE))
    assert (count.n.tolist(), count.totals.not_placed) == ([1], 2)
    assert [row.row for row in warehouse.quarantine()] == [5]


def test_boundaries_loaded_after_the_incidents_count_them_the_same(tmp_path: Path) -> None:
    early, late = tiny_workspace(tmp_path / "a"), Warehouse.create(tmp_path / "b")
    points = tiny_incidents()
    points = points[points["lon"].notna()]
    late.ingest(write_incidents(tmp_path / "points.csv", points), today=TODAY)
    assert len(late.snapshot().incidents) == len(points)
    assert late.snapshot().quarantined == 0
    for key in (C24, C25):
        late.add_layer(write_layer(tmp_path / f"{key.edition}.geojson", key), key.edition, key.level)
    question = Question(Period(FIRST, LAST), "2025", Level.COMMUNE)
    placed = late.snapshot().incidents.area[C25]
    with_point = Answers(early).counts(question).totals.with_point
    assert with_point == Answers(late).counts(question).totals.with_point == (placed >= 0).sum()


def test_another_process_is_noticed_without_a_restart(tmp_path: Path) -> None:
    warehouse = tiny_workspace(tmp_path, incidents=False)
    before = warehouse.snapshot()
    code = "import sys; from pathlib import Path; from geodata.warehouse.warehouse import Warehouse; "
    code += "print(Warehouse(Path(sys.argv[1])).ingest(Path(sys.argv[2])).kept)"
    done = run(code, warehouse.folder, csv_file(tmp_path))
    assert done.stdout.strip() == "2", done.stderr
    after = warehouse.snapshot()
    assert after.generation == before.generation + 1
    assert len(after.incidents) == 2
    assert after.boundaries is before.boundaries  # the ground did not move: grids and answers' areas still hold


def test_a_process_killed_between_rename_and_commit_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    warehouse = tiny_workspace(tmp_path, incidents=False)
    generation, path = warehouse.snapshot().generation, csv_file(tmp_path)
    code = "import os, sys; from pathlib import Path; from geodata.warehouse.warehouse import Warehouse; "
    code += "Warehouse(Path(sys.argv[1]), before_commit=lambda: os._exit(9)).ingest(Path(sys.argv[2]))"
    assert run(code, warehouse.folder, path).returncode == 9
    assert len(list((warehouse.folder / "segments").glob("*.parquet"))) == 1  # on disk, and named by nobody
    for reader in (warehouse, Warehouse(warehouse.folder)):
        assert (reader.snapshot().generation, len(reader.snapshot().incidents)) == (generation, 0)
        assert list(reader.quarantine()) == []
    assert warehouse.ingest(path, today=TODAY).status == "loaded"


def test_two_processes_that_load_at_once_take_turns(tmp_path: Path) -> None:
    warehouse = tiny_workspace(tmp_path, incidents=False)
    code = "import sys; from pathlib import Path; from geodata.warehouse.warehouse import Warehouse; "
    code += "w = Warehouse(Path(sys.argv[1])); print([w.ingest(Path(p)).status for p in sys.argv[2:]])"
    names = [csv_file(tmp_path, HEADER + f"a{i},2024-03-01,theft,106.05,11.05\n", f"{i}.csv") for i in range(2)]
    command = [sys.executable, "-c", code, str(warehouse.folder), *map(str, names)]
    running = [subprocess.Popen(command, cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.PIPE) for _ in range(2)]
    said = b"".join(process.communicate()[0] for process in running).decode()
    assert said.count("'loaded'") == said.count("'already_loaded'") == 2
    assert len(warehouse.snapshot().incidents) == 2


def flip_a_bit(folder: Path) -> None:
    for path in folder.glob("*.parquet"):  # all of them: those of earlier generations lie about for a day
        content = path.read_bytes()
        path.write_bytes(content[:-50] + bytes([content[-50] ^ 2]) + content[-49:])


def test_a_flipped_bit_in_a_layer_is_an_error_and_not_a_number(tmp_path: Path) -> None:
    folder = tiny_workspace(tmp_path).folder
    flip_a_bit(folder / "layers")
    with pytest.raises(StoreError, match=r"layers.*damaged.*diemnong restore FILE"):
        Warehouse(folder).snapshot()
    flip_a_bit(folder / "layers")
    assert len(Warehouse(folder).snapshot().incidents) == 200


def test_a_derived_province_follows_its_communes_and_gives_way_to_a_loaded_one(tmp_path: Path) -> None:
    warehouse = Warehouse.create(tmp_path / "w")
    warehouse.add_layer(write_layer(tmp_path / "c.geojson", C24), "2024", Level.COMMUNE)
    derived = warehouse.boundaries().layers[P24]
    assert (derived.codes, derived.names, derived.derived) == (("72",), ("Tỉnh 72",), True)
    path = write_geojson(tmp_path / "p.geojson", [({"code": "X", "name": "Tỉnh X"}, shapely.box(106, 11, 106.2, 11.2))])
    warehouse.add_layer(path, "2024", Level.PROVINCE)
    warehouse.add_layer(write_layer(tmp_path / "c.geojson", C24), "2024", Level.COMMUNE)
    boundaries = warehouse.boundaries()
    assert (boundaries.layers[P24].codes, boundaries.layers[P24].derived) == (("X",), False)
    assert set(boundaries.layers[C24].parents) == {"X"}


def test_districts_loaded_late_get_the_communes_their_file_gave_them(tmp_path: Path) -> None:
    warehouse = Warehouse.create(tmp_path / "w")
    warehouse.add_layer(write_layer(tmp_path / "c.geojson", C24), "2024", Level.COMMUNE)
    assert warehouse.boundaries().layers[C24].parents == ("72",) * 4
    key = C24._replace(level=Level.DISTRICT)
    warehouse.add_layer(write_layer(tmp_path / "d.geojson", key), "2024", Level.DISTRICT)
    assert warehouse.boundaries().layers[C24].parents == ("1", "1", "2", "2")


def test_bands_follow_the_border_and_the_ground(tmp_path: Path) -> None:
    warehouse = Warehouse.create(tmp_path / "w")
    line = write_geojson(tmp_path / "line.geojson", [({}, shapely.LineString([(106.0, 10.9), (106.0, 11.3)]))])
    assert warehouse.add_border_line(line)[1] == ()
    warehouse.add_layer(write_layer(tmp_path / "c.geojson", C24), "2024", Level.COMMUNE)
    boundaries = warehouse.boundaries()
    assert [zone.id for zone in boundaries.zones] == ["border_0_1km", "border_1_5km", "border_5_10km"]
    assert warehouse.snapshot().border_file
    rows = "".join(f"{i},2024-03-01,theft,{106 + km / 109.3},11.05\n" for i, km in enumerate((0.5, 3, 7, 15)))
    warehouse.ingest(csv_file(tmp_path, HEADER + rows), today=TODAY)
    asked = [Question(Period(FIRST, LAST), "2024", Level.COMMUNE, zones=(zone.id,)) for zone in boundaries.zones]
    assert [Answers(warehouse).counts(question).totals.recorded for question in asked] == [1, 1, 1]


def test_a_zone_loaded_again_keeps_its_place_and_replaces_its_ground(tmp_path: Path) -> None:
    warehouse = tiny_workspace(tmp_path)
    path = write_geojson(tmp_path / "z.geojson", [({"name": "Chợ"}, shapely.Point(106.15, 11.15))])
    _, market = warehouse.add_zone(path, "market", ZoneKind.VENUE, buffer_m=500)
    _, again = warehouse.add_zone(path, "market", ZoneKind.VENUE, buffer_m=2000)
    assert market.bit == again.bit
    assert shapely.area(again.polygon) > shapely.area(market.polygon)
    assert set(warehouse.snapshot().zone_files) == {"border_communes", "market"}


def test_bad_boundaries_are_refused_and_change_nothing(tmp_path: Path) -> None:
    warehouse = tiny_workspace(tmp_path)
    before = warehouse.snapshot()
    layer = write_layer(tmp_path / "c.geojson", C24)
    with pytest.raises(BoundaryError, match="before it begins"):
        warehouse.add_layer(layer, "2024", Level.COMMUNE, valid_from=date(2030, 1, 1))
    with pytest.raises(BoundaryError, match="cannot name"):
        warehouse.add_layer(layer, "a/b", Level.COMMUNE)
    with pytest.raises(BoundaryError, match="border-line"):
        warehouse.add_zone(layer, "border_0_1km", ZoneKind.OTHER)
    assert warehouse.snapshot() is before


def test_regions_are_stored_by_edition(tmp_path: Path) -> None:
    warehouse = tiny_workspace(tmp_path)
    path = csv_file(tmp_path, "region,edition,code\nwest,2024,101\nwest,2024,103\nwest,2025,101\n", "regions.csv")
    warehouse.add_regions(path)
    regions = warehouse.boundaries().regions
    assert [(region.id, region.edition, region.codes) for region in regions] == [
        ("west", "2024", ("101", "103")),
        ("west", "2025", ("101",)),
    ]


def test_there_may_be_more_categories_than_a_small_number_counts(tmp_path: Path) -> None:
    """In a blank workspace every wording is a category of its own, and some portals write half a sentence."""
    warehouse = tiny_workspace(tmp_path, incidents=False)
    count = 33_000
    text = HEADER + "".join(f"a{i},2024-03-01,wording {i} of all,106.05,11.05\n" for i in range(count))
    warehouse.ingest(csv_file(tmp_path, text), today=TODAY)
    assert np.unique(warehouse.snapshot().incidents.category).size == count
