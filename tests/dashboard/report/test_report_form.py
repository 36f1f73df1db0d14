"""The report in the form of Decree 30/2020/NĐ-CP, as LibreOffice lays it out and as python-docx reads it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from dashboard.exports import Order, render
from dashboard.reading import read
from geodata.answers.answers import Answers
from geodata.question import Detail, Scope
from geodata.warehouse.warehouse import Warehouse
from tests import office
from tests.dashboard.report.province import NOW, bare, captioned, number, opened, text, written

pytestmark = pytest.mark.slow

QUERY, YEAR = "?edition=2024&level=commune&lang=vi", 2025


@pytest.fixture(scope="module")
def report(answers: Answers, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("form") / "bao-cao.docx"
    file.write_bytes(written(QUERY, YEAR, answers))
    return file


@pytest.fixture(scope="module")
def pages(report: Path) -> list[str]:
    return office.text(office.converted(report, "pdf", report.parent)).split("\f")[:-1]


def test_paper_and_margins_are_the_decrees(report: Path) -> None:
    for section in opened(report.read_bytes()).sections:
        paper = [round(side.mm) for side in (section.page_width, section.page_height) if side is not None]
        assert paper == [210, 297]
        sides = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
        top, bottom, left, right = (round(side.mm, 1) for side in sides if side is not None)
        assert 20 <= top <= 25
        assert 20 <= bottom <= 25
        assert 30 <= left <= 35
        assert 15 <= right <= 20


def test_every_style_that_is_used_has_the_letters_of_the_decree(report: Path) -> None:
    document = opened(report.read_bytes())
    used = {paragraph.style.name: paragraph.style for paragraph in document.paragraphs if paragraph.style is not None}
    for style in used.values():
        fonts = style.element.rPr.find(qn("w:rFonts"))
        assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "cs", "eastAsia")} == {"Times New Roman"}
    body = document.styles["Normal"]
    assert Pt(13) <= body.font.size <= Pt(14)
    assert body.paragraph_format.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY


def test_page_numbers_stand_top_centre_from_the_second_page(pages: list[str]) -> None:
    assert len(pages) > 8
    assert not pages[0].split("\n", 1)[0].strip().isdigit()
    for n, page in enumerate(pages[1:], 2):
        assert page.split("\n", 1)[0].strip() == str(n)


def test_page_numbers_stand_in_the_middle_of_the_text(report: Path, pages: list[str]) -> None:
    assert pages
    boxes = office.run("pdftotext", "-bbox", "-f", "2", "-l", "2", report.with_suffix(".pdf"), "-")
    left, top, right = map(float, re.search(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)"[^>]*>2<', boxes).groups())  # type: ignore[union-attr]
    middle = (Mm(30).pt + Mm(210 - 17).pt) / 2
    assert abs((left + right) / 2 - middle) < 2
    assert top < Mm(20).pt


def test_the_head_has_title_motto_number_day_and_marking(pages: list[str]) -> None:
    page = bare(pages[0])
    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: ……/BC-……",
        "MẬT",
        "ngày …… tháng …… năm 2026",
        "BÁO CÁO",
        "Thời hạn gửi báo cáo: trước ngày 20/12/2025",
    ):
        assert bare(words) in page


def test_the_national_title_stands_on_one_line(pages: list[str]) -> None:
    assert any(bare("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") in bare(line) for line in pages[0].split("\n"))


def test_sections_come_in_the_order_of_such_reports(report: Path) -> None:
    document = opened(report.read_bytes())
    heads = [p.text for p in document.paragraphs if p.style is not None and p.style.name == "Heading 1"]
    assert heads == [
        "I. Tình hình",
        "II. Kết quả",
        "III. Hạn chế và nguyên nhân",
        "IV. Phương hướng",
        "V. Kiến nghị",
    ]
    annexes = [p.text for p in document.paragraphs if p.style is not None and p.style.name == "Annex"]
    assert annexes == ["Phụ lục I", "Phụ lục II", "Phụ lục III", "Phụ lục IV"]


def test_an_annex_is_headed_as_the_decree_orders(report: Path) -> None:
    """The word and its number in small letters, its name in capitals, below it what it is attached to."""
    document = opened(report.read_bytes())
    at = next(i for i, p in enumerate(document.paragraphs) if p.text == "Phụ lục I")
    word, name, attached = document.paragraphs[at : at + 3]
    assert word.style is not None
    assert word.style.font.all_caps is False
    assert name.text == name.text.upper()
    assert re.fullmatch(r"\(.+……/BC-…… .+ 2026 .+ …………\)", attached.text)
    assert all(run.bold for run in name.runs)
    assert all(run.italic for run in attached.runs)


def test_two_communes_of_one_name_are_told_apart(report: Path) -> None:
    rows = [row[0] for row in captioned(opened(report.read_bytes()))["Số vụ đã ghi nhận theo xã, phường"]]
    assert len(rows) == len(set(rows))
    assert sum(name.startswith("Xã Tân Bình (") for name in rows) == 2


def test_the_signature_never_stands_alone_on_a_page(report: Path) -> None:
    document = opened(report.read_bytes())
    foot = next(t for t in document.tables[1:] if "Nơi nhận" in t.cell(0, 0).text)
    before = foot._tbl.getprevious()  # python-docx does not tell what stands before a table
    assert before is not None
    assert Paragraph(before, document).paragraph_format.keep_with_next


def test_without_a_baseline_year_no_target_is_judged(province: Path, tmp_path: Path) -> None:
    folder = tmp_path / "aimless"
    shutil.copytree(province, folder)
    profile = folder / "profile.toml"
    profile.write_text(profile.read_text("utf-8").replace("baseline_year = 2023\n", ""), "utf-8")
    warehouse = Warehouse(folder)
    document = opened(written("?edition=2025&level=commune&lang=en", YEAR, Answers(warehouse)))
    warehouse.close()
    said = text(document)
    assert "No baseline year before 2025 is set" in said
    assert "target met" not in said
    assert "the target allows" not in said
    assert "The targets: three statements for each group" not in captioned(document)


def test_sentences_are_those_of_such_reports(report: Path, answers: Answers) -> None:
    said = text(opened(report.read_bytes()))
    assert "đã ghi nhận" in said
    assert "so với cùng kỳ năm 2024" in said
    assert "!" not in said
    assert said.count("[Người viết:") >= 8
    assert "Điều 256a" in said


def test_the_heads_of_tables_repeat_and_numbers_stand_at_the_right(report: Path) -> None:
    numbered = [
        table for table in opened(report.read_bytes()).tables if table.style and table.style.name == "Table Grid"
    ]
    assert len(numbered) >= 8
    for table in numbered:
        assert table.rows[0]._tr.get_or_add_trPr().find(qn("w:tblHeader")) is not None
    cell = next(table for table in numbered if len(table.rows) > 90).rows[1].cells[1]
    assert cell.paragraphs[0].alignment == WD_ALIGN_PARAGRAPH.RIGHT


def test_captions_are_fields_that_count(report: Path) -> None:
    document = opened(report.read_bytes())
    captions = [p for p in document.paragraphs if p.style is not None and p.style.name == "Caption"]
    codes = [node.text.split()[1] for p in captions for node in p._p.iter(qn("w:instrText"))]
    assert set(codes) == {"Bảng", "Hình"}
    assert [p.text.split(".")[0] for p in captions if p.text.startswith("Hình")] == [f"Hình {n}" for n in range(1, 6)]


def test_maps_have_300_dots_an_inch_and_words_for_who_cannot_see_them(report: Path) -> None:
    document = opened(report.read_bytes())
    assert len(document.inline_shapes) == 5
    for shape in document.inline_shapes:
        part = document.part.related_parts[shape._inline.graphic.graphicData.pic.blipFill.blip.embed]
        assert part.image.px_width / shape.width.inches >= 300
        assert shape._inline.docPr.get("descr")


def test_language_and_title_are_told(report: Path) -> None:
    document = opened(report.read_bytes())
    assert document.core_properties.language == "vi-VN"
    assert "2025" in document.core_properties.title
    defaults = document.styles.element.find(qn("w:docDefaults"))
    assert defaults.find(f".//{qn('w:lang')}").get(qn("w:val")) == "vi-VN"


def test_the_same_order_gives_the_same_bytes(report: Path, answers: Answers) -> None:
    assert written(QUERY, YEAR, answers) == report.read_bytes()


def test_who_may_not_see_points_reads_that_numbers_are_rounded_and_no_hours(answers: Answers) -> None:
    reading = read("?edition=2025&level=commune&region=703&lang=en", answers, Scope(detail=Detail.FIVE))
    document = opened(render(Order(reading, NOW, year=YEAR), "docx"))
    assert "rounded to 5" in text(document)
    assert "Recorded incidents by hour of the day" not in captioned(document)
    rows = captioned(document)["Recorded incidents by group and category"][1:]
    assert all(cell.startswith("<") or number(cell) % 5 == 0 for row in rows for cell in row[1:3])


def test_a_year_that_is_not_over_says_so(answers: Answers) -> None:
    said = text(opened(written("?edition=2025&level=commune&region=703&lang=en", 2027, answers)))
    assert "in part only" in said
    assert "in part only" not in text(opened(written("?edition=2025&level=commune&region=703&lang=en", 2026, answers)))
