"""Tables as other programs' libraries read them hold the numbers of the screen, for every layer and filter."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from itertools import product
from pathlib import Path

import numpy as np
import openpyxl
import pytest
import shapely

from dashboard.exports import Order, export, of_kind, render, xlsx
from dashboard.exports.csv import write_facts
from dashboard.extracts import extract
from dashboard.layers import all_layers
from dashboard.reading import Reading, of_view
from dashboard.view import View
from dashboard.words import of
from geodata.answers.answers import Answers
from geodata.errors import QuestionError
from geodata.question import Detail, Scope
from geodata.vocabulary import Level, Source
from tests.dashboard.exports.opened import Row, facts_of, number, rows_of, shapes_of
from tests.geodata.worlds import Still, tiny_snapshot

pytestmark = pytest.mark.slow

NOW = datetime(2025, 7, 1, 20, 30, tzinfo=UTC)
FORMATS = sorted(form.key for form in of_kind("table").values())
GEOGRAPHIC = ("geojson", "gpkg", "parquet")
WHOLE = View(date(2024, 1, 1), date(2024, 12, 31), "2024", Level.COMMUNE, "count")
VIEWS = {
    "a whole edition": WHOLE,
    "one category": replace(WHOLE, category=("theft",)),
    "an area": replace(WHOLE, area=("101",)),
    "a region": replace(WHOLE, region=("west",)),
    "a zone": replace(WHOLE, zone=("border_0_1km",)),
    "nights of weekends": replace(WHOLE, hours=(18, 5), weekdays=(6, 7)),
    "one source": replace(WHOLE, source=(Source.REPORTED,)),
    "districts": replace(WHOLE, level=Level.DISTRICT, lang="en"),
    "the new edition": replace(WHOLE, edition="2025"),
    "nothing at all": replace(WHOLE, start=date(2031, 1, 1), end=date(2031, 2, 1)),
}


@cache
def answers(n: int = 3000) -> Answers:
    return Answers(Still(tiny_snapshot(n=n)))


def reading(view: View, scope: Scope | None = None) -> Reading:
    words = of(view.lang)
    return of_view(view, answers(), words) if scope is None else of_view(view, answers(), words, scope)


def written(order: Order, form: str, folder: Path) -> Path:
    """The order as a file, with its facts beside a CSV as the command puts them."""
    path = folder / f"table.{form}"
    with path.open("wb") as out:
        export(order, form, out)
    if form == "csv":
        with (folder / "table.facts.csv").open("wb") as out:
            write_facts(extract(order.reading, rows=order.rows, by=order.by, now=NOW).facts, out)
    return path


def by_area(rows: list[Row]) -> dict[str, int]:
    return {str(row["area_code"]): int(row["n"]) for row in rows if row["n"] is not None}


@pytest.mark.parametrize(("form", "view"), list(product(FORMATS, VIEWS)))
def test_n_is_the_screens_for_every_filter(form: str, view: str, tmp_path: Path) -> None:
    asked = reading(VIEWS[view])
    counts = answers().counts(asked.view.question)
    path = written(Order(asked, NOW), form, tmp_path)
    expected = {code: int(counts.n[i]) for i, code in enumerate(counts.codes) if counts.asked[i]}
    assert by_area(rows_of(path)) == expected
    facts = facts_of(path)
    assert int(facts["sum_n"]) == counts.totals.placed == int(facts["placed"])
    assert int(facts["recorded"]) == int(facts["sum_n"]) + int(facts["not_placed"])
    assert int(facts["rows"]) == len(expected)


@pytest.mark.parametrize(("form", "layer"), list(product(FORMATS, sorted(all_layers()))))
def test_every_layer_has_code_name_and_n_and_a_word_on_each_column(form: str, layer: str, tmp_path: Path) -> None:
    path = written(Order(reading(replace(WHOLE, layer=layer)), NOW), form, tmp_path)
    rows = rows_of(path)
    assert {"area_code", "area_name", "n"} <= set(rows[0])
    assert len({len(row) for row in rows}) == 1
    facts = facts_of(path)
    assert {key.removeprefix("column.") for key in facts if key.startswith("column.")} == set(rows[0])
    assert sum(row["n"] or 0 for row in rows) == int(facts["sum_n"])
    assert facts["link"] == replace(WHOLE, layer=layer).to_query()
    assert facts["method"]


def test_what_the_layers_tell_is_what_the_answers_say(tmp_path: Path) -> None:
    risk = answers().risk(WHOLE.question)
    rows = rows_of(written(Order(reading(replace(WHOLE, layer="relative_risk")), NOW), "xlsx", tmp_path))
    np.testing.assert_allclose([number(row["rr"]) for row in rows], risk.rr, rtol=1e-8)
    np.testing.assert_allclose([number(row["rr_low"]) for row in rows], risk.low, rtol=1e-8)
    assert [row["class"] for row in rows] == list(risk.classes)

    changes = answers().change(WHOLE.question)
    rows = rows_of(written(Order(reading(replace(WHOLE, layer="change")), NOW), "xlsx", tmp_path))
    np.testing.assert_allclose([number(row["change"]) for row in rows], changes.ratio - 1, rtol=1e-8)
    assert [(row["n_before"], row["n_now"]) for row in rows] == list(zip(changes.before, changes.now, strict=True))

    found = answers().patterns(WHOLE.question)
    rows = rows_of(written(Order(reading(replace(WHOLE, layer="pattern")), NOW), "xlsx", tmp_path))
    assert [row["pattern"] for row in rows] == list(found.pattern)
    np.testing.assert_allclose([number(row["probability"]) for row in rows], found.probability, rtol=1e-8)


@pytest.mark.parametrize("form", GEOGRAPHIC)
@pytest.mark.parametrize("layer", ["count", "hexagons", "density"])
def test_shapes_lie_where_they_are_in_wgs_84(form: str, layer: str, tmp_path: Path) -> None:
    made = shapes_of(written(Order(reading(replace(WHOLE, layer=layer)), NOW), form, tmp_path))
    assert made.crs.to_epsg() == 4326
    assert made.geometry.is_valid.all()
    assert made.total_bounds == pytest.approx([106.0, 11.0, 106.2, 11.2], abs=1e-5)
    if layer == "count":
        exact = answers().snapshot.boundaries.layers[WHOLE.question.layer].polygons
        assert shapely.area(shapely.symmetric_difference(made.geometry.to_numpy(), exact)).max() < 1e-9


def test_geojson_follows_rfc_7946(tmp_path: Path) -> None:
    made = json.loads(written(Order(reading(WHOLE), NOW), "geojson", tmp_path).read_text("utf-8"))
    assert "crs" not in made
    rings = [rings[0] for feature in made["features"] for rings in feature["geometry"]["coordinates"]]
    assert all(shapely.is_ccw(shapely.linearrings(ring)) for ring in rings)


def test_geoparquet_says_what_it_is(tmp_path: Path) -> None:
    import pyarrow.parquet as pq  # noqa: PLC0415

    metadata = pq.read_schema(written(Order(reading(WHOLE), NOW), "parquet", tmp_path)).metadata
    geo = json.loads(metadata[b"geo"])
    assert (geo["version"], geo["primary_column"]) == ("1.1.0", "geometry")
    assert geo["columns"]["geometry"]["geometry_types"] == ["MultiPolygon"]


@pytest.mark.parametrize("form", FORMATS)
def test_no_incident_is_lost_among_single_ones(form: str, tmp_path: Path) -> None:
    asked = reading(replace(WHOLE, layer="points"))
    totals, _ = answers().totals(asked.view.question)
    rows = rows_of(written(Order(asked, NOW, rows="incidents"), form, tmp_path))
    assert sum(int(row["n"]) for row in rows) == totals.recorded
    assert sum(row["area_code"] is not None for row in rows) == totals.placed
    assert sum(row["placement"] == "point" for row in rows) == sum(row["lon"] is not None for row in rows)
    assert totals.not_placed > 0
    days = [str(row["day"])[:10] for row in rows]
    assert days == sorted(days)
    assert "2024-01-01" <= days[0] <= days[-1] <= "2024-12-31"


def test_single_incidents_tell_nothing_but_place_time_and_kind(tmp_path: Path) -> None:
    rows = rows_of(written(Order(reading(WHOLE), NOW, rows="incidents"), "csv", tmp_path))
    where = {"area_code", "area_name", "lon", "lat", "precision", "placement", "zones"}
    elsewhere = {"area_code_2025", "area_name_2025"}
    assert set(rows[0]) == where | elsewhere | {"n", "day", "hour", "weekday", "category", "category_name", "source"}


@pytest.mark.parametrize("form", FORMATS)
def test_who_may_not_see_points_gets_no_single_incident(form: str, tmp_path: Path) -> None:
    rows = rows_of(written(Order(reading(WHOLE, Scope(detail=Detail.FIVE)), NOW, rows="incidents"), form, tmp_path))
    assert not {"day", "hour", "weekday", "source"} & set(rows[0])
    assert all(row["n"] % 5 == 0 for row in rows)


@pytest.mark.parametrize("form", ["csv", "gpkg", "parquet", "xlsx"])
@pytest.mark.parametrize("by", [("area", "category", "month"), ("zone",), ("hour", "weekday"), ("category",)])
def test_the_long_table_is_the_one_of_counts(form: str, by: tuple[str, ...], tmp_path: Path) -> None:
    expected = answers().table(WHOLE.question, by)
    rows = rows_of(written(Order(reading(WHOLE), NOW, by=by), form, tmp_path))
    keys = ["area_code" if name == "area" else name for name in by]
    made = [(*("" if row[key] is None else _written(row[key]) for key in keys), float(row["n"])) for row in rows]
    assert made == [(*map(str, row[:-1]), float(row[-1])) for row in expected.itertuples(index=False)]


def _written(value: object) -> str:
    """A key as text; pandas reads whole numbers with empty cells among them as floats."""
    return f"{value:.0f}" if isinstance(value, float) else str(value)


def test_counts_without_shapes_are_refused_as_geojson() -> None:
    with pytest.raises(QuestionError, match="no shapes"):
        render(Order(reading(WHOLE), NOW, by=("category",)), "geojson")


def test_rows_are_either_counted_or_single() -> None:
    with pytest.raises(QuestionError, match="not both"):
        render(Order(reading(WHOLE), NOW, rows="incidents", by=("category",)), "csv")


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("rows", ["areas", "incidents"])
def test_the_same_order_gives_the_same_bytes(form: str, rows: str) -> None:
    order = Order(reading(replace(WHOLE, layer="pattern")), NOW, rows=rows)  # type: ignore[arg-type]
    assert render(order, form) == render(order, form)


def test_a_workbook_has_typed_cells_a_frozen_header_and_a_sheet_of_facts(tmp_path: Path) -> None:
    order = Order(reading(replace(WHOLE, layer="points")), NOW, rows="incidents")
    book = openpyxl.load_workbook(written(order, "xlsx", tmp_path))
    sheet, facts = book.worksheets
    assert (sheet.title, facts.title) == (of("vi")("Data"), of("vi")("Facts"))
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == f"A1:P{sheet.max_row}"
    header = [cell.value for cell in sheet[1]]
    cells = dict(zip(header, sheet[2], strict=True))
    assert cells["day"].is_date
    assert cells["day"].number_format == "dd/mm/yyyy"
    assert (cells["n"].data_type, cells["n"].number_format) == ("n", "#,##0")
    assert cells["area_code"].data_type == "s"  # a code is no number: 01 stays 01


def test_more_rows_than_a_sheet_holds_go_on_the_next_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 400)
    order = Order(reading(WHOLE), NOW, rows="incidents")
    totals, _ = answers().totals(WHOLE.question)
    *sheets, _ = openpyxl.load_workbook(written(order, "xlsx", tmp_path)).worksheets
    assert [sheet.max_row - 1 for sheet in sheets[:-1]] == [400] * (totals.recorded // 400)
    assert sum(sheet.max_row - 1 for sheet in sheets) == totals.recorded
    assert all(sheet["A1"].value == "area_code" for sheet in sheets)
