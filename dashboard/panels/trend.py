"""Months: bars, last year's line, the twelve-month mean. A click or a brush sets the period (see sync)."""

from __future__ import annotations

from typing import Any

from dash import Dash, Input, Output, State, dcc, html

from dashboard import asked, ids
from dashboard.components.card import card
from dashboard.figures import trend
from dashboard.panels import Panel
from dashboard.reading import Reading, read
from dashboard.screen import Screen
from dashboard.theme import in_theme
from geodata.answers.answers import Answers

CONFIG: Any = {"displayModeBar": False, "responsive": True, "doubleClick": False, "plotlyServerURL": ""}


def render(reading: Reading, screen: Screen) -> tuple[dict[str, Any], str]:
    """The figure, and in words whose months these are."""
    view, words = reading.view, reading.words
    answer = reading.answers.trend(view.question, reading.scope)
    everywhere = words("every area, incidents without a place too")
    whose = asked.places(view, reading.names, words) if view.question.asks_for_places else everywhere
    events = reading.snapshot.profile.event_list()
    figure = trend.figure(answer, words, size=screen.text_px(view.mode), events=events)
    return in_theme(figure, view.theme), whose


def layout(reading: Reading, screen: Screen) -> html.Section:
    """The chart with its key in words."""
    words = reading.words
    figure, whose = render(reading, screen)
    key = html.Div(
        [
            html.Span(words("incidents"), className="key bars"),
            html.Span(words("same month last year"), className="key line"),
            html.Span(words("12-month mean"), className="key dots"),
            html.Span("◆ " + words("law, reform, campaign"), className="mark-key"),
        ],
        className="trend-key",
    )
    return card(
        words("Trend by month"),
        html.Div(whose, id=ids.TREND_NOTE, className="hint"),
        key,
        html.Div(dcc.Graph(id=ids.TREND, figure=figure, config=CONFIG), className="trend-graph"),
    )


def register(app: Dash, answers: Answers) -> None:
    """The chart follows the URL."""

    @app.callback(
        Output(ids.TREND, "figure"),
        Output(ids.TREND_NOTE, "children"),
        Input(ids.URL, "search"),
        State(ids.PAGE_KEY, "data"),
        prevent_initial_call=True,
    )
    def show(search: str | None, told: object) -> tuple[dict[str, Any], str]:
        return render(read(search, answers), Screen.told(told))


PANEL = Panel(lambda reading: layout(reading, Screen()), register)
