"""What a map layer shows, already classed and worded: the one value both the screen and the paper draw."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from dashboard import theme
from dashboard.figures.classes import NO_DATA, NOT_ASKED, Classes
from dashboard.words import Words
from geodata.answers.answer import AreaCounts, DataFacts, Points, Totals
from geodata.answers.enough import FEWEST
from geodata.answers.shared_places import SharedPlaces

LegendKind = Literal["class", "zero", "no_data", "not_asked", "point", "note", "hatched", "line", "dashes", "dots"]


@dataclass(frozen=True, slots=True)
class LegendRow:
    """One colour of the legend and what it means."""

    colour: str
    label: str
    kind: LegendKind = "class"
    sign: str = ""  # written on the swatch, as on the map


@dataclass(frozen=True, slots=True, eq=False)
class Overlay:
    """Shapes over the fills: the bands of a density, the outline of a cluster with its number."""

    kind: Literal["fill", "line"]
    shape: Any  # one shapely (multi)polygon, EPSG:4326
    colour: str
    label: str = ""  # a number or two, written on the shape's outline


@dataclass(frozen=True, slots=True, eq=False)
class Tiling:
    """Cells drawn instead of the layer's areas, at most some thousands: ``key`` names their file for the browser."""

    key: str
    polygons: NDArray[np.object_]  # EPSG:4326, aligned with the picture's codes


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """Areas with their class and colour, hover lines, what lies over them, and the facts to state."""

    codes: tuple[str, ...]
    names: tuple[str, ...]
    asked: NDArray[np.bool_]
    classes: Classes
    colours: tuple[str, ...]  # of classes 1..k
    hover: tuple[str, ...]  # lines below the area's name, one text an area
    legend_title: str
    legend: tuple[LegendRow, ...]
    method: str  # how the shown value is made, one sentence
    totals: Totals
    facts: DataFacts
    points: Points | SharedPlaces | None = None  # incidents, or places that several share
    tiling: Tiling | None = None  # None: the layer's own areas
    hatched: NDArray[np.bool_] | None = None  # areas coloured, yet on too few incidents to trust
    signs: tuple[str, ...] = ()  # a sign on each area beside its colour, "" for none; () where the layer has none
    overlays: tuple[Overlay, ...] = ()

    def fill(self, area: int) -> str:
        """The fill colour of the area at that position."""
        index = int(self.classes.index[area])
        if index < 0:
            return theme.NO_DATA_FILL if index == NO_DATA else theme.NOT_ASKED_FILL
        return theme.ZERO_FILL if index == 0 else self.colours[index - 1]


def shaded(counts: AreaCounts, classes: Classes, words: Words, *, title: str, method: str) -> Picture:
    """Areas shaded by class, with the legend and hover that every such layer has."""
    colours = theme.ramp(len(classes)) if len(classes) else ()
    index = np.where(counts.asked, classes.index, NOT_ASKED).astype(np.int8)
    classes = replace(classes, index=index)
    return Picture(
        codes=counts.codes,
        names=counts.names,
        asked=counts.asked,
        classes=classes,
        colours=colours,
        hover=hover_lines(counts, words),
        legend_title=title,
        legend=legend_rows(classes, colours, words),
        method=method,
        totals=counts.totals,
        facts=counts.facts,
    )


def legend_rows(classes: Classes, colours: tuple[str, ...], words: Words) -> tuple[LegendRow, ...]:
    """Rows from the highest class to zero and, where there is one, no data."""
    rows = [
        LegendRow(colour, _range(low, high, classes.digits, words))
        for colour, low, high in zip(colours, classes.lows, classes.highs, strict=True)
    ]
    rows.reverse()
    if (classes.index == 0).any():
        rows.append(LegendRow(theme.ZERO_FILL, words.count(0) if words.few else words("none recorded"), "zero"))
    if (classes.index == NO_DATA).any():
        rows.append(LegendRow(theme.NO_DATA_FILL, words("no data"), "no_data"))
    if (classes.index == NOT_ASKED).any():
        rows.append(LegendRow(theme.NOT_ASKED_FILL, words("not asked about"), "not_asked"))
    return tuple(rows)


def _range(low: float, high: float, digits: int, words: Words) -> str:
    if low == high:
        return words.decimal(low, digits)
    return f"{words.decimal(low, digits)}–{words.decimal(high, digits)}"


def hover_lines(counts: AreaCounts, words: Words) -> tuple[str, ...]:
    """Below each area's name: incidents with last year's, and the rate where there are enough to have one."""
    return tuple(
        "<br>".join(_lines(n, before, rate, counts.years_back if counts.comparable else 0, words))
        for n, before, rate in zip(counts.n.tolist(), counts.before.tolist(), counts.per_10k.tolist(), strict=True)
    )


def _lines(n: int, before: int, rate: float, years_back: int, words: Words) -> list[str]:
    lines = [f"<b>{words.counted('{n} recorded incident', '{n} recorded incidents', n)}</b>"]
    if years_back == 1:
        lines.append(words("same period last year: {n}", n=words.count(before)))
    elif years_back:
        lines.append(words("same days {years} years earlier: {n}", years=years_back, n=words.count(before)))
    if n >= FEWEST and not np.isnan(rate):
        lines.append(words("{rate} per 10,000 inhabitants", rate=words.decimal(rate)))
    return lines
