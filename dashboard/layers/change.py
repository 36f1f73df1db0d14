"""How each area changed since another period: brown where there is more, blue where there is less, signs where sure."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from dashboard import theme
from dashboard.claims import change as claims
from dashboard.figures.classes import NO_DATA, NOT_ASKED, Classes
from dashboard.figures.picture import LegendRow, Picture
from dashboard.layers import MapLayer
from dashboard.view import View
from dashboard.words import N_, Words
from geodata.answers.answers import Answers
from geodata.answers.change import FEWER, INCOMPARABLE, MORE, TOO_FEW, AreaChanges
from geodata.question import Scope

BREAKS = (0.5, 0.75, 0.9, 1.1, 1.25, 1.5)  # of now / before: they never move, so that two maps can be compared
SIGNS = {MORE: "▲", FEWER: "▼"}


def ask(answers: Answers, view: View, scope: Scope) -> AreaChanges:
    """Compare with the period the view names, else with the same days a year earlier."""
    return answers.change(view.question, scope, against=view.against)


def draw(changes: AreaChanges, words: Words) -> Picture:
    """Areas by their change in per cent; hatched where too few incidents tell anything."""
    few = changes.classes == TOO_FEW
    return Picture(
        codes=changes.codes,
        names=changes.names,
        asked=changes.asked,
        classes=classed(changes),
        colours=theme.CHANGE_RAMP,
        hover=tuple("<br>".join(_lines(changes, area, words)) for area in range(len(changes.codes))),
        legend_title=words("Change against {period}", period=words.period(changes.comparison.before)),
        legend=tuple(_legend(changes, words)),
        method=claims.method(changes, words),
        totals=changes.totals,
        facts=changes.facts,
        hatched=np.asarray(few, dtype=np.bool_),
        signs=tuple(SIGNS.get(str(name), "") for name in changes.classes),
    )


def classed(changes: AreaChanges) -> Classes:
    """The class of every area by its ratio; NO_DATA where it is not to be told."""
    index = (np.searchsorted(BREAKS, changes.ratio, side="right") + 1).astype(np.int8)
    index[np.isin(changes.classes, [TOO_FEW, INCOMPARABLE]) | np.isnan(changes.ratio)] = NO_DATA
    index[~changes.asked] = NOT_ASKED
    return Classes(index, (0.0, *BREAKS), (*BREAKS, np.inf), 2)


def _legend(changes: AreaChanges, words: Words) -> Iterator[LegendRow]:
    """All classes, the largest rise first, whether they occur or not; then signs, and what else is on the map."""
    yield from (LegendRow(colour, label) for colour, label in zip(theme.CHANGE_RAMP[::-1], _labels(words), strict=True))
    kinds = {name: int((changes.classes == name).sum()) for name in (MORE, FEWER, TOO_FEW, INCOMPARABLE)}
    said = {MORE: words("rise beyond chance: {n}"), FEWER: words("fall beyond chance: {n}")}
    for name, label in said.items():
        if kinds[name]:
            yield LegendRow(theme.PAPER, label.format(n=words.number(kinds[name])), sign=SIGNS[name])
    if kinds[TOO_FEW]:
        label = words("too few to tell: {n}", n=words.number(kinds[TOO_FEW]))
        yield LegendRow(theme.NO_DATA_FILL, label, "hatched")
    if kinds[INCOMPARABLE]:
        yield LegendRow(theme.NO_DATA_FILL, words("not compared"), "no_data")
    if not changes.asked.all():
        yield LegendRow(theme.NOT_ASKED_FILL, words("not asked about"), "not_asked")
    notes = [claims.caution(changes, words), *claims.doubts(changes, words), claims.total(changes, words)]
    yield from (LegendRow("", note, "note") for note in notes if note)


def _labels(words: Words) -> Iterator[str]:
    """The classes in per cent, from the largest rise to the largest fall."""
    up, down = BREAKS[3:], BREAKS[2::-1]
    yield words("more by {n} or more", n=words.percent(up[-1] - 1, 0))
    for high, low in ((up[2], up[1]), (up[1], up[0])):
        yield words("more by {range}", range=f"{words.decimal(100 * (low - 1), 0)}–{words.percent(high - 1, 0)}")
    yield words("within {n} either way", n=words.percent(up[0] - 1, 0))
    for low, high in ((down[0], down[1]), (down[1], down[2])):
        yield words("fewer by {range}", range=f"{words.decimal(100 * (1 - low), 0)}–{words.percent(1 - high, 0)}")
    yield words("fewer by {n} or more", n=words.percent(1 - down[-1], 0))


def _lines(changes: AreaChanges, area: int, words: Words) -> Iterator[str]:
    """Below the area's name: both counts, the change with its range, what can be told."""
    if not changes.asked[area]:
        yield words("not asked about")
        return
    yield f"<b>{claims.counted(changes, area, words)}</b>"
    if said := claims.ranged(claims.of_area(changes, area), words):
        yield said
    yield "; ".join(filter(None, (claims.verdict(changes, area, words), claims.chance(changes, area, words))))


LAYER = MapLayer(N_("Change"), 4, ask, draw)
