"""Months beside what they are held against. A click or a brush sets the period (see sync)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from math import isnan
from typing import Any

from dash import Dash, Input, Output, State, dcc, html
from dash.development.base_component import Component

from dashboard import asked, claims, ids
from dashboard.components.card import card
from dashboard.figures import trend
from dashboard.figures.dated_marks import EVENT, NOTE
from dashboard.keeping import notebook
from dashboard.names import EVENT_KINDS
from dashboard.panels import Panel
from dashboard.periods import years_of
from dashboard.reading import Reading, read
from dashboard.screen import Screen
from dashboard.theme import in_theme
from geodata.answers.answers import Answers
from geodata.answers.target_months import TargetMonths
from geodata.notebook import Notebook
from geodata.vocabulary import Event

CONFIG: Any = {"displayModeBar": False, "responsive": True, "doubleClick": False, "plotlyServerURL": ""}


def render(reading: Reading, screen: Screen) -> tuple[dict[str, Any], str, list[Component]]:
    """The figure, in words whose months these are, and the key of what is drawn."""
    view, words = reading.view, reading.words
    answer = reading.answers.trend(view.question, reading.scope)
    held = beside(reading, notebook())
    everywhere = words("every area, incidents without a place too")
    whose = asked.places(view, reading.names, words) if view.question.asks_for_places else everywhere
    figure = trend.figure(answer, words, size=screen.text_px(view.mode), beside=held)
    return in_theme(figure, view.theme), whose, list(_key(held, answer.months, reading))


def beside(reading: Reading, held: Notebook) -> trend.Beside:
    """What stands beside the months asked: only what has to do with their categories and areas.

    Seen from afar there are only events. A target is set for all of a region or of the whole: of one commune's months
    a line would be mostly noise, and nobody set one for the nights or for what lies near the border.
    """
    view, answers, scope = reading.view, reading.answers, reading.scope
    marks = [
        Event(mark.day, mark.label, mark.label, mark.kind, (mark.category,) if mark.category else ())
        for mark in held.marks
    ]
    events = [event for event in [*reading.snapshot.profile.event_list(), *marks] if event.concerns(view.category)]
    if view.mode == "projector":
        return trend.Beside(events)
    years, whole = years_of(reading), replace(view.question, areas=(), regions=())
    narrowed = view.area or view.zone or view.source or view.weekdays or view.hours is not None
    return trend.Beside(
        events=events,
        notes=_notes(reading, held),
        target=None
        if narrowed
        else answers.target_months(view.question, scope, baseline=years.baseline, period=years.period),
        whole=answers.trend(whole, scope) if view.area or view.region else None,
    )


def _notes(reading: Reading, held: Notebook) -> list[tuple[date, str]]:
    """Notes of the areas chosen; among several each says whose it is."""
    view, names = reading.view, reading.names
    return [
        (note.day, f"{names.area(note.edition, note.code)}: {note.text}" if len(view.area) > 1 else note.text)
        for note in held.notes
        if note.edition == view.edition and note.code in view.area
    ]


def _key(held: trend.Beside, months: tuple[date, ...], reading: Reading) -> Iterator[Component]:
    """One entry for each thing that is drawn, and what is dated in words for those who cannot point at it."""
    words = reading.words
    yield html.Span(words("incidents"), className="key bars")
    yield html.Span(words("last year"), className="key line")
    yield html.Span(words("12-month mean"), className="key dots")
    dated = _dated(held, months, reading)
    for sign, label in ((EVENT, words("event")), (NOTE, words("note"))):
        if any(kind == sign for kind, _ in dated):
            yield html.Span(f"{sign} {label}", className="mark-key")
    if held.target is not None and months and months[-1] > held.target.months[-1]:
        yield html.Span(_target(held.target, reading), className="key target")
    if held.whole is not None:
        yield html.Span(words("whole province, on the same level"), className="key whole")
    if dated:
        yield html.Ul([html.Li(told) for _, told in dated], className="unseen")


def _target(found: TargetMonths, reading: Reading) -> str:
    words = reading.words
    if isnan(found.change):
        return words("target")
    return words("target {change}", change=claims.signed(1 + found.change, words))


def _dated(held: trend.Beside, months: tuple[date, ...], reading: Reading) -> list[tuple[str, str]]:
    words = reading.words
    told = [
        (event.day, EVENT, f"{event.label(words.language)} ({words(EVENT_KINDS[event.kind])})") for event in held.events
    ]
    told += [(day, NOTE, text) for day, text in held.notes]
    shown = set(months)
    return [(sign, f"{words.date(day)}: {text}") for day, sign, text in sorted(told) if day.replace(day=1) in shown]


def layout(reading: Reading, screen: Screen) -> html.Section:
    """The chart with its key in words."""
    words = reading.words
    figure, whose, key = render(reading, screen)
    how = html.Span(words("click or drag to choose months"), className="hint how")
    return card(
        words("Trend by month"),
        html.Div(whose, id=ids.TREND_NOTE, className="hint"),
        html.Div(key, id=ids.TREND_KEY, className="trend-key"),
        html.Div(dcc.Graph(id=ids.TREND, figure=figure, config=CONFIG), className="trend-graph"),
        about=how,
    )


def register(app: Dash, answers: Answers) -> None:
    """The chart follows the URL, and what is written into the notebook."""

    @app.callback(
        Output(ids.TREND, "figure"),
        Output(ids.TREND_NOTE, "children"),
        Output(ids.TREND_KEY, "children"),
        Input(ids.ASKED, "data"),
        Input(ids.KEPT, "data"),
        State(ids.PAGE_KEY, "data"),
        prevent_initial_call=True,
    )
    def show(search: str | None, _kept: object, told: object) -> tuple[dict[str, Any], str, list[Component]]:
        return render(read(search, answers), Screen.told(told))


PANEL = Panel(lambda reading: layout(reading, Screen()), register)
