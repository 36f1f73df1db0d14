"""Clusters of areas as numbered outlines over a picture, with their numbers in its legend. Searches for none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dashboard import theme
from dashboard.claims import cluster as claims
from dashboard.figures.picture import LegendRow, Overlay, Picture
from dashboard.words import Words
from geodata.answers.clusters import Clusters

MOST = 3  # outlines, the likeliest; more would fill the legend


def ringed(picture: Picture, found: Clusters, words: Words) -> Picture:
    """The picture with the clusters beyond chance outlined over whatever it has."""
    rings = tuple(
        Overlay("line", each.outline, theme.INK, str(number))
        for number, each in enumerate(found.significant[:MOST], start=1)
    )
    return replace(picture, overlays=(*picture.overlays, *rings), legend=(*picture.legend, *_legend(found, words)))


def _legend(found: Clusters, words: Words) -> Iterator[LegendRow]:
    """What the outlines are, then one line each; that there are none, too."""
    shown = found.significant
    yield LegendRow(theme.INK, claims.searched(found, words), "line" if shown else "note")
    for number, each in enumerate(shown[:MOST], start=1):
        yield LegendRow("", claims.outlined(number, each, words), "note")
    if len(shown) > MOST:
        yield LegendRow("", words("{n} weaker clusters are not outlined", n=words.number(len(shown) - MOST)), "note")
    if found.hidden:
        text = words("{n} clusters reach beyond the areas you may see and are not shown", n=words.number(found.hidden))
        yield LegendRow("", text, "note")
