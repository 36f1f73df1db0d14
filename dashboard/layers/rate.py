"""Recorded incidents per 10,000 inhabitants. No rate is shown on fewer than five incidents."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from dashboard.figures.classes import classify
from dashboard.figures.picture import LegendRow, Picture, shaded
from dashboard.layers import MapLayer
from dashboard.words import N_, Words
from geodata.answers.answer import AreaCounts
from geodata.answers.enough import FEWEST


def draw(counts: AreaCounts, words: Words) -> Picture:
    """Areas shaded by their rate; fewer than five incidents, or an unknown population, is no data."""
    few = (counts.n > 0) & (counts.n < FEWEST)
    rate = np.where(few, np.nan, counts.per_10k)
    picture = shaded(
        counts,
        classify(counts.shown(rate), digits=1),
        words,
        title=words("Per 10,000 inhabitants"),
        method=words(
            "recorded incidents per 10,000 inhabitants over the period, not annualised; "
            "none shown on fewer than {n} incidents",
            n=FEWEST,
        ),
    )
    return replace(picture, legend=tuple(_say_why(row, words) for row in picture.legend))


def _say_why(row: LegendRow, words: Words) -> LegendRow:
    if row.kind != "no_data":
        return row
    return LegendRow(row.colour, words("fewer than {n} incidents, or no population", n=FEWEST), row.kind)


LAYER = MapLayer(N_("Rate"), 2, lambda answers, view, scope: answers.counts(view.question, scope), draw)
