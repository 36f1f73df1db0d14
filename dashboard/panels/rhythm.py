"""When: hour by weekday, and month by year, as shaded tables with what is unknown. A click asks for what it names."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date

import numpy as np
from dash import html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.claims import rhythm as claims
from dashboard.components.card import card
from dashboard.components.glossary import about
from dashboard.components.heat import Ways, heat
from dashboard.panels import Panel, follow
from dashboard.reading import Reading
from dashboard.view import View
from dashboard.words import N_
from geodata.answers.seasons import Seasons
from geodata.vocabulary import Period

HOURS, DAYS = range(24), range(7)
BLOCK = 6  # hours under one head
_ONE, _SOME = N_("{day} {hour}:00: {n} incident"), N_("{day} {hour}:00: {n} incidents")  # some: also a part of one


def render(reading: Reading) -> list[Component]:
    """The week, then the years."""
    if not reading.snapshot.boundaries.layers:
        return []
    return [*_week(reading), *_years(reading)]


def _week(reading: Reading) -> list[Component]:
    """All hours and weekdays, whichever are asked: what is not asked must be there to be chosen."""
    view, words = reading.view, reading.words
    if not reading.scope.points:
        return [html.P(words("Hours and weekdays are told to those only who may see exact places."), className="hint")]
    rhythm = reading.answers.rhythm(replace(view, hours=None, weekdays=()).question, reading.scope)
    days = [claims.weekday(day, words) for day in DAYS]
    told = [
        [
            words(
                _ONE if share == 1 else _SOME,
                day=days[day],
                hour=f"{hour:02d}",
                n=words.decimal(share, _digits(share)),
            )
            for hour, share in enumerate(row)
        ]
        for day, row in enumerate(rhythm.shares.tolist())
    ]
    heads = [f"{first:02d}–{first + BLOCK - 1:02d}" for first in HOURS[::BLOCK]]
    table = heat(words("Incidents by hour and weekday"), heads, days, rhythm.shares, told=told, ways=week_ways(view))
    asked = words("All hours and weekdays are shown; those asked are outlined.")
    how = words("A click on an hour, a day or a part of the day asks only for it.")
    return [
        html.P(claims.peak(rhythm, words)),
        table,
        html.P(asked if view.hours is not None or view.weekdays else how, className="hint"),
        html.P(claims.unknown(rhythm, words), className="hint"),
    ]


def week_ways(view: View) -> Ways:
    """Each cell asks for its hour on its day, heads for a part of the day and for a day more; once more: no longer."""
    hours = _asked_hours(view)
    days = set(view.weekdays) or {day + 1 for day in DAYS}
    some = view.hours is not None or bool(view.weekdays)
    return Ways(
        cells=[[_toggled(view, (hour, hour), day + 1) for hour in HOURS] for day in DAYS],
        rows=[_with_day(view, day + 1) for day in DAYS],
        columns=[_with_hours(view, (first, first + BLOCK - 1)) for first in HOURS[::BLOCK]],
        chosen=np.array([[some and hour in hours and day + 1 in days for hour in HOURS] for day in DAYS]),
    )


def _asked_hours(view: View) -> set[int]:
    first, last = view.hours or (0, 23)
    return set(range(first, last + 1)) if first <= last else {*range(first, 24), *range(last + 1)}


def _toggled(view: View, hours: tuple[int, int], day: int) -> str:
    again = view.hours == hours and view.weekdays == (day,)
    return replace(view, hours=None if again else hours, weekdays=() if again else (day,)).to_query()


def _with_hours(view: View, hours: tuple[int, int]) -> str:
    return replace(view, hours=None if view.hours == hours else hours).to_query()


def _with_day(view: View, day: int) -> str:
    days = tuple(sorted({*view.weekdays} ^ {day}))
    return replace(view, weekdays=() if len(days) == len(DAYS) else days).to_query()


def _years(reading: Reading) -> list[Component]:
    words = reading.words
    seasons = reading.answers.seasons(reading.view.question, reading.scope)
    if not seasons.years:
        return []
    told = [
        ["" if np.isnan(n) else words.count(n) + ("*" if partial else "") for n, partial in zip(*row, strict=True)]
        for row in zip(seasons.n.tolist(), seasons.partial.tolist(), strict=True)
    ]
    months, ways = (
        [str(month) for month in range(1, 13)],
        year_ways(reading.view, seasons, reading.names.choices.period),
    )
    table = heat(
        words("Incidents by month and year"), months, [str(year) for year in seasons.years], seasons.n, told=told,
        ways=ways, written=True,
    )  # fmt: skip
    note = words("By month and year, over all the data, whatever the period asked.")
    if seasons.partial.any():
        note += " " + words("* month not complete")
    return [table, html.P(note, className="hint")]


def year_ways(view: View, seasons: Seasons, usual: Period) -> Ways:
    """Each month and each year is a period to ask for; asked once more, the usual one."""

    def to(start: date, end: date) -> str:
        period = Period(start, end)
        wanted = usual if view.period == period else period
        return replace(view, start=wanted.start, end=wanted.end).to_query()

    firsts = [[date(year, month, 1) for month in range(1, 13)] for year in seasons.years]
    lasts = [[day.replace(day=monthrange(day.year, day.month)[1]) for day in row] for row in firsts]
    known = ~np.isnan(seasons.n)
    return Ways(
        cells=[
            [to(first, last) if known[i, j] else "" for j, (first, last) in enumerate(zip(*pair, strict=True))]
            for i, pair in enumerate(zip(firsts, lasts, strict=True))
        ],
        rows=[to(date(year, 1, 1), date(year, 12, 31)) for year in seasons.years],
        columns=[""] * 12,
        chosen=known & (np.array(firsts) <= view.end) & (np.array(lasts) >= view.start),
    )


def _digits(share: float) -> int:
    """Shares of spans have a decimal, whole incidents none."""
    return 0 if float(share).is_integer() else 1


def layout(reading: Reading) -> html.Section:
    """The place of both tables."""
    mark = about(reading.view, "rhythm", reading.words)
    return card(reading.words("When?"), html.Div(render(reading), id=ids.RHYTHM, className="rhythm"), about=mark)


PANEL = Panel(layout, follow(ids.RHYTHM, render))
