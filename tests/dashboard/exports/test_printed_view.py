from __future__ import annotations

import base64
import io
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pytest
import shapely
from fontTools.ttLib import TTFont

from dashboard import theme
from dashboard.exports import Order, all_formats, of_kind, render
from dashboard.exports import sheet_of as composed
from dashboard.layers import all_layers
from dashboard.paper import type as letters
from dashboard.paper.sheet import Sheet
from dashboard.reading import of_view
from dashboard.view import View
from dashboard.words import Language, of
from geodata.answers.answers import Answers
from geodata.boundaries.editions import Boundaries, Edition, Layer, Region
from geodata.errors import QuestionError
from geodata.profile import Profile
from geodata.question import EVERYTHING
from geodata.vocabulary import Category, LayerKey, Level
from geodata.warehouse.snapshot import Incidents, Snapshot, Spans
from tests.geodata.worlds import Still
from tests.oracles.pdf_text import words_of

pytestmark = pytest.mark.slow

NOW = datetime(2025, 7, 1, 20, 30, tzinfo=UTC)  # 03:30 the next day in Viet Nam
COMMUNES, DISTRICTS = LayerKey("2024", Level.COMMUNE), LayerKey("2024", Level.DISTRICT)
NAMES = ("Xã Hòa Hội", "Xã Mỹ Quý", "Phường 4", "Xã Đôn Thuận")
COUNTS = (9, 3, 0, 1)
VIEW = View(date(2025, 1, 1), date(2025, 6, 30), "2024", Level.COMMUNE, "count")


def boundaries() -> Boundaries:
    cells = np.array([shapely.box(106 + 0.1 * i, 11, 106.1 + 0.1 * i, 11.2) for i in range(4)])
    districts = np.array([shapely.box(106, 11, 106.2, 11.2), shapely.box(106.2, 11, 106.4, 11.2)])
    people = np.array([10_000.0, 20_000.0, np.nan, 5_000.0])
    return Boundaries(
        editions={"2024": Edition("2024", None, date(2025, 6, 30))},
        layers={
            COMMUNES: Layer(COMMUNES, ("1", "2", "3", "4"), NAMES, ("71", "71", "72", "72"), people, cells),
            DISTRICTS: Layer(
                DISTRICTS, ("71", "72"), ("Huyện Tây", "Huyện Đông"), ("", ""), np.full(2, np.nan), districts
            ),
        },
        regions=(Region("east", "Cụm Đông", "2024", ("3", "4")),),
        border=shapely.linestrings([(106, 11.2), (106.4, 11.2)]),
    )


def incidents(counts: tuple[int, ...] = COUNTS) -> Incidents:
    """A year earlier five more in the first commune; then, on 1 February 2025, ``counts`` and one without a place."""
    earlier = np.repeat([0, 1, 2, 3], np.add(counts, [5, 0, 0, 0])) if any(counts) else np.empty(0, dtype=int)
    later = np.repeat([0, 1, 2, 3, -1], [*counts, 1]) if any(counts) else np.empty(0, dtype=int)
    where, day = np.concatenate([earlier, later]), np.repeat([19_754, 20_120], [len(earlier), len(later)])
    n = len(where)
    jitter = np.linspace(0.02, 0.08, n)
    lon, lat = np.where(where < 0, np.nan, 106 + 0.1 * where + jitter), np.where(where < 0, np.nan, 11 + 2 * jitter)
    return Incidents(
        day=day.astype(np.int32),
        hour=np.full(n, 20, dtype=np.int8),
        weekday=np.full(n, 6, dtype=np.int8),
        category=np.zeros(n, dtype=np.int16),
        source=np.zeros(n, dtype=np.int8),
        placement=np.where(where < 0, 2, 0).astype(np.int8),
        lon=lon,
        lat=lat,
        precision=np.where(where < 0, 3, 0).astype(np.int8),
        zones=np.zeros(n, dtype=np.uint64),
        zones_near=np.zeros(n, dtype=np.uint64),
        file=np.zeros(n, dtype=np.int32),
        spans=Spans.none(),
        area={COMMUNES: where.astype(np.int32), DISTRICTS: np.where(where < 0, -1, where // 2).astype(np.int32)},
    )


def answers(*, ground: Boundaries | None = None, counts: tuple[int, ...] = COUNTS) -> Answers:
    profile = Profile(name_vi="Tỉnh Thử", name_en="Trial Province", marking="LƯU HÀNH NỘI BỘ", schematic=True)
    theft = Category("theft", "Trộm cắp tài sản", "Property theft", "theft")
    found = incidents(counts)
    if ground is not None:
        found = replace(found, area={})
    held = Snapshot(17, NOW, found, (theft,), ground or boundaries(), {}, {}, (), 0, profile=profile)
    return Answers(Still(held))


def sheet_of(view: View, *, asked: Answers | None = None, language: Language = "vi") -> Sheet:
    return composed(Order(of_view(view, asked or answers(), of(language)), NOW, user="Nguyễn Văn Thử"))


def words_in_svg(svg: bytes) -> str:
    return "\n".join(re.findall(r"<text[^>]*>([^<]*)</text>", svg.decode()))


def test_vietnamese_words_are_found_in_pdf_and_svg() -> None:
    for said in (
        words_of(render(Order(of_view(VIEW, answers(), of("vi")), NOW), "pdf")),
        words_in_svg(render(Order(of_view(VIEW, answers(), of("vi")), NOW), "svg")),
    ):
        for text in ("01/01–30/06/2025", "Tỉnh Thử", "LƯU HÀNH NỘI BỘ", "Hòa Hội", "Đôn Thuận", "Phường 4"):
            assert text in said


def test_the_stamp_says_how_many_from_what_and_when() -> None:
    stamp = " · ".join(sheet_of(VIEW, language="en").caption)
    assert "schematic drawing, not official boundaries" in stamp
    assert "Recorded incidents: 14 · Placed on the map: 13 · With coordinates: 13 · Not placed: 1" in stamp
    assert "Data up to: 01/02/2025" in stamp
    assert "Data version: 17" in stamp
    assert "Printed: 02/07/2025 03:30" in stamp  # the workspace's clock
    assert "By: Nguyễn Văn Thử" in stamp


@pytest.mark.parametrize("layer", ["change", "relative_risk", "pattern", "density", "gi_star"])
def test_paper_says_how_sure_the_colours_are_in_letters_it_has(layer: str) -> None:
    view, asked = replace(VIEW, layer=layer), answers()
    sheet, picture = sheet_of(view, asked=asked), all_layers()[layer].picture(asked, view, EVERYTHING, of("vi"))
    stamp = " · ".join(sheet.caption)
    assert all(row.label in stamp for row in picture.legend if row.kind == "note")
    assert all(letters.has_letters(text) for text in (stamp, *(key.label for key in sheet.legend)))


def test_filters_are_said_on_the_sheet() -> None:
    stamp = " · ".join(sheet_of(replace(VIEW, hours=(18, 5), weekdays=(6, 7)), language="en").caption)
    assert "Filters: 18:00–05:59; Sat, Sun" in stamp


def test_paper_has_the_classes_and_colours_of_the_screen() -> None:
    asked = answers()
    picture = all_layers()["count"].picture(asked, VIEW, EVERYTHING, of("vi"))
    sheet = sheet_of(VIEW, asked=asked)
    assert sheet.fills == tuple(picture.fill(i) for i in range(4))
    shown = [(key.colour, key.label) for key in sheet.legend]
    assert shown[: len(picture.legend)] == [(row.colour, row.label) for row in picture.legend]
    assert sheet.fills[2] == theme.ZERO_FILL


def test_an_area_without_a_rate_is_hatched_and_the_legend_says_so() -> None:
    sheet = sheet_of(replace(VIEW, layer="rate"))
    assert sheet.hatched.tolist() == [False, True, True, True]  # three incidents, no population, one incident
    assert [key.sign for key in sheet.legend].count("hatched") == 1


def test_a_chosen_area_is_outlined_and_keeps_its_neighbours() -> None:
    plain, chosen = sheet_of(VIEW), sheet_of(replace(VIEW, area=("71",)))
    assert chosen.fills == plain.fills
    assert len(chosen.strokes) == len(plain.strokes) + 1
    assert chosen.strokes[-1].colour == theme.INK
    assert "12" in chosen.headline  # 9 + 3 in that district


def test_a_region_fills_the_frame_and_the_rest_is_said_to_be_not_asked_about() -> None:
    sheet = sheet_of(replace(VIEW, region=("east",)), language="en")
    assert sheet.fills[:2] == (theme.NOT_ASKED_FILL, theme.NOT_ASKED_FILL)
    assert "not asked about" in [key.label for key in sheet.legend]
    assert sheet.frame is not None
    assert sheet.frame[2] - sheet.frame[0] < 25_000  # half of the province's 44 km


def test_points_are_drawn_where_they_are() -> None:
    sheet = sheet_of(replace(VIEW, layer="points"))
    assert sheet.dots is not None
    assert len(sheet.dots.x) == 13
    assert bool(shapely.contains_xy(shapely.union_all(sheet.areas), sheet.dots.x, sheet.dots.y).all())


def test_the_change_names_both_counts_and_admits_chance() -> None:
    that_day = replace(VIEW, start=date(2025, 2, 1), end=date(2025, 2, 1))
    said = sheet_of(that_day, language="en").comparison
    assert said == "4 fewer than last year, 22% (18 in 01/02/2024). May be chance alone."
    assert sheet_of(replace(that_day, compare="none")).comparison == ""


@pytest.mark.parametrize(
    ("asked", "view", "text"),
    [
        (answers(), replace(VIEW, start=date(2025, 3, 1)), "No incident was recorded for this question"),
        (answers(counts=(0, 0, 0, 0)), VIEW, "No incidents are loaded"),
        (answers(ground=Boundaries()), VIEW, "No boundaries are loaded"),
    ],
)
def test_an_empty_picture_says_why(asked: Answers, view: View, text: str) -> None:
    assert sheet_of(view, asked=asked, language="en").notice == text
    assert text in words_in_svg(render(Order(of_view(view, asked, of("en")), NOW), "svg"))


@pytest.mark.parametrize("key", ["png", "svg", "pdf"])
def test_the_same_view_gives_the_same_bytes_from_several_threads(key: str) -> None:
    asked = answers()
    with ThreadPoolExecutor(3) as pool:
        made = set(pool.map(lambda _: render(Order(of_view(VIEW, asked, of("vi")), NOW, (640, 480)), key), range(3)))
    assert len(made) == 1


def test_an_svg_carries_the_letters_it_needs() -> None:
    svg = render(Order(of_view(VIEW, answers(), of("vi")), NOW), "svg").decode()
    fonts = [TTFont(io.BytesIO(base64.b64decode(found))) for found in re.findall(r"base64,([\w+/=]+)", svg)]
    carried = set().union(*(font.getBestCmap() for font in fonts))
    assert fonts
    assert {ord(letter) for letter in words_in_svg(svg.encode()) if letter != "\n"} <= carried
    assert "http://" not in re.sub(r'"http://(www\.w3\.org|purl\.org|creativecommons\.org)[^"]*"', "", svg)


def test_every_format_says_what_it_is() -> None:
    for key, form in all_formats().items():
        assert form.key == key
        assert form.suffix.startswith(".")
        assert form.label
    assert {form.key for form in of_kind("picture").values()} == {"pdf", "png", "svg"}


@pytest.mark.parametrize("size", [(0, 0), (100, 1080), (20_000, 1080), (5000, 400)])
def test_a_size_nobody_can_print_is_refused_with_what_is_allowed(size: tuple[int, int]) -> None:
    with pytest.raises(QuestionError, match="320 to 8000"):
        render(Order(of_view(VIEW, answers(), of("vi")), NOW, size), "png")


def test_an_unknown_format_is_refused_with_the_known_ones() -> None:
    with pytest.raises(QuestionError, match="pdf, png"):
        render(Order(of_view(VIEW, answers(), of("vi")), NOW), "gif")
