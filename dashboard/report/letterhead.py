"""Head and foot of a formal report as Decree 30/2020/NĐ-CP orders them: whose, which, where, when, signed by whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from dashboard.report import page
from dashboard.report.authored import HEAD, Authored
from dashboard.report.grid import fixed_widths
from dashboard.report.measure import width_of
from dashboard.words import Words

LEFT_SHARE = 0.38
SMALLER, NO_SPACE = Pt(13), Pt(0)
FILLED_IN = "…………"


def add_head(document: Document, authored: Authored, words: Words, *, marking: str, year: int) -> None:
    """The issuing body with number and sign at the left, national title, motto, place and date at the right."""
    table = _pair(document)
    left, right = table.rows[0].cells
    _line(left, _said(authored, "superior", words), upper=True)
    _line(left, _said(authored, "issuer", words), upper=True, bold=True)
    _rule(left, _width(left) * 0.4)
    number = authored.of("number")
    _line(left, words("No.: {number}", number=number or words("……/BC-……")))
    if marking:
        _framed(_line(left, marking, upper=True, bold=True))
    _line(right, words("Socialist Republic of Viet Nam"), upper=True, bold=True)
    motto = words("Independence - Freedom - Happiness")
    _line(right, motto, bold=True, size=page.LETTERS)
    _rule(right, width_of(motto, page.LETTERS))
    said = words("{place}, {date}", place=authored.of("place") or FILLED_IN, date=day_of(authored, year, words))
    _line(right, said, italic=True, size=page.LETTERS)


def add_name(document: Document, authored: Authored, words: Words, *, extract: str, due: str) -> None:
    """The kind of document, what it is about, a line below, the day it is due where there is one, to whom it goes."""
    _centred(document, words("Report"), bold=True, upper=True, before=Pt(12))
    _centred(document, extract, bold=True)
    _ruled(document.add_paragraph(), page.TEXT_WIDTH, page.TEXT_WIDTH * 0.35)
    if due:
        _centred(document, due, italic=True)
    addressee, place = authored.of("addressee"), HEAD["addressee"]
    if addressee:
        _centred(document, words("To: {addressee}", addressee=addressee))
    else:
        line = _centred(document, words("To:") + " ")
        mark(line, words(place.hint), words)


def add_foot(document: Document, authored: Authored, words: Words, *, filed: str) -> None:
    """The recipients at the left, the signature at the right; kept on one page with the last words of the report."""
    page.keep_with_next(document.paragraphs[-1])
    table = _pair(document)
    left, right = table.rows[0].cells
    head = _line(left, words("Recipients:"), bold=True, italic=True, size=Pt(12), side=WD_ALIGN_PARAGRAPH.LEFT)
    told, place = authored.of("recipients"), HEAD["recipients"]
    recipients = [line.strip(" -;.") for line in told.splitlines() if line.strip(" -;.")]
    for each in recipients:
        _line(left, f"- {each};", size=Pt(11), side=WD_ALIGN_PARAGRAPH.LEFT)
    if not recipients:
        mark(_line(left, "- ", size=Pt(11), side=WD_ALIGN_PARAGRAPH.LEFT), words(place.hint), words)
    _line(left, f"- {filed}", size=Pt(11), side=WD_ALIGN_PARAGRAPH.LEFT)
    if authority := authored.of("authority"):
        _line(right, authority, upper=True, bold=True, size=page.LETTERS)
    _line(right, _said(authored, "position", words), upper=True, bold=True, size=page.LETTERS)
    for _ in range(3):
        _line(right, "", size=page.LETTERS)
    _line(right, _said(authored, "signer", words), bold=True, size=page.LETTERS)
    for cell in (left, right):
        for paragraph in cell.paragraphs:
            page.keep_with_next(paragraph)
    page.keep_with_next(head)


def mark(paragraph: Paragraph, hint: str, words: Words) -> None:
    """A place for the author's words that nobody overlooks."""
    run = paragraph.add_run(words("[Author: {hint}]", hint=hint))
    run.font.highlight_color = WD_COLOR_INDEX.YELLOW


Said = Callable[[Paragraph], None]


def _said(authored: Authored, key: str, words: Words) -> str | Said:
    """What the author wrote, else the mark of its place."""
    return authored.of(key) or (lambda paragraph: mark(paragraph, words(HEAD[key].hint), words))


def day_of(authored: Authored, year: int, words: Words) -> str:
    """``15/12/2025`` written out; the author's own words as they are; blanks where there are none."""
    text = authored.of("date")
    if not text:
        return words("day …… month …… year {year}", year=str(year))
    try:
        day: date = datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007 - a calendar day has no time zone
    except ValueError:
        return text
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)  # zeros before days to 9 and months to 2
    return words("day {day} month {month} year {year}", day=f"{day.day:02d}", month=month, year=str(day.year))


def _pair(document: Document) -> Table:
    table: Table = document.add_table(rows=1, cols=2)
    table.autofit = False
    fixed_widths(table, (LEFT_SHARE, 1 - LEFT_SHARE), page.TEXT_WIDTH)
    for cell in table.rows[0].cells:
        cell._tc.remove(cell.paragraphs[0]._p)  # noqa: SLF001 - an empty line that nobody wants
        margins = OxmlElement("w:tcMar")
        for side in ("left", "right"):
            margin = OxmlElement(f"w:{side}")
            margin.set(qn("w:w"), "0")
            margin.set(qn("w:type"), "dxa")
            margins.append(margin)
        cell._tc.get_or_add_tcPr().append(margins)  # noqa: SLF001
    whole = OxmlElement("w:cantSplit")
    table.rows[0]._tr.get_or_add_trPr().append(whole)  # noqa: SLF001
    return table


def _line(
    cell: _Cell,
    text: str | Said,
    *,
    bold: bool = False,
    italic: bool = False,
    upper: bool = False,
    size: Length = SMALLER,
    side: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.CENTER,
) -> Paragraph:
    paragraph: Paragraph = cell.add_paragraph("", page.CELL)
    paragraph.alignment = side
    if callable(text):
        text(paragraph)
    else:
        paragraph.add_run(text.upper() if upper else text)
    for run in paragraph.runs:
        run.bold, run.italic, run.font.size = bold, italic, size
    return paragraph


def _centred(
    document: Document,
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    upper: bool = False,
    before: Length = NO_SPACE,
) -> Paragraph:
    paragraph = document.add_paragraph()
    paragraph.alignment, paragraph.paragraph_format.first_line_indent = WD_ALIGN_PARAGRAPH.CENTER, Mm(0)
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = before, Pt(2)
    run = paragraph.add_run(text.upper() if upper else text)
    run.bold, run.italic = bold, italic
    return paragraph


def _framed(paragraph: Paragraph) -> None:
    borders = OxmlElement("w:bdr")
    for name, value in (("val", "single"), ("sz", "8"), ("space", "0"), ("color", "auto")):
        borders.set(qn(f"w:{name}"), value)
    for run in paragraph.runs:
        run._r.get_or_add_rPr().append(borders)  # noqa: SLF001 - nor framed letters
    paragraph.paragraph_format.space_before = Pt(6)


def _width(cell: _Cell) -> float:
    return float(cell.width or 0)


def _rule(cell: _Cell, length: float) -> None:
    _ruled(cell.add_paragraph("", page.CELL), _width(cell), length)


def _ruled(paragraph: Paragraph, width: float, length: float) -> None:
    """A line of this length in the middle of the width."""
    form = paragraph.paragraph_format
    form.first_line_indent, form.space_before, form.space_after = Mm(0), Pt(1), Pt(3)
    form.line_spacing = Pt(4)
    form.left_indent = form.right_indent = Length(max(0, int((width - length) / 2)))
    page.rule_below(paragraph)
