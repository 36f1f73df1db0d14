"""The risk in hexagons of a chosen width, with the areas that stand out as outlines, to show what the unit does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from dashboard import theme
from dashboard.claims import risk as claims
from dashboard.figures import risks
from dashboard.figures.classes import NO_DATA, Classes
from dashboard.figures.picture import LegendRow, Overlay, Picture, Tiling
from dashboard.layers import MapLayer
from dashboard.view import View
from dashboard.words import N_, Words
from geodata.answers.answers import Answers
from geodata.answers.enough import FEWEST
from geodata.answers.hexagons import HexRisk
from geodata.answers.risk import NOBODY
from geodata.question import Scope
from geodata.vocabulary import Category


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells judged, the shapes of the areas that stand out, and the categories that were not counted."""

    cells: HexRisk
    asked_width: int
    outlined: NDArray[np.object_]  # EPSG:4326
    left_out: tuple[Category, ...]
    closed: bool  # whether no cell is told, as the asker may not see exact locations


def ask(answers: Answers, view: View, scope: Scope) -> Cells:
    """Judge the cells of the view's width, and fetch the areas that stand out by the same method."""
    cells = answers.hexagons(view.question, scope, width_m=view.hexagon)
    layer = answers.snapshot.boundaries.layers[cells.question.layer]
    return Cells(
        cells,
        view.hexagon,
        layer.polygons[list(cells.unit.areas)],
        tuple(each for each in answers.snapshot.categories if each.key in cells.left_out),
        closed=not scope.points,
    )


def draw(answer: Cells, words: Words) -> Picture:
    """Cells shaded as areas are by their risk; those without an incident stay blank, those with few grey.

    A cell is too small for hatching to be seen, and one incident where hardly anybody lives is a risk of two and more.
    """
    cells = answer.cells
    classes = risks.classed(cells, cells.asked)
    classes.index[risks.hatching(cells) & cells.asked] = NO_DATA
    homes = [words("hexagon in {area}", area=name) for name in cells.names]
    return Picture(
        codes=tuple(map(str, range(len(cells.n)))),
        names=tuple(homes[i] for i in cells.home.tolist()),
        asked=cells.asked,
        classes=classes,
        colours=risks.COLOURS,
        hover=_hovers(cells, words),
        legend_title=words("Times the expected number, in hexagons of {width} m", width=words.number(cells.width_m)),
        legend=tuple(_legend(answer, classes, words)),
        method=_method(answer, words),
        totals=cells.totals,
        facts=cells.facts,
        tiling=Tiling(f"hexagons-{cells.question.edition}-{cells.width_m:.0f}", cells.polygons),
        overlays=tuple(Overlay("line", shape, theme.INK) for shape in answer.outlined),
    )


def _hovers(cells: HexRisk, words: Words) -> tuple[str, ...]:
    """Most cells hold nothing, and say the same: a text for each would weigh 2 MB."""
    empty = {"": words("not asked about"), NOBODY: words(claims.VERDICTS[NOBODY])}
    nothing = words("none recorded")
    return tuple(
        risks.hover(cells, i, cells.by, words) if n else empty.get(kind, nothing)
        for i, (n, kind) in enumerate(zip(cells.n.tolist(), cells.classes.tolist(), strict=True))
    )


def _legend(answer: Cells, classes: Classes, words: Words) -> Iterator[LegendRow]:
    for row in risks.legend_rows(classes, np.zeros(len(classes.index), dtype=np.bool_), words):
        few = row.kind == "no_data"
        yield replace(row, label=words("fewer than {n} incidents, or no inhabitants known", n=FEWEST)) if few else row
    if answer.closed:
        yield LegendRow("", claims.closed(words), "note")
    if len(answer.outlined):
        yield LegendRow(theme.INK, words("areas that stand out as a whole"), "line")


def _method(answer: Cells, words: Words) -> str:
    """How cells are judged, what the unit does, and what is not shown as it was asked for."""
    cells, width = answer.cells, words.number(answer.cells.width_m)
    if answer.closed:
        return claims.closed(words)
    said = words(
        "{n} incidents with a well-known point, in hexagons of {width} m, against those expected if the inhabitants of "
        "each commune lived spread evenly over it: villages and town streets stand out for that alone",
        n=words.count(int(cells.n.sum())),
        width=width,
    )
    widened = ""
    if cells.width_m != answer.asked_width:
        widened = words("too many hexagons of {width} m: wider ones are shown", width=words.number(answer.asked_width))
    return risks.joined(said, widened, *claims.unit(cells, words), claims.left_out(answer.left_out, words))


LAYER = MapLayer(N_("Hexagons"), 7, ask, draw, chooses="hexagon")
