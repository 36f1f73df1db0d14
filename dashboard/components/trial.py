"""An uploaded file as it was tried: what would be kept, what was understood, what to decide. Markup only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.components.attributes import attributes
from dashboard.decisions import NONE
from dashboard.staging import Staged
from dashboard.words import N_, Words
from geodata.ingest.headings.dictionary import FIELDS, heading
from geodata.ingest.preview import Preview, SheetPreview
from geodata.tables import QuarantinedRow
from geodata.vocabulary import Category
from geodata.warehouse.incoming import FileResult

MOST_ASIDE = 12
MOST_WORDINGS = 20
HOW = {
    "dictionary": N_("by its header"),
    "mapping": N_("as you chose"),
    "content": N_("by what it holds"),
    "remembered": N_("as last time"),
    "part": N_("goes with another column"),
    "personal": N_("about people: stays out"),
    "not kept": N_("not kept"),
}
SYSTEMS = (
    ("EPSG:4326", "WGS 84"),
    ("EPSG:9209", "VN-2000 105°30'"),
    ("EPSG:9210", "VN-2000 105°45'"),
    ("EPSG:32648", "UTM 48N"),
    ("EPSG:3405", "VN-2000 UTM 48N"),
)


def show(staged: Staged, words: Words, categories: Sequence[Category]) -> list[Component]:
    """The staged file in whatever state it is."""
    match staged.phase:
        case "reading":
            return [_busy(words("Reading «{file}» …", file=staged.name))]
        case "storing":
            return [_busy(words("Loading «{file}» …", file=staged.name))]
    if staged.phase == "stored" and staged.result is not None:
        return [html.Div(_stored(staged.result, words), className="trial", role="status")]
    parts: list[Component] = [html.H3(staged.name)]
    if staged.error is not None:
        parts.append(html.P(words.error(staged.error), className="refusal", role="alert"))
    if staged.trial is not None:
        preview, result = staged.trial.preview, staged.trial.result
        parts += _outcome(result, words)
        parts += _wordings(preview.aside, words, categories)
        parts += [_sheet(number, sheet, words) for number, sheet in enumerate(preview.sheets)]
        parts.append(_decisions(staged, words))
        parts += _aside(preview, words)
    parts.append(_acts(staged, words))
    return [html.Div(parts, className="trial")]


def _busy(text: str) -> html.P:
    return html.P(text, role="status", className="hint")


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
    return html.Div([html.H3(title), html.Div(table, className="preview", tabIndex="0")])


def _fields(words: Words) -> list[dict[str, str]]:
    vietnamese = words.language == "vi"
    return [
        {"label": heading(name) if vietnamese else name.replace("_", " ").capitalize(), "value": name}
        for name in FIELDS
        if name != "origin"
    ]


def _decisions(staged: Staged, words: Words) -> html.Div:
    recipe = staged.recipe
    orders = [
        {"label": words("as the file shows"), "value": NONE},
        {"label": words("day first (31/12/2025)"), "value": "dmy"},
        {"label": words("month first (12/31/2025)"), "value": "mdy"},
    ]
    known = dict(SYSTEMS) | ({recipe.crs: recipe.crs} if recipe.crs else {})
    systems = [{"label": words("as the file shows"), "value": NONE}]
    systems += [{"label": f"{name} ({code})", "value": code} for code, name in known.items()]
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


def _wordings(rows: Sequence[QuarantinedRow], words: Words, categories: Sequence[Category]) -> list[Component]:
    """Wordings of the category that nobody knows yet: one answer settles all rows alike."""
    unknown = Counter(str(row.facts.get("value", "")) for row in rows if row.reason == "unknown_category")
    if not unknown:
        return []
    options = [{"label": words("leave aside"), "value": NONE}]
    options += [{"label": category.label(words.language), "value": category.key} for category in categories]
    answers = [
        html.Label(
            [
                words("«{wording}» ({n} rows) is", wording=wording, n=words.number(n)),
                dbc.Select(id={"type": ids.TRIAL_ANSWER, "wording": wording}, options=options, value=NONE),
            ]
        )
        for wording, n in unknown.most_common(MOST_WORDINGS)
    ]
    return [html.Div([html.H3(words("Categories to be told once")), html.Div(answers, className="decisions")])]


def _aside(preview: Preview, words: Words) -> list[Component]:
    """The first rows that would be put aside, and the first that would be kept and yet need a look."""
    parts: list[Component] = []
    for title, rows in (
        (words("Rows that would be put aside"), preview.aside),
        (words("Rows that would be kept, and yet need a look"), preview.remarks),
    ):
        if rows:
            lines = [html.Li(_told(row, words)) for row in rows[:MOST_ASIDE]]
            parts.append(html.Div([html.H3(title), html.Ul(lines, className="findings")]))
    return parts


def _told(row: QuarantinedRow, words: Words) -> str:
    where = [words("sheet «{sheet}»", sheet=row.sheet)] if row.sheet else []
    where.append(words("row {row}", row=row.row))
    if row.column:
        where.append(words("column «{column}»", column=row.column))
    return f"{', '.join(where)}: {words.error(row)}"


def _stored(result: FileResult, words: Words) -> list[Component]:
    said = words("«{file}» was loaded before; nothing was added.", file=result.file)
    if result.status == "loaded":
        said = words("«{file}» is loaded.", file=result.file)
    return [
        html.P(html.Strong(said)),
        *_outcome(result, words),
        # The page anew, with all its figures.
        html.A(words("Show what is loaded now"), href=f"/data?lang={words.language}", className="act first"),
    ]


def _acts(staged: Staged, words: Words) -> html.Div:
    ready = staged.phase == "tried" and staged.trial is not None and staged.trial.result.status == "loaded"
    return html.Div(
        [
            _act("load", words("Load into the system"), first=True, disabled=not ready),
            _act("discard", words("Throw this file away")),
        ],
        className="acts",
    )


def _act(act: str, label: str, *, first: bool = False, disabled: bool = False) -> html.Button:
    return html.Button(
        label,
        id={"type": ids.TRIAL_ACT, "act": act},
        type="button",
        className="act first" if first else "act",
        disabled=disabled,
    )
