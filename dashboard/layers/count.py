"""Recorded incidents by area, as they are."""

from __future__ import annotations

from dashboard.figures.classes import classify
from dashboard.figures.picture import Picture, shaded
from dashboard.layers import MapLayer
from dashboard.words import N_, Words
from geodata.answers.answer import AreaCounts


def draw(counts: AreaCounts, words: Words) -> Picture:
    """Areas shaded by their number of incidents; areas that were not asked about have no data."""
    return shaded(
        counts,
        classify(counts.shown(counts.n)),
        words,
        title=words("Recorded incidents"),
        method=words("number of recorded incidents in each area, not adjusted for population"),
    )


LAYER = MapLayer(N_("Count"), 1, lambda answers, view, scope: answers.counts(view.question, scope), draw)
