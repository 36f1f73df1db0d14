"""MonthlyTrend -> the trend figure: bars by month, and the lines they are held against. A plain dict, no dash."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard import theme
from dashboard.figures.dated_marks import dated_marks
from dashboard.words import Words
from geodata.answers.answer import MonthlyTrend
from geodata.answers.target_months import TargetMonths
from geodata.vocabulary import Event

FEW = 5  # up to here the axis counts by ones
ROUNDING = 1e-9
# Each line is told from the others by its dashes, steps or dots, not by its colour alone.
LAST_YEAR: Mapping[str, Any] = {"mode": "lines", "line": {"color": theme.INK_SOFT, "width": 2, "dash": "solid"}}
MEAN: Mapping[str, Any] = {"mode": "lines", "line": {"color": theme.ACCENT, "width": 2, "dash": "dot"}}
TARGET: Mapping[str, Any] = {
    "mode": "lines",
    "line": {"color": theme.INK, "width": 2, "dash": "dash", "shape": "hvh"},
}
WHOLE: Mapping[str, Any] = {
    "mode": "lines+markers",
    "line": {"color": theme.INK_SOFT, "width": 1},
    "marker": {"color": theme.INK_SOFT, "size": 4},
}


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside an area's months: dated events and notes, the target's line, all areas on the same level."""

    events: Sequence[Event] = ()
    notes: Sequence[tuple[date, str]] = ()
    target: TargetMonths | None = None
    whole: MonthlyTrend | None = None


NOTHING_BESIDE = Beside()


def figure(trend: MonthlyTrend, words: Words, *, size: int, beside: Beside = NOTHING_BESIDE) -> dict[str, Any]:
    """Bars of the months asked are strong, the others pale; a month that is not whole is hatched.

    ``size`` is the text size in pixels. What is dated is marked by a line where it lies in the months shown.
    """
    months = [month.isoformat() for month in trend.months]
    lines = [
        _line(months, trend.year_before.tolist(), LAST_YEAR),
        _line(months, trend.mean_12.tolist(), MEAN),
        *([] if beside.whole is None else [_line(months, on_level(trend, beside.whole).tolist(), WHOLE)]),
        *([] if beside.target is None else [_line(months, allowed(trend, beside.target).tolist(), TARGET)]),
    ]
    marks = dated_marks(trend.months, words, size=size, events=beside.events, notes=beside.notes)
    return {"data": [_bars(trend, months, words, beside), *lines], "layout": {**_layout(trend, words, size), **marks}}


def on_level(trend: MonthlyTrend, whole: MonthlyTrend) -> NDArray[np.float64]:
    """The months of the whole, scaled to as many as the trend's over all whole months; NaN where that cannot be."""
    known = ~trend.partial
    there, here = whole.n[known].sum(), trend.n[known].sum()
    scaled = whole.n * (here / there) if there and here else np.full(len(whole.n), np.nan)
    return np.where(trend.partial, np.nan, scaled)


def allowed(trend: MonthlyTrend, target: TargetMonths) -> NDArray[np.float64]:
    """As many as the target leaves of the baseline's same month, in every month after the baseline."""
    most = {month.month: n for month, n in zip(target.months, target.most.tolist(), strict=True)}
    return np.array([most.get(month.month, np.nan) if month > target.months[-1] else np.nan for month in trend.months])


def _bars(trend: MonthlyTrend, months: list[str], words: Words, beside: Beside) -> dict[str, Any]:
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
        "customdata": _hover(trend, words, beside),
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


def _line(months: list[str], values: list[float], look: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "x": months,
        "y": [None if math.isnan(value) else value for value in values],
        **look,
        "hoverinfo": "skip",
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
    }


def _hover(trend: MonthlyTrend, words: Words, beside: Beside) -> list[str]:
    most = [math.nan] * len(trend.months) if beside.target is None else allowed(trend, beside.target).tolist()
    whole = [None] * len(trend.months) if beside.whole is None else beside.whole.n.tolist()
    rows = zip(trend.months, trend.n.tolist(), trend.year_before.tolist(), _not_whole(trend), strict=True)
    texts = []
    for (month, n, before, (partial, cut)), limit, everywhere in zip(rows, most, whole, strict=True):
        lines = [f"<b>{words.month(month)}</b>", words.counted("{n} recorded incident", "{n} recorded incidents", n)]
        if not math.isnan(before):
            lines.append(words("same month last year: {n}", n=words.count(before)))
        if not math.isnan(limit):
            lines.append(words("target: at most {n}", n=words.number(math.floor(limit + ROUNDING))))
        if everywhere is not None:
            lines.append(words("whole province: {n}", n=words.count(everywhere)))
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
        "margin": {"l": 3 * size, "r": 8, "t": size + 4, "b": int(1.8 * size)},
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
