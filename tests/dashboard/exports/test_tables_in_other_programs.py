"""Tables opened by GDAL's own command and by LibreOffice: they open, in the right place, with what was written."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.exports import Order
from dashboard.layers import all_layers
from dashboard.words import of
from tests import office
from tests.dashboard.exports.test_tables import NOW, WHOLE, answers, reading, written

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("form", ["geojson", "gpkg"])
@pytest.mark.parametrize("layer", sorted(all_layers()))
def test_gdal_opens_every_layer_in_wgs_84(form: str, layer: str, tmp_path: Path) -> None:
    said = office.run(
        "ogrinfo", "-al", "-so", written(Order(reading(replace(WHOLE, layer=layer)), NOW), form, tmp_path)
    )
    assert 'ID["EPSG",4326]]' in said
    assert "Extent: (106.0" in said or "Extent: (105.999" in said
    assert "Geometry: Multi Polygon" in said
    assert all(
        f"{key}: {kind}" in said for key, kind in (("area_code", "String"), ("area_name", "String"), ("n", "Int"))
    )
    if form == "gpkg":
        assert f"link={replace(WHOLE, layer=layer).to_query()}" in said  # the package's metadata
        assert "Layer name: facts" in said


@pytest.mark.parametrize("form", ["geojson", "gpkg"])
def test_gdal_opens_single_incidents_as_dated_points(form: str, tmp_path: Path) -> None:
    path = written(Order(reading(replace(WHOLE, layer="points")), NOW, rows="incidents"), form, tmp_path)
    said = office.run("ogrinfo", "-al", "-so", path)
    totals, _ = answers().totals(WHOLE.question)
    assert "Geometry: Point" in said
    assert f"Feature Count: {totals.recorded}" in said
    assert "day: Date" in said


@pytest.mark.parametrize("form", ["gpkg"])
def test_gdal_reads_counts_without_shapes(form: str, tmp_path: Path) -> None:
    path = written(Order(reading(WHOLE), NOW, by=("category", "month")), form, tmp_path)
    said = office.run("ogrinfo", "-al", "-so", path)
    assert "Layer name: counts" in said
    assert said.count("Geometry: None") == 2


def test_libreoffice_shows_the_numbers_of_a_workbook(tmp_path: Path) -> None:
    path = written(Order(reading(WHOLE), NOW), "xlsx", tmp_path)
    (tmp_path / "shown").mkdir()
    with office.converted(path, "csv:Text - txt - csv (StarCalc):44,34,76", tmp_path / "shown").open(
        encoding="utf-8", newline=""
    ) as file:
        shown = [(row["area_code"], row["n"]) for row in csv.DictReader(file)]
    counts = answers().counts(WHOLE.question)
    assert shown == [(code, of("en").number(int(n))) for code, n in zip(counts.codes, counts.n, strict=True)]
