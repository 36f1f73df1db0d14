"""A table of numbers with named columns, that scrolls by itself where it is wider or longer than its card."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from dashboard.components.attributes import attributes

Cell = str | Component


@dataclass(frozen=True, slots=True)
class Column:
    """A column's head, and whether it holds numbers."""

    head: Cell
    number: bool = True


def table(caption: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]], *, total: bool = False) -> html.Div:
    """Each row begins with its name. ``total`` marks the last row as the sum; ``caption`` is for those who listen."""
    head = html.Tr([html.Th(each.head, scope="col", className=_kind(each)) for each in columns])
    cells = list(rows)
    body = [_row(columns, row, total=total and row is cells[-1]) for row in cells]
    made = html.Table(
        [html.Caption(caption, className="unseen"), html.Thead(head), html.Tbody(body)], className="data-table"
    )
    return html.Div(made, className="table-box", tabIndex=0, role="region", **attributes(aria_label=caption))


def _row(columns: Sequence[Column], row: Sequence[Cell], *, total: bool) -> html.Tr:
    first, *others = row
    cells = [_cell(column, cell) for column, cell in zip(columns[1:], others, strict=True)]
    return html.Tr([html.Th(first, scope="row"), *cells], className="total" if total else "")


def _cell(column: Column, cell: Cell) -> html.Td:
    # On a phone a style sheet may stand cells one under another: each then needs its column's name beside it.
    label = {"data_label": column.head} if isinstance(column.head, str) else {}
    return html.Td(cell, className=_kind(column), **attributes(**label))


def _kind(column: Column) -> str:
    return "number" if column.number else ""
