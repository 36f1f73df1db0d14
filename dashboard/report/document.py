"""A found year and the author's words as a Word document: head, sections, foot, annexes. Counts and words nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH

from dashboard.report import annex, grid, letterhead, page, sections, spoken
from dashboard.report.authored import SECTIONS, Authored
from dashboard.report.blocks import Annex, Author, Block, Figure, Heading, Saying, Table
from dashboard.report.due import due_day
from dashboard.report.found import Found

STYLES = {"body": "Normal", "item": page.ITEM, "fact": page.FACT, "note": page.NOTE}
Told = Callable[[int, int], None]


def build(found: Found, authored: Authored, *, now: datetime, user: str, told: Told) -> Document:
    """The whole document; ``told`` hears how many of its parts are done."""
    reading, words = found.reading, found.reading.words
    document = page.open_page(words.language)
    _name(document, found, now)
    profile, local = reading.names.profile, now.astimezone(reading.names.profile.zone)
    letterhead.add_head(document, authored, words, marking=profile.marking, year=local.year)
    day = due_day(profile, found.year)
    due = words("(To be handed in by {day})", day=words.date(day)) if day else ""
    letterhead.add_name(document, authored, words, extract=extract(found), due=due)
    writer = _Writer(document, authored, found, local.year)
    parts = 2 + annex.pictures(found)
    for block in sections.body(found):
        writer.add(block)
    told(1, parts)
    letterhead.add_foot(document, authored, words, filed=words("Filed: office."))
    done = 1
    for block in annex.annexes(found, now=now, user=user):
        writer.add(block)
        if isinstance(block, Figure):
            done += 1
            told(done, parts)
    told(parts, parts)
    return document


def extract(found: Found) -> str:
    """What the report is about."""
    words = found.reading.words
    return words(
        "Situation and results of crime prevention and control in {year}, directions for {next}, {place}",
        year=str(found.year),
        next=str(found.year + 1),
        place=spoken.place(found),
    )


class _Writer:
    """Puts one block after the other into the document, and counts tables and pictures."""

    def __init__(self, document: Document, authored: Authored, found: Found, year: int) -> None:
        self._document = document
        self._authored = authored
        self._words = found.reading.words
        self._year = year  # in which it is issued
        self._tables = self._figures = 0

    def add(self, block: Block) -> None:
        words, document = self._words, self._document
        match block:
            case Heading():
                document.add_heading(block.text, block.level)
            case Saying():
                lead = "- " if block.style == "item" else words("For reference: ") if block.style == "fact" else ""
                document.add_paragraph(lead + block.text, STYLES[block.style])
            case Author():
                self._add_author(block.key)
            case Table():
                self._tables += 1
                grid.add_table(document, block, words("Table"), self._tables)
            case Figure():
                self._figures += 1
                grid.add_picture(document, block.draw(), words("Figure"), self._figures, block.title)
            case Annex():
                self._add_annex(block)

    def _add_author(self, key: str) -> None:
        written = self._authored.of(key)
        for text in _paragraphs(written):
            self._document.add_paragraph(text, page.ITEM if text.startswith("- ") else page.AUTHOR)
        if not written and SECTIONS[key].hint:
            place = self._document.add_paragraph("", page.AUTHOR)
            letterhead.mark(place, self._words(SECTIONS[key].hint), self._words)

    def _add_annex(self, block: Annex) -> None:
        document, words = self._document, self._words
        head = document.add_paragraph(block.number, page.ANNEX)
        head.paragraph_format.page_break_before = True
        title = document.add_paragraph(block.title.upper(), page.CELL)
        title.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for run in page.keep_with_next(title).runs:
            run.bold, run.font.size = True, page.LETTERS
        said = words(
            "(Attached to report No. {number}, {date}, of {issuer})",
            number=self._authored.of("number") or words("……/BC-……"),
            date=letterhead.day_of(self._authored, self._year, words),
            issuer=self._authored.of("issuer") or letterhead.FILLED_IN,
        )
        attached = document.add_paragraph(said, page.CELL)
        attached.alignment = WD_ALIGN_PARAGRAPH.CENTER
        attached.paragraph_format.space_after = page.BETWEEN
        for run in attached.runs:
            run.italic, run.font.size = True, page.LETTERS


def _paragraphs(written: str) -> Iterator[str]:
    """An empty line ends a paragraph, an item begins on its own line."""
    gathered: list[str] = []
    for line in [*written.splitlines(), ""]:
        text = line.strip()
        if (not text or text.startswith(("- ", "* ", "+ "))) and gathered:
            yield " ".join(gathered)
            gathered = []
        if text:
            gathered.append(f"- {text[2:].strip()}" if text.startswith(("* ", "+ ")) else text)


def _name(document: Document, found: Found, now: datetime) -> None:
    facts, words = document.core_properties, found.reading.words
    facts.title = extract(found)
    facts.subject = words("Statistical year {year} ({days})", year=found.year, days=words.period(found.period))
    facts.author = facts.last_modified_by = "Điểm Nóng"
    facts.language = page.LOCALES[words.language]
    facts.keywords = found.reading.names.profile.marking
    facts.comments = words("Data up to {day}", day=words.date(found.reached.end))
    facts.created = facts.modified = now.astimezone(UTC).replace(microsecond=0)  # it is written as UTC
    facts.revision = 1
