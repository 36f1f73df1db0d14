"""Settles what the headers leave open by the cells: two columns for one field, a date in pieces, no header at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from geodata.errors import N_
from geodata.ingest.distinct import distinct, texts
from geodata.ingest.headings.columns import DATE_FIELDS, Headers, Matching, made_up, named
from geodata.ingest.headings.looks import Looks
from geodata.ingest.raw import RawTable
from geodata.ingest.wording import text_of
from geodata.tables import Finding

SAMPLED_ROWS: Final = 2_000
_PIECES: Final = ("year", "month", "day")
_BLANK: Final = N_("the columns {columns} both mean the field {field}; «{column}» is read, as the others are blank")
_SAME: Final = N_("the columns {columns} both mean the field {field} and say the same; «{column}» is read")
_DISTINCT: Final = N_("the columns {columns} both hold case numbers; «{column}» is read, which repeats the least")
_SAME_DAYS: Final = N_("the columns {columns} name the same days; «{column}» is read, which says most of the hour")
_TOGETHER: Final = N_("no column holds the date; it is put together from the columns {columns}")
_NO_HEADER: Final = N_("there is no header row: the columns are named «{first}», «{second}» and so on")


def with_first_row(table: RawTable, headers: Headers, looks: Looks) -> tuple[RawTable, tuple[Finding, ...]]:
    """The table with its header as a row, where it is one: no word of it is known, and it holds a date and more."""
    cells = [text_of(cell) for cell in table.columns]
    told = any(looks.is_day(cell) for cell in cells) and any(
        looks.is_category(cell) or looks.is_number(cell) or looks.is_commune(cell) for cell in cells
    )
    if table.points is not None or not told or headers.recognised(table.columns):
        return table, ()
    first = table.first_row - 1 if table.first_row > 1 else 1
    frame = pd.DataFrame(
        {
            place: pd.concat([pd.Series([cell], dtype=table.frame[place].dtype), table.frame[place]], ignore_index=True)
            for place, cell in enumerate(cells)
        }
    )
    rows = np.concatenate([np.array([first], dtype=np.int64), table.rows])
    columns = tuple(made_up(place) for place in range(len(cells)))
    finding = Finding(_NO_HEADER, {"first": made_up(0), "second": made_up(1)})
    return replace(table, columns=columns, frame=frame, rows=rows), (finding,)


def choose(table: RawTable, matching: Matching, looks: Looks) -> tuple[Matching, tuple[Finding, ...]]:
    """One column for each field that several claim, where the cells tell which. Others stay doubled."""
    fields, doubled, findings = dict(matching.fields), dict(matching.doubled), []
    dropped = list(matching.dropped)
    for name, positions in matching.doubled.items():
        chosen = _chosen(table, name, positions, looks)
        if chosen is None:
            continue
        at, finding = chosen
        fields[name] = at
        del doubled[name]
        dropped += [table.columns[position] for position in positions if position != at]
        findings.append(finding)
    settled = replace(matching, fields=fields, doubled=doubled, dropped=tuple(dropped))
    return settled, tuple(findings)


def _chosen(table: RawTable, name: str, positions: Sequence[int], looks: Looks) -> tuple[int, Finding] | None:
    facts = {"columns": named(positions, table.columns), "field": name}

    def found(at: int, template: str) -> tuple[int, Finding]:
        return at, Finding(template, {**facts, "column": table.columns[at].strip()})

    cells = {position: texts(table.frame[position]) for position in positions}
    filled = [position for position in positions if (cells[position] != "").any()]
    if len(filled) < 2:
        return found((filled or positions)[0], _BLANK)
    if all((cells[position] == cells[filled[0]]).all() for position in filled[1:]):
        return found(filled[0], _SAME)
    if name == "id":
        return found(max(filled, key=lambda position: len(distinct(cells[position])[0])), _DISTINCT)
    if name in DATE_FIELDS and _same_days([cells[position] for position in filled], looks):
        finest = max(filled, key=lambda position: int(cells[position].iloc[:SAMPLED_ROWS].str.contains(":").sum()))
        return found(finest, _SAME_DAYS)
    return None


def _same_days(columns: Sequence[pd.Series], looks: Looks) -> bool:
    """Whether all rows of a sample name one day in every column that is not blank there."""
    rows = zip(*(column.iloc[:SAMPLED_ROWS].tolist() for column in columns), strict=True)
    days = [{looks.day(text) for text in row if text} for row in rows]
    return all(len(named) < 2 and None not in named for named in days)


def put_together(table: RawTable, matching: Matching) -> tuple[RawTable, Matching, tuple[Finding, ...]]:
    """With a column for the date where year, month (and day) stand in columns of their own and no other date does."""
    parts = matching.parts
    if any(name in matching.fields for name in DATE_FIELDS) or not {"year", "month"} <= set(parts):
        return table, matching, ()
    used = [parts[name] for name in _PIECES if name in parts]
    dates = _joined([table.frame[position] for position in used], "-")
    fields = {**matching.fields, "occurred": len(table.columns)}
    frame = table.frame.assign(date=dates)
    columns = [*table.columns, "-".join(table.columns[position].strip() for position in used)]
    if "minute" in parts and "hour" in fields:
        frame = frame.assign(clock=_joined([table.frame[fields["hour"]], table.frame[parts["minute"]]], ":"))
        columns.append(":".join(table.columns[position].strip() for position in (fields["hour"], parts["minute"])))
        fields["hour"] = len(columns) - 1
    frame.columns = pd.RangeIndex(len(columns))
    finding = Finding(_TOGETHER, {"columns": named(used, table.columns)})
    return replace(table, columns=tuple(columns), frame=frame), replace(matching, fields=fields), (finding,)


def _joined(columns: Sequence[pd.Series], mark: str) -> pd.Series:
    """The columns' numbers in two digits or more, joined; blank where one of them is."""
    cells = [texts(column) for column in columns]
    blank = np.logical_or.reduce([np.array(column == "", dtype=bool) for column in cells])
    whole = cells[0].str.zfill(2)
    for column in cells[1:]:
        whole = whole + mark + column.str.zfill(2)
    return whole.mask(blank, "")
