"""Numbered tables and pictures in a Word document: heads that repeat, rows that stay whole, numbers at the right."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from docx.table import Table as Drawn
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph

from dashboard.report import page
from dashboard.report.blocks import Table
from dashboard.report.measure import width_of

TOGETHER = 20  # rows up to which a table stands on one page
CELL_MARGIN = 57  # twentieths of a point
CRAMPED, CRAMPED_LETTERS = 7, Pt(11)  # columns from which letters are smaller
SPARE = 1.04  # other programs' Times is a little wider, and a line has its own width


def add_table(document: Document, table: Table, label: str, number: int) -> None:
    """The caption above, the table as wide as the text, its note below."""
    add_caption(document, label, number, table.title, above=True)
    drawn = document.add_table(rows=1 + len(table.rows), cols=len(table.head))
    drawn.style, drawn.alignment, drawn.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    _narrow_margins(drawn)
    letters = CRAMPED_LETTERS if len(table.head) >= CRAMPED else None
    fixed_widths(drawn, _roomy(table, letters or page.TABLE_LETTERS), page.TEXT_WIDTH)
    head, *rows = drawn.rows
    _repeat(head)
    for cell, text in zip(head.cells, table.head, strict=True):
        _write(cell, text, WD_ALIGN_PARAGRAPH.CENTER, letters, strong=True)
    together = len(rows) <= TOGETHER
    for i, (row, texts) in enumerate(zip(rows, table.rows, strict=True)):
        _keep_whole(row)
        for column, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            side = WD_ALIGN_PARAGRAPH.LEFT if column in table.texts else WD_ALIGN_PARAGRAPH.RIGHT
            said = _write(cell, text, side, letters, strong=i in table.strong)
            said.paragraph_format.keep_with_next = (together and i < len(rows) - 1) or i == 0
    for cell in head.cells:
        page.keep_with_next(cell.paragraphs[0])
    after = document.add_paragraph(table.note, page.NOTE)
    if not table.note:
        after.paragraph_format.space_after = Pt(0)
        after.paragraph_format.line_spacing = Pt(6)


def add_picture(document: Document, png: bytes, label: str, number: int, title: str) -> None:
    """The picture as wide as the text, its caption below on the same page."""
    place = page.keep_with_next(document.add_paragraph())
    place.alignment, place.paragraph_format.first_line_indent = WD_ALIGN_PARAGRAPH.CENTER, Mm(0)
    shape = place.add_run().add_picture(io.BytesIO(png), width=page.TEXT_WIDTH)
    shape._inline.docPr.set("descr", title)  # noqa: SLF001 - python-docx has no alternative text
    shape._inline.docPr.set("name", f"{label} {number}")  # noqa: SLF001
    add_caption(document, label, number, title, above=False)


def add_caption(document: Document, label: str, number: int, title: str, *, above: bool) -> None:
    """``Bảng 1. Title``, its number a field, so that Word makes lists of tables and goes on counting."""
    caption = document.add_paragraph(f"{label} ", "Caption")
    page.add_field(caption, f"SEQ {label} \\* ARABIC", str(number))
    caption.add_run(f". {title}")
    caption.paragraph_format.keep_with_next = above


def fixed_widths(table: Drawn, shares: Sequence[float], width: Length) -> None:
    """Columns of these parts of the width: Word reads the cells, other programs the grid."""
    whole = sum(shares)
    widths = [Length(int(width * share / whole)) for share in shares]
    for column, each in zip(table.columns, widths, strict=True):
        column.width = each
    for row in table.rows:
        for cell, each in zip(row.cells, widths, strict=True):
            cell.width = each


def _roomy(table: Table, letters: Length) -> list[float]:
    """The shares of the columns, none too narrow for its longest word: the wider ones give what those need."""
    margins = 2 * Pt(CELL_MARGIN / 20)
    columns = zip(table.head, *table.rows, strict=True)
    needed = [
        (max(width_of(word, letters) for text in texts for word in _words(text)) + margins) / page.TEXT_WIDTH * SPARE
        for texts in columns
    ]
    shares = [share / sum(table.shares) for share in table.shares]
    free = [max(0.0, share - need) for share, need in zip(shares, needed, strict=True)]
    lacking = sum(max(0.0, need - share) for share, need in zip(shares, needed, strict=True))
    if not lacking or lacking > sum(free):
        return shares
    return [max(share, need) - lacking * own / sum(free) for share, need, own in zip(shares, needed, free, strict=True)]


def _words(text: str) -> list[str]:
    """What is not broken over two lines."""
    return re.split(r"[ \-]+", text)


def _narrow_margins(table: Drawn) -> None:
    """A millimetre beside the letters: Word's own two leave too little room for numbers."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(CELL_MARGIN))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    properties = table._tbl.tblPr  # noqa: SLF001 - python-docx has no margins of cells
    properties.insert_element_before(margins, "w:tblLook")


def _write(cell: _Cell, text: str, side: WD_ALIGN_PARAGRAPH, letters: Length | None, *, strong: bool) -> Paragraph:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    said: Paragraph = cell.paragraphs[0]
    said.style, said.alignment = page.CELL, side
    run = said.add_run(text)
    run.bold = strong or None
    run.font.size = letters
    return said


def _repeat(row: _Row) -> None:
    _keep_whole(row)
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 - nor repeated heads


def _keep_whole(row: _Row) -> None:
    whole = OxmlElement("w:cantSplit")
    whole.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(whole)  # noqa: SLF001
