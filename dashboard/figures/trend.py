"""MonthlyTrend -> the trend figure: bars by month, last year's line, the mean, dated marks. A plain dict, no dash."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from dashboard import theme
from dashboard.names import EVENT_KINDS
from dashboard.words import Words
from geodata.answers.answer import MonthlyTrend
from geodata.vocabulary import Event

FEW = 5  # up to here the axis counts by ones


def figure(trend: MonthlyTrend, words: Words, *, size: int, events: Sequence[Event] = ()) -> dict[str, Any]:
    """Bars of the months asked are strong, the others pale; a month that is not whole is hatched.

    ``size`` is the text size in pixels. ``events`` are marked by a line where they lie in the months shown.
    """
    months = [month.isoformat() for month in trend.months]
    return {
        "data": [
            _bars(trend, months, words),
            _line(months, trend.year_before.tolist(), theme.INK_SOFT, "solid"),
            _line(months, trend.mean_12.tolist(), theme.ACCENT, "dot"),
        ],
        "layout": {**_layout(trend, words, size), **_marks(trend, words, size, events)},
    }


def _marks(trend: MonthlyTrend, words: Words, size: int, events: Sequence[Event]) -> dict[str, Any]:
    """A line a day, whatever happened on it; its sign above the chart tells what."""
    if not trend.months:
        return {"shapes": [], "annotations": []}
    until = (trend.months[-1] + timedelta(days=31)).replace(day=1)
    days: dict[date, list[str]] = {}
    for event in events:
        if trend.months[0] <= event.day < until:
            days.setdefault(event.day, []).append(f"{event.label(words.language)} ({words(EVENT_KINDS[event.kind])})")
    half = timedelta(days=15)  # bars stand about the first of their month
    line = {"type": "line", "yref": "paper", "y0": 0, "y1": 1, "layer": "above"}
    pen = {"color": theme.INK, "width": 1, "dash": "dot"}
    return {
        "shapes": [
            {**line, "x0": (day - half).isoformat(), "x1": (day - half).isoformat(), "line": pen} for day in days
        ],
        "annotations": [
            {
                "x": (day - half).isoformat(),
                "y": 1,
                "yref": "paper",
                "yanchor": "bottom",
                "text": "◆",
                "showarrow": False,
                "captureevents": True,
                "font": {"size": size, "color": theme.INK},
                "hovertext": "<br>".join([f"<b>{words.date(day)}</b>", *told]),
                "hoverlabel": {"bgcolor": theme.PAPER, "bordercolor": theme.HAIRLINE, "font": {"color": theme.INK}},
            }
            for day, told in days.items()
        ],
    }


def _bars(trend: MonthlyTrend, months: list[str], words: Words) -> dict[str, Any]:
    strong, pale = theme.AMOUNT_RAMP[3], theme.AMOUNT_RAMP[0]
    return {
        "type": "bar",
        "x": months,
        "y": trend.n.tolist(),
        "marker": {
            "color": [strong if asked else pale for asked in trend.in_period.tolist()],
            "pattern": {
                "shape": ["/" if partial or cut else "" for partial, cut in _not_whole(trend)],
                "fillmode": "replace",
            },
        },
        "customdata": _hover(trend, words),
        "hovertemplate": "%{customdata}<extra></extra>",
        # A chosen bar must not fade the others: the URL, not plotly, knows what is chosen.
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
    }


def _not_whole(trend: MonthlyTrend) -> list[tuple[bool, bool]]:
    """For each month: do the data not cover it whole, and does the period ask for only a part of it."""
    period = trend.question.period
    after = [*trend.months[1:], date.max][: len(trend.months)]
    cut = [
        asked and (first < period.start or period.end < following - timedelta(days=1))
        for first, following, asked in zip(trend.months, after, trend.in_period.tolist(), strict=True)
    ]
    return list(zip(trend.partial.tolist(), cut, strict=True))


def _line(months: list[str], values: list[float], colour: str, dash: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": months,
        "y": [None if math.isnan(value) else value for value in values],
        "line": {"color": colour, "width": 2, "dash": dash},
        "hoverinfo": "skip",
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
    }


def _hover(trend: MonthlyTrend, words: Words) -> list[str]:
    texts = []
    rows = zip(trend.months, trend.n.tolist(), trend.year_before.tolist(), _not_whole(trend), strict=True)
    for month, n, before, (partial, cut) in rows:
        lines = [f"<b>{words.month(month)}</b>", words.plural("{n} recorded incident", "{n} recorded incidents", n)]
        if not math.isnan(before):
            lines.append(words("same month last year: {n}", n=words.number(before)))
        if partial:
            lines.append(words("month not complete"))
        elif cut:
            lines.append(words("only a part of this month is asked about; the bar shows all of it"))
        texts.append("<br>".join(lines))
    return texts


def _layout(trend: MonthlyTrend, words: Words, size: int) -> dict[str, Any]:
    step = max(1, math.ceil(len(trend.months) / (4 if size > 16 else 6)))
    ticks = trend.months[::-1][::step][::-1]
    return {
        "margin": {"l": 3 * size, "r": 8, "t": size + 4, "b": int(2.4 * size)},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": theme.FONT, "size": size, "color": theme.INK_SOFT},
        "showlegend": False,
        "bargap": 0.18,
        "hovermode": "x",
        "dragmode": "select",
        "selectdirection": "h",
        "hoverlabel": {
            "bgcolor": theme.PAPER,
            "bordercolor": theme.HAIRLINE,
            "font": {"color": theme.INK, "size": size},
        },
        "xaxis": {
            "type": "date",
            "tickvals": [month.isoformat() for month in ticks],
            "ticktext": [f"{month:%m/%y}" for month in ticks],
            "showgrid": False,
            "fixedrange": True,
            "tickangle": 0,
        },
        "yaxis": {
            "rangemode": "tozero",
            "gridcolor": theme.HAIRLINE,
            "zeroline": False,
            "nticks": 5,
            "dtick": 1 if max(trend.n.tolist(), default=0) <= FEW else None,
            "fixedrange": True,
            "tickformat": ",d",
        },
        "separators": ",." if words.language == "vi" else ".,",
        "selections": [],  # what was brushed is in the URL now
        "selectionrevision": words.period(trend.question.period),
        "uirevision": "trend",
    }
