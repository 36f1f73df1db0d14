"""What the layers of exact places become for who may not see those: places that several share, or a word why not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import shapely

from dashboard.exports import Order, sheet_of
from dashboard.figures.picture import Picture
from dashboard.layers import picture_of
from dashboard.reading import of_view
from dashboard.view import View
from dashboard.words import of
from geodata.answers.answers import Answers
from geodata.answers.shared_places import SharedPlaces
from geodata.question import Detail, Scope
from geodata.vocabulary import Level
from tests.dashboard.exports.test_tables import NOW
from tests.geodata.worlds import C25, FIRST, LAST, Still, tiny_snapshot

FIVE, AGGREGATES = (Scope(detail=each) for each in (Detail.FIVE, Detail.AGGREGATES))
ANSWERS = Answers(Still(tiny_snapshot(n=600)))
VIEW = View(FIRST, LAST, "2024", Level.COMMUNE, "points", lang="en")


def picture(scope: Scope, layer: str = "points") -> Picture:
    return picture_of(replace(VIEW, layer=layer), ANSWERS, scope, of("en", 5))


def said(made: Picture) -> str:
    return "\n".join((made.method, *(row.label for row in made.legend)))


def test_points_are_places_that_several_share_and_none_of_them_an_incident() -> None:
    made = picture(FIVE)
    assert isinstance(made.points, SharedPlaces)
    assert len(made.points.n) > 10
    assert not np.any(made.points.n % 5)
    true = {(round(x, 6), round(y, 6)) for x, y in zip(*_true(), strict=True)}
    assert not true & {(round(x, 6), round(y, 6)) for x, y in zip(made.points.lon, made.points.lat, strict=True)}
    assert "a place that 5 or more recorded incidents share" in said(made)
    assert "not where one of them happened" in said(made)
    assert "one recorded incident" not in said(made)


def _true() -> tuple[list[float], list[float]]:
    held = ANSWERS.snapshot.incidents
    return held.lon.tolist(), held.lat.tolist()


def test_every_place_lies_in_the_commune_it_counts_for() -> None:
    made = picture(FIVE).points
    assert isinstance(made, SharedPlaces)
    found = ANSWERS.shared_places(replace(VIEW, edition="2025").question, FIVE)
    inside = shapely.covers(
        ANSWERS.snapshot.boundaries.layers[C25].polygons[found.area], shapely.points(found.lon, found.lat)
    )
    assert inside.all()


def test_who_sees_areas_only_is_told_that_there_are_no_places() -> None:
    assert "exact locations are not open to you" in said(picture(AGGREGATES))
    assert not len(picture(AGGREGATES).points.lon)  # type: ignore[union-attr]
    assert "exact locations are not open to you" in said(picture(AGGREGATES, "density"))


def test_hexagons_say_why_there_are_none_on_the_screen_and_on_paper() -> None:
    assert said(picture(FIVE, "hexagons")).count("hexagons would show them: look at the areas instead") == 2
    asked = of_view(replace(VIEW, layer="hexagons"), ANSWERS, of("en"), FIVE)
    assert any("look at the areas instead" in line for line in sheet_of(Order(asked, NOW)).caption)


def test_paper_has_the_same_places_as_the_screen() -> None:
    made = picture(FIVE).points
    sheet = sheet_of(Order(of_view(VIEW, ANSWERS, of("en"), FIVE), NOW))
    assert made is not None
    assert sheet.dots is not None
    assert len(sheet.dots.x) == len(made.lon)
