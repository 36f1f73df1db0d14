"""The register of lasting hot spots as a map: in how many categories each area is lastingly hot. Judges nothing."""

from __future__ import annotations

import numpy as np

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
    rows = [
        LegendRow(
            colour,
            words("{label}: {n}", label=_label(n, words), n=words.number(int((lasting == n).sum()))),
            sign=SIGN,
        )
        for n, colour in zip(kinds, colours, strict=True)
    ]
    rows.reverse()
    rows.append(LegendRow(theme.ZERO_FILL, words("not lastingly hot"), "zero"))
    if few.any():
        rows.append(LegendRow(theme.NO_DATA_FILL, words("Too few to tell"), "hatched"))
    if not first.asked.all():
        rows.append(LegendRow(theme.NOT_ASKED_FILL, words("not asked about"), "not_asked"))
    return Picture(
        codes=first.codes,
        names=first.names,
        asked=first.asked,
        classes=Classes(index, bounds, bounds, 0),
        colours=colours,
        hover=tuple(_label(int(n), words) if n else words("not lastingly hot") for n in lasting),
        legend_title=words("Lasting hot spots"),
        legend=tuple(rows),
        method=words("each category judged by itself, as the register has it"),
        totals=totals,
        facts=register.facts,
        hatched=few,
        signs=tuple(SIGN if n else "" for n in lasting),
    )


def _label(n: int, words: Words) -> str:
    return words.plural("lastingly hot in {n} category", "lastingly hot in {n} categories", n)
