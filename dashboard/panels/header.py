"""The bar at the top: name, pages, language, projector."""

from __future__ import annotations

from dataclasses import replace

from dash import Dash, Input, Output, dcc, html

from dashboard import ids
from dashboard.panels import Panel
from dashboard.reading import Reading, read
from geodata.answers.answers import Answers


def links(reading: Reading) -> tuple[str, str]:
    """The same view in the other language, and in the other mode."""
    view = reading.view
    other = replace(view, lang="en" if view.lang == "vi" else "vi")
    mode = replace(view, mode="desk" if view.mode == "projector" else "projector")
    return other.to_query(), mode.to_query()


def layout(reading: Reading) -> html.Header:
    """The bar, with a link past it for those who use the keyboard."""
    words, view = reading.words, reading.view
    language, mode = links(reading)
    projecting = view.mode == "projector"
    return html.Header(
        [
            html.A(words("Skip to the map"), href="#main", className="skip"),
            html.Button("☰", id=ids.FOLD, type="button", className="icon", title=words("Filters")),
            html.A([html.Span(className="mark"), "Điểm Nóng"], href="/", className="brand"),
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
    """Both links follow the URL."""

    @app.callback(
        Output(ids.LANGUAGE, "href"),
        Output(ids.MODE_LINK, "href"),
        Input(ids.URL, "search"),
        prevent_initial_call=True,
    )
    def show(search: str | None) -> tuple[str, str]:
        return links(read(search, answers))


PANEL = Panel(layout, register)
