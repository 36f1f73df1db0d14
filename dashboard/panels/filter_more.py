"""The filter panel's less used parts: how an incident became known, hours and weekdays. Counts nothing."""

from __future__ import annotations

import dash_bootstrap_components as dbc
from dash import Dash, html
from dash.development.base_component import Component

from dashboard import asked, ids
from dashboard.components.control import control
from dashboard.components.section import section
from dashboard.names import SOURCES, WEEKDAYS
from dashboard.panels import Panel
from dashboard.reading import Reading
from dashboard.words import Words
from geodata.answers.answers import Answers

SOURCE, CLOCK = "source", "clock"


def active_source(reading: Reading) -> str:
    """The sources asked."""
    return ", ".join(reading.words(SOURCES[source]) for source in reading.view.source)


def active_clock(reading: Reading) -> str:
    """The hours and weekdays asked."""
    view, words = reading.view, reading.words
    hours = [asked.hours(view, words)] if view.hours is not None else []
    return ", ".join([*hours, *(words(WEEKDAYS[day - 1]) for day in view.weekdays)])


def source(reading: Reading) -> html.Details:
    """How it became known; open where some is asked."""
    words, view = reading.words, reading.view
    options = [{"value": source.value, "label": words(label)} for source, label in SOURCES.items()]
    return section(
        SOURCE,
        words("How it became known"),
        active_source(reading),
        dbc.Checklist(id=ids.SOURCE, options=options, value=[source.value for source in view.source]),
        html.P(words("discovered counts rise when police look harder"), className="hint"),
        unfolded=bool(view.source),
    )


def clock(reading: Reading) -> html.Details:
    """Hours and weekdays; open where some are asked."""
    view, words = reading.view, reading.words
    first, last = view.hours or ("", "")
    days = [{"value": str(day), "label": words(name)} for day, name in enumerate(WEEKDAYS, start=1)]
    hours = html.Div(
        [
            _labelled(words("From"), _hour(ids.HOURS_FROM, first, "00", words)),
            _labelled(words("To"), _hour(ids.HOURS_TO, last, "59", words)),
        ],
        className="pair",
    )
    chosen = [str(day) for day in view.weekdays]
    return section(
        CLOCK,
        words("Hours and weekdays"),
        active_clock(reading),
        control(words("Hours"), hours),
        control(words("Weekdays"), dbc.Checklist(id=ids.WEEKDAYS, options=days, value=chosen, inline=True)),
        unfolded=bool(chosen) or view.hours is not None,
    )


def _labelled(label: str, part: Component) -> html.Label:
    return html.Label([html.Span(label, className="hint"), part])


def _hour(id_: str, value: int | str, minute: str, words: Words) -> dbc.Select:
    options = [{"value": "", "label": words("any hour")}]
    options += [{"value": str(hour), "label": f"{hour:02d}:{minute}"} for hour in range(24)]
    return dbc.Select(id=id_, options=options, value=str(value), placeholder=words("any hour"))  # what "" shows


def layout(reading: Reading) -> html.Div:
    """Both parts."""
    return html.Div([source(reading), clock(reading)])


def register(app: Dash, answers: Answers) -> None:
    """Nothing of its own: the controls follow the URL in sync."""


PANEL = Panel(layout, register)
