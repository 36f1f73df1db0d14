"""Columns of a report's tables: no word is broken for want of room."""

from __future__ import annotations

import pytest
from docx.shared import Pt

from dashboard.report import grid, page
from dashboard.report.blocks import Table
from dashboard.report.measure import width_of
from dashboard.words import Language

NARROW = Table(
    "Recorded incidents",
    ("District", "2024", "Difference", "Gambling, black credit"),
    (("A", "1", "2", "3"),),
    (8, 1, 1, 1),
)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_column_has_room_for_its_longest_word(language: Language) -> None:
    document = page.open_page(language)
    grid.add_table(document, NARROW, "Table", 1)
    drawn = document.tables[0]
    for head, cell in zip(NARROW.head, drawn.rows[0].cells, strict=True):
        longest = max(width_of(word, page.TABLE_LETTERS) for word in head.split())
        assert cell.width is not None
        assert cell.width > longest + 2 * Pt(grid.CELL_MARGIN / 20)


def test_the_table_stays_as_wide_as_the_text() -> None:
    document = page.open_page("vi")
    grid.add_table(document, NARROW, "Table", 1)
    width = sum(cell.width or 0 for cell in document.tables[0].rows[0].cells)
    assert abs(width - page.TEXT_WIDTH) < Pt(1)
