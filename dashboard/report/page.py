"""A Word document as Decree 30/2020/NĐ-CP lays one out: paper, margins, letters, styles, page numbers. Says nothing."""

from __future__ import annotations

from docx import Document
from docx.document import Document as Opened
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from dashboard.words import Language

FONT = "Times New Roman"
PAPER = (Mm(210), Mm(297))
TOP, BOTTOM, LEFT, RIGHT = Mm(20), Mm(20), Mm(30), Mm(17)  # allowed: 20-25, 20-25, 30-35, 15-20
TEXT_WIDTH = Length(PAPER[0] - LEFT - RIGHT)
LETTERS, TABLE_LETTERS, SMALL = Pt(14), Pt(12), Pt(12)
INDENT, BETWEEN = Mm(10), Pt(6)  # of first lines; between paragraphs
LOCALES = {"vi": "vi-VN", "en": "en-GB"}
AUTHOR, FACT, NOTE, ITEM, CELL, ANNEX = "Author", "Fact", "Note", "Item", "Cell", "Annex"


def open_page(language: Language) -> Opened:
    """An empty document with its styles; what is added to it takes their names."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = PAPER
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = TOP, BOTTOM, LEFT, RIGHT
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    _set_styles(document, LOCALES[language])
    number = section.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    add_field(number, "PAGE", "2")
    return document


def add_field(paragraph: Paragraph, code: str, shown: str) -> None:
    """A field that Word reckons; ``shown`` until it does."""
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("text", shown), ("end", "")):
        run = paragraph.add_run(shown if kind == "text" else "")
        if kind == "text":
            continue
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.set(qn("xml:space"), "preserve")
            part.text = f" {text} "
        run._r.append(part)  # noqa: SLF001 - python-docx has no fields


def keep_with_next(paragraph: Paragraph) -> Paragraph:
    """No page may end between this paragraph and the next."""
    paragraph.paragraph_format.keep_with_next = True
    return paragraph


def rule_below(paragraph: Paragraph) -> None:
    """A line as wide as the paragraph between its indents, above its own letters."""
    borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "0"), ("color", "auto")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - nor borders
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def _set_styles(document: Opened, locale: str) -> None:
    styles = document.styles
    defaults = styles.element.find(qn("w:docDefaults"))
    language = defaults.find(f".//{qn('w:lang')}")
    for name in ("val", "eastAsia"):
        language.set(qn(f"w:{name}"), locale)
    normal = _style(document, "Normal", LETTERS)
    form = normal.paragraph_format
    form.alignment, form.first_line_indent = WD_ALIGN_PARAGRAPH.JUSTIFY, INDENT
    form.space_before, form.space_after, form.widow_control = Pt(0), BETWEEN, True
    form.line_spacing_rule = WD_LINE_SPACING.SINGLE
    for name, caps in (("Heading 1", True), ("Heading 2", False)):
        head = _style(document, name, LETTERS, bold=True)
        head.font.all_caps = caps
        head.paragraph_format.space_before, head.paragraph_format.space_after = BETWEEN, BETWEEN
        head.paragraph_format.keep_with_next = True
    centred = _style(document, ANNEX, LETTERS, bold=True, base="Heading 1")
    centred.font.all_caps = False  # the word and its number; the annex's own name stands in capitals
    _plain(centred, WD_ALIGN_PARAGRAPH.CENTER)
    caption = _style(document, "Caption", Pt(13), bold=True)
    _plain(caption, WD_ALIGN_PARAGRAPH.CENTER)
    caption.paragraph_format.space_before, caption.paragraph_format.space_after = BETWEEN, Pt(4)
    _style(document, "Header", Pt(13)).paragraph_format.first_line_indent = Mm(0)
    _plain(_style(document, CELL, TABLE_LETTERS, base="Normal"), WD_ALIGN_PARAGRAPH.LEFT)
    _style(document, ITEM, LETTERS, base="Normal")
    _style(document, FACT, Pt(13), italic=True, base="Normal")
    _style(document, NOTE, SMALL, italic=True, base="Normal")
    _style(document, AUTHOR, LETTERS, base="Normal")


def _plain(style: ParagraphStyle, alignment: WD_ALIGN_PARAGRAPH) -> None:
    style.paragraph_format.alignment = alignment
    style.paragraph_format.first_line_indent = Mm(0)
    style.paragraph_format.space_after = Pt(0)


def _style(
    document: Opened, name: str, size: Length, *, bold: bool = False, italic: bool = False, base: str = ""
) -> ParagraphStyle:
    """The style by this name in the decree's letters and in black, whatever the template had."""
    known = {style.name for style in document.styles}
    style = document.styles[name] if name in known else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)
    if base:
        style.base_style = document.styles[base]
    style.quick_style = True
    font = style.font
    font.name, font.size, font.bold, font.italic = FONT, size, bold, italic
    properties = style.element.get_or_add_rPr()
    for colour in properties.findall(qn("w:color")):
        properties.remove(colour)
    fonts = properties.find(qn("w:rFonts"))
    for key in list(fonts.attrib):
        del fonts.attrib[key]
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)
    return style
