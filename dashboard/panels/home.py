"""One's own area: choose it, keep it, ask for it and go back to the whole province. Counts nothing."""

from __future__ import annotations

from typing import Any

from dash import ALL, Dash, Input, Output, State, dcc, html
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from dashboard import asked, ids
from dashboard.clicks import pressed
from dashboard.components.attributes import attributes
from dashboard.home import Own, everywhere, home_of, own_of
from dashboard.keeping import keeper, notebook, tell_kept
from dashboard.panels import Panel
from dashboard.reading import Reading, read
from dashboard.words import Words
from geodata.answers.answers import Answers
from geodata.notebook import Home, Kind

LONGEST = 40
KEEP, STRIKE = "keep", "strike"


def link(reading: Reading) -> list[Component]:
    """The one thing to press: ask for one's own area, go back from it, or choose one. Nothing where none is kept."""
    if keeper() is None or not (reading.names.boundaries.regions or reading.names.choices.areas):
        return []
    own = own_of(notebook().home, reading.names)
    if own is None and reading.names.ground:  # all that is open is one's own, and asked for already
        return []
    return [_choose(reading.words) if own is None else _ask(own, reading)]


def render(reading: Reading) -> list[Component]:
    """The link, and under it what can be done about the area kept."""
    words, found = reading.words, link(reading)
    if not found:
        return []
    held = notebook().home
    own = own_of(held, reading.names)
    lost = [html.P(words("Your area is not among those loaded any more."), className="hint")]
    return [*found, *(lost if held and own is None else []), *_acts(own, held, reading)]


def _choose(words: Words) -> Component:
    label = words("Choose my area")
    return html.Button(label, type="button", className="pick home-link", **attributes(data_open_filter=ids.AREA))


def _ask(own: Own, reading: Reading) -> Component:
    words, view = reading.words, reading.view
    if own.asked_by(view):
        back = words("Back to all my areas") if reading.names.ground else words("Back to the whole province")
        label, target, kind = back, everywhere(view), "pick home-link chosen"
    else:
        label, target, kind = words("My area"), own.within(view, reading.names), "pick home-link"
    title = asked.shorten(own.title(reading.names), LONGEST)
    return dcc.Link(
        [html.Span("⌂", className="home-sign", **attributes(aria_hidden="true")), label],
        href=target.to_query(),
        className=kind,
        title=title,
    )


def _acts(own: Own | None, held: Home | None, reading: Reading) -> list[Component]:
    """Keep what is asked in its place, or forget it."""
    words = reading.words
    acts: list[Component] = []
    if own is not None:
        acts.append(html.Span(asked.shorten(own.title(reading.names), LONGEST), className="home-name"))
    if home_of(reading.view) is not None and (own is None or not own.asked_by(reading.view)):
        acts.append(_act(KEEP, words("Make this my area")))
    if held is not None and (own is None or own.asked_by(reading.view)):
        acts.append(_act(STRIKE, words("Forget my area")))
    return [html.Div(acts, className="home-acts")] if acts else []


def _act(act: str, label: str) -> html.Button:
    return html.Button(label, id={"type": ids.HOME_ACT, "act": act}, type="button", className="text-act")


def layout(reading: Reading) -> html.Div:
    """Its place at the head of the filter panel."""
    return html.Div(render(reading), id=ids.HOME, className="home")


def register(app: Dash, answers: Answers) -> None:
    """The panel follows the URL and the notebook; its buttons write there."""

    @app.callback(
        Output(ids.HOME, "children"),
        Input(ids.ASKED, "data"),
        Input(ids.KEPT, "data"),
        prevent_initial_call=True,
    )
    def show(search: str | None, _kept: object) -> list[Component]:
        return render(read(search, answers))

    @app.callback(
        Input({"type": ids.HOME_ACT, "act": ALL}, "n_clicks"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )
    def act(_clicks: Any, search: str | None) -> None:  # noqa: ANN401 - whatever a browser sends
        held, told = keeper(), pressed()
        home = home_of(read(search, answers).view)
        if held is None or told.get("type") != ids.HOME_ACT:
            raise PreventUpdate
        if told.get("act") == STRIKE:
            held.strike(Kind.HOME, "")
        elif told.get("act") == KEEP and home is not None:
            held.keep(home)
        else:
            raise PreventUpdate
        tell_kept()


PANEL = Panel(layout, register)
