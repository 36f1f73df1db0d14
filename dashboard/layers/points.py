"""Exact locations, where the asker may see them. Areas stay pale so that the points speak."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from dashboard import theme
from dashboard.figures.classes import NOT_ASKED, ZERO, Classes
from dashboard.figures.picture import LegendRow, Picture, hover_lines
from dashboard.layers import MapLayer
from dashboard.view import View
from dashboard.words import N_, Words
from geodata.answers.answer import AreaCounts, Points
from geodata.answers.answers import Answers
from geodata.question import Scope


@dataclass(frozen=True, slots=True)
class CountsAndPoints:
    """The points, and the counts their hover and their ground come from."""

    counts: AreaCounts
    points: Points


def ask(answers: Answers, view: View, scope: Scope) -> CountsAndPoints:
    """Both from the same question."""
    return CountsAndPoints(answers.counts(view.question, scope), answers.points(view.question, scope))


def draw(answer: CountsAndPoints, words: Words) -> Picture:
    """Every point, or an even choice of them where there are too many, said in the legend."""
    counts, points = answer.counts, answer.points
    ground = np.where(counts.asked, ZERO, NOT_ASKED).astype(np.int8)
    drawn = len(points.lon)
    label = (
        words("one recorded incident")
        if drawn == points.total
        else words(
            "{drawn} of {total} points, chosen evenly in time",
            drawn=words.count(drawn),
            total=words.count(points.total),
        )
    )
    return Picture(
        codes=counts.codes,
        names=counts.names,
        asked=counts.asked,
        classes=Classes(ground, (), (), 0),
        colours=(),
        hover=hover_lines(counts, words),
        legend_title=words("Locations"),
        legend=tuple(_legend(counts, label, words)),
        method=words("exact recorded locations; incidents known only to their area are not drawn"),
        totals=counts.totals,
        facts=counts.facts,
        points=points,
    )


def _legend(counts: AreaCounts, label: str, words: Words) -> Iterator[LegendRow]:
    yield LegendRow(theme.HOT, label, "point")
    unseen = counts.totals.placed - counts.totals.with_point
    if unseen:
        yield LegendRow("", words("{n} known only to their area, not drawn", n=words.count(unseen)), "note")
    if not counts.asked.all():
        yield LegendRow(theme.NOT_ASKED_FILL, words("not asked about"), "not_asked")


LAYER = MapLayer(N_("Points"), 8, ask, draw)
