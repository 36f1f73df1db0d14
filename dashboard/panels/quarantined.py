"""The rows that were put aside: how many for which reason, the first to mend, and the ways to mend them."""

from __future__ import annotations

from typing import Any

from dash import ALL, Dash, Input, Output, State, ctx, html, no_update
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from dashboard import ids
from dashboard.asker import Need
from dashboard.components.card import card
from dashboard.components.glossary import about
from dashboard.components.table import Cell, Column, table
from dashboard.components.wordings import answered, ask_meaning
from dashboard.emptiness import rows_not_open
from dashboard.keeping import Keeper, keeper
from dashboard.panels import Panel, follow
from dashboard.reading import Reading, read
from dashboard.reasons import say_reason
from geodata.answers.answers import Answers
from geodata.errors import DiemNongError
from geodata.tables import QuarantinedRow

MOST = 50


def render(reading: Reading) -> list[Component]:
    """Reasons with their numbers, how to mend, then the first rows as the file and the message name them."""
    if not reading.scope.whole:
        return [rows_not_open(reading)]
    words, whole = reading.words, reading.answers.reconciliation(reading.scope)
    if not whole.quarantined:
        return [html.P(words("No row was put aside"), className="empty")]
    reasons = [
        html.Li([html.Strong(words.number(n)), f" {say_reason(reason, words)}"]) for reason, n in whole.reasons.items()
    ]
    rows = reading.answers.waiting(reading.scope, MOST)
    facts = {"n": words.number(len(rows)), "all": words.number(whole.outstanding)}
    shown = words("the first {n} of {all} rows that wait to be mended", **facts)
    return [
        html.Ul(reasons, className="reasons"),
        *_downloads(reading, waiting=whole.outstanding > 0),
        *_unknown(reading),
        *([_rows(reading, rows)] if rows else []),
        *([html.P(shown, className="hint")] if whole.outstanding > len(rows) else []),
    ]


def _downloads(reading: Reading, *, waiting: bool) -> list[Component]:
    words, lang = reading.words, reading.words.language
    csv = html.A(words("All as CSV"), href=f"/quarantine.csv?lang={lang}", className="pick", download="")
    if not waiting or keeper() is None:
        return [html.Div([csv], className="downloads")]
    href = f"/quarantine.xlsx?lang={lang}"
    xlsx = html.A(words("To mend, as Excel"), href=href, className="pick", download="")
    how = words("Mend the yellow cells in Excel and load the file above: each row takes the place of the one it mends.")
    return [html.Div([xlsx, csv], className="downloads"), html.P(how, className="hint")]


def _unknown(reading: Reading) -> list[Component]:
    """Wordings that one answer settles, with a button for the answers chosen."""
    words, keeping = reading.words, keeper()
    unknown = keeping.wordings() if keeping is not None else ()
    if not unknown:
        return []
    categories = reading.snapshot.profile.category_list()
    asked = ask_meaning(unknown, {}, words=words, categories=categories, kind=ids.SETTLE_AS)
    button = html.Button(words("Count these rows"), id=ids.SETTLE, type="button", className="act")
    return [html.Div([*asked, html.Div(button, className="acts")], className="settle")]


def _rows(reading: Reading, rows: tuple[QuarantinedRow, ...]) -> Component:
    words = reading.words
    heads = {words("File"): False, words("Sheet"): False, words("Row"): True, words("Column"): False}
    if not any(row.sheet for row in rows):
        del heads[words("Sheet")]
    columns = [Column(head, number=number) for head, number in heads.items()]
    columns.append(Column(words("What is wrong"), number=False))
    cells = [_cells(reading, row, sheet=words("Sheet") in heads) for row in rows]
    return table(words("Rows that wait to be mended"), columns, cells)


def _cells(reading: Reading, row: QuarantinedRow, *, sheet: bool) -> list[Cell]:
    # A row's number is an address, not a quantity: no thousands dot.
    return [row.file, *([row.sheet] if sheet else []), str(row.row), row.column, reading.words.error(row)]


def layout(reading: Reading) -> html.Section:
    """The place of the list, and of what came of an answer."""
    return card(
        reading.words("What was put aside"),
        html.Div(id=ids.SETTLED, role="status", className="said"),
        html.Div(render(reading), id=ids.QUARANTINED),
        about=about(reading.view, "put_aside", reading.words),
    )


def register(app: Dash, answers: Answers) -> None:
    """The list follows the data; chosen meanings are settled at a press."""
    follow(ids.QUARANTINED, render)(app, answers)

    @app.callback(
        Output(ids.SETTLED, "children"),
        Output(ids.HELD, "data", allow_duplicate=True),
        Input(ids.SETTLE, "n_clicks"),
        State({"type": ids.SETTLE_AS, "wording": ALL}, "value"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )
    def settle(clicks: object, _chosen: object, search: str | None) -> tuple[Any, Any]:
        keeping = keeper()
        if keeping is None or isinstance(clicks, bool) or not isinstance(clicks, int) or clicks < 1:
            raise PreventUpdate
        reading = read(search, answers)
        chosen = answered(ctx.states_list[0] if ctx.states_list else None)
        if not chosen:
            return html.P(reading.words("Choose what a wording means first.")), no_update
        return _settle(chosen, keeping, reading)


def _settle(chosen: dict[str, str], keeping: Keeper, reading: Reading) -> tuple[list[Component], object]:
    words, said = reading.words, []
    waiting = {each.wording: each.rows for each in keeping.wordings()}
    for wording, key in chosen.items():
        if wording not in waiting:
            continue  # answered from another page by now
        try:
            n = keeping.settle(wording, key)
        except DiemNongError as error:
            said.append(words.error(error))
            continue
        numbers = {"n": words.number(n), "all": words.number(waiting[wording])}
        said.append(words("«{wording}»: {n} of {all} rows count now", wording=wording, **numbers))
        if n < waiting[wording]:
            said.append(words("The others have something else wrong besides."))
    return [html.P(line) for line in said], reading.answers.snapshot.generation


PANEL = Panel(layout, register, Need.LOADING)
