"""The menu of all that can be saved of a view: every format of the rack, and the view's own link. Writes no file.

The browser begins what is pressed and follows it (assets/export.js); without scripts each entry is a plain link.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from dash import Dash, Input, Output, State, html
from dash.development.base_component import Component

from dashboard import capture, ids
from dashboard.components.attributes import attributes
from dashboard.exports import Kind, all_formats
from dashboard.names import LEVELS
from dashboard.panels import Panel
from dashboard.reading import Reading, read
from dashboard.words import N_
from geodata.answers.answers import Answers

KINDS: Mapping[Kind, str] = {"picture": N_("Pictures"), "table": N_("Tables"), "document": N_("Documents")}
HOLDS: Mapping[str, str] = {  # what an entry holds, by the format's key or that and its own; they stand in this order
    "png": N_("1920 × 1080, for a slide or a Word report"),
    "png 4k": N_("3840 × 2160, for a large screen or a poster"),
    "png square": N_("1080 × 1080, for a chat"),
    "svg": N_("Drawn in lines: sharp at any size, its words can be edited"),
    "pdf": N_("One page in lines, its words can be searched"),
    "xlsx": N_("The areas with their numbers, and the facts of the query on a sheet of their own"),
    "csv": N_("The areas with their numbers, as text for any program"),
    "geojson": N_("The areas with their outlines and numbers, for maps on the web"),
    "gpkg": N_("The areas with their outlines and numbers, for QGIS"),
    "parquet": N_("The areas with their outlines and numbers, for analysis of large data"),
    "pptx": N_("The finding with its map and a chart that can be edited"),
    "pptx script": N_("All slides of the script, with what is spoken as notes"),
    "atlas": N_("A page for each area of the level: {level}"),
    "docx": N_("The statistical year {year} in the form of Decree 30/2020/NĐ-CP, with places for your own words"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be saved: ``what`` it is called, what it ``holds``, where it is fetched."""

    kind: Kind
    what: str
    holds: str
    href: str


def entries(reading: Reading, page: str) -> tuple[Entry, ...]:
    """All that can be saved of the view on a page, in the order of the kinds."""
    return tuple(entry for kind in KINDS for entry in _entries(reading, page, kind))


def _entries(reading: Reading, page: str, kind: Kind) -> Iterator[Entry]:
    """Pictures are of the map alone; tables and documents are there on every page."""
    words = reading.words
    if kind == "picture" and page != "/":
        return
    year = _year(reading)
    facts = {"level": words(LEVELS[reading.view.level]).lower(), "year": year}
    for key, form in sorted(all_formats().items(), key=lambda item: [*HOLDS, item[0]].index(item[0])):
        if form.kind != kind:
            continue
        for variant, label, own in _variants(key, page, year):
            holds = HOLDS.get(f"{key} {variant}".strip(), "")
            yield Entry(
                kind,
                words(label or form.label),
                words(holds, **facts) if holds else "",
                f"/export/{key}{reading.view.to_query()}{'&' if own else ''}{urlencode(own)}",
            )


def _year(reading: Reading) -> int:
    """The statistical year in which most of the days asked lie."""
    period = reading.view.period
    return reading.names.profile.statistical_year_of(period.start + (period.end - period.start) / 2).end.year


def _variants(key: str, page: str, year: int) -> Iterator[tuple[str, str, dict[str, str]]]:
    """The ways a format is offered: its own key in HOLDS, its name where it differs, what is added to the query."""
    match key:
        case "png":
            yield "", "", {}
            yield "4k", N_("Picture (PNG), large"), {"size": "4k"}
            yield "square", N_("Picture (PNG), square"), {"size": "square"}
        case "pptx":
            yield "", N_("Slide of this view (PPTX)"), {"slides": page}
            yield "script", N_("Slides of the script (PPTX)"), {"slides": "script"}
        case "docx":
            yield "", "", {"year": str(year)}
        case _:
            yield "", "", {}


def render(reading: Reading, page: str) -> list[Component]:
    """The entries under the names of their kinds, and the link."""
    words, all_entries = reading.words, entries(reading, page)
    sections = [
        _section(
            words(label), [_item(entry) for entry in all_entries if entry.kind == kind] + _taken(reading, kind), kind
        )
        for kind, label in KINDS.items()
        if any(entry.kind == kind for entry in all_entries)
    ]
    link = _section(words("Link"), [_copy(reading, page)], "link")
    return [html.Div([*sections[:1], link]), html.Div(sections[1:])]  # two columns of about one height


def _taken(reading: Reading, kind: Kind) -> list[Component]:
    """Beside the pictures that the server draws: the map as it stands on the screen."""
    return capture.items(reading, "export-item") if kind == "picture" else []


def _section(label: str, items: list[Component], kind: str) -> html.Section:
    return html.Section([html.H3(label), *items], className=f"export-{kind}", **attributes(aria_label=label))


def _item(entry: Entry) -> html.A:
    lines = [html.Span(entry.what), html.Small(entry.holds)] if entry.holds else [html.Span(entry.what)]
    return html.A(lines, href=entry.href, className="export-item", **attributes(data_export=entry.what))


def _copy(reading: Reading, page: str) -> html.Button:
    """A link is a link: it holds the question, never the data."""
    words = reading.words
    lines = [
        html.Span(words("Copy the link")),
        html.Small(words("Holds the question, no data: who opens it must reach this program")),
    ]
    link = attributes(data_copy_link=page + reading.view.to_query(), data_copied=words("The link is copied"))
    return html.Button(lines, type="button", className="export-item", **link)


def layout(reading: Reading, page: str) -> Component:
    """The button with its menu; nothing where there is nothing to save."""
    words = reading.words
    if not reading.loaded:
        return html.Div()
    button = html.Summary([html.Span("↓ ", **attributes(aria_hidden="true")), words("Export")], className="pick")
    told = attributes(
        data_waiting=words("{name}: being prepared …", name="{name}"),
        data_saved=words("{name}: saved", name="{name}"),
        data_failed=words("{name}: not saved.", name="{name}"),
        data_lost=words("The program does not answer. Try again."),
        data_again=words("Save again"),
        data_cancel=words("Cancel"),
        data_close=words("Close"),
        data_under_way=words("Exports under way"),
    )
    menu = html.Div(
        render(reading, page),
        id=ids.EXPORTS,
        className="export-menu",
        role="group",
        **attributes(aria_label=words("Export")),
    )
    return html.Details([button, menu], className="more exports", **told)


def register(app: Dash, answers: Answers) -> None:
    """The entries follow what is asked; the menu stays open meanwhile."""

    @app.callback(
        Output(ids.EXPORTS, "children"),
        Input(ids.ASKED, "data"),
        Input(ids.HELD, "data"),
        State(ids.URL, "pathname"),
        prevent_initial_call=True,
    )
    def show(search: str | None, _held: object, path: object) -> list[Component]:
        return render(read(search, answers), path if isinstance(path, str) else "/")


PANEL = Panel(lambda reading: layout(reading, "/"), register)
