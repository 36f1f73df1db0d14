"""Pictures of a whole province hold the screen's numbers, colours and legend, and other programs find their words."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest
import shapely
from numpy.typing import NDArray
from PIL import Image
from pypdf import PdfReader

from dashboard import findings, theme
from dashboard.exports import Order, render, sheet_of
from dashboard.layers import picture_of
from dashboard.paper import ground as grounds
from dashboard.paper import labels as naming
from dashboard.paper.layout import Layout, lay_out
from dashboard.paper.press import press
from dashboard.paper.sheet import Sheet
from dashboard.reading import read
from dashboard.stamp import stamp
from geodata.answers.answers import Answers
from geodata.demo.build import build
from geodata.geometry import crs
from geodata.vocabulary import LayerKey, Level
from geodata.warehouse.warehouse import Warehouse
from tests import office
from tests.dashboard.exports.views import SIZES, queries

pytestmark = pytest.mark.slow

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
USER = "Nguyễn Thị Hằng Ngọc"
REGION = "?edition=2024&level=commune&layer=relative_risk&category=theft&region=703"
ZONES = "?edition=2024&level=commune&zone=border_0_1km&zone=border_5_10km"


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answers]:
    folder = tmp_path_factory.mktemp("province")
    build(folder, today=date(2026, 11, 23))
    profile = folder / "profile.toml"
    marked = profile.read_text("utf-8").replace('marking = ""', 'marking = "LƯU HÀNH NỘI BỘ"')
    profile.write_text(marked, "utf-8")
    warehouse = Warehouse(folder)
    yield Answers(warehouse)
    warehouse.close()


def order(query: str, answers: Answers, size: tuple[int, int] = (1920, 1080)) -> Order:
    return Order(read(query, answers), NOW, size, USER)


def plain(text: str) -> str:
    """Words with one space between them, whatever lines they were broken into."""
    return " ".join(unicodedata.normalize("NFC", text).split())


@pytest.mark.parametrize("query", queries())
def test_nothing_is_clipped_cut_or_overlapping_at_any_size(query: str, answers: Answers) -> None:
    sheet = sheet_of(order(query, answers))
    told = " ".join((sheet.title, sheet.subtitle, sheet.marking, *sheet.caption))
    for size in SIZES.values():
        layout = lay_out(replace(sheet, size=size))
        boxes = [line.box for line in layout.lines]
        assert layout.fits
        assert all(box.x >= 0 and box.y >= 0 and box.right <= size[0] and box.bottom <= size[1] for box in boxes)
        assert not any(a.touches(b, -1) for i, a in enumerate(boxes) for b in boxes[i + 1 :])
        assert not any(box.touches(layout.map, -1) for box in boxes)
        assert not any("…" in line.text for line in layout.lines) or "…" in told
        furniture = [box for box in (layout.scale_bar, layout.arrow, layout.locator) if box is not None]
        assert not any(box.touches(each, -1) for box in boxes for each in furniture)


@pytest.mark.parametrize("query", queries())
def test_a_picture_has_the_numbers_the_legend_and_the_finding_of_the_screen(query: str, answers: Answers) -> None:
    asked = order(query, answers)
    sheet, reading = sheet_of(asked), asked.reading
    shown = picture_of(reading.view, answers, reading.scope, reading.words)
    totals, _ = answers.totals(reading.view.question, reading.scope)
    number = reading.words.number
    assert sheet.title.casefold() == findings.finding(reading).casefold()
    assert sheet.fills == tuple(shown.fill(i) for i in range(len(shown.codes)))
    legend = {(key.label, key.colour) for key in sheet.legend}
    assert {(row.label, row.colour) for row in shown.legend if row.kind in ("class", "zero", "point")} <= legend
    said = " · ".join(sheet.caption)
    for n in (totals.recorded, totals.placed, totals.with_point, totals.not_placed):
        assert re.search(rf": {re.escape(number(n))}(?![\d.,])", said)
    assert number(totals.recorded) in sheet.headline
    assert USER in said


@pytest.mark.parametrize("query", [REGION, ZONES + "&lang=en"])
def test_another_program_finds_every_word_in_the_pdf(query: str, answers: Answers, tmp_path: Path) -> None:
    asked = order(query, answers)
    (tmp_path / "map.pdf").write_bytes(render(asked, "pdf"))
    found = plain(office.run("pdftotext", "-raw", tmp_path / "map.pdf", "-"))
    sheet = sheet_of(asked)
    assert all(plain(key.label) in found for _, key in lay_out(sheet).keys)
    parts = (sheet.marking, sheet.title, sheet.subtitle, sheet.legend_title, sheet.caption[0])
    at = [found.find(plain(text)) for text in parts]
    assert at[0] == 0
    assert at == sorted(at)  # as they are read
    words = {word for text in (sheet.subtitle, *sheet.caption) for word in plain(text).split()} - {"·"}
    assert words <= set(found.split())
    assert "703" not in found  # codes are for machines


def test_the_pdf_is_drawn_in_lines_and_says_what_it_is(answers: Answers) -> None:
    asked = order(REGION, answers)
    pdf = PdfReader(io.BytesIO(render(asked, "pdf")))
    assert [len(page.images) for page in pdf.pages] == [0]
    about = str(pdf.metadata.subject if pdf.metadata else "")
    facts = {fact.key: fact for fact in stamp(asked.reading, now=NOW, user=USER)}
    for key in ("fingerprint", "link", "data_until", "method", "marking", "user"):
        assert str(facts[key].value) in about


def test_the_svg_has_no_picture_inside_and_keeps_its_words(answers: Answers) -> None:
    svg = render(order(ZONES, answers), "svg").decode()
    assert "<image" not in svg
    words = re.findall(r"<text[^>]*>([^<]*)</text>", svg)
    assert "LƯU HÀNH NỘI BỘ" in words
    assert any("Dương" in word for word in words)


@pytest.mark.parametrize("query", [REGION, ZONES])
def test_a_program_that_takes_no_letters_from_an_svg_draws_it_alike(
    query: str, answers: Answers, tmp_path: Path
) -> None:
    """librsvg has other letters: words may differ a little, but nothing may leave the sheet or change its colour."""
    asked = order(query, answers)
    (tmp_path / "map.svg").write_bytes(render(asked, "svg"))
    office.run("rsvg-convert", tmp_path / "map.svg", "-o", tmp_path / "map.png")
    drawn, ours = (
        np.asarray(Image.open(file).convert("RGB"), dtype=int)
        for file in (tmp_path / "map.png", io.BytesIO(render(asked, "png")))
    )
    assert drawn.shape == ours.shape
    assert drawn[:, -3:].min() >= 250
    apart = np.abs(drawn - ours).max(axis=-1) > 24
    assert apart.mean() < 0.1


def test_a_change_is_told_of_what_was_asked(answers: Answers) -> None:
    drugs = sheet_of(order("?edition=2024&level=district&layer=change&category=drugs&lang=en", answers))
    assert drugs.title.startswith("Drugs, ")
    everything = sheet_of(order("?edition=2024&level=district&layer=change&lang=en", answers))
    assert everything.title[0].isdigit()
    assert everything.comparison[0].isupper() or everything.comparison[0].isdigit()


@pytest.mark.parametrize("bandwidth", [250, 500, 1000])
@pytest.mark.parametrize("category", ["theft", "drugs", "gambling"])
def test_a_class_of_density_begins_under_where_it_ends(bandwidth: int, category: str, answers: Answers) -> None:
    query = f"?edition=2024&level=commune&layer=density&category={category}&bandwidth={bandwidth}"
    ranges = [key.label.split("–") for key in sheet_of(order(query, answers)).legend if "–" in key.label]
    assert ranges
    assert all(low != high for low, high in ranges)


@pytest.mark.parametrize("form", ["png", "svg", "pdf"])
def test_the_same_order_gives_the_same_bytes(form: str, answers: Answers) -> None:
    made = {render(order(REGION, answers, (640, 480)), form) for _ in range(2)}
    assert len(made) == 1


def test_the_fingerprint_is_of_the_question_and_the_data_not_of_the_words(answers: Answers) -> None:
    def printed(query: str) -> object:
        return next(fact.value for fact in stamp(read(query, answers), now=NOW) if fact.key == "fingerprint")

    assert printed(REGION) == printed(REGION + "&lang=en&theme=dark&mode=projector")
    assert printed(REGION) != printed(REGION + "&hours=18-5")


def test_the_stamp_names_all_that_a_heading_cuts_short(answers: Answers) -> None:
    zones = ("border_0_1km", "border_1_5km", "border_5_10km", "border_communes")
    reading = read("?edition=2024&" + "&".join(f"zone={zone}" for zone in zones), answers)
    assert "…" in sheet_of(Order(reading, NOW)).subtitle
    filters = next(fact.value for fact in stamp(reading, now=NOW) if fact.key == "conditions")
    assert all(reading.names.zone(zone, reading.words) in str(filters) for zone in zones)


def test_an_inset_says_where_a_part_lies_and_the_whole_has_none(answers: Answers) -> None:
    part, whole = sheet_of(order(REGION, answers)), sheet_of(order("?edition=2024&level=commune", answers))
    assert whole.locator is None
    assert part.locator is not None
    inside = shapely.covers(shapely.buffer(part.locator.whole[0], 50), part.locator.asked)
    assert inside.all()
    frame, all_of_it = shapely.box(*(part.frame or ())), shapely.box(*(whole.frame or ()))
    assert all_of_it.contains(frame)


def test_a_legend_lists_no_border_and_no_zone_that_is_out_of_sight(answers: Answers) -> None:
    def lines(query: str) -> list[str]:
        return [key.label for _, key in lay_out(sheet_of(order(query, answers))).keys if key.sign != "area"]

    inland = "?edition=2024&level=commune&region=709&category=assault"
    assert lines(inland + "&lang=en") == []
    assert lines("?edition=2024&level=commune&lang=en") == ["national border"]
    assert len(lines(ZONES)) == 3


def test_an_area_that_the_frame_cuts_is_named_where_it_is_in_sight(answers: Answers) -> None:
    sheet = sheet_of(order("?edition=2024&level=commune&area=25459&area=25456", answers))
    frame = shapely.box(*(sheet.frame or ()))
    large = shapely.area(shapely.intersection(sheet.areas, frame)) > 0.05 * frame.area
    names = {grounds.short_name(name) for name, in_it in zip(_names(answers), large.tolist(), strict=True) if in_it}
    assert len(names) > 5
    # One may give way to its district's name, as everywhere.
    assert len(names - {" ".join(placed.lines) for placed in _placed(sheet)}) <= 1


def _names(answers: Answers) -> tuple[str, ...]:
    return answers.snapshot.boundaries.layers[LayerKey("2024", Level.COMMUNE)].names


def test_the_arrow_points_north_and_the_bar_is_as_long_as_it_says(answers: Answers) -> None:
    sheet = sheet_of(order("?edition=2024&level=commune", answers))
    layout = lay_out(sheet)
    lon, lat = 106.1, 11.3
    (x0, x1, x2), (y0, y1, y2) = crs.transform_xy([lon, lon, lon], [lat, lat + 0.1, lat], crs.WGS84, "EPSG:32648")
    assert (x0, y0) == (x2, y2)
    assert sheet.north_deg == pytest.approx(np.degrees(np.arctan2(x0 - x1, y1 - y0)), abs=0.05)
    assert layout.scale_bar is not None
    a_degree = 110_600 / layout.m_per_px / sheet.ground_per_m  # metres from one parallel to the next, here
    per_px = 0.1 * a_degree / (np.hypot(x1 - x0, y1 - y0) / layout.m_per_px)
    assert per_px == pytest.approx(1, abs=0.01)
    assert layout.scale_bar.width * layout.m_per_px * sheet.ground_per_m == pytest.approx(layout.scale_length_m)


def test_each_zone_is_named_once_at_its_place(answers: Answers) -> None:
    asked = order(ZONES, answers)
    sheet = sheet_of(asked)
    names = [asked.reading.names.zone(zone, asked.reading.words) for zone in asked.reading.view.zone]
    for size in SIZES.values():
        standing = [placed for placed in _placed(replace(sheet, size=size)) if placed.colour == theme.ZONE_LINE]
        assert sorted(" ".join(placed.lines) for placed in standing) == sorted(names)
    boxes = [placed.box for placed in _placed(sheet)]
    assert not any(a.touches(b) for i, a in enumerate(boxes) for b in boxes[i + 1 :])


def _placed(sheet: Sheet) -> tuple[naming.PlacedLabel, ...]:
    layout = lay_out(sheet)
    wanted = ((name, *_page(sheet, layout, name.x, name.y), name.room_m / layout.m_per_px) for name in sheet.labels)
    return naming.place(wanted, layout.map, layout.unit)


def _page(sheet: Sheet, layout: Layout, x: float, y: float) -> tuple[float, float]:
    west, south, east, north = sheet.frame or (0.0, 0.0, 1.0, 1.0)
    box = layout.map
    return (
        box.x + box.width / 2 + (x - (west + east) / 2) / layout.m_per_px,
        box.y + box.height / 2 - (y - (south + north) / 2) / layout.m_per_px,
    )


@pytest.mark.parametrize(
    "query", ["?edition=2024&level=commune", REGION, "?edition=2025&layer=change&category=drugs", ZONES]
)
def test_the_colours_on_paper_are_those_of_the_screen(query: str, answers: Answers) -> None:
    """Wherever an area has room, most of the spots in it have the colour that the screen gives it."""
    asked = order(query, answers)
    sheet = replace(sheet_of(asked), labels=(), marks=())
    shown = picture_of(asked.reading.view, answers, asked.reading.scope, asked.reading.words)
    pixels = np.asarray(Image.open(io.BytesIO(press(sheet, "png", metadata={}))).convert("RGB"), dtype=int)
    layout = lay_out(sheet)
    middles = grounds.middles_of(sheet.areas)
    looked = 0
    for i in np.flatnonzero(~sheet.hatched).tolist():
        spots = _spots(sheet, layout, i, middles[i])
        if len(spots):
            looked += 1
            seen = pixels[spots[:, 1], spots[:, 0]]
            wanted = np.array([int(shown.fill(i)[at : at + 2], 16) for at in (1, 3, 5)])
            assert (np.abs(seen - wanted).max(axis=1) <= 2).mean() > 0.6, shown.names[i]
    assert looked > 10


def _spots(sheet: Sheet, layout: Layout, area: int, middle: NDArray[np.float64]) -> NDArray[np.int64]:
    """Pixels around the area's middle, as many as lie in it and in the map."""
    x, y = _page(sheet, layout, float(middle[0]), float(middle[1]))
    steps = np.array([(dx, dy) for dx in (-4, 0, 4) for dy in (-4, 0, 4)])
    ground = middle + steps * (1, -1) * layout.m_per_px
    inside = shapely.contains_xy(shapely.buffer(sheet.areas[area], -3 * layout.m_per_px), ground[:, 0], ground[:, 1])
    spots = np.rint(np.add(steps, (x, y))).astype(int)
    box = layout.map
    within = (spots >= (box.x + 3, box.y + 3)).all(axis=1) & (spots < (box.right - 3, box.bottom - 3)).all(axis=1)
    return np.asarray(spots[inside & within], dtype=np.int64)
