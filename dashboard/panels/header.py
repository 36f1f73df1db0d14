"""The bar at the top: name, pages, language, projector. The pages stand above it, so it lists them itself."""

from __future__ import annotations

from dataclasses import replace

from dash import Dash, Input, Output, State, dcc, html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.components.attributes import attributes
from dashboard.panels import Panel
from dashboard.reading import Reading, read
from dashboard.words import N_
from geodata.answers.answers import Answers

DATA = "/data"
MENU = (
    ("/", N_("Map")),
    ("/persistence", N_("Lasting")),
    ("/compare", N_("Compare")),
    ("/targets", N_("Targets")),
    (DATA, N_("Data")),
)  # path and label of every page, in their order


def links(reading: Reading) -> tuple[str, str]:
    """The same view in the other language, and in the other mode."""
    view = reading.view
    other = replace(view, lang="en" if view.lang == "vi" else "vi")
    mode = replace(view, mode="desk" if view.mode == "projector" else "projector")
    return other.to_query(), mode.to_query()


def menu(reading: Reading, path: str) -> list[Component]:
    """A link to each page with the same question; the page one is on is marked.

    They load the page anew: a map or chart that is taken away while plotly still draws it fails in the console.
    """
    view = reading.view
    queries = {DATA: view.to_query()}  # the other pages tell of no single commune
    return [
        html.Span(
            html.A(
                reading.words(label),
                href=page + queries.get(page, replace(view, commune="").to_query()),
                className="page-link",
            ),
            **attributes(aria_current="page" if page == path else "false"),
        )
        for page, label in MENU
    ]


def layout(reading: Reading) -> html.Header:
    """The bar of the map page."""
    return bar(reading, "/")


def bar(reading: Reading, path: str) -> html.Header:
    """The bar, with a link past it for those who use the keyboard."""
    words, view = reading.words, reading.view
    language, mode = links(reading)
    projecting = view.mode == "projector"
    return html.Header(
        [
            html.A(words("Skip the menu"), href="#main", className="skip"),
            html.Button("☰", id=ids.FOLD, type="button", className="icon", title=words("Filters")),
            html.A([html.Span(className="mark"), "Điểm Nóng"], href="/", className="brand"),
            html.Nav(menu(reading, path), id=ids.MENU, **attributes(aria_label=words("Pages"))),
            html.Span(reading.names.profile.name(words.language), className="place"),
            dcc.Link(
                words("Leave projector") if projecting else words("Projector"),
                href=mode,
                id=ids.MODE_LINK,
                className="pick",
            ),
            dcc.Link(
                [
                    html.Span("VI", className="on" if view.lang == "vi" else ""),
                    " | ",
                    html.Span("EN", className="on" if view.lang == "en" else ""),
                ],
                href=language,
                id=ids.LANGUAGE,
                className="pick language",
                title="English" if view.lang == "vi" else "Tiếng Việt",
            ),
        ],
        className="topbar",
    )


def register(app: Dash, answers: Answers) -> None:
    """All links follow the URL."""

    @app.callback(
        Output(ids.LANGUAGE, "href"),
        Output(ids.MODE_LINK, "href"),
        Output(ids.MENU, "children"),
        Input(ids.URL, "search"),
        State(ids.URL, "pathname"),
        prevent_initial_call=True,
    )
    def show(search: str | None, path: object) -> tuple[str, str, list[Component]]:
        reading = read(search, answers)
        return *links(reading), menu(reading, str(path))


PANEL = Panel(layout, register)
