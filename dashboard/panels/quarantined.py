"""The rows that were put aside: how many for which reason, the first to mend, and all as a file."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.components.card import card
from dashboard.components.table import Cell, Column, table
from dashboard.panels import Panel, follow
from dashboard.reading import Reading
from dashboard.reasons import say_reason
from geodata.tables import QuarantinedRow

MOST = 50


def render(reading: Reading) -> list[Component]:
    """Reasons with their numbers, then the first rows as the file and the message name them."""
    words, whole = reading.words, reading.answers.reconciliation(reading.scope)
    if not whole.quarantined:
        return [html.P(words("No row was put aside"), className="empty")]
    reasons = [
        html.Li([html.Strong(words.number(n)), f" {say_reason(reason, words)}"]) for reason, n in whole.reasons.items()
    ]
    rows = reading.answers.waiting(reading.scope, MOST)
    facts = {"n": words.number(len(rows)), "all": words.number(whole.outstanding)}
    shown = words("the first {n} of {all} rows that wait to be mended", **facts)
    download = html.A(words("All as CSV"), href=f"/quarantine.csv?lang={words.language}", className="pick", download="")
    return [
        html.Ul(reasons, className="reasons"),
        html.Div([download], className="downloads"),
        *([_rows(reading, rows)] if rows else []),
        *([html.P(shown, className="hint")] if whole.outstanding > len(rows) else []),
    ]


def _rows(reading: Reading, rows: tuple[QuarantinedRow, ...]) -> Component:
    words = reading.words
    heads = {"File": False, "Sheet": False, "Row": True, "Column": False, "What is wrong": False}
    if not any(row.sheet for row in rows):
        del heads["Sheet"]
    columns = [Column(words(head), number=number) for head, number in heads.items()]
    cells = [_cells(reading, row, sheet="Sheet" in heads) for row in rows]
    return table(words("Rows that wait to be mended"), columns, cells)


def _cells(reading: Reading, row: QuarantinedRow, *, sheet: bool) -> list[Cell]:
    # A row's number is an address, not a quantity: no thousands dot.
    return [row.file, *([row.sheet] if sheet else []), str(row.row), row.column, reading.words.error(row)]


def layout(reading: Reading) -> html.Section:
    """The place of the list."""
    return card(reading.words("What was put aside"), html.Div(render(reading), id=ids.QUARANTINED))


PANEL = Panel(layout, follow(ids.QUARANTINED, render))
