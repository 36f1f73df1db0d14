"""Where high or low risks lie side by side (Getis-Ord Gi* of the relative risks), for those who know the method."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from dashboard import theme
from dashboard.claims import risk as claims
from dashboard.figures import risks
from dashboard.figures.classes import NO_DATA, NOT_ASKED, Classes
from dashboard.figures.picture import LegendRow, Picture
from dashboard.layers import MapLayer
from dashboard.layers.relative_risk import Risk
from dashboard.view import View
from dashboard.words import N_, Words
from geodata.answers.answers import Answers
from geodata.answers.risk import COLD, HOT
from geodata.question import Scope

SIGNS = {HOT: "▲", COLD: "▼"}
COLOURS = (theme.COLD, theme.ZERO_FILL, theme.HOT)


def ask(answers: Answers, view: View, scope: Scope) -> Risk:
    """Judge the areas of the view's layer by Gi*."""
    risk = answers.risk(view.question, scope, "gi_star")
    return Risk(risk, tuple(each for each in answers.snapshot.categories if each.key in risk.left_out))


def draw(answer: Risk, words: Words) -> Picture:
    """Hot and cold spots with their signs; the rest stays pale."""
    risk = answer.risk
    index = np.select([risk.classes == COLD, risk.classes == HOT], [1, 3], 2).astype(np.int8)
    index[np.isnan(risk.expected)] = NO_DATA
    index[~risk.asked] = NOT_ASKED
    classes, hatched = Classes(index, (0.0, 0.0, 0.0), (0.0, 0.0, 0.0), 0), risks.hatching(risk)
    return Picture(
        codes=risk.codes,
        names=risk.names,
        asked=risk.asked,
        classes=classes,
        colours=COLOURS,
        hover=tuple(_hover(answer, i, words) for i in range(len(risk.codes))),
        legend_title=words("Gi* of the risk"),
        legend=(*_classes(words), *risks.other_rows(classes, hatched, words)),
        method=risks.joined(
            words(
                "Getis-Ord Gi* of the relative risks, each area with those that touch it, two-sided, "
                "false discovery rate at most 5 % (Benjamini-Hochberg)"
            ),
            claims.tested(risk, words),
            claims.left_out(answer.left_out, words),
        ),
        totals=risk.totals,
        facts=risk.facts,
        hatched=hatched,
        signs=tuple(SIGNS.get(str(each), "") for each in risk.classes),
    )


def _classes(words: Words) -> Iterator[LegendRow]:
    yield LegendRow(theme.HOT, words("hot spot: high risks side by side"), sign=SIGNS[HOT])
    yield LegendRow(theme.ZERO_FILL, words("no clustering beyond chance"), "zero")
    yield LegendRow(theme.COLD, words("cold spot: low risks side by side"), sign=SIGNS[COLD])


def _hover(answer: Risk, place: int, words: Words) -> str:
    risk = answer.risk
    lines = risks.hover(risk, place, risk.by, words)
    if np.isnan(risk.z[place]):
        return lines
    return f"{lines}<br>z = {words.decimal(float(risk.z[place]))}; {claims.chance(float(risk.q[place]), words)}"


LAYER = MapLayer(N_("Gi* (expert)"), 9, ask, draw)
