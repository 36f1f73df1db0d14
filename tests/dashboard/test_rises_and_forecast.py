"""The sheets below the register, and clusters outlined on the map: what stands in them and where it leads."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from dashboard.figures.cluster_rings import MOST, ringed
from dashboard.layers import all_layers
from dashboard.panels import forecast, rises
from dashboard.reading import Reading, read
from dashboard.words import LANGUAGES, of
from geodata.answers.answers import Answers
from geodata.answers.clusters import Clusters
from geodata.question import EVERYTHING
from geodata.vocabulary import Category
from geodata.warehouse.snapshot import Snapshot
from tests.geodata.planted import planted_snapshot
from tests.geodata.worlds import Still, chief

THEFT = Category("theft", "Trộm cắp", "Theft", "g")
QUERY = "?edition=2025&level=commune&from=2024-01-01&to=2024-12-31"
RISE, HOT = 28, [3, 12, 13, 14, 23]
EN = of("en")


def world() -> Snapshot:
    """Thirty quiet areas but for a place and its neighbours, hot for good, and one that rose in the last month."""
    counts = np.random.default_rng(5).integers(9, 12, (30, 36))
    counts[HOT] *= 3
    counts[RISE, -1] = 60
    return planted_snapshot(counts, categories=(THEFT,))


ANSWERS = Answers(Still(world()))


def asked(query: str = QUERY, answers: Answers = ANSWERS, lang: str = "en") -> Reading:
    return read(f"{query}&lang={lang}", answers)


def text_of(components: object) -> str:
    return str(components)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_rise_leads_to_its_months_on_the_map(language: str) -> None:
    made = text_of(rises.render(asked(lang=language)))
    assert "Xã 029" in made
    assert "/?from=2024-12-01&to=2024-12-31" in made
    assert "area=029" in made
    assert "status to_check" in made


def test_the_caution_about_alarms_stands_below() -> None:
    made = text_of(rises.render(asked()))
    assert "a short rise, check again" in made
    assert "Where nothing rises they are seen all the same" in made


def test_what_lasts_is_not_mixed_with_what_is_new() -> None:
    made = text_of(rises.render(asked()))
    assert not any(f"Xã {i + 1:03}'" in made.split("near repeats")[0] for i in HOT)


def test_quiet_categories_are_named_together() -> None:
    quiet = planted_snapshot(np.full((30, 36), 9), categories=(THEFT,), day=1)
    made = text_of(rises.render(asked(answers=Answers(Still(quiet)))))
    assert "status to_check" not in made


def test_the_ground_of_next_month_leads_to_its_density() -> None:
    made = text_of(forecast.render(asked()))
    assert "of the following month" in made
    assert "layer=density" in made
    assert "Places, never persons" in made
    assert "PAI" in made


def test_too_few_incidents_have_no_table() -> None:
    few = Answers(Still(planted_snapshot(np.full((6, 5), 1), categories=(THEFT,), begin=date(2024, 8, 1))))
    made = text_of(forecast.render(asked(answers=few)))
    assert "Too few to tell" in made
    assert "PAI" not in made


@pytest.mark.parametrize("panel", [rises, forecast])
def test_without_incidents_it_is_said_that_none_are_loaded(panel: object) -> None:
    empty = Answers(Still(planted_snapshot(np.zeros((6, 3), dtype=np.int64), categories=(THEFT,))))
    assert "No incidents are loaded" in text_of(panel.render(asked(answers=empty)))  # type: ignore[attr-defined]


@pytest.mark.parametrize("panel", [rises, forecast])
def test_the_page_does_not_wait_for_the_sheet(panel: object) -> None:
    assert "being worked out" in text_of(panel.PANEL.layout(asked()))  # type: ignore[attr-defined]


def test_clusters_are_outlined_with_their_numbers_on_the_layers_of_risk_and_pattern() -> None:
    for layer in ("relative_risk", "pattern"):
        picture = all_layers()[layer].picture(ANSWERS, asked().view, EVERYTHING, EN)
        rings = [overlay for overlay in picture.overlays if overlay.kind == "line"]
        assert [ring.label for ring in rings][:1] == ["1"]
        assert rings[0].shape.area == pytest.approx(len(HOT) * 0.05**2)
        told = [row.label for row in picture.legend]
        assert any(label.startswith("1: ") and "90% range" in label for label in told)


def test_a_map_without_clusters_says_so() -> None:
    quiet = Answers(Still(planted_snapshot(np.full((30, 36), 9), categories=(THEFT,))))
    picture = all_layers()["relative_risk"].picture(quiet, asked(answers=quiet).view, EVERYTHING, EN)
    assert picture.overlays == ()
    assert any("no cluster of areas beyond chance" in row.label for row in picture.legend)


def test_only_the_likeliest_are_outlined_and_the_others_counted() -> None:
    found = ANSWERS.clusters(asked().view.question)
    many: Clusters = replace(found, clusters=found.significant[:1] * (MOST + 2), hidden=2)
    plain = all_layers()["count"].picture(ANSWERS, asked().view, EVERYTHING, EN)
    picture = ringed(plain, many, EN)
    assert [overlay.label for overlay in picture.overlays] == ["1", "2", "3"]
    told = [row.label for row in picture.legend]
    assert "2 weaker clusters are not outlined" in told
    assert "2 clusters reach beyond the areas you may see and are not shown" in told


def test_who_may_see_some_areas_sees_no_outline_that_reaches_further() -> None:
    picture = all_layers()["relative_risk"].picture(ANSWERS, asked().view, chief("2025", "014"), EN)
    assert picture.overlays == ()
