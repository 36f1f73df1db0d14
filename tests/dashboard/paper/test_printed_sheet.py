from __future__ import annotations

import io
import warnings
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image
from pyproj import Geod

from dashboard.exports import pdf, png, svg
from dashboard.paper import labels, marks, scale
from dashboard.paper import type as letters
from dashboard.paper.drawing import draw
from dashboard.paper.ground import ground_per_m, short_name
from dashboard.paper.layout import Box, Layout, lay_out
from dashboard.paper.press import press
from dashboard.paper.sheet import Band, Inks, Key, Label, Mark, Sheet
from geodata.geometry import crs
from tests import office

INKS = Inks("#000000", "#555555", "#dddddd", "#ffffff", "#bbbbbb", "#aa0000")
FINER = 3
NORTHINGS = range(1_241_000, 1_270_000, 1_000)
VIETNAMESE = "ẮẰẲẴẶẤẦẨẪẬẾỀỂỄỆỐỒỔỖỘỚỜỞỠỢỨỪỬỮỰỲỶỸỴĐắằẳẵặấầẩẫậếềểễệốồổỗộớờởỡợứừửữựỳỷỹỵđ"


def sheet(width: int = 1920, height: int = 1080) -> Sheet:
    areas = np.array([shapely.box(600_000 + 9_000 * i, 1_240_000, 609_000 + 9_000 * i, 1_270_000) for i in range(3)])
    return Sheet(
        size=(width, height),
        inks=INKS,
        marking="LƯU HÀNH NỘI BỘ",
        title="Trộm cắp tài sản, Cố ý gây thương tích",
        subtitle="01/01–30/06/2025 · 96 xã, phường, Tỉnh Thử",
        headline="1.389 vụ đã ghi nhận",
        comparison="ít hơn 37 vụ so với năm trước, 8,2 % (449 vụ trong 01/01–30/06/2024)",
        notice="",
        legend_title="Số vụ đã ghi nhận",
        legend=(
            *(Key(f"{i}–{i + 4} vụ", "#22466B") for i in range(1, 25, 5)),
            Key("chưa có số liệu", "#cccccc", "hatched"),
        ),
        caption=("412 vụ đã ghi nhận, 389 vụ trên bản đồ", "cách tính: số vụ ở mỗi địa bàn", "bản 17", "in lúc 10:50"),
        north="B",
        areas=areas,
        fills=("#F1DDB9", "#22466B", "#C9CFD6"),
        hatched=np.array([False, False, True]),
        strokes=(),
        dots=None,
        labels=(Label("Hòa Hội", 604_500, 1_255_000, 9_000), Label("Mỹ Quý", 613_500, 1_255_000, 9_000)),
        frame=(600_000, 1_240_000, 627_000, 1_270_000),
        ground_per_m=1.0004,
    )


def boxes(layout: Layout) -> list[Box]:
    found = [line.box for line in layout.lines] + [box for box, _ in layout.keys] + [layout.map]
    return found + [box for box in (layout.scale_bar, layout.arrow) if box is not None]


@pytest.mark.parametrize(
    "size", [(1920, 1080), (1366, 768), (1080, 1920), (1080, 1080), (2480, 3508), (400, 1600), (1600, 400)]
)
def test_nothing_on_the_sheet_overlaps_or_leaves_it(size: tuple[int, int]) -> None:
    made = sheet(*size)
    layout = lay_out(made)
    page = Box(0, 0, *size)
    assert layout.fits
    assert all(page.holds(box) for box in boxes(layout))
    assert not [pair for pair in combinations(boxes(layout), 2) if pair[0].touches(pair[1], gap=-0.01)]


@settings(deadline=None, max_examples=25)
@given(st.integers(480, 4000), st.floats(0.5, 2.2))
def test_any_ordinary_size_is_set_whole(width: int, ratio: float) -> None:
    made = sheet(width, max(480, round(width / ratio)))
    layout = lay_out(made)
    said = " ".join(line.text for line in layout.lines)
    assert layout.fits
    assert made.headline in said
    assert all(key.label in said for _, key in layout.keys)
    assert not [pair for pair in combinations(boxes(layout), 2) if pair[0].touches(pair[1], gap=-0.01)]


def test_a_wide_sheet_has_its_words_beside_the_map_and_a_tall_one_above() -> None:
    wide, tall = lay_out(sheet(1920, 1080)), lay_out(sheet(1080, 1920))
    assert wide.map.x > 1920 / 4
    assert tall.map.x < 1080 / 10


def test_letters_at_1920_by_1080_are_large_enough_for_the_back_row() -> None:
    assert min(line.px for line in lay_out(sheet()).lines) >= 20


@pytest.mark.parametrize("size", [(1920, 1080), (777, 601), (1001, 1999)])
def test_a_png_has_exactly_the_pixels_asked(size: tuple[int, int]) -> None:
    header = png.pressed(sheet(*size))[16:24]
    assert (int.from_bytes(header[:4]), int.from_bytes(header[4:])) == size


def test_every_vietnamese_letter_has_a_glyph_in_every_weight() -> None:
    assert all(letters.has_letters(VIETNAMESE + "–·…,0123456789 %", weight) for weight in (400, 500, 700))
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # matplotlib warns of a missing glyph
        png.pressed(replace(sheet(640, 480), title=VIETNAMESE, headline=VIETNAMESE, comparison=VIETNAMESE))


def test_measured_widths_are_those_of_the_drawn_letters() -> None:
    from matplotlib.font_manager import FontProperties  # noqa: PLC0415
    from matplotlib.textpath import TextPath  # noqa: PLC0415

    text = "Nguồn tin: phát hiện, 1.389 vụ"
    drawn = TextPath((0, 0), text, size=100, prop=FontProperties(fname=letters.font_file(400))).get_extents().width
    assert letters.width(text, 100) == pytest.approx(drawn, rel=0.03)


def test_a_line_breaks_at_spaces_and_loses_the_sign_between_facts() -> None:
    limit = letters.width("một hai ·", 20)
    assert letters.wrap("một hai · ba", 20, 400, limit) == ("một hai", "ba")
    assert letters.wrap("8\u00a0% mốt", 20, 400, letters.width("8 % m", 20)) == ("8 %", "mốt")
    assert letters.wrap("dàiquádàiquá", 20, 400, letters.width("dàiq…", 20)) == ("dàiq…",)


def test_a_name_that_would_touch_an_earlier_one_is_left_out() -> None:
    room = Box(0, 0, 1000, 1000)
    names = [
        (Label(text, 0, 0, 0), x, 500.0, 300.0)
        for text, x in (("Tân Hòa", 400.0), ("Tân Hà", 410.0), ("Tân Hội", 700.0))
    ]
    assert [name.lines for name in labels.place(names, room, 1.0)] == [("Tân Hòa",), ("Tân Hội",)]


def test_a_name_stands_under_or_over_a_sign_in_its_place() -> None:
    room = Box(0, 0, 1000, 1000)
    sign = marks.box_of(500, 500, 1.0)
    (below,) = labels.place([(Label("Tân Hòa", 0, 0, 0), 500.0, 500.0, 300.0)], room, 1.0, [sign])
    assert below.box.y > sign.bottom
    stone = Box(400, 512, 200, 60)
    (above,) = labels.place([(Label("Tân Hòa", 0, 0, 0), 500.0, 500.0, 300.0)], room, 1.0, [sign, stone])
    assert above.box.bottom < sign.y


def test_a_sign_elsewhere_moves_no_name_into_another_area() -> None:
    room, sign = Box(0, 0, 1000, 1000), marks.box_of(100, 100, 1.0)
    outside = (Label("Hiệp Tân", 0, 0, 0), 500.0, 1005.0, 300.0)
    assert labels.place([outside], room, 1.0, [sign]) == ()


def test_a_name_is_rather_broken_than_written_over_the_edge_of_its_area() -> None:
    room, wide = Box(0, 0, 1000, 1000), letters.width("Phước Vinh", labels.PLAIN_PX)
    name = Label("Phước Vinh", 0, 0, 0)
    (within,) = labels.place([(name, 500.0, 500.0, wide + 1)], room, 1.0)
    (narrow,) = labels.place([(name, 500.0, 500.0, wide - 1)], room, 1.0)
    assert (within.lines, narrow.lines) == (("Phước Vinh",), ("Phước", "Vinh"))


def test_no_name_lies_half_under_what_is_said_over_the_map() -> None:
    everywhere = [Label("Ninh Điền", x, y, 90_000) for x in range(604_000, 614_000, 300) for y in NORTHINGS]
    figure = draw(replace(sheet(), labels=tuple(everywhere), notice="Không có vụ nào được ghi nhận với bộ lọc này"))
    texts = figure.axes[-1].texts
    (said,) = [text for text in texts if text.get_text().startswith("Không có vụ nào")]
    names = [text for text in texts if text.get_text() == "Ninh Điền"]
    assert names
    assert not any(text.get_window_extent().overlaps(said.get_window_extent()) for text in names)


@pytest.mark.slow
def test_a_pdf_has_its_letters_where_a_png_has_them(tmp_path: Path) -> None:
    """Letters that are kerned and of another part of the font, as the "ổ" of Tổng, were set too far to the left."""
    said = replace(sheet(), marking="", title="Tổng Tầng Tẫn Vẫn Tễ Pừ")
    (tmp_path / "map.pdf").write_bytes(pdf.pressed(said))
    (page,) = office.pictures(tmp_path / "map.pdf", tmp_path, dpi=FINER * 96)
    drawn = press(said, "png", metadata={}, finer=FINER)
    printed, wanted = _gaps(page.read_bytes()), _gaps(drawn)
    assert len(printed) == len(wanted) > 20
    assert np.abs(printed - wanted).max() <= FINER / 2


def _gaps(picture: bytes) -> NDArray[np.int64]:
    """Where in the title a letter ends and the next one begins, in pixels from the left."""
    grey = np.asarray(Image.open(io.BytesIO(picture)).convert("L"))
    title = grey[FINER * 48 : FINER * 104, : FINER * 640]
    inked = (title < 128).any(axis=0).astype(int)
    return np.flatnonzero(np.diff(inked))


@pytest.mark.slow
@pytest.mark.parametrize("pressed", [png.pressed, svg.pressed, pdf.pressed], ids=["png", "svg", "pdf"])
def test_bands_signs_and_numbers_change_the_picture(pressed: Callable[[Sheet], bytes]) -> None:
    plain = sheet(640, 480)
    spot = np.array([shapely.Point(613_500, 1_255_000).buffer(3_000)])
    mark = Mark("▲", 604_500, 1_255_000)
    variants = (
        plain,
        replace(plain, bands=(Band(spot, "#705F74"),)),
        replace(plain, marks=(mark,)),
        replace(plain, marks=(replace(mark, text="▼"),)),
        replace(plain, marks=(replace(mark, text="2", on_disc=True),)),
        replace(plain, legend=(replace(plain.legend[0], mark="▲"), *plain.legend[1:])),
        replace(plain, hatched=np.array([True, True, False])),
    )
    assert len({pressed(variant) for variant in variants}) == len(variants)
    assert pressed(variants[2]) == pressed(variants[2])


@pytest.mark.parametrize("sign", "▲▼◆◇●○△▽■□★+−×")
def test_every_sign_has_an_outline_of_its_own(sign: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # matplotlib warns of a missing glyph
        assert png.pressed(replace(sheet(640, 480), marks=(Mark(sign, 604_500, 1_255_000),)))


def test_a_mark_outside_the_map_is_not_drawn_over_the_words() -> None:
    plain = sheet(640, 480)
    assert png.pressed(replace(plain, marks=(Mark("▲", 0, 0),))) == png.pressed(plain)


def test_a_name_wider_than_its_area_is_broken_or_left_out() -> None:
    room = Box(0, 0, 1000, 1000)
    broken = labels.place([(Label("Dương Minh Châu", 0, 0, 0), 500.0, 500.0, 110.0)], room, 1.0)
    assert [name.lines for name in broken] == [("Dương", "Minh Châu")]
    assert labels.place([(Label("Dương Minh Châu", 0, 0, 0), 500.0, 500.0, 30.0)], room, 1.0) == ()


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Xã Hòa Hội", "Hòa Hội"),
        ("Phường 4", "Phường 4"),
        ("Phường IV", "Phường IV"),
        ("Thị xã Hòa Thành", "Hòa Thành"),
        ("31", "31"),
    ],
)
def test_a_unit_is_named_without_its_kind_unless_it_has_only_a_number(name: str, short: str) -> None:
    assert short_name(name) == short


@given(st.floats(1.0, 1e7))
def test_a_scale_bar_is_the_longest_round_length_that_fits(limit: float) -> None:
    length = scale.round_length(limit)
    assert length <= limit * (1 + 1e-9)
    assert length * 2.5 * (1 + 1e-9) > limit
    assert float(f"{length:.0e}") == pytest.approx(length)


def test_lengths_are_written_in_metres_or_kilometres() -> None:
    assert [scale.length_text(x) for x in (200, 5_000, 20_000)] == ["200\u00a0m", "5\u00a0km", "20\u00a0km"]


@pytest.mark.parametrize(
    ("lon", "lat", "metric"), [(106.1, 11.3, "EPSG:32648"), (-87.7, 41.9, "EPSG:32616"), (106.1, 11.3, "EPSG:3857")]
)
def test_the_scale_bar_is_true_against_the_geodesic(lon: float, lat: float, metric: str) -> None:
    west, east = lon - 0.4, lon + 0.4
    x, y = crs.transform_xy([west, east], [lat - 0.4, lat + 0.4], crs.WGS84, metric)
    frame = (float(x[0]), float(y[0]), float(x[1]), float(y[1]))
    layout = lay_out(replace(sheet(), frame=frame, ground_per_m=ground_per_m(frame, metric)))
    assert layout.scale_bar is not None
    drawn_m = layout.scale_bar.width * layout.m_per_px  # in the coordinate system, about the middle of the frame
    middle_x, middle_y = (frame[0] + frame[2]) / 2, (frame[1] + frame[3]) / 2
    ends = crs.transform_xy([middle_x, middle_x + drawn_m], [middle_y, middle_y], metric, crs.WGS84)
    true_m = Geod(ellps="WGS84").inv(ends[0][0], ends[1][0], ends[0][1], ends[1][1])[2]
    assert true_m == pytest.approx(layout.scale_length_m, rel=0.01)
