"""Reads delimited text (.csv, .tsv, .txt, also gzipped) into raw cells. Knows encodings and separators, no fields."""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from pyarrow import csv as arrow_csv

from geodata.errors import FileRefusedError
from geodata.ingest.letters.encoding import LARGEST_TEXT, utf8
from geodata.ingest.opening.header import SEARCHED_ROWS, FoundHeader, find_header
from geodata.ingest.opening.sheets import check_width
from geodata.ingest.raw import Extract, Fault, Reader, Request
from geodata.ingest.sums import total_of_line
from geodata.ingest.wording import shown

SEPARATORS = (",", ";", "\t", "|")
LONGEST_RECORD = 200  # lines; a longer one is a quotation mark never closed, which would swallow rows in silence
_LONGEST_HEADER = 1 << 18
_BLOCK = 1 << 26  # bytes parsed at a time: nearly every file is one, whose columns come in one piece
_LONGEST_LINE = 1 << 17  # of a header; csv takes no longer cell


@dataclass(frozen=True, slots=True)
class _Layout:
    """How the text is laid out: separator, header, where the data begins (byte) and after how many lines."""

    separator: str
    columns: tuple[str, ...]
    offset: int
    lines: int


def read(path: Path, request: Request) -> Iterator[Extract]:
    """Yield the file's one table. Raises FileRefusedError where it is too large, not Unicode or not a table."""
    if request.sheet is not None:
        raise FileRefusedError("«{file}» has no sheets: leave --sheet out", file=path.name)
    text = utf8(_bytes(path), file=path.name)
    payload = text.payload
    layout = _layout(payload, request, file=path.name)
    data = pa.py_buffer(payload).slice(layout.offset)
    if data.size == 0:
        empty = pa.table({str(i): pa.array([], pa.string()) for i in range(len(layout.columns))})
        yield replace(_table(empty, layout, [], path, 0), findings=text.findings)
        return
    quoted = b'"' in payload  # where nothing is, no cell holds a line break, and lines are told apart sooner
    table, ragged = _parse(data, layout, quoted=quoted, threads=True, file=path.name)
    if ragged:  # only one thread can tell the line numbers
        table, ragged = _parse(data, layout, quoted=quoted, threads=False, file=path.name)
    found = _table(table, layout, ragged, path, payload.count(b"\n", layout.offset))
    yield replace(found, findings=text.findings)


def _bytes(path: Path) -> bytes:
    if path.suffix.lower() != ".gz":
        size = path.stat().st_size
        if size > LARGEST_TEXT:
            _refuse_size(path)
        return path.read_bytes()
    try:
        with gzip.open(path) as stream:
            payload = stream.read(LARGEST_TEXT + 1)
    except (OSError, EOFError, zlib.error):
        raise FileRefusedError("«{file}» is a broken gzip file: copy it again", file=path.name) from None
    if len(payload) > LARGEST_TEXT:
        _refuse_size(path)
    return payload


def _refuse_size(path: Path) -> None:
    raise FileRefusedError(
        "«{file}» is larger than {limit} MB. Split it by year and load the parts one after the other",
        file=path.name, limit=LARGEST_TEXT >> 20,
    )  # fmt: skip


def _layout(payload: bytes, request: Request, *, file: str) -> _Layout:
    """The separator under which most headers are known, then the one with most cells in the header."""
    cut = payload[:_LONGEST_HEADER]
    _refuse_endless_line(cut[:_LONGEST_LINE], file)
    sample = cut.decode("utf-8", errors="ignore").removeprefix("\ufeff")
    mark = 3 if payload.startswith(b"\xef\xbb\xbf") else 0
    candidates = []
    for separator in SEPARATORS:
        rows, ends = _first_rows(sample, separator)
        header = find_header(rows, request.headers)
        width = len(header.columns)
        steady = sum(1 for row in rows[header.data_from :] if len(row) == width)
        candidates.append((header.score, width > 1, steady, width, separator, header, ends))
    _, _, _, _, separator, header, ends = max(candidates, key=lambda one: one[:4])
    if not any(header.columns):
        raise FileRefusedError("«{file}» holds no table: its first lines are blank", file=file)
    check_width(len(header.columns), file=file)
    lines, characters = ends[header.data_from - 1]
    return _Layout(separator, _stripped(header), mark + len(sample[:characters].encode()), lines)


def _refuse_endless_line(head: bytes, file: str) -> None:
    if len(head) < _LONGEST_LINE or b"\n" in head or b"\r" in head:
        return
    if any(separator.encode() in head for separator in SEPARATORS):
        raise FileRefusedError(
            "«{file}» is no table: there is no line break in its first {size} bytes. Save the table anew as CSV UTF-8",
            file=file, size=len(head),
        )  # fmt: skip
    raise FileRefusedError(
        "«{file}» is no table: there is no line break and no separator (comma, semicolon, tab) in its first {size} "
        "bytes. Save the table anew as CSV UTF-8",
        file=file, size=len(head),
    )  # fmt: skip


def _stripped(header: FoundHeader) -> tuple[str, ...]:
    return tuple(column.strip() for column in header.columns)


def _first_rows(sample: str, separator: str) -> tuple[list[list[str]], list[tuple[int, int]]]:
    """The first records, and for each the lines and characters read when it ended."""
    rows: list[list[str]] = []
    ends: list[tuple[int, int]] = []
    consumed = 0

    def lines() -> Iterator[str]:
        nonlocal consumed
        for line in io.StringIO(sample, newline=""):
            consumed += len(line)
            yield line

    reader = csv.reader(lines(), delimiter=separator)
    try:
        for row in reader:
            rows.append(row)
            ends.append((reader.line_num, consumed))
            if len(rows) >= SEARCHED_ROWS:
                break
    except csv.Error:  # a cell of more than 128 KB: what came before is enough to judge by
        pass
    return (rows, ends) if rows else ([[]], [(1, consumed)])


def _parse(
    data: pa.Buffer, layout: _Layout, *, quoted: bool, threads: bool, file: str
) -> tuple[pa.Table, list[arrow_csv.InvalidRow]]:
    names = [str(position) for position in range(len(layout.columns))]
    ragged: list[arrow_csv.InvalidRow] = []

    def keep_apart(row: arrow_csv.InvalidRow) -> str:
        ragged.append(row)
        return "skip"

    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(data),
            read_options=arrow_csv.ReadOptions(column_names=names, use_threads=threads, block_size=_BLOCK),
            parse_options=arrow_csv.ParseOptions(
                delimiter=layout.separator,
                quote_char='"' if quoted else False,
                newlines_in_values=quoted,
                ignore_empty_lines=False,  # so that every record keeps its line number
                invalid_row_handler=keep_apart,
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                strings_can_be_null=False,
                check_utf8=False,  # the text is UTF-8 by now, and whoever receives it looks again
            ),
        )
    except pa.ArrowInvalid as error:
        raise FileRefusedError(
            "«{file}» cannot be read as a table separated by «{separator}»: {detail}. Save it anew as CSV UTF-8",
            file=file, separator=layout.separator.replace("\t", "tab"), detail=str(error)[:200],
        ) from None  # fmt: skip
    return table, ragged


def _table(table: pa.Table, layout: _Layout, ragged: list[arrow_csv.InvalidRow], path: Path, breaks: int) -> Extract:
    lines, broken_lines = _line_numbers(table, layout, ragged, breaks_inside=breaks > len(table), file=path.name)
    if len(ragged) > max(10, table.num_rows):
        raise FileRefusedError(
            "«{file}», line {line}: {found} cells where the header has {expected}, and so in most lines. A comma in "
            "a number or a text needs quotation marks, or another separator: save it as CSV UTF-8 with «;»",
            file=path.name, line=broken_lines[0], found=ragged[0].actual_columns, expected=ragged[0].expected_columns,
        )  # fmt: skip
    broken = tuple(_broken(row, line, layout) for row, line in zip(ragged, broken_lines, strict=True))
    return Extract("", layout.columns, tuple(table.columns), lines, broken)


def _broken(row: arrow_csv.InvalidRow, line: int, layout: _Layout) -> Fault:
    cells = [cell.strip(' "') for cell in row.text.split(layout.separator)]
    if total := total_of_line(cells):
        return Fault(
            'the row sums up others ("{value}"): it is no incident and stays out. There is nothing to mend',
            line, "", "total_row", {"value": shown(total)},
        )  # fmt: skip
    return Fault(
        "the line has {found} cells, the header {expected}. A separator inside a text needs quotation marks",
        line, "", "ragged_row", {"found": row.actual_columns, "expected": row.expected_columns},
    )  # fmt: skip


def _line_numbers(
    table: pa.Table, layout: _Layout, ragged: list[arrow_csv.InvalidRow], *, breaks_inside: bool, file: str
) -> tuple[NDArray[np.int64], list[int]]:
    """The line in a text editor at which each record begins: cells with line breaks push the later ones down."""
    records = table.num_rows + len(ragged)
    at_broken = np.array([row.number - 1 for row in ragged], dtype=np.int64)
    whole = np.setdiff1d(np.arange(records), at_broken, assume_unique=True)
    breaks = np.zeros(records, dtype=np.int64)
    for column in table.columns if breaks_inside else ():
        breaks[whole] += pc.count_substring(column, "\n").to_numpy()
    breaks[at_broken] += np.array([row.text.count("\n") for row in ragged], dtype=np.int64)
    lines = layout.lines + 1 + np.arange(records) + np.concatenate(([0], np.cumsum(breaks)[:-1])) if records else breaks
    if records and breaks.max() > LONGEST_RECORD:
        raise FileRefusedError(
            "«{file}», line {line}: a quotation mark opens there and is not closed within {limit} lines. Close it or "
            "take it out",
            file=file, line=int(lines[int(np.argmax(breaks))]), limit=LONGEST_RECORD,
        )  # fmt: skip
    return lines[whole], [int(line) for line in lines[at_broken]]


READER = Reader((".csv", ".tsv", ".txt", ".csv.gz", ".tsv.gz", ".txt.gz"), frozenset({"text", "gzip"}), read)
