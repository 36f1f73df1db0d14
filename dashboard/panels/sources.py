"""What was decided about files and is used again for those with the same headers. Decides nothing."""

from __future__ import annotations

from typing import Any

from dash import ALL, Dash, Input, Output, State, html
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from dashboard import ids
from dashboard.asker import Need
from dashboard.clicks import pressed
from dashboard.components.attributes import attributes
from dashboard.components.card import card
from dashboard.components.decided import say_recipe
from dashboard.keeping import keeper
from dashboard.panels import Panel, follow
from dashboard.reading import Reading, read
from geodata.answers.answers import Answers
from geodata.errors import DiemNongError


def render(reading: Reading) -> list[Component]:
    """One line a source: for which file it was decided, when, and what."""
    words, keeping = reading.words, keeper()
    held = keeping.sources() if keeping is not None else ()
    if not held:
        none = words("Nothing yet. What you decide when you load a file is used again for files with the same headers.")
        return [html.P(none, className="hint")]
    labels = {each.key: each.label(words.language) for each in reading.snapshot.categories}
    zone = reading.snapshot.profile.zone
    hint = words("Files with the same headers are read like these:")
    lines = [
        html.Li(
            [
                html.Div(
                    [
                        html.Strong(each.name),
                        html.Span(f" {words.date(each.at.astimezone(zone).date())}", className="soft"),
                        html.P("; ".join(say_recipe(each.recipe, words, labels))),
                    ]
                ),
                html.Button(
                    words("Forget"),
                    id={"type": ids.SOURCE_ACT, "source": each.id},
                    type="button",
                    className="act small",
                    **attributes(aria_label=words("Forget how «{file}» was read", file=each.name)),
                ),
            ]
        )
        for each in held
    ]
    return [html.P(hint, className="hint"), html.Ul(lines, className="sources")]


def layout(reading: Reading) -> Component:
    """The place of the list; nothing where files cannot be loaded."""
    if keeper() is None:
        return html.Div()
    return card(
        reading.words("How sources are read"),
        html.Div(id=ids.SOURCES_SAID, role="status", className="said"),
        html.Div(render(reading), id=ids.SOURCES),
    )


def register(app: Dash, answers: Answers) -> None:
    """The list follows the data; a press forgets."""
    follow(ids.SOURCES, render)(app, answers)

    @app.callback(
        Output(ids.SOURCES_SAID, "children"),
        Output(ids.SOURCES, "children", allow_duplicate=True),
        Input({"type": ids.SOURCE_ACT, "source": ALL}, "n_clicks"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )
    def forget(_clicks: object, search: str | None) -> tuple[Any, Any]:
        source, keeping = pressed().get("source"), keeper()
        if not isinstance(source, str) or keeping is None:
            raise PreventUpdate
        reading = read(search, answers)
        try:
            gone = keeping.forget(source)
            said = reading.words(
                "Forgotten: files like «{file}» are read by what they say of themselves", file=gone.name
            )
        except DiemNongError as error:
            said = reading.words.error(error)
        return html.P(said), render(reading)


PANEL = Panel(layout, register, Need.LOADING)
