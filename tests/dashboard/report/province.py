"""A report as other libraries read it: its tables by their captions, its paragraphs, a number as it is printed."""

from __future__ import annotations

import io
import re
import unicodedata
from datetime import UTC, datetime

from docx import Document
from docx.document import Document as Opened
from docx.table import Table
from docx.text.paragraph import Paragraph

from dashboard.exports import Order, render
from dashboard.reading import read
from geodata.answers.answers import Answers

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


def written(query: str, year: int, answers: Answers) -> bytes:
    return render(Order(read(query, answers), NOW, year=year), "docx")


def opened(data: bytes) -> Opened:
    return Document(io.BytesIO(data))


def captioned(document: Opened) -> dict[str, list[list[str]]]:
    """Caption without its number -> the rows of the table below it."""
    found: dict[str, list[list[str]]] = {}
    caption = ""
    for element in document.element.body.iterchildren():
        if element.tag.endswith("}p"):
            paragraph = Paragraph(element, document)
            if paragraph.style is not None and paragraph.style.name == "Caption":
                caption = re.sub(r"^\S+ \d+\. ", "", paragraph.text)
        elif element.tag.endswith("}tbl") and caption:
            found[caption] = [[cell.text for cell in row.cells] for row in Table(element, document).rows]
            caption = ""
    return found


def text(document: Opened) -> str:
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def number(printed: str) -> int:
    """1.389 and 1,389 are 1389; −12 and +12 keep their sign."""
    return int(printed.replace(".", "").replace(",", "").replace("\u2212", "-"))


def bare(words: str) -> str:
    """Letters alone: a page breaks words where fonts change."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", words))
