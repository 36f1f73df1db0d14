"""When: hour by weekday, and month by year, as shaded tables with what is unknown. Counts nothing."""

from __future__ import annotations

import numpy as np
from dash import html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.claims import rhythm as claims
from dashboard.components.card import card
from dashboard.components.glossary import about
from dashboard.components.heat import heat
from dashboard.panels import Panel, follow
from dashboard.reading import Reading

HOURS = [f"{hour:02d}" for hour in range(24)]


def render(reading: Reading) -> list[Component]:
    """The week, then the years."""
    if not reading.snapshot.boundaries.layers:
        return []
    return [*_week(reading), *_years(reading)]


def _week(reading: Reading) -> list[Component]:
    words = reading.words
    rhythm = reading.answers.rhythm(reading.view.question, reading.scope)
    days = [claims.weekday(day, words) for day in range(7)]
    told = [
        [
            words(
                "{day} {hour}:00: {n} incidents",
                day=days[day],
                hour=HOURS[hour],
                n=words.decimal(share, _digits(share)),
            )
            for hour, share in enumerate(row)
        ]
        for day, row in enumerate(rhythm.shares.tolist())
    ]
    return [
        html.P(claims.peak(rhythm, words)),
        heat(words("Incidents by hour and weekday"), HOURS, days, rhythm.shares, told=told, every=6),
        html.P(claims.unknown(rhythm, words), className="hint"),
    ]


def _years(reading: Reading) -> list[Component]:
    words = reading.words
    seasons = reading.answers.seasons(reading.view.question, reading.scope)
    if not seasons.years:
        return []
    told = [
        ["" if np.isnan(n) else words.number(n) + ("*" if partial else "") for n, partial in zip(*row, strict=True)]
        for row in zip(seasons.n.tolist(), seasons.partial.tolist(), strict=True)
    ]
    months = [str(month) for month in range(1, 13)]
    table = heat(
        words("Incidents by month and year"), months, [str(year) for year in seasons.years], seasons.n, told=told,
        written=True,
    )  # fmt: skip
    note = words("By month and year, over all the data, whatever the period asked.")
    if seasons.partial.any():
        note += " " + words("* month not complete")
    return [table, html.P(note, className="hint")]


def _digits(share: float) -> int:
    """Shares of spans have a decimal, whole incidents none."""
    return 0 if float(share).is_integer() else 1


def layout(reading: Reading) -> html.Section:
    """The place of both tables."""
    mark = about(reading.view, "rhythm", reading.words)
    return card(reading.words("When?"), html.Div(render(reading), id=ids.RHYTHM, className="rhythm"), about=mark)


PANEL = Panel(layout, follow(ids.RHYTHM, render))
