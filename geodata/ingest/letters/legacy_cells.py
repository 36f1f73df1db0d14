"""Brings cells typed with a .Vn or VNI font to proper Unicode, column by column. Knows no field and changes no file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from geodata.errors import N_
from geodata.ingest.letters.legacy import code_of, rewrite, vietnamese, words_of
from geodata.ingest.letters.legacy_tables import Code, bytes_of
from geodata.ingest.raw import RawTable
from geodata.tables import Finding


def decode_cells(table: RawTable) -> RawTable:
    """The table with headers and cells in proper Unicode, and a Finding for each code that was converted.

    The words of a column decide for it, those of the whole table for a column with too few. Nothing changes where the
    text is ASCII or already proper Vietnamese; numbers and dates are never looked at.
    """
    foreign = {position: _not_ascii(table.frame[position]) for position in range(len(table.columns))}
    headers = [header for header in table.columns if not header.isascii()]
    if not headers and not any(foreign.values()):
        return table
    whole = code_of([*headers, *(text for texts in foreign.values() for text in texts)])
    codes = {position: code for position, texts in foreign.items() if (code := _code(texts, whole))}
    header_code = _code(headers, whole)
    if not codes and header_code is None:
        return table
    frame = table.frame.copy(deep=False)
    for position, code in codes.items():
        spelled = {text: rewrite(text, code) for text in foreign[position]}
        frame[position] = _respelled(frame[position], spelled)
    columns = tuple(rewrite(header, header_code) if header_code else header for header in table.columns)
    return replace(table, columns=columns, frame=frame, findings=(*table.findings, *_findings(codes, columns)))


def _not_ascii(column: pd.Series) -> list[str]:
    """The column's distinct texts that are not ASCII. One vector pass says of most columns that there are none."""
    if isinstance(column.dtype, pd.StringDtype):
        cells = pa.Table.from_pandas(column.to_frame("text"), preserve_index=False).column(0)
        plain = pc.fill_null(pc.string_is_ascii(cells), True)
        return [] if pc.all(plain).as_py() in (True, None) else cells.filter(pc.invert(plain)).unique().to_pylist()
    if column.dtype != object:
        return []
    return list(dict.fromkeys(cell for cell in column if isinstance(cell, str) and not cell.isascii()))


def _code(texts: Sequence[str], whole: Code | None) -> Code | None:
    """The code of a column (or of the headers): its own words decide, else those of the table where they agree."""
    if not texts:
        return None
    if code := code_of(texts):
        return code
    if whole is None:
        return None
    words = words_of(texts)
    so, as_it_stands = vietnamese(words, whole), vietnamese(words, Code.WESTERN)
    proper = any(bytes_of(text) is None for text in texts)  # letters that only Unicode has
    return whole if so > as_it_stands or (so == as_it_stands and not proper) else None


def _respelled(column: pd.Series, spelled: dict[str, str]) -> pd.Series:
    cells = [spelled.get(cell, cell) if isinstance(cell, str) else cell for cell in column]
    return pd.Series(cells, index=column.index, dtype=column.dtype)


def _findings(codes: dict[int, Code], columns: Sequence[str]) -> list[Finding]:
    template = N_(
        "the letters in {columns} were typed in {encoding}, an older code of Vietnamese letters: they were converted. "
        "Please compare the names"
    )
    return [
        Finding(
            template,
            {"columns": _named([at for at, own in codes.items() if own is code], columns), "encoding": code.value},
        )
        for code in dict.fromkeys(codes.values())
    ]


def _named(positions: Sequence[int], columns: Sequence[str]) -> str:
    return ", ".join(f"«{columns[position].strip()}»" for position in positions)[:300]
