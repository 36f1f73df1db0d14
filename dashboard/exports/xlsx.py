"""A view's table as an Excel workbook: typed cells, a sheet of facts. A text stays a text, whatever it begins with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain, count, islice
from typing import Any, BinaryIO

from dashboard.exports import Format, Order, extract_of
from dashboard.extracts import Extract
from dashboard.extracts.table import Column, Table, Value
from dashboard.rows import FORMULA_STARTS
from dashboard.stamp import Fact
from dashboard.words import N_, Words

MOST_ROWS = 1_048_575  # that a sheet of Excel holds below its header
A4 = 9  # Excel's number of the paper
LONGEST_TEXT = 32_767  # letters of a cell
NARROWEST, WIDEST = 8, 48  # letters of a column
VALUE, LINE_PT, MOST_LINES = 90, 15, 27  # letters of the facts' column; a line's height; a row has 409 points at most
LOOKED_AT = 1_000  # rows that a column's width is measured on
PLAIN = {  # Excel itself writes 1.389 and 21,1 % where it speaks Vietnamese
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}
Write = Callable[[int, int, Any], Any]


def write(order: Order, out: BinaryIO) -> None:
    """The rows, on as many sheets as it takes, and a sheet of facts after them."""
    import xlsxwriter  # noqa: PLC0415 - loaded where a workbook is written

    extract, words = extract_of(order), order.reading.words
    book = xlsxwriter.Workbook(out, PLAIN)
    book.set_properties({"title": _title(extract), "created": order.now.replace(tzinfo=None)})
    _Book(book, words).fill(extract)
    book.close()


def _title(extract: Extract) -> str:
    return next((str(fact.value)[:255] for fact in extract.facts if fact.key == "question"), "")


class _Book:
    """A workbook that is being written, sheet after sheet, with its formats."""

    def __init__(self, book: Any, words: Words) -> None:  # noqa: ANN401 - xlsxwriter's
        self.book, self.words = book, words
        self.header = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.top = book.add_format({"valign": "top"})
        self.count = book.add_format({"num_format": "#,##0", "align": "left", "valign": "top"})
        self.text = book.add_format({"indent": 1})  # apart from the number before it, which ends where it begins
        self.quoted = book.add_format({"indent": 1, "quote_prefix": True})

    def fill(self, extract: Extract) -> None:
        rows = chain.from_iterable(batch.rows() for batch in extract.table.batches())
        several = extract.table.rows > MOST_ROWS
        for number in count(1):
            name = self.words("Data")
            self._sheet(f"{name} {number}" if several else name, extract.table, islice(rows, MOST_ROWS))
            if number * MOST_ROWS >= extract.table.rows:
                break
        self._facts(extract.facts)

    def _sheet(self, name: str, table: Table, rows: Iterator[tuple[Value, ...]]) -> None:
        sheet = self.book.add_worksheet(name)
        for at, column in enumerate(table.columns):
            sheet.write_string(0, at, column.key, self.header)
        first = list(islice(rows, LOOKED_AT))
        for at, column in enumerate(table.columns):
            sheet.set_column(at, at, _width(column, [row[at] for row in first]))
        writers = [self._writer(sheet, column) for column in table.columns]
        last = 0
        for last, row in enumerate(chain(first, rows), 1):
            for at, value in enumerate(row):
                if value is not None:
                    writers[at](last, at, value)
        _lay_out(sheet, wide=True)
        sheet.autofilter(0, 0, max(last, 1), len(table.columns) - 1)

    def _writer(self, sheet: Any, column: Column) -> Write:  # noqa: ANN401
        """How a value of the column is written, each with the type it has."""
        if column.kind == "text":
            return lambda row, at, value: self._text(sheet, row, at, value)
        form = self.book.add_format({"num_format": _pattern(column)}) if column.kind != "flag" else None
        one: Write = {"date": sheet.write_datetime, "flag": sheet.write_boolean}.get(column.kind, sheet.write_number)
        return lambda row, at, value: one(row, at, value, form)  # type: ignore[call-arg]

    def _text(self, sheet: Any, row: int, at: int, value: str) -> None:  # noqa: ANN401
        form = self.quoted if value.startswith(FORMULA_STARTS) else self.text
        sheet.write_string(row, at, shorten(value), form)

    def _facts(self, facts: tuple[Fact, ...]) -> None:
        words = self.words
        sheet = self.book.add_worksheet(words("Facts"))
        for at, (title, width) in enumerate(((words("Fact"), 26), (words("Value"), VALUE), (words("Key"), 22))):
            sheet.set_column(at, at, width)
            sheet.write_string(0, at, title, self.header)
        for row, fact in enumerate(facts, 1):
            sheet.set_row(row, LINE_PT * lines(str(fact.value)))  # no program makes room for long texts by itself
            sheet.write_string(row, 0, shorten(fact.label), self.top)
            if isinstance(fact.value, int):
                sheet.write_number(row, 1, fact.value, self.count)
            else:
                sheet.write_string(row, 1, shorten(fact.value), self.wrapped)
            sheet.write_string(row, 2, fact.key, self.top)
        _lay_out(sheet, wide=False)


def _lay_out(sheet: Any, *, wide: bool) -> None:  # noqa: ANN401
    """The header stays in sight, on the screen and on every sheet of A4, where all columns have room."""
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_paper(A4)
    if wide:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&A&R&P / &N")


def lines(text: str) -> int:
    """On how many lines of the facts' column a text is written."""
    return min(MOST_LINES, sum(1 + len(line) // VALUE for line in text.split("\n")))


def shorten(text: str) -> str:
    """The text as far as a cell can hold it."""
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"


def _pattern(column: Column) -> str:
    """The number format, as Excel stores it in every language."""
    decimals = "." + "0" * column.digits if column.digits else ""
    return {"whole": "#,##0", "share": f"0{decimals}%", "date": "dd/mm/yyyy"}.get(column.kind, f"#,##0{decimals}")


def _width(column: Column, values: list[Value]) -> float:
    """Wide enough for the header with its filter's arrow, and for nearly all texts."""
    longest = max((len(value) for value in values if isinstance(value, str)), default=0)
    return min(WIDEST, max(NARROWEST, len(column.key) + 4, longest + 1, 11 if column.kind == "date" else 0))


FORMAT = Format(
    "xlsx",
    N_("Excel table"),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xlsx",
    "table",
    write,
)
