"""Two places side by side: counts, rates, risks, changes and months. Each is chosen from the list of areas."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from dash import Dash, Input, Output, State, dcc, html, set_props
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from dashboard import asked, ids
from dashboard.claims import change
from dashboard.claims import pair as claims
from dashboard.components.card import card
from dashboard.components.control import control
from dashboard.components.picker import picker
from dashboard.components.table import Cell, Column, table
from dashboard.figures import trend
from dashboard.panels import Panel
from dashboard.panels.compare_maps import nothing
from dashboard.panels.filter_places import area_options
from dashboard.reading import Reading, read
from dashboard.screen import Screen
from dashboard.small_maps import CONFIG
from dashboard.theme import in_theme
from dashboard.view import View
from geodata.answers.answers import Answers
from geodata.answers.pair import Pair, Place

LONGEST = 60


def render(reading: Reading, screen: Screen) -> list[Component]:
    """The pickers, and both places where both are chosen."""
    if nothing(reading):
        return []
    view, words = reading.view, reading.words
    pickers = html.Div(
        [
            control(words("First place"), picker(ids.PAIR_FIRST, area_options(view, reading.names), view.area, words)),
            control(
                words("Second place"), picker(ids.PAIR_SECOND, area_options(view, reading.names), view.beside, words)
            ),
        ],
        className="quick",
    )
    if not view.area or not view.beside:
        return [pickers, html.P(words("Choose both places to see them side by side."), className="hint")]
    names = (_name(view.area, reading), _name(view.beside, reading))
    found = reading.answers.pair(view.question, reading.scope, places=(view.area, view.beside), against=view.against)
    return [
        pickers,
        html.P(claims.compared(found, *names, words), className="lead"),
        _table(found, names, reading),
        html.Div(_trends(names, reading, screen), className="two-trends"),
        html.P(words("Both charts have the same scale; bars of the period asked are dark."), className="hint"),
    ]


def _name(codes: tuple[str, ...], reading: Reading) -> str:
    return asked.shorten(", ".join(reading.names.area(reading.view.edition, code) for code in codes), LONGEST)


def _table(found: Pair, names: tuple[str, str], reading: Reading) -> html.Div:
    words = reading.words

    def row(label: str, cells: list[str]) -> list[Cell]:
        return [label, *cells]

    both = (found.first, found.second)
    rows = [
        row(words("Recorded incidents"), [words.count(place.n) for place in both]),
        row(words("Inhabitants"), [words.number(place.population) or "–" for place in both]),
        row(words("Rate"), [claims.rate(place, words) for place in both]),
        row(words("Risk"), [claims.risk(place, words) for place in both]),
        row(words("Change"), [_changed(place, reading) for place in both]),
    ]
    columns = [Column("", number=False), *(Column(name, number=False) for name in names)]
    return table(words("Two places side by side"), columns, rows)


def _changed(place: Place, reading: Reading) -> str:
    words, moved = reading.words, place.change
    counts = words("{before} → {now}", before=words.count(moved.before), now=words.count(moved.now))
    return f"{counts}: {change.ranged(moved, words) or words('too few to tell')}"


def _trends(names: tuple[str, str], reading: Reading, screen: Screen) -> list[Component]:
    view, words = reading.view, reading.words
    events = [event for event in reading.snapshot.profile.event_list() if event.concerns(view.category)]
    series = [
        reading.answers.trend(replace(view.question, areas=codes, regions=()), reading.scope)
        for codes in (view.area, view.beside)
    ]
    highest = max((float(np.nanmax([each.n, each.year_before])) for each in series if len(each.n)), default=0.0)
    made: list[Component] = []
    for which, name, each in zip(("first", "second"), names, series, strict=True):
        figure = trend.figure(each, words, size=screen.text_px(view.mode), beside=trend.Beside(events))
        figure["layout"]["yaxis"] |= {"range": [0, 1.05 * max(highest, 1.0)]}
        figure["layout"] |= {"dragmode": False}
        graph: Any = dcc.Graph(
            id={"type": ids.PAIR_TREND, "which": which}, figure=in_theme(figure, view.theme), config=CONFIG
        )
        made.append(html.Figure([html.Figcaption(name), html.Div(graph, className="trend-graph")]))
    return made


def chosen(view: View, first: object, second: object) -> View:
    """The view with both places as the pickers have them; what is no list of codes changes nothing."""
    if not isinstance(first, list) or not isinstance(second, list):
        return view
    return replace(view, area=tuple(sorted(map(str, first))), beside=tuple(sorted(map(str, second))))


def layout(reading: Reading, screen: Screen) -> html.Section:
    """The place of the two."""
    return card(reading.words("Two places"), html.Div(render(reading, screen), id=ids.PAIR))


def register(app: Dash, answers: Answers) -> None:
    """The panel follows the URL, and the pickers change it."""

    @app.callback(
        Output(ids.PAIR, "children"),
        Input(ids.ASKED, "data"),
        Input(ids.HELD, "data"),
        State(ids.PAGE_KEY, "data"),
        prevent_initial_call=True,
    )
    def show(search: str | None, _held: object, told: object) -> list[Component]:
        return render(read(search, answers), Screen.told(told))

    @app.callback(
        Input(ids.PAIR_FIRST, "value"),
        Input(ids.PAIR_SECOND, "value"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )
    def choose(first: object, second: object, search: str | None) -> None:
        reading = read(search, answers)
        wanted, _ = View.from_query(chosen(reading.view, first, second).to_query(), reading.names.choices)
        if wanted == reading.view:
            raise PreventUpdate
        set_props(ids.URL, {"search": wanted.to_query()})


PANEL = Panel(lambda reading: layout(reading, Screen()), register)
