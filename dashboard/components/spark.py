"""A row of months as a small picture with words beside it. Knows no panel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dash import html

from dashboard.claims import months as claims
from dashboard.figures.sparkline import sparkline
from dashboard.words import Words


@dataclass(frozen=True, slots=True)
class Months:
    """First days, which are asked, and which the data do not cover whole."""

    firsts: Sequence[date]
    asked: Sequence[bool]
    partial: Sequence[bool]


def spark(months: Months, n: Sequence[int], words: Words, theme: str) -> html.Img:
    """The picture of one row of months."""
    said = claims.shown(months.firsts, n, months.partial, words)
    source = sparkline(n, strong=months.asked, partial=months.partial, theme=theme)
    return html.Img(src=source, alt=said, title=said, className="spark")
