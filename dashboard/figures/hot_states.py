"""Areas that are hot, cold or neither in one quarter after the other -> a picture a quarter. Asks for nothing."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from dashboard import theme
from dashboard.claims import pattern as claims
from dashboard.claims import quarter as said
from dashboard.figures.classes import NO_DATA, NOT_ASKED, Classes
from dashboard.figures.picture import LegendRow, Picture
from dashboard.words import Words
from geodata.answers.patterns import AreaPatterns

COLOURS = (theme.COLD, theme.ZERO_FILL, theme.HOT)
SIGNS = ("▼", "", "▲")  # of cold, neither, hot


def hot_states(found: AreaPatterns, words: Words) -> tuple[Picture, ...]:
    """One picture a quarter, the newest last; hatched where too few incidents tell anything."""
    few = found.asked & ~found.enough
    legend = tuple(_legend(found, words))
    return tuple(_picture(found, quarter, few, legend, words) for quarter in range(len(found.quarter_starts)))


def _picture(
    found: AreaPatterns,
    quarter: int,
    few: np.ndarray[tuple[int], np.dtype[np.bool_]],
    legend: tuple[LegendRow, ...],
    words: Words,
) -> Picture:
    index = (found.quarters[:, quarter] + 2).astype(np.int8)
    index[few] = NO_DATA
    index[~found.asked] = NOT_ASKED
    return Picture(
        codes=found.codes,
        names=found.names,
        asked=found.asked,
        classes=Classes(index, (0.0, 0.0, 0.0), (0.0, 0.0, 0.0), 0),
        colours=COLOURS,
        hover=tuple(_hovers(found, quarter, words)),
        legend_title=words("Hot and cold quarters"),
        legend=legend,
        method=f"{claims.method(found, words)}; {said.meaning(found, words)}",
        totals=found.totals,
        facts=found.facts,
        hatched=few,
        signs=tuple(SIGNS[at - 1] if at > 0 else "" for at in index.tolist()),
    )


def _hovers(found: AreaPatterns, quarter: int, words: Words) -> Iterator[str]:
    counts = found.counts[:, said.months_of(found, quarter)].sum(axis=1).tolist()
    for area, n in enumerate(counts):
        lines = [f"<b>{said.state(found, area, quarter, words)}</b>"]
        if found.asked[area]:
            lines.append(words.counted("{n} recorded incident", "{n} recorded incidents", n))
        yield "<br>".join(lines)


def _legend(found: AreaPatterns, words: Words) -> Iterator[LegendRow]:
    yield LegendRow(theme.HOT, words("hot"), sign=SIGNS[2])
    yield LegendRow(theme.ZERO_FILL, words("neither hot nor cold"), "zero")
    yield LegendRow(theme.COLD, words("cold"), sign=SIGNS[0])
    if (found.asked & ~found.enough).any():
        yield LegendRow(theme.NO_DATA_FILL, words("Too few to tell"), "hatched")
    if not found.asked.all():
        yield LegendRow(theme.NOT_ASKED_FILL, words("not asked about"), "not_asked")
