"""Relative risks -> classes about 1 with breaks that never move, so that two maps can be compared. Asks for nothing."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from dashboard import theme
from dashboard.claims import risk as claims
from dashboard.figures.classes import NO_DATA, NOT_ASKED, ZERO, Classes
from dashboard.figures.picture import LegendRow
from dashboard.words import Words
from geodata.answers.enough import FEWEST
from geodata.answers.exposure import Denominator
from geodata.answers.risk import Judged

BREAKS = (0.5, 0.8, 1.25, 1.5, 2.0)
COLOURS = theme.CHANGE_RAMP[1:]  # the palest stands for 0.8 to 1.25


def classed(judged: Judged, asked: NDArray[np.bool_]) -> Classes:
    """The class of every place by its relative risk; a place without incidents is ZERO, one not judged NO_DATA."""
    index = (np.searchsorted(BREAKS, judged.rr, side="right") + 1).astype(np.int8)
    index[judged.n == 0] = ZERO
    index[np.isnan(judged.expected)] = NO_DATA  # where nothing at all was recorded, risks are unknown and areas are not
    index[~asked] = NOT_ASKED
    return Classes(index, (0.0, *BREAKS), (*BREAKS, np.inf), 2)


def hatching(judged: Judged) -> NDArray[np.bool_]:
    """Places coloured on too few incidents to state their risk."""
    return np.asarray(judged.few & (judged.n > 0) & np.isfinite(judged.rr), dtype=np.bool_)


def legend_rows(classes: Classes, hatched: NDArray[np.bool_], words: Words) -> Iterator[LegendRow]:
    """All classes, the highest first, whether they occur or not; then what else there is on the map."""
    yield LegendRow(COLOURS[-1], words("{x} times and more", x=_written(BREAKS[-1], words)))
    for i in range(len(BREAKS) - 1, 0, -1):
        yield LegendRow(COLOURS[i], f"{_written(BREAKS[i - 1], words)}–{_written(BREAKS[i], words)}")
    yield LegendRow(COLOURS[0], words("under {x}", x=_written(BREAKS[0], words)))
    yield from other_rows(classes, hatched, words)


def other_rows(classes: Classes, hatched: NDArray[np.bool_], words: Words) -> Iterator[LegendRow]:
    """What is on the map beside the classes."""
    if (classes.index == ZERO).any():
        yield LegendRow(theme.ZERO_FILL, words("none recorded"), "zero")
    if hatched.any():
        yield LegendRow(theme.ZERO_FILL, words("fewer than {n} incidents: too few to tell", n=FEWEST), "hatched")
    if (classes.index == NO_DATA).any():
        yield LegendRow(theme.NO_DATA_FILL, words("not judged: no inhabitants known"), "no_data")
    if (classes.index == NOT_ASKED).any():
        yield LegendRow(theme.NOT_ASKED_FILL, words("not asked about"), "not_asked")


def hover(judged: Judged, place: int, by: Denominator, words: Words) -> str:
    """Lines below a place's name: incidents and expected, the risk with its range, what the method says."""
    if not judged.classes[place]:
        return words("not asked about")
    if np.isnan(judged.expected[place]):
        n = int(judged.n[place])
        lines = [f"<b>{words.counted('{n} recorded incident', '{n} recorded incidents', n)}</b>"]
    else:
        lines = [f"<b>{claims.counted(judged, place, words)}</b>", claims.times(judged, place, by, words)]
    lines.append(claims.verdict(judged, place, words))
    return "<br>".join(line for line in lines if line)


def joined(*texts: str) -> str:
    """What there is to say, in one sentence for the line below the map: unlike the legend's notes it is printed too."""
    return "; ".join(text for text in texts if text)


def _written(x: float, words: Words) -> str:
    return words.decimal(x, 2 if round(x, 1) != x else 1)
