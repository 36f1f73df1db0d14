"""The bar at the top: name, pages, theme, language, projector. The pages stand above it, so it lists them itself."""

from __future__ import annotations

from dataclasses import replace

from dash import Dash, Input, Output, State, html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.asker import Need, asker
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
    ("/present", N_("Present")),
    ("/notebook", N_("Notebook")),
    ("/glossary", N_("Glossary")),
    ("/start", N_("First steps")),
)  # path and label of every page, in their order
FOR_LOADERS = frozenset({"/start"})  # pages of no use to who loads no files
BEHIND = frozenset({"/notebook", "/glossary", "/start"})  # pages asked for less often: they stand behind the three dots


def links(reading: Reading) -> tuple[str, str, str]:
    """The same view in the other language, in the other theme, and in the other mode."""
    view = reading.view
    other = replace(view, lang="en" if view.lang == "vi" else "vi")
    theme = replace(view, theme="light" if view.theme == "dark" else "dark")
    mode = replace(view, mode="desk" if view.mode == "projector" else "projector")
    return other.to_query(), theme.to_query(), mode.to_query()


def menu(reading: Reading, path: str) -> list[Component]:
    """A link to each page with the same question; the page one is on is marked.

    They load the page anew: a map or chart that is taken away while plotly still draws it fails in the console.
    """
    first = [_page_link(reading, page, label, path) for page, label in MENU if page not in BEHIND]
    others = [_page_link(reading, page, label, path) for page, label in MENU if page in BEHIND and _is_for_asker(page)]
    return [html.Div(first, className="pages"), *_behind_dots(others, reading, here=path in BEHIND)]


def _is_for_asker(page: str) -> bool:
    return page not in FOR_LOADERS or asker().may(Need.LOADING)


def _page_link(reading: Reading, page: str, label: str, path: str) -> html.Span:
    view = reading.view
    asked = view if page == DATA else replace(view, commune="")  # the other pages tell of no single commune
    link = html.A(reading.words(label), href=page + asked.to_query(), className="page-link")
    return html.Span(link, **attributes(aria_current="page" if page == path else "false"))


def _behind_dots(others: list[html.Span], reading: Reading, *, here: bool) -> list[Component]:
    """The pages behind the dots; menus.js closes them on Escape and on a click elsewhere."""
    if not others:
        return []
    label = reading.words("More pages")
    dots = html.Summary("⋯", title=label, className="here" if here else "", **attributes(aria_label=label))
    # Seen only where there is a tour to begin: assets/tour.css.
    account = asker().account
    own = reading.words("Account {name}", name=account.name) if account else ""
    out = html.Button(reading.words("Sign out"), id=ids.SIGN_OUT, type="button", className="page-link")
    door = [html.A(own, href=f"/password?lang={reading.view.lang}", className="page-link"), out] if account else []
    guide = html.Button(reading.words("Tour"), id=ids.TOUR_BEGIN, type="button", className="page-link")
    return [html.Details([dots, html.Div([*others, *door, guide], className="behind")], className="more")]


def layout(reading: Reading) -> html.Header:
    """The bar of the map page."""
    return bar(reading, "/")


def bar(reading: Reading, path: str) -> html.Header:
    """The bar, with a link past it for those who use the keyboard."""
    words, view = reading.words, reading.view
    language, theme, mode = links(reading)
    place = reading.names.place(words.language)
    return html.Header(
        [
            html.A(words("Skip the menu"), href="#main", className="skip"),
            html.Button("☰", id=ids.FOLD, type="button", className="icon", title=words("Filters")),
            html.A([html.Span(className="mark"), "Điểm Nóng"], href="/", className="brand"),
            html.Nav(menu(reading, path), id=ids.MENU, **attributes(aria_label=words("Pages"))),
            html.Span(place, className="place", title=place),
            html.A(
                words("Leave projector") if view.mode == "projector" else words("Projector"),
                href=mode,
                id=ids.MODE_LINK,
                className="pick",
            ),
            _theme_link(reading, theme),
            _language_link(reading, language),
        ],
        className="topbar",
    )


def _theme_link(reading: Reading, href: str) -> html.A:
    """The same page in the other theme, loaded anew like other pages: charts that are turned under way fail."""
    label = reading.words("Light theme") if reading.view.theme == "dark" else reading.words("Dark theme")
    signs = [html.Span("◐", **attributes(aria_hidden="true")), html.Span(label, className="unseen")]
    return html.A(signs, href=href, id=ids.THEME_LINK, className="pick theme", title=label)


def _language_link(reading: Reading, href: str) -> html.A:
    lang = reading.view.lang
    return html.A(
        [
            html.Span("VI", className="on" if lang == "vi" else ""),
            " | ",
            html.Span("EN", className="on" if lang == "en" else ""),
        ],
        href=href,
        id=ids.LANGUAGE,
        className="pick language",
        title="English" if lang == "vi" else "Tiếng Việt",
    )


def register(app: Dash, answers: Answers) -> None:
    """All links follow the URL."""

    @app.callback(
        Output(ids.LANGUAGE, "href"),
        Output(ids.THEME_LINK, "href"),
        Output(ids.MODE_LINK, "href"),
        Output(ids.MENU, "children"),
        Input(ids.URL, "search"),  # at once: whoever goes on takes along what was asked last
        State(ids.URL, "pathname"),
        prevent_initial_call=True,
    )
    def show(search: str | None, path: object) -> tuple[str, str, str, list[Component]]:
        reading = read(search, answers)
        return *links(reading), menu(reading, str(path))


PANEL = Panel(layout, register)
