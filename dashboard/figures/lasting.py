"""The register of lasting hot spots as a map: in how many categories each area is lastingly hot. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from dashboard import theme
from dashboard.figures.classes import NO_DATA, NOT_ASKED, Classes
from dashboard.figures.picture import LegendRow, Picture
from dashboard.words import Words
from geodata.answers.answer import Totals
from geodata.answers.register import Register

SIGN = "▲"


def picture(register: Register, totals: Totals, words: Words) -> Picture | None:
    """Areas by the number of categories in which they are lastingly hot; None where no category was judged.

    Hatched where there were too few incidents in every category to tell anything.
    """
    if not register.judged:
        return None
    first = register.judged[0]
    lasting = np.sum([found.lasting & found.asked for found in register.judged], axis=0)
    few = first.asked & ~np.any([found.enough for found in register.judged], axis=0)
    kinds = sorted({int(n) for n in lasting} - {0})
    place = {n: at for at, n in enumerate(kinds, 1)}
    index = np.array([place.get(int(n), 0) for n in lasting], dtype=np.int8)
    index[few] = NO_DATA
    index[~first.asked] = NOT_ASKED
    bounds = tuple(float(n) for n in kinds)
    colours = theme.ramp(len(kinds) + 2)[2:] if kinds else ()
    return Picture(
        codes=first.codes,
        names=first.names,
        asked=first.asked,
        classes=Classes(index, bounds, bounds, 0),
        colours=colours,
        hover=tuple(_told(int(n), words, unsure=bool(unsure)) for n, unsure in zip(lasting, few, strict=True)),
        legend_title=words("Lasting hot spots"),
        legend=(*_counted(lasting, kinds, colours, words), *_others(first.asked, few, words)),
        method=words("each category judged by itself, as the register has it"),
        totals=totals,
        facts=register.facts,
        hatched=few,
        signs=tuple(SIGN if n else "" for n in lasting),
    )


def _counted(lasting: NDArray[np.int_], kinds: list[int], colours: Sequence[str], words: Words) -> list[LegendRow]:
    """How many areas are lastingly hot in how many categories, the most first."""
    return [
        LegendRow(
            colour,
            words("{label}: {n}", label=_label(n, words), n=words.number(int((lasting == n).sum()))),
            sign=SIGN,
        )
        for n, colour in reversed(list(zip(kinds, colours, strict=True)))
    ]


def _others(asked: NDArray[np.bool_], few: NDArray[np.bool_], words: Words) -> Iterator[LegendRow]:
    yield LegendRow(theme.ZERO_FILL, words("not lastingly hot"), "zero")
    if few.any():
        yield LegendRow(theme.NO_DATA_FILL, words("Too few to tell"), "hatched")
    if not asked.all():
        yield LegendRow(theme.NOT_ASKED_FILL, words("not asked about"), "not_asked")


def _told(n: int, words: Words, *, unsure: bool) -> str:
    if n:
        return _label(n, words)
    return words("Too few to tell") if unsure else words("not lastingly hot")


def _label(n: int, words: Words) -> str:
    return words.plural("lastingly hot in {n} category", "lastingly hot in {n} categories", n)
