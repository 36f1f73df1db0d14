"""An uploaded file as it was tried: what would be kept, what was understood, what to decide. Markup only."""

from __future__ import annotations

from collections.abc import Sequence

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.components.act import act
from dashboard.components.attributes import attributes
from dashboard.components.decided import ORDERS, field_name
from dashboard.components.drop import cancel
from dashboard.components.wordings import ask_meaning
from dashboard.decisions import NONE
from dashboard.held_files import AnyStaged
from dashboard.staging import Staged
from dashboard.words import N_, Words
from geodata.ingest.headings.dictionary import FIELDS
from geodata.ingest.preview import Preview, SheetPreview
from geodata.ingest.quarantine import each_fault
from geodata.tables import QuarantinedRow
from geodata.vocabulary import Category
from geodata.warehouse.incoming import FileResult

HOW = {
    "dictionary": N_("by its header"),
    "mapping": N_("as you chose"),
    "content": N_("by what it holds"),
    "remembered": N_("as last time"),
    "part": N_("goes with another column"),
    "personal": N_("about people: stays out"),
    "not kept": N_("not kept"),
}


def show(staged: Staged, words: Words, categories: Sequence[Category]) -> list[Component]:
    """The staged file as it was tried last, or what became of it.

    Every part has its place even where it is empty, so that the control somebody just used stays where it is.
    """
    if staged.phase == "stored" and staged.result is not None:
        return [html.Div(_stored(staged.result, words), role="status", className="trial-part")]
    told = [html.P(words.error(staged.error), className="refusal", role="alert")] if staged.error is not None else []
    if staged.trial is None:
        close = html.Div(act(ids.TRIAL_ACT, "discard", words("Close")), className="acts")
        return [html.H3(staged.name), *told, *([close] if staged.phase == "failed" else [])]
    preview, result = staged.trial.preview, staged.trial.result
    given = staged.recipe.categories
    unknown = ask_meaning(preview.wordings, given, words=words, categories=categories, kind=ids.TRIAL_ANSWER)
    return [
        html.H3(staged.name),
        html.Div([*told, *_outcome(result, words)]),
        html.Div(unknown),
        html.Div([_sheet(number, sheet, words) for number, sheet in enumerate(preview.sheets)], className="trial-part"),
        _decisions(staged, preview, words),
        html.Div(_aside(preview, result, words), className="trial-part"),
        _acts(staged, words),
    ]


def wait(staged: AnyStaged, seconds: float, words: Words) -> list[Component]:
    """That the file is being read or loaded, and for how long; reading can be stopped. Seconds are not read aloud."""
    storing = staged.phase == "storing"
    text = words("Loading «{file}» …", file=staged.name) if storing else words("Reading «{file}» …", file=staged.name)
    gone = words("{n} s", n=words.number(int(seconds))) if seconds >= 1 else ""
    told: list[Component] = [html.Span(text), html.Span(f" {gone} ", **attributes(aria_hidden="true"))]
    return told if storing else [*told, cancel(words)]


def _outcome(result: FileResult, words: Words) -> list[Component]:
    n = words.number
    if result.status == "refused":
        return [html.P(words(result.template, **result.facts), className="refusal", role="alert")]
    if result.status == "already_loaded":
        return [html.P(words(result.template, **result.facts))]
    lines = [
        html.Strong(
            words(
                "{read} rows read = {kept} kept + {aside} put aside",
                read=n(result.read), kept=n(result.kept), aside=n(result.quarantined),
            )
        ),
        html.P(
            words(
                "Of those kept: {points} with a point, {areas} known to their area only, {none} without a place",
                points=n(result.with_point), areas=n(result.area_only), none=n(result.unplaced),
            )
        ),
    ]  # fmt: skip
    found = [html.Li(words(finding.template, **finding.facts)) for finding in result.findings]
    return [html.Div(lines), html.Ul(found, className="findings")] if found else [html.Div(lines)]


def _sheet(number: int, sheet: SheetPreview, words: Words) -> html.Div:
    """The first rows below their headers; over each column, what it is read as."""
    options = [{"label": words("not kept"), "value": NONE}, *_fields(words)]
    heads, choices, hows = [], [], []
    for place, column in enumerate(sheet.columns):
        out = "out" if not column.field else ""
        heads.append(html.Th(column.title or "–", className=out))
        hows.append(html.Th(words(HOW[column.how]), className=f"hint {out}"))
        label = words("What «{header}» is read as", header=column.header)
        select = dbc.Select(
            id={"type": ids.TRIAL_FIELD, "sheet": number, "column": place},
            options=options,
            value=column.field or NONE,
            disabled=column.how == "personal",
        )
        choices.append(html.Th(html.Label(select, **attributes(aria_label=label))))
    classes = ["" if column.field else "out" for column in sheet.columns]
    rows = [
        html.Tr(
            [html.Th(str(row)), *(html.Td(cell, className=kind) for cell, kind in zip(cells, classes, strict=True))]
        )
        for row, cells in sheet.rows
    ]
    title = words("Columns of sheet «{sheet}»", sheet=sheet.sheet) if sheet.sheet else words("Columns")
    lines = [html.Tr([html.Th(said), *cells]) for said, cells in ((words("Row"), heads), ("", choices), ("", hows))]
    table = html.Table([html.Thead(lines), html.Tbody(rows)])
    return html.Div(
        [
            html.H3(title),
            html.Div(table, className="preview", tabIndex="0", role="region", **attributes(aria_label=title)),
        ]
    )


def _fields(words: Words) -> list[dict[str, str]]:
    return [{"label": field_name(name, words), "value": name} for name in FIELDS if name != "origin"]


def _decisions(staged: Staged, preview: Preview, words: Words) -> html.Div:
    recipe = staged.recipe
    free = {"label": words("as the file shows"), "value": NONE}
    orders = [free, *({"label": words(label), "value": order} for order, label in ORDERS.items())]
    known = {**({recipe.crs: recipe.crs} if recipe.crs else {}), **preview.systems}
    systems = [free, *({"label": f"{name} ({code})", "value": code} for code, name in known.items())]
    swapped = [{"label": words("no"), "value": NONE}, {"label": words("yes"), "value": "yes"}]
    return html.Div(
        [
            _choice(words("Order of dates"), "order", orders, recipe.date_order or NONE),
            _choice(words("Coordinate system"), "crs", systems, recipe.crs or NONE),
            _choice(words("Exchange the two coordinates"), "swapped", swapped, "yes" if recipe.swapped else NONE),
        ],
        className="decisions",
    )


def _choice(label: str, of: str, options: list[dict[str, str]], value: str) -> html.Label:
    return html.Label([label, dbc.Select(id={"type": ids.TRIAL_CHOICE, "of": of}, options=options, value=value)])


def _aside(preview: Preview, result: FileResult, words: Words) -> list[Component]:
    """The first rows that would be put aside, and the first that would be kept and yet need a look."""
    parts: list[Component] = []
    for title, rows, n in (
        (words("Rows that would be put aside"), preview.aside, result.quarantined),
        (words("Rows that would be kept, and yet need a look"), preview.remarks, sum(result.remarks.values())),
    ):
        if rows:
            lines = [html.Li(line) for line in _told(rows, words)]
            shown = words("the first {n} of {all}", n=words.number(len(rows)), all=words.number(n))
            more = [html.P(shown, className="hint")] if n > len(rows) else []
            parts.append(html.Div([html.H3(title), html.Ul(lines, className="findings"), *more]))
    return parts


def _told(rows: Sequence[QuarantinedRow], words: Words) -> list[str]:
    """Every fault of the rows; where several rows have the same one, they share a line."""
    found: dict[tuple[str, str, str], list[int]] = {}
    for row in rows:
        for fault in each_fault(row):
            found.setdefault((fault.sheet, fault.column, words.error(fault)), []).append(fault.row)
    return [f"{_where(sheet, column, at, words)}: {said}" for (sheet, column, said), at in found.items()]


def _where(sheet: str, column: str, rows: Sequence[int], words: Words) -> str:
    where = [words("sheet «{sheet}»", sheet=sheet)] if sheet else []
    if len(rows) == 1:
        where.append(words("row {row}", row=rows[0]))
    else:
        where.append(words("rows {rows}", rows=", ".join(map(str, rows))))
    if column:
        where.append(words("column «{column}»", column=column))
    return ", ".join(where)


def _stored(result: FileResult, words: Words) -> list[Component]:
    if result.status != "loaded":
        said = words("«{file}» was loaded before; nothing was added.", file=result.file)
    else:
        said = words("«{file}» is loaded, and all figures on this page count it.", file=result.file)
    return [
        html.P(html.Strong(said)),
        *_outcome(result, words),
        html.Div(act(ids.TRIAL_ACT, "discard", words("Close")), className="acts"),
    ]


def _acts(staged: Staged, words: Words) -> html.Div:
    ready = staged.phase == "tried" and staged.trial is not None and staged.trial.result.status == "loaded"
    return html.Div(
        [
            act(ids.TRIAL_ACT, "load", words("Load into the system"), first=True, disabled=not ready),
            act(ids.TRIAL_ACT, "discard", words("Throw this file away")),
        ],
        className="acts",
    )
