"""A deck is opened by python-pptx and by LibreOffice: its numbers are the answers', nothing lies beside a slide."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pptx
import pytest
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER

from dashboard.deck import room
from dashboard.exports import Order, render
from dashboard.findings import default_script
from dashboard.periods import years_of
from dashboard.reading import Reading, read
from dashboard.slides import shown
from dashboard.slides.beside import companion
from dashboard.slides.months import SHOWN
from geodata.answers.answers import Answers
from geodata.boundaries.editions import Boundaries
from geodata.errors import QuestionError
from geodata.notebook import LONGEST_NAME, Script, Slide
from geodata.question import Detail, Scope
from geodata.warehouse.snapshot import Snapshot
from tests import office
from tests.geodata.worlds import Still, tiny_snapshot

pytestmark = pytest.mark.slow

NOW = datetime(2025, 1, 2, 3, 4, tzinfo=UTC)
MARKING = "LƯU HÀNH NỘI BỘ"
LONG = (
    "Trộm cắp tài sản ở các phường và xã giáp ranh với tỉnh bạn trong sáu tháng đầu năm tăng rõ rệt, "
    "tập trung ở bốn phường ven sông và dọc theo các quốc lộ"
)
MONTHS = (
    "?edition=2024",
    "?edition=2025&category=theft",
    "?region=west&lang=en",
    "?area=101&edition=2024",
    "?layer=points",
)
PAGES = (
    "/persistence?edition=2024",
    "/targets?",
    "/compare?side=groups",
    "/compare?side=quarters",
    "/compare?side=periods",
)


def snapshot() -> Snapshot:
    held = tiny_snapshot()
    return replace(held, profile=held.profile.model_copy(update={"marking": MARKING}))


@cache
def reading(query: str = "") -> Reading:
    return read(query, Answers(Still(snapshot())))


def deck(*slides: Slide, query: str = "", **order: Any) -> Any:
    return pptx.Presentation(io.BytesIO(render(Order(reading(query), NOW, script=Script("", slides), **order), "pptx")))


@cache
def whole() -> bytes:
    """The script made from the data, and every kind of slide beside."""
    more = (*(Slide(page) for page in PAGES), Slide("/?layer=relative_risk&edition=2024", LONG, "Xin mời xem."))
    slides = (*default_script(reading()).slides, *more)
    return render(Order(reading(), NOW, user="Tổ tổng hợp", script=Script("Họp tháng", slides)), "pptx")


def opened() -> Any:
    return pptx.Presentation(io.BytesIO(whole()))


def shapes(slide: Any) -> list[Any]:
    return [
        part for each in slide.shapes for part in (each.shapes if each.shape_type == MSO_SHAPE_TYPE.GROUP else [each])
    ]


def texts(slide: Any) -> str:
    return "\n".join(each.text_frame.text for each in shapes(slide) if each.has_text_frame)


def test_there_is_a_slide_a_finding_between_the_first_and_the_last() -> None:
    made = opened()
    slides = default_script(reading()).slides
    titles = [each.shapes.title.text_frame.text for each in made.slides]
    last = titles.count("Giải thích từ ngữ")
    assert last > 0
    assert titles[-last:] == ["Giải thích từ ngữ"] * last
    assert len(made.slides) == len(slides) + len(PAGES) + 1 + 1 + last
    assert titles[0] == "Họp tháng"
    assert titles[1 : len(slides) + 1] == [shown(each, reading().view, reading().answers).title for each in slides]


@pytest.mark.parametrize("query", MONTHS)
def test_the_months_of_a_chart_are_those_of_the_answer(query: str) -> None:
    slide = Slide("/" + query)
    (frame,) = [each for each in deck(slide, query=query).slides[1].shapes if each.has_chart]
    asked = shown(slide, reading(query).view, reading(query).answers).reading
    trend = asked.answers.trend(asked.view.question, asked.scope)
    bars, line = frame.chart.plots
    found = [sum(filter(None, month)) for month in zip(*(series.values for series in bars.series), strict=True)]
    assert found == trend.n[-SHOWN:].tolist()
    before = [0 if value is None else value for value in line.series[0].values]
    assert before == np.nan_to_num(trend.year_before[-SHOWN:]).tolist()
    sheet = openpyxl.load_workbook(io.BytesIO(frame.chart.part.chart_workbook.xlsx_part.blob)).active
    assert sheet is not None
    edited = [sum(filter(None, row[1:-1])) for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert edited == found  # what one edits is what one sees


@pytest.mark.parametrize(
    "query", ["?layer=relative_risk&edition=2024", "?layer=change&lang=en", "?layer=pattern&edition=2024"]
)
def test_the_rows_of_a_table_are_those_beside_the_screens_slide(query: str) -> None:
    slide = Slide("/" + query)
    rows = companion(shown(slide, reading(query).view, reading(query).answers)).rows
    frames = [each for each in deck(slide, query=query).slides[1].shapes if each.has_table]
    assert bool(frames) == bool(rows)
    for frame in frames:
        cells = [[cell.text for cell in row.cells] for row in frame.table.rows][1:]
        assert [row[0] for row in cells] == [row.name for row in rows[:5]]
        assert [row[1] for row in cells] == [row.n or row.value for row in rows[:5]]


def test_the_targets_say_their_three_statements_on_the_counts_of_the_answer() -> None:
    slide = shown(Slide("/targets?"), reading().view, reading().answers)
    (frame,) = [each for each in deck(Slide("/targets?")).slides[1].shapes if each.has_table]
    cells = [[cell.text for cell in row.cells] for row in frame.table.rows][1:]
    years = years_of(slide.reading)
    found = slide.reading.answers.targets(slide.reading.view.question, baseline=years.baseline, period=years.period)
    rows = [row for row in found.of() if not row.category]
    assert len(cells) == len(rows)
    for row, (_, arithmetic, *_others) in zip(rows, cells, strict=True):
        assert str(row.now) in arithmetic
        assert str(row.before) in arithmetic


def test_libreoffice_shows_every_title_number_and_marking(tmp_path: Path) -> None:
    file = tmp_path / "deck.pptx"
    file.write_bytes(whole())
    pages = office.text(office.converted(file, "pdf", tmp_path)).split("\f")
    made = opened()
    assert len(pages) - 1 == len(made.slides)
    for slide, page in zip(made.slides, pages, strict=False):
        said = " ".join(page.split())
        assert slide.shapes.title.text_frame.text.split()[0] in said
        for frame in (each for each in slide.shapes if each.has_table):
            for row in frame.table.rows:
                for number in re.findall(r"\d[\d.,]*", " ".join(cell.text for cell in row.cells)):
                    assert number in said
    for page in pages[:-1]:
        assert MARKING in page


def test_nothing_lies_beside_the_slide_even_in_other_letters(tmp_path: Path) -> None:
    file = tmp_path / "deck.pptx"
    file.write_bytes(whole())
    pdf = office.converted(file, "pdf", tmp_path)
    boxes = office.run("pdftotext", "-bbox", pdf, "-")
    for page in boxes.split("<page ")[1:]:
        width, height = (float(each) for each in re.findall(r'(?:width|height)="([\d.]+)"', page)[:2])
        for x0, y0, x1, y1 in re.findall(
            r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)"', page
        ):
            assert float(x0) >= 0
            assert float(y0) >= 0
            assert float(x1) <= width
            assert float(y1) <= height


def test_every_shape_lies_on_its_slide_and_can_be_read_from_the_last_row() -> None:
    made = opened()
    for slide in made.slides:
        for each in shapes(slide):
            assert each.left >= 0
            assert each.top >= 0
            assert each.left + each.width <= made.slide_width
            assert each.top + each.height <= made.slide_height
            small = room.CAPTION_PT if each.name == "Caption" else room.SMALL_PT
            for paragraph in each.text_frame.paragraphs if each.has_text_frame else ():
                assert all(run.font.size.pt >= small for run in paragraph.runs)


def test_those_who_listen_are_told_what_each_picture_shows() -> None:
    for slide in opened().slides:
        kinds = [each.placeholder_format.type for each in slide.placeholders]
        assert PP_PLACEHOLDER.SLIDE_NUMBER in kinds
        assert slide.shapes.title.text_frame.text
        for each in slide.shapes:
            if each.shape_type in (
                MSO_SHAPE_TYPE.PICTURE,
                MSO_SHAPE_TYPE.GROUP,
                MSO_SHAPE_TYPE.CHART,
                MSO_SHAPE_TYPE.TABLE,
            ):
                assert each.element.xpath(".//p:cNvPr")[0].get("descr")


def test_the_notes_say_what_is_spoken_the_method_its_limits_the_stamp_and_the_link() -> None:
    slides = list(opened().slides)
    assert all(each.has_notes_slide for each in slides)
    spoken = next(each for each in slides if each.shapes.title.text_frame.text == LONG)
    notes = spoken.notes_slide.notes_text_frame.text
    assert notes.startswith("Xin mời xem.")
    for part in (MARKING, "Tổ tổng hợp", "/?", "layer=relative_risk", "02/01/2025 10:04"):
        assert part in notes


def test_a_long_title_keeps_to_two_lines() -> None:
    assert len(LONG) > 2 * LONGEST_NAME - 10  # as long as one may be
    title = next(each.shapes.title for each in opened().slides if each.shapes.title.text_frame.text == LONG)
    pt = title.text_frame.paragraphs[0].runs[0].font.size.pt
    assert room.lines(LONG, pt, room.TITLE.width, 700) <= room.TITLE_LINES


def test_the_same_order_gives_the_same_bytes() -> None:
    order = Order(reading(), NOW, script=Script("", (Slide("/?edition=2024"), Slide("/targets?"))))
    assert render(order, "pptx") == render(order, "pptx")


def test_data_loaded_meanwhile_change_no_slide() -> None:
    class Moving(Still):
        """Loads something each time it is asked."""

        asked = 0

        def snapshot(self) -> Snapshot:
            Moving.asked += 1
            return replace(self.held, generation=self.held.generation + Moving.asked)

    begun = read("?lang=en", Answers(Moving(snapshot())).pinned())
    held = begun.snapshot.generation
    made = render(
        Order(begun, NOW, script=Script("", (Slide("/"), Slide("/?layer=change"), Slide("/targets?")))), "pptx"
    )
    said = [texts(slide) for slide in list(pptx.Presentation(io.BytesIO(made)).slides)[:4]]
    assert [re.findall(r"version (\d+)", each) for each in said] == [[str(held)]] * len(said)


def test_who_may_not_see_points_is_told_no_small_number() -> None:
    scope = Scope(detail=Detail.FIVE)
    asked = read("?edition=2024&lang=en", reading().answers, scope)
    slides = (Slide("/?edition=2024"), Slide("/?layer=change&edition=2024"), Slide("/compare?side=quarters"))
    made = pptx.Presentation(io.BytesIO(render(Order(asked, NOW, script=Script("", slides)), "pptx")))
    charts = [each.chart for slide in made.slides for each in slide.shapes if each.has_chart]
    assert charts
    for chart in charts:
        values = [value for plot in chart.plots for series in plot.series for value in series.values if value]
        assert all(value % 5 == 0 for value in values)
    shown_there = shown(slides[0], asked.view, asked.answers, scope).reading
    trend = shown_there.answers.trend(shown_there.view.question, scope)
    bars = charts[0].plots[0].series
    found = [sum(filter(None, month)) for month in zip(*(series.values for series in bars), strict=True)]
    assert found == trend.n[-SHOWN:].tolist()
    for slide in list(made.slides)[1 : len(slides) + 1]:
        assert "rounded to 5" in texts(slide)
        assert "<5" in texts(slide)


def test_progress_is_told_slide_by_slide() -> None:
    told: list[tuple[int, int]] = []
    deck(Slide("/"), Slide("/targets?"), told=lambda done, of: told.append((done, of)))
    assert told == [(0, 2), (1, 2), (2, 2)]


def test_without_data_it_says_so() -> None:
    empty = replace(snapshot(), boundaries=Boundaries())
    with pytest.raises(QuestionError, match="load boundaries"):
        render(Order(read("", Answers(Still(empty))), NOW), "pptx")
