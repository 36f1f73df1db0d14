"""``diemnong boundaries``: what the reports hold, and what is refused by name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.dashboard.cli.city import Call, City, call_command, write_boundaries


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A workspace without boundaries, and the files to load beside it."""
    write_boundaries(tmp_path)
    assert call_command("init", tmp_path / "empty").status == 0
    return tmp_path / "empty"


def add(workspace: Path, file: str, *options: str) -> tuple[object, ...]:
    return ("-w", workspace, "boundaries", "add", workspace.parent / file, *options, "--json")


def test_add_reports_areas_and_the_fields_it_read(empty: Path, call: Call) -> None:
    said = call(*add(empty, "communes.geojson", "--edition", "old", "--level", "commune", "--until", "30/06/2025"))
    assert said.status == 0, said.err
    assert (said.json["features"], said.json["areas"], said.json["code_field"]) == (4, 4, "code")
    assert isinstance(said.json["generation"], int)
    assert "4 areas" in said.err


def test_check_finds_nothing_in_a_sound_city(city: City, call: Call) -> None:
    said = call("-w", city.workspace, "boundaries", "check", "--json")
    assert (said.status, said.json["errors"], said.json["warnings"]) == (0, 0, 0), said.text


def test_check_names_an_orphan(empty: Path, call: Call) -> None:
    districts = json.loads((empty.parent / "districts.geojson").read_text(encoding="utf-8"))
    districts["features"] = districts["features"][:1]
    (empty.parent / "one.geojson").write_text(json.dumps(districts), encoding="utf-8")
    for file, level in (("communes.geojson", "commune"), ("one.geojson", "district")):
        assert call(*add(empty, file, "--edition", "old", "--level", level)).status == 0
    said = call("-w", empty, "boundaries", "check", "--json")
    assert said.status == 0
    assert {"03", "04"} <= {finding["code"] for finding in said.json["findings"]}


def test_a_border_makes_three_bands(city: City, call: Call) -> None:
    said = call("-w", city.workspace, "boundaries", "border-line", city.files / "border.geojson", "--json")
    assert [zone["zone"] for zone in said.json["zones"]] == ["border_0_1km", "border_1_5km", "border_5_10km"]


def test_a_zone_of_places_needs_a_buffer(own_city: City, call: Call, tmp_path: Path) -> None:
    gate = {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [106.05, 11.05]}}
    (tmp_path / "gates.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [gate]}))
    command = ("-w", own_city.workspace, "boundaries", "zone", tmp_path / "gates.geojson", "--zone", "gates")
    kind = ("--kind", "border_gate", "--name", "Gates")
    refused = call(*command, *kind)
    assert refused.status == 2
    assert "--buffer-m" in refused.err
    said = call(*command, *kind, "--buffer-m", "500", "--json")
    assert said.status == 0, said.err
    assert (said.json["zone"], said.json["kind"], said.json["buffer_m"]) == ("gates", "border_gate", 500.0)
    counted = call("-w", own_city.workspace, "counts", "--edition", "old", "--level", "commune", "--zone", "gates")
    assert counted.status == 0, counted.err


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (b"", "empty"),
        (b"{}", "FeatureCollection"),
        (b'{"type": "FeatureCollection", "features": []}', "no features"),
        (b"%PDF-1.7", "JSON"),
    ],
)
def test_a_bad_boundary_file_is_refused_by_name(empty: Path, call: Call, content: bytes, named: str) -> None:
    (empty.parent / "bad.geojson").write_bytes(content)
    said = call(*add(empty, "bad.geojson", "--edition", "old", "--level", "commune"))
    assert (said.status, said.out) == (2, b"")
    assert "bad.geojson" in said.err
    assert named in said.err


@pytest.mark.parametrize(
    "options",
    [
        ("--edition", "old", "--level", "street"),
        ("--edition", "old"),
        ("--edition", "old", "--level", "commune", "--from", "soon"),
        ("--edition", "old", "--level", "commune", "--code", "zip"),
        ("--edition", "a/b", "--level", "commune"),
    ],
)
def test_wrong_options_of_add_are_refused(empty: Path, call: Call, options: tuple[str, ...]) -> None:
    said = call(*add(empty, "communes.geojson", *options))
    assert (said.status, said.out) == (2, b"")


def test_succession_of_an_edition_that_is_not_loaded_is_refused(city: City, call: Call, tmp_path: Path) -> None:
    (tmp_path / "succession.csv").write_text("old_code,new_code,part\n01,77,whole\n", encoding="utf-8")
    said = call("-w", city.workspace, "boundaries", "succession", tmp_path / "succession.csv")
    assert (said.status, said.out) == (2, b"")
    assert "succession.csv" in said.err


def test_the_real_editions_load_and_nest(shared_data: Path, empty: Path, call: Call) -> None:
    steps: tuple[tuple[object, ...], ...] = (
        ("add", shared_data / "communes_2024.geojson", "--edition", "2024", "--level", "commune"),
        ("add", shared_data / "communes_2025.geojson", "--edition", "2025", "--level", "commune"),
        ("succession", shared_data / "commune_succession.csv"),
    )
    reports = [call("-w", empty, "boundaries", *step, "--json") for step in steps]
    assert [report.status for report in reports] == [0, 0, 0], [report.err for report in reports]
    assert [report.json["areas"] for report in reports[:2]] == [94, 96]
    assert (reports[2].json["pairs"], reports[2].json["whole"], reports[2].json["split"]) == (104, 84, 10)


def test_districts_become_regions_that_filter(own_city: City, call: Call) -> None:
    region = ("-w", own_city.workspace, "boundaries", "region")
    said = call(*region, "--from-districts", "old", "--json")
    assert said.status == 0, said.err
    made = {(each["id"], each["edition"]): each["codes"] for each in said.json["regions"]}
    assert sum(len(codes) for (_, edition), codes in made.items() if edition == "old") == 4
    name = next(id_ for id_, edition in made if edition == "old")
    counted = call("-w", own_city.workspace, "counts", "--edition", "old", "--level", "commune", "--region", name)
    areas = {line.partition(",")[0] for line in counted.text.splitlines()[1:]}
    assert areas <= set(made[name, "old"])


def test_regions_come_from_a_file_or_from_districts_and_not_from_both(city: City, call: Call) -> None:
    region = ("-w", city.workspace, "boundaries", "region")
    for arguments in ((), ("x.csv", "--from-districts", "old")):
        said = call(*region, *arguments)
        assert said.status == 2
        assert "--from-districts EDITION, and not both" in said.err
    assert "has no districts" in call(*region, "--from-districts", "new").err
