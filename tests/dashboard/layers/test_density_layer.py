"""The density layer: what its legend says, what it leaves out, and what paper and screen do with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
import shapely

from dashboard import theme
from dashboard.figures.picture import Picture
from dashboard.layers import all_layers
from dashboard.view import BANDWIDTHS, View
from dashboard.words import of
from geodata.answers.answers import Answers
from geodata.question import EVERYTHING, Scope
from geodata.vocabulary import Category, Level
from tests.geodata.answers.test_density_bands import HIDDEN, clumped, nowhere, towns
from tests.geodata.worlds import CATEGORIES, FIRST, LAST, Still

VIEW = View(FIRST, LAST, "2024", Level.COMMUNE, "density", bandwidth=500)


def picture(view: View = VIEW, scope: Scope = EVERYTHING, *, vague: int = 0) -> Picture:
    return all_layers()["density"].picture(Answers(Still(clumped(vague=vague))), view, scope, of("en"))


def notes(made: Picture) -> list[str]:
    return [row.label for row in made.legend if row.kind == "note"]


def test_the_legend_names_bandwidth_classes_and_how_many_are_exact() -> None:
    made = picture(vague=10)
    classes = [row.label for row in made.legend if row.kind == "class"]
    assert made.legend_title == "Incidents per km², bandwidth 500 m"
    assert classes[0].endswith("or more")
    assert all("–" in label for label in classes[1:])
    (basis,) = [note for note in notes(made) if note.startswith("exact locations only, ")]
    used, placed = map(int, basis.removeprefix("exact locations only, ").split(" of "))
    assert placed - used == 10 + np.count_nonzero(clumped().incidents.placement == 1)


def test_each_band_has_the_colour_of_its_class_over_pale_areas() -> None:
    made = picture()
    classes = [row.colour for row in made.legend if row.kind == "class"]
    assert [overlay.colour for overlay in made.overlays] == classes[::-1]
    assert {made.fill(i) for i in range(4)} == {theme.ZERO_FILL}
    assert all(overlay.kind == "fill" for overlay in made.overlays)


@pytest.mark.parametrize("bandwidth", BANDWIDTHS)
def test_a_wider_bandwidth_spreads_the_same_incidents_thinner(bandwidth: int) -> None:
    made = picture(replace(VIEW, bandwidth=bandwidth))
    area = shapely.area(shapely.union_all([overlay.shape for overlay in made.overlays]))
    assert area > 0
    assert f"{bandwidth} m bandwidth" in made.method


def test_who_may_not_see_locations_is_told_why_there_is_nothing() -> None:
    made = all_layers()["density"].picture(Answers(Still(nowhere())), VIEW, HIDDEN, of("en", 5))
    assert made.overlays == ()
    assert notes(made) == ["exact locations are not open to you, and a density would show them"]
    assert made.method == notes(made)[0]


def test_who_may_not_see_locations_is_told_that_bands_come_from_shared_places() -> None:
    made = all_layers()["density"].picture(Answers(Still(towns())), VIEW, HIDDEN, of("en", 5))
    assert len(made.overlays) > 1
    assert any(note.startswith("from places that several incidents share") for note in notes(made))
    assert "exact locations" not in made.method


def test_nothing_dense_is_said() -> None:
    made = picture(replace(VIEW, start=date(2001, 1, 1), end=date(2001, 1, 2)))
    assert made.overlays == ()
    assert notes(made)[0] == "nowhere do incidents lie closer together than two on one spot"
    assert notes(made)[0] in made.method  # an empty map on paper says why it is empty


def test_categories_whose_places_say_little_are_left_out_and_named() -> None:
    theft, *others = CATEGORIES
    fraud = Category("fraud", "Lừa đảo", "Fraud", "fraud", hot_spots=False)
    held = replace(clumped(), categories=(theft, fraud, *others[1:]))
    made = all_layers()["density"].picture(Answers(Still(held)), VIEW, EVERYTHING, of("en"))
    assert "not counted: Fraud, whose places say little" in notes(made)
    assert "not counted: Fraud" in made.method  # paper has no notes in its legend
