"""Exact locations, or for who may not see those, places that several share. Areas stay pale so that they speak."""

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
from geodata.answers.shared_places import SharedPlaces
from geodata.question import Scope


@dataclass(frozen=True, slots=True)
class CountsAndPoints:
    """The points, and the counts their hover and their ground come from."""

    counts: AreaCounts
    points: Points | SharedPlaces


def ask(answers: Answers, view: View, scope: Scope) -> CountsAndPoints:
    """Both from the same question."""
    points = answers.points if scope.points else answers.shared_places
    return CountsAndPoints(answers.counts(view.question, scope), points(view.question, scope))


def draw(answer: CountsAndPoints, words: Words) -> Picture:
    """Every point, or an even choice of them where there are too many, said in the legend; or every shared place."""
    counts, points = answer.counts, answer.points
    ground = np.where(counts.asked, ZERO, NOT_ASKED).astype(np.int8)
    return Picture(
        codes=counts.codes,
        names=counts.names,
        asked=counts.asked,
        classes=Classes(ground, (), (), 0),
        colours=(),
        hover=hover_lines(counts, words),
        legend_title=words("Locations"),
        legend=tuple(_legend(answer, words)),
        method=_method(points, words),
        totals=counts.totals,
        facts=counts.facts,
        points=points,
    )


def _method(points: Points | SharedPlaces, words: Words) -> str:
    if isinstance(points, Points):
        return words("exact recorded locations; incidents known only to their area are not drawn")
    if not len(points.n):
        return words("exact locations are not open to you")
    return words(
        "exact locations are not open to you: each point is a place within a commune that several incidents share, "
        "{n} on all of them, not where one of them happened; incidents known only to their area are not drawn",
        n=words.count(int(points.n.sum())),
    )


def _legend(answer: CountsAndPoints, words: Words) -> Iterator[LegendRow]:
    counts = answer.counts
    if label := _label(answer.points, words):
        yield LegendRow(theme.HOT, label, "point")
    else:
        yield LegendRow("", words("no place that several incidents share"), "note")
    unseen = counts.totals.placed - counts.totals.with_point
    if unseen:
        yield LegendRow("", words("{n} known only to their area, not drawn", n=words.count(unseen)), "note")
    if not counts.asked.all():
        yield LegendRow(theme.NOT_ASKED_FILL, words("not asked about"), "not_asked")


def _label(points: Points | SharedPlaces, words: Words) -> str:
    """What one dot stands for, "" where there is none to be told."""
    if isinstance(points, SharedPlaces):
        least = words.number(int(points.n.min())) if len(points.n) else ""
        return words("a place that {n} or more recorded incidents share", n=least) if least else ""
    if len(points.lon) == points.total:
        return words("one recorded incident")
    return words(
        "{drawn} of {total} points, chosen evenly in time",
        drawn=words.count(len(points.lon)),
        total=words.count(points.total),
    )


LAYER = MapLayer(N_("Points"), 8, ask, draw)
