"""Recorded incidents per 10,000 inhabitants. No rate is shown on fewer than five incidents."""

from __future__ import annotations

import numpy as np

from dashboard import theme
from dashboard.figures.classes import classify
from dashboard.figures.picture import FEWEST, LegendRow, Picture, hover_lines, legend_rows
from dashboard.layers import MapLayer
from dashboard.words import N_, Words
from geodata.answers.answer import AreaCounts


def draw(counts: AreaCounts, words: Words) -> Picture:
    """Areas shaded by their rate; fewer than five incidents, or an unknown population, is no data."""
    few = (counts.n > 0) & (counts.n < FEWEST)
    rate = np.where(few, np.nan, counts.per_10k)
    classes = classify(counts.shown(rate), digits=1)
    colours = theme.ramp(len(classes)) if len(classes) else ()
    rows = legend_rows(classes, colours, words, unit=words("per 10,000"))
    return Picture(
        codes=counts.codes,
        names=counts.names,
        asked=counts.asked,
        classes=classes,
        colours=colours,
        hover=hover_lines(counts, words),
        legend_title=words("Per 10,000 inhabitants"),
        legend=tuple(_say_why(row, words) for row in rows),
        method=words(
            "recorded incidents per 10,000 inhabitants over the period, not annualised; "
            "none shown on fewer than {n} incidents",
            n=FEWEST,
        ),
        totals=counts.totals,
        facts=counts.facts,
    )


def _say_why(row: LegendRow, words: Words) -> LegendRow:
    if row.kind != "no_data":
        return row
    return LegendRow(row.colour, words("fewer than {n} incidents, or no population", n=FEWEST), row.kind)


LAYER = MapLayer(N_("Rate"), 2, lambda answers, question, scope: answers.counts(question, scope), draw)
