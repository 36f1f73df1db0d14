"""Which places are lastingly, newly or no longer hot: one colour and sign a pattern. Names nothing itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from dashboard import theme
from dashboard.claims import pattern as claims
from dashboard.claims.risk import left_out
from dashboard.figures.classes import NO_DATA, NOT_ASKED, ZERO, Classes
from dashboard.figures.cluster_rings import ringed
from dashboard.figures.picture import LegendRow, Picture
from dashboard.layers import MapLayer
from dashboard.view import View
from dashboard.words import N_, Words
from geodata.answers.answers import Answers
from geodata.answers.clusters import Clusters
from geodata.answers.patterns import AreaPatterns
from geodata.question import Scope
from geodata.statistics.emerging import NO_PATTERN
from geodata.vocabulary import Category

_HOT, _COLD, _AMOUNT = theme.CHANGE_RAMP[:3:-1], theme.CHANGE_RAMP[:3], theme.AMOUNT_RAMP
LOOKS = {  # the most pressing first: fill and sign
    "intensifying hot spot": (_HOT[0], "▲"),
    "persistent hot spot": (_HOT[1], "▲"),
    "diminishing hot spot": (_HOT[2], "▲"),
    "new hot spot": (_AMOUNT[3], "◆"),
    "consecutive hot spot": (_AMOUNT[2], "◆"),
    "sporadic hot spot": (_AMOUNT[0], "◇"),
    "oscillating hot spot": (_AMOUNT[1], "◇"),
    "historical hot spot": (theme.CHANGE_RAMP[3], "▽"),
    "historical cold spot": (theme.HAIRLINE, "△"),
    "oscillating cold spot": (theme.ACCENT_SOFT, "○"),
    "sporadic cold spot": (theme.ACCENT_SOFT, "○"),
    "consecutive cold spot": (_COLD[2], "●"),
    "new cold spot": (_COLD[2], "●"),
    "diminishing cold spot": (_COLD[2], "▼"),
    "persistent cold spot": (_COLD[1], "▼"),
    "intensifying cold spot": (_COLD[0], "▼"),
}


@dataclass(frozen=True, slots=True)
class Patterns:
    """The areas judged, the clusters they form over the same time, and the categories that were not counted."""

    found: AreaPatterns
    left_out: tuple[Category, ...] = ()
    clusters: Clusters | None = None  # None: not looked for


def ask(answers: Answers, view: View, scope: Scope) -> Patterns:
    """Judge the areas of the view's layer over the last 36 whole months."""
    found = answers.patterns(view.question, scope)
    clusters = answers.clusters(found.question, scope) if found.bins else None
    left = tuple(each for each in answers.snapshot.categories if each.key in found.left_out)
    return Patterns(found, left, clusters)


def draw(answer: Patterns, words: Words) -> Picture:
    """Areas by the name of their history; hatched where too few incidents tell anything."""
    found = answer.found
    few = found.asked & ~found.enough
    counts = Counter(name for name, sure in zip(found.pattern, found.enough, strict=True) if sure)
    kinds = [name for name in LOOKS if counts[name]]
    place = {name: at for at, name in enumerate(kinds, 1)}
    index = np.array([place.get(name, ZERO) for name in found.pattern], dtype=np.int8)
    index[few] = NO_DATA
    index[~found.asked] = NOT_ASKED
    bounds = tuple(float(at) for at in place.values())
    picture = Picture(
        codes=found.codes,
        names=found.names,
        asked=found.asked,
        classes=Classes(index, bounds, bounds, 0),
        colours=tuple(LOOKS[name][0] for name in kinds),
        hover=tuple("<br>".join(_lines(found, area, words)) for area in range(len(found.codes))),
        legend_title=words("Pattern of hot spots"),
        legend=(*_legend(found, kinds, counts, words), *_notes(answer, words)),
        method=claims.method(found, words),
        totals=found.totals,
        facts=found.facts,
        hatched=few,
        signs=tuple(LOOKS[name][1] if name in place else "" for name in found.pattern),
    )
    return ringed(picture, answer.clusters, words) if answer.clusters else picture


def _legend(found: AreaPatterns, kinds: list[str], counts: Counter[str], words: Words) -> tuple[LegendRow, ...]:
    """Only what is on the map, each with its number of areas."""

    def said(label: str, n: int) -> str:
        return words("{label}: {n}", label=label, n=words.number(n))

    few, others = int((found.asked & ~found.enough).sum()), int((~found.asked).sum())
    rows = [
        LegendRow(colour, said(claims.name(name, words), counts[name]), sign=sign)
        for name in kinds
        for colour, sign in (LOOKS[name],)
    ]
    if counts[NO_PATTERN]:
        rows.append(LegendRow(theme.ZERO_FILL, said(claims.name(NO_PATTERN, words), counts[NO_PATTERN]), "zero"))
    if few:
        rows.append(LegendRow(theme.NO_DATA_FILL, said(words("Too few to tell"), few), "hatched"))
    if others:
        rows.append(LegendRow(theme.NOT_ASKED_FILL, words("not asked about"), "not_asked"))
    return tuple(rows)


def _notes(answer: Patterns, words: Words) -> Iterator[LegendRow]:
    if text := left_out(answer.left_out, words):
        yield LegendRow("", text, "note")


def _lines(found: AreaPatterns, area: int, words: Words) -> list[str]:
    """Below the area's name: the pattern and how sure it is, how often and how long it was hot, its risk."""
    if not found.asked[area]:
        return [words("not asked about")]
    said = [f"<b>{claims.headline(found, area, words)}</b>"]
    hot = (claims.quarters, claims.since) if found.hot_bins[area] else ()
    return said + [line for say in (*hot, claims.risk, claims.counted) if (line := say(found, area, words))]


LAYER = MapLayer(N_("Pattern"), 5, ask, draw)
