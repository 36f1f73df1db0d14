"""Events and notes -> signs and lines on a time axis of months; pointing at one tells what. A plain dict, no dash."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from html import escape
from typing import Any

from dashboard import theme
from dashboard.names import EVENT_KINDS
from dashboard.words import Words
from geodata.vocabulary import Event

EVENT, NOTE = "◆", "✎"
LINE = 46  # letters of a note in one line of what is told
HALF_MONTH = timedelta(days=15)  # bars stand about the first of their month


@dataclass(slots=True)
class _Day:
    signs: dict[str, None] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)


def dated_marks(
    months: Sequence[date], words: Words, *, size: int, events: Sequence[Event], notes: Sequence[tuple[date, str]]
) -> dict[str, Any]:
    """A line a day, whatever happened on it; signs above the chart tell what. ``notes`` are days and plain texts."""
    days = _days(months, words, events, notes)
    line = {"type": "line", "yref": "paper", "y0": 0, "y1": 1, "layer": "above"}
    pen = {"color": theme.INK, "width": 1, "dash": "dot"}
    places = {day: (day - HALF_MONTH).isoformat() for day in days}
    return {
        "shapes": [{**line, "x0": at, "x1": at, "line": pen} for at in places.values()],
        "annotations": [_sign(day, each, words, x=places[day], size=size) for day, each in days.items()],
    }


def _days(
    months: Sequence[date], words: Words, events: Sequence[Event], notes: Sequence[tuple[date, str]]
) -> Mapping[date, _Day]:
    """What lies in the months shown, day by day; texts of people are taken as text, whatever letters they hold."""
    if not months:
        return {}
    until = (months[-1] + timedelta(days=31)).replace(day=1)
    days: dict[date, _Day] = {}
    told = [(event.day, EVENT, f"{event.label(words.language)} ({words(EVENT_KINDS[event.kind])})") for event in events]
    for day, sign, text in [*told, *((day, NOTE, text) for day, text in notes)]:
        if months[0] <= day < until:
            at = days.setdefault(day, _Day())
            at.signs[sign] = None
            at.told += [escape(part, quote=False) for part in textwrap.wrap(text, LINE)]
    return days


def _sign(day: date, what: _Day, words: Words, *, x: str, size: int) -> dict[str, Any]:
    return {
        "x": x,
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "text": "".join(what.signs),
        "showarrow": False,
        "captureevents": True,
        "font": {"size": size, "color": theme.INK},
        "hovertext": "<br>".join([f"<b>{words.date(day)}</b>", *what.told]),
        "hoverlabel": {"bgcolor": theme.PAPER, "bordercolor": theme.HAIRLINE, "font": {"color": theme.INK}},
    }
