"""Findings about boundaries: each kind once, and none on good ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from shapely import Polygon, box

from geodata.boundaries.checks import Finding, Severity, check
from geodata.boundaries.editions import Boundaries, Edition, Layer, Succession
from geodata.boundaries.succession import read_succession
from geodata.vocabulary import LayerKey, Level

COMMUNES = LayerKey("old", Level.COMMUNE)


def with_layer(boundaries: Boundaries, layer: Layer) -> Boundaries:
    return replace(boundaries, layers={**boundaries.layers, layer.key: layer})


def with_polygon(boundaries: Boundaries, place: int, shape: object) -> Boundaries:
    layer = boundaries.layers[COMMUNES]
    polygons = layer.polygons.copy()
    polygons[place] = shape
    return with_layer(boundaries, replace(layer, polygons=polygons))


def found(boundaries: Boundaries) -> dict[str, Finding]:
    return {finding.what: finding for finding in check(boundaries)}


def test_good_boundaries_have_no_findings(squares: Boundaries) -> None:
    assert check(squares) == ()
    assert check(Boundaries()) == ()


def test_an_overlap_is_measured(squares: Boundaries) -> None:
    finding = found(with_polygon(squares, 1, box(106.09, 11, 106.2, 11.1)))["overlap"]
    assert (finding.edition, finding.level, finding.code) == ("old", "commune", "a")
    assert abs(float(str(finding.facts["m2"])) - 1_093 * 11_061) < 100_000
    assert "points there count for a" in str(finding)


def test_a_gap_is_counted(squares: Boundaries) -> None:
    holed = Polygon(box(106, 11, 106.1, 11.1).exterior, [box(106.04, 11.04, 106.05, 11.05).exterior])
    finding = found(with_polygon(squares, 0, holed))["gap"]
    assert finding.severity is Severity.WARNING
    assert str(finding) == f"1 gaps between the areas, {finding.facts['m2']} m² in all; points there lie nowhere"


def test_invalid_geometry_is_an_error_with_its_reason(squares: Boundaries) -> None:
    bow_tie = Polygon([(106, 11), (106.1, 11.1), (106.1, 11), (106, 11.1)])
    finding = found(with_polygon(squares, 0, bow_tie))["invalid"]
    assert finding.severity is Severity.ERROR
    assert "Self-intersection" in str(finding)


def test_orphans_and_children_outside_their_parent_are_named(squares: Boundaries) -> None:
    layer = squares.layers[COMMUNES]
    findings = found(with_layer(squares, replace(layer, parents=("N", "S", "S", "?"))))
    assert findings["orphan"].code == "d"
    assert findings["outside_parent"].code == "b"
    assert findings["outside_parent"].facts["share"] == 0.0


def test_a_table_that_does_not_fit_its_editions_is_named(squares: Boundaries) -> None:
    pairs = (("a", "2", True), ("c", "2", True), ("d", "9", False), ("x", "2", True))
    findings = check(replace(squares, succession=replace(squares.succession, pairs=pairs)))
    assert {(f.what, f.edition, f.code) for f in findings} == {
        ("does_not_nest", "old", "a"),
        ("no_successor", "old", "b"),
        ("unknown_code", "new", "9"),
        ("unknown_code", "old", "x"),
    }


def test_codes_that_two_editions_use_for_other_areas_need_dates(squares: Boundaries) -> None:
    again = with_layer(squares, replace(squares.layers[COMMUNES], codes=("1", "b", "c", "3")))
    again = replace(again, succession=Succession())
    note = found(again)["undated"]  # 1 was the half of what it is now, 3 twice as much
    assert (note.severity, note.edition, note.facts["n"]) == (Severity.NOTE, "new", 2)
    dated = {"old": Edition("old", None, date(2025, 6, 30)), "new": Edition("new", date(2025, 7, 1))}
    assert check(replace(again, editions=dated)) == ()
    assert "undated" in found(replace(again, editions={**dated, "old": Edition("old", None, date(2025, 7, 1))}))


def test_a_table_of_editions_not_loaded_is_one_finding(squares: Boundaries) -> None:
    findings = check(replace(squares, succession=replace(squares.succession, new_edition="2099")))
    assert [f.what for f in findings] == ["unknown_code"]


def test_the_real_province_nests(shared_data: Path, real: Boundaries) -> None:
    table = read_succession(shared_data / "commune_succession.csv", real)
    last = date(2025, 6, 30)
    dated = {"2024": Edition("2024", None, last), "2025": Edition("2025", last + timedelta(days=1))}
    assert check(replace(real, editions=dated, succession=table)) == ()
    assert np.isfinite(real.layers[LayerKey("2024", Level.COMMUNE)].population).all()
