"""A table whose rows the browser sorts by the column whose head is pressed (assets/ranking.js). Knows no panel."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from dash import html
from dash.development.base_component import Component

from dashboard.components.attributes import attributes
from dashboard.components.table import Cell

Direction = Literal["ascending", "descending"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: what it is called, what is said of it on pointing, and which way it is sorted first (None: never)."""

    label: str
    key: str
    said: str = ""
    first: Direction | None = "descending"


@dataclass(frozen=True, slots=True)
class Value:
    """A cell and what it is sorted by; where that is None the row comes last, whichever way."""

    shown: Cell
    by: float | str | None = None
    said: str = ""
    look: str = ""
    style: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Row:
    """The first of the values is the row's name."""

    values: Sequence[Value]
    look: str = ""


def sortable(name: str, caption: str, headings: Sequence[Heading], rows: Iterable[Row], *, by: str) -> html.Table:
    """The table as it comes: sorted by column ``by``. ``name`` is what the browser remembers another order under."""
    return html.Table(
        [
            html.Caption(caption, className="unseen"),
            html.Thead(html.Tr([_head(each, sorted_by=each.key == by) for each in headings])),
            html.Tbody([_row(headings, row, place) for place, row in enumerate(rows)]),
        ],
        className=f"ranking-table sortable {name}",
        **attributes(data_sortable=name),
    )


def _head(heading: Heading, *, sorted_by: bool) -> html.Th:
    said = {"aria_sort": str(heading.first)} if sorted_by else {}
    label: Cell = heading.label
    if heading.first is not None:
        how = attributes(data_sort=heading.key, data_first=heading.first)
        label = html.Button(heading.label, type="button", className="sort", title=heading.said or None, **how)
    return html.Th(label, scope="col", className=heading.key, **attributes(**said))


def _row(headings: Sequence[Heading], row: Row, place: int) -> html.Tr:
    first, *others = row.values
    cells: list[Component] = [html.Th(first.shown, scope="row", className=headings[0].key, **_told(first))]
    cells += [
        html.Td(value.shown, className=f"{heading.key} {value.look}".strip(), **_told(value))
        for heading, value in zip(headings[1:], others, strict=True)
    ]
    return html.Tr(cells, className=row.look, **attributes(data_place=str(place)))


def _told(value: Value) -> dict[str, Any]:
    by = "" if value.by is None else "Infinity" if value.by == float("inf") else str(value.by)
    told: dict[str, Any] = attributes(data_sort_value=by)
    if value.said:
        told["title"] = value.said
    if value.style:
        told["style"] = value.style
    return told
