"""Each area's risk relative to all areas: recorded against expected, steadied, with its range in the hover."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.claims import risk as claims
from dashboard.figures import risks
from dashboard.figures.cluster_rings import ringed
from dashboard.figures.picture import LegendRow, Picture
from dashboard.layers import MapLayer
from dashboard.view import View
from dashboard.words import N_, Words
from geodata.answers.answers import Answers
from geodata.answers.clusters import Clusters
from geodata.answers.risk import AreaRisk
from geodata.question import Scope
from geodata.vocabulary import Category


@dataclass(frozen=True, slots=True)
class Risk:
    """The areas judged, the clusters they form, and the categories that were not counted."""

    risk: AreaRisk
    left_out: tuple[Category, ...]
    clusters: Clusters | None = None  # None: not looked for


def ask(answers: Answers, view: View, scope: Scope) -> Risk:
    """Judge the areas of the view's layer."""
    risk = answers.risk(view.question, scope)
    clusters = answers.clusters(view.question, scope)
    left_out = tuple(each for each in answers.snapshot.categories if each.key in risk.left_out)
    return Risk(risk, left_out, clusters)


def draw(answer: Risk, words: Words) -> Picture:
    """Areas shaded about 1, clusters outlined; hatched where there are too few incidents to state a risk."""
    risk = answer.risk
    classes, hatched = risks.classed(risk, risk.asked), risks.hatching(risk)
    picture = Picture(
        codes=risk.codes,
        names=risk.names,
        asked=risk.asked,
        classes=classes,
        colours=risks.COLOURS,
        hover=tuple(risks.hover(risk, i, risk.by, words) for i in range(len(risk.codes))),
        legend_title=words("Times the expected number"),
        legend=(*risks.legend_rows(classes, hatched, words), *_notes(risk, words)),
        method=risks.joined(_method(risk, words), claims.left_out(answer.left_out, words)),
        totals=risk.totals,
        facts=risk.facts,
        hatched=hatched,
    )
    return ringed(picture, answer.clusters, words) if answer.clusters else picture


def _notes(risk: AreaRisk, words: Words) -> Iterator[LegendRow]:
    if highest := claims.highest(risk, words):
        yield LegendRow("", highest, "note")


def _method(risk: AreaRisk, words: Words) -> str:
    if risk.by == "area":
        return words(
            "recorded incidents against those expected for each area's size, as no inhabitants are known, "
            "drawn towards 1 where there are few (empirical Bayes)"
        )
    return words(
        "recorded incidents against those expected for each area's inhabitants, "
        "drawn towards 1 where there are few (empirical Bayes)"
    )


LAYER = MapLayer(N_("Risk"), 3, ask, draw)
