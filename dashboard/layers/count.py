"""Recorded incidents by area, as they are."""

from __future__ import annotations

from dashboard import theme
from dashboard.figures.classes import classify
from dashboard.figures.picture import Picture, hover_lines, legend_rows
from dashboard.layers import MapLayer
from dashboard.words import N_, Words
from geodata.answers.answer import AreaCounts


def draw(counts: AreaCounts, words: Words) -> Picture:
    """Areas shaded by their number of incidents; areas that were not asked about have no data."""
    classes = classify(counts.shown(counts.n))
    colours = theme.ramp(len(classes)) if len(classes) else ()
    return Picture(
        codes=counts.codes,
        names=counts.names,
        asked=counts.asked,
        classes=classes,
        colours=colours,
        hover=hover_lines(counts, words),
        legend_title=words("Recorded incidents"),
        legend=legend_rows(classes, colours, words, unit=words("incidents")),
        method=words("number of recorded incidents in each area, not adjusted for population"),
        totals=counts.totals,
        facts=counts.facts,
    )


LAYER = MapLayer(N_("Count"), 1, lambda answers, question, scope: answers.counts(question, scope), draw)
