"""The way down to an area and back: which steps there are, and what each of them asks."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard.drill import into, trail
from dashboard.panels.breadcrumb import render
from dashboard.reading import Reading, read
from geodata.answers.answers import Answers
from geodata.vocabulary import Level
from tests.geodata.worlds import Still, tiny_snapshot

PERIOD = "&from=2024-01-01&to=2024-12-31"


def reading(query: str) -> Reading:
    return read(query + PERIOD, Answers(Still(tiny_snapshot())))


def labels(made: Reading) -> list[str]:
    return [step.label for step in trail(made.view, made.names, made.words)]


def links(component: Any) -> list[Any]:
    """Every link below a component or in a list of them, in its order."""
    if isinstance(component, list):
        return [link for each in component for link in links(each)]
    found = [component] if getattr(component, "href", None) else []
    return found + (links(below) if (below := getattr(component, "children", None)) is not None else [])


def test_a_click_goes_one_level_finer_and_at_the_finest_asks_about_the_area() -> None:
    made = reading("?edition=2024&level=province")
    boundaries = made.names.boundaries
    districts = into(made.view, boundaries, "72")
    assert (districts.level, districts.area) == (Level.DISTRICT, ())
    communes = into(districts, boundaries, "1")
    assert (communes.level, communes.area) == (Level.COMMUNE, ("1",))
    commune = into(communes, boundaries, "103")
    assert (commune.level, commune.area) == (Level.COMMUNE, ("103",))
    assert into(commune, boundaries, "103").area == ()


def test_a_click_beyond_the_region_asked_leaves_the_region() -> None:
    made = reading("?edition=2024&level=commune&region=west")
    boundaries = made.names.boundaries
    assert into(made.view, boundaries, "101").region == ("west",)
    assert into(made.view, boundaries, "201").region == ()


@pytest.mark.parametrize(
    ("query", "steps"),
    [
        ("?edition=2024&level=commune", []),
        ("?edition=2024&level=commune&region=west", ["Phía tây"]),
        ("?edition=2024&level=commune&area=101", ["Phía tây", "Commune 101"]),
        ("?edition=2024&level=commune&area=201", ["District 2", "Commune 201"]),  # in no region
        ("?edition=2024&level=commune&area=2", ["District 2"]),
        ("?edition=2025&level=commune&area=101", ["Commune 101"]),  # the region is of another edition's communes
        ("?edition=2024&level=commune&area=101&layer=points&lang=en", ["Phía tây", "Commune 101", "Points"]),
        ("?edition=2024&level=commune&area=101&area=201", ["Commune 101, Commune 201"]),
    ],
)
def test_the_steps_lead_through_region_or_district_to_what_is_inside(query: str, steps: list[str]) -> None:
    made = reading(query)
    _, *below = labels(made)
    names = made.snapshot.boundaries.layers
    told = {code: name for layer in names.values() for code, name in zip(layer.codes, layer.names, strict=True)}
    wanted = [", ".join(told.get(part.split()[-1], part) for part in step.split(", ")) for step in steps]
    assert below == wanted


def test_each_step_asks_less_and_the_last_one_is_where_the_view_stands() -> None:
    made = reading("?edition=2024&level=commune&area=101&layer=hexagons&category=theft")
    whole, region, commune, inside = (step.view for step in trail(made.view, made.names, made.words))
    assert inside == made.view
    assert (commune.layer, commune.area) == ("count", ("101",))
    assert (region.area, region.region) == ((), ("west",))
    assert (whole.area, whole.region, whole.level) == ((), (), Level.COMMUNE)
    assert {view.category for view in (whole, region, commune)} == {("theft",)}


def test_from_the_parts_of_a_district_the_way_up_leads_to_the_districts() -> None:
    made = reading("?edition=2024&level=commune&area=2")
    whole, _ = (step.view for step in trail(made.view, made.names, made.words))
    assert whole.level is Level.DISTRICT


def test_only_of_one_area_of_the_finest_level_is_there_an_inside() -> None:
    def layers(query: str) -> set[str]:
        made = reading(query)
        hrefs = [link.href for link in links(render(made))]
        return {read(href, made.answers).view.layer for href in hrefs} & {"points", "hexagons", "density"}

    assert layers("?edition=2024&level=commune&area=101") == {"points", "hexagons", "density"}
    assert layers("?edition=2024&level=commune&area=2") == set()
    assert layers("?edition=2024&level=commune") == set()


def test_wiping_is_offered_for_counts_and_rates_of_days_that_can_be_compared() -> None:
    def offered(query: str) -> bool:
        made = reading(query)
        return any(read(link.href, made.answers).view.swipe for link in links(render(made)))

    assert offered("?edition=2024&layer=count")
    assert offered("?edition=2024&layer=rate")
    assert not offered("?edition=2024&layer=density")
    assert not offered("?edition=2024&layer=count&against=2019-01-01..2019-12-31")  # before all data
