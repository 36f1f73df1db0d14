"""The filter panel's period: usual ones, a slider over the months of the data, and exact days. Counts nothing."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date

import dash_bootstrap_components as dbc
from dash import Dash, Input, Output, dcc, html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.components.attributes import attributes
from dashboard.components.pick import pick
from dashboard.components.section import section
from dashboard.keeping import notebook
from dashboard.panels import Panel, follow
from dashboard.periods import since_meeting
from dashboard.reading import Reading
from dashboard.view import View
from dashboard.words import Words
from geodata.answers.answers import Answers
from geodata.vocabulary import Period

KEY = "period"
TYPING_MS = 900  # a date is taken when no key has been pressed for so long
MOST_YEARS = 6  # named under the slider
HANDLES = 2  # of the slider: the first month and the last
_YEAR = 12
Months = tuple[int, int]  # first and last, each as year * 12 + month - 1


def presets(reading: Reading) -> list[Component]:
    """A link for each usual period."""
    view, words = reading.view, reading.words
    usual = [(words(label), period) for label, period in reading.names.presets]
    since = since_meeting(reading, notebook())
    if since is not None:
        usual.append((since.label, since.period))
    return [
        pick(
            label,
            replace(view, start=period.start, end=period.end),
            chosen=view.period == period,
            title=words.period(period),
        )
        for label, period in usual
    ]


def span(reading: Reading) -> Months:
    """The months of the data; of the default period where there are none."""
    period, snapshot = reading.names.choices.period, reading.snapshot
    return _month(snapshot.first_day or period.start), _month(snapshot.last_day or period.end)


def slid(view: View, reading: Reading) -> list[int]:
    """Where the slider's handles stand: the months the period touches, as far as there are data."""
    first, last = span(reading)
    return [min(max(_month(day), first), last) for day in (view.start, view.end)]


def with_months(view: View, reading: Reading, told: object) -> View:
    """The view of whole months, as the slider tells them. Handles that show its period already change nothing."""
    if not isinstance(told, list) or len(told) != HANDLES or told == slid(view, reading):
        return view
    first, last = span(reading)
    if not all(isinstance(each, int) and not isinstance(each, bool) and first <= each <= last for each in told):
        return view
    start, end = sorted(told)
    year, month = divmod(end, _YEAR)
    return replace(view, start=_day(start), end=_day(end).replace(day=monthrange(year, month + 1)[1]))


def whole(period: Period) -> bool:
    """Whether the period is made of whole months."""
    return period.start.day == 1 and period.end.day == monthrange(period.end.year, period.end.month)[1]


def active(reading: Reading) -> str:
    """The days asked, both included."""
    return reading.words.period(reading.view.period)


def layout(reading: Reading) -> html.Details:
    """The part; it stands open, its exact days only where the period is none of the others."""
    view, words = reading.view, reading.words
    usual = any(view.period == period for _, period in reading.names.presets)
    exact = html.Details(
        [
            html.Summary(words("Exact days")),
            html.Div(
                [
                    _labelled(words("From"), _field(ids.START, view.start)),
                    _labelled(words("To"), _field(ids.END, view.end)),
                ],
                className="pair",
            ),
        ],
        id=ids.EXACT_DAYS,
        className="inner-section",
        open=not usual and not whole(view.period),
    )
    return section(
        KEY,
        words("Period"),
        active(reading),
        html.Div(presets(reading), id=ids.PRESETS, className="picks compact two"),
        _slider(reading),
        exact,
        dbc.Switch(id=ids.COMPARE, label=words("Compare with last year"), value=view.compare == "previous_year"),
        unfolded=True,
    )


def _slider(reading: Reading) -> html.Div:
    """Months as whole numbers; the line over it says the two in words while they are moved."""
    words, (first, last) = reading.words, span(reading)
    value = slid(reading.view, reading)
    slider = dcc.RangeSlider(
        id=ids.MONTHS_SLIDER,
        min=first,
        max=max(last, first + 1),
        step=1,
        value=value,
        marks=_marks(first, last),
        allow_direct_input=False,
        updatemode="mouseup",
        disabled=first == last,
    )
    said = html.Div(_said(value, words), id=ids.MONTHS_SAID, className="months-said", **attributes(aria_hidden="true"))
    return html.Div(
        [said, slider, dcc.Store(id=ids.MONTHS_TOLD)],
        className="month-slider",
        hidden=reading.snapshot.last_day is None,
        **attributes(data_first=words("First month"), data_last=words("Last month")),
    )


def _said(value: list[int], words: Words) -> str:
    return " – ".join(words.month(_day(each)) for each in value)


def _marks(first: int, last: int) -> dict[str, str]:
    """The Januaries, every second or fifth year's only where there are many."""
    years = [each for each in range(first, last + 1) if each % _YEAR == 0]
    step = 1 if len(years) <= MOST_YEARS else 2 if len(years) <= 2 * MOST_YEARS else 5
    return {str(each): str(each // _YEAR) for each in years if each // _YEAR % step == 0}


def _month(day: date) -> int:
    return day.year * _YEAR + day.month - 1


def _day(month: int) -> date:
    return date(month // _YEAR, month % _YEAR + 1, 1)


def _field(id_: str, day: date) -> dbc.Input:
    return dbc.Input(id=id_, type="date", value=day.isoformat(), debounce=TYPING_MS)


def _labelled(label: str, part: Component) -> html.Label:
    return html.Label([html.Span(label, className="hint"), part])


def register(app: Dash, answers: Answers) -> None:
    """The links follow the URL; the slider tells its months once it rests, and says them while it moves."""
    follow(ids.PRESETS, presets)(app, answers)
    app.clientside_callback(  # type: ignore[no-untyped-call]
        "window.dash_clientside.diemnong.restingMonths",
        Output(ids.MONTHS_TOLD, "data"),
        Input(ids.MONTHS_SLIDER, "value"),
        prevent_initial_call=True,
    )
    app.clientside_callback(  # type: ignore[no-untyped-call]
        "window.dash_clientside.diemnong.monthsSaid",
        Output(ids.MONTHS_SAID, "children"),
        Input(ids.MONTHS_SLIDER, "drag_value"),
        Input(ids.MONTHS_SLIDER, "value"),
        prevent_initial_call=True,
    )


PANEL = Panel(layout, register)
