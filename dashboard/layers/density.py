"""Density of exact locations in bands of one bandwidth. Areas stay pale so that the bands speak."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely

from dashboard import theme
from dashboard.claims import density as claims
from dashboard.claims import risk
from dashboard.figures.classes import NOT_ASKED, ZERO, Classes
from dashboard.figures.picture import LegendRow, Overlay, Picture, hover_lines
from dashboard.layers import MapLayer
from dashboard.view import View
from dashboard.words import N_, Words
from geodata.answers.answer import AreaCounts
from geodata.answers.answers import Answers
from geodata.answers.density import Density
from geodata.question import Scope
from geodata.vocabulary import Category


@dataclass(frozen=True, slots=True)
class CountsAndDensity:
    """The density, the counts its hover and its ground come from, and the categories that were not counted."""

    counts: AreaCounts
    density: Density
    left_out: tuple[Category, ...]


def ask(answers: Answers, view: View, scope: Scope) -> CountsAndDensity:
    """Both from the same question."""
    density = answers.density(view.question, scope, bandwidth_m=view.bandwidth)
    left_out = tuple(each for each in answers.snapshot.categories if each.key in density.left_out)
    return CountsAndDensity(answers.counts(view.question, scope), density, left_out)


def draw(answer: CountsAndDensity, words: Words) -> Picture:
    """Each band in its colour over the last, on areas that keep their outlines and what the pointer tells."""
    counts, density = answer.counts, answer.density
    colours = theme.ramp(len(density.lows)) if density.lows else ()
    bands = zip(density.bands, colours, strict=True)
    return Picture(
        codes=counts.codes,
        names=counts.names,
        asked=counts.asked,
        classes=Classes(np.where(counts.asked, ZERO, NOT_ASKED).astype(np.int8), (), (), 0),
        colours=(),
        hover=hover_lines(counts, words),
        legend_title=words("Incidents per km², bandwidth {n} m", n=words.number(density.bandwidth_m)),
        legend=tuple(_legend(answer, colours, words)),
        method="; ".join(filter(None, _caption(answer, words))),
        totals=counts.totals,
        facts=counts.facts,
        overlays=tuple(Overlay("fill", shape, colour) for shape, colour in bands if not shapely.is_empty(shape)),
    )


def _caption(answer: CountsAndDensity, words: Words) -> tuple[str, ...]:
    """All that paper, whose legend has no notes, must say."""
    density = answer.density
    return claims.method(density, words), claims.nothing(density, words), risk.left_out(answer.left_out, words)


def _legend(answer: CountsAndDensity, colours: tuple[str, ...], words: Words) -> Iterator[LegendRow]:
    density = answer.density
    highs = (*density.lows, np.inf)[1:]
    rows = list(zip(colours, density.lows, highs, strict=True))
    yield from (LegendRow(colour, _range(low, high, words)) for colour, low, high in reversed(rows))
    notes = [
        claims.nothing(density, words),
        "" if density.refused else claims.basis(density, words),
        claims.coarseness(density, words) if density.lows else "",
        risk.left_out(answer.left_out, words),
    ]
    if not answer.counts.asked.all():
        yield LegendRow(theme.NOT_ASKED_FILL, words("not asked about"), "not_asked")
    yield from (LegendRow("", note, "note") for note in notes if note)


def _range(low: float, high: float, words: Words) -> str:
    if np.isinf(high):
        return words("{n} or more", n=_said(low, words))
    return f"{_said(low, words)}–{_said(high, words)}"


def _said(value: float, words: Words) -> str:
    """With as many decimals as it has: 1.5 to 2 is no band from 2 to 2."""
    return words.decimal(value, next((digits for digits in range(3) if round(value, digits) == value), 3))


LAYER = MapLayer(N_("Density"), 8, ask, draw, chooses="bandwidth")
