from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from geodata.statistics.accuracy import hit_rate, next_month_cells, pai, pei, rolling_hit_rate, rri
from geodata.statistics.density import intensity
from geodata.statistics.kernel_grid import Raster

Numbers = NDArray[np.float64]
SMALL = Raster.over((0, 0, 2000, 1000), 250)
ALL = np.ones((SMALL.rows, SMALL.columns), dtype=bool)


def test_a_quarter_of_the_incidents_in_half_of_the_area_is_half_as_good_as_chance() -> None:
    assert pai(25, 100, 50, 100) == 0.5
    assert pai(20, 100, 10, 100) == pytest.approx(2.0)
    assert pai(30, 100, 5e6, 5e8) == pytest.approx(30)


def test_the_best_choice_of_as_much_area_has_efficiency_one() -> None:
    assert pei(pai(12, 100, 1, 100), pai(30, 100, 1, 100)) == pytest.approx(0.4)
    assert pei(7.0, 7.0) == 1


def test_hot_places_that_keep_step_with_the_whole_are_recaptured() -> None:
    assert rri(40, 20, 200, 100) == 1
    assert rri(40, 36, 200, 100) == pytest.approx(1.8)
    assert rri(40, 0, 200, 100) == 0


def test_without_incidents_or_area_there_is_no_index() -> None:
    undefined = [
        hit_rate(0, 0),
        pai(0, 0, 1, 2),
        pai(1, 2, 0, 2),
        pai(1, 2, 1, 0),
        pei(1, 0),
        pei(math.nan, math.nan),
        rri(0, 3, 9, 9),
        rri(3, 3, 0, 9),
        rri(3, 3, 9, 0),
    ]
    assert all(math.isnan(value) for value in undefined)


def test_a_place_that_always_has_incidents_is_forecast_every_month() -> None:
    month = np.repeat(np.arange(15), 2)
    points = np.tile([(300.0, 300.0), (320.0, 290.0)], (15, 1))
    rolled = rolling_hit_rate(points, month, SMALL, inhabited=ALL, share=1 / 32)
    assert rolled.cells == 1
    assert rolled.month.tolist() == [12, 13, 14]
    assert rolled.total.tolist() == rolled.density.tolist() == rolled.best.tolist() == [2, 2, 2]
    assert rolled.pai(rolled.density) == pytest.approx(32)
    assert rolled.pei(rolled.density).tolist() == [1, 1, 1]
    assert rolled.population is None


def test_the_month_forecast_is_never_looked_at() -> None:
    month = np.repeat(np.arange(14), 3)
    old, new = (130.0, 130.0), (1800.0, 800.0)
    points = np.array([new if when == 12 else old for when in month])
    rolled = rolling_hit_rate(points, month, SMALL, inhabited=ALL, share=1 / 32)
    assert rolled.density.tolist() == [0, 3]
    assert rolled.last_month.tolist() == [0, 0]
    assert rolled.best.tolist() == [3, 3]


def test_cells_that_tie_count_by_their_average() -> None:
    month = np.array([0, *[12] * 8])
    points = np.array([(130.0, 130.0), *[(1900.0, 900.0)] * 8])
    people = ALL.astype(float)
    rolled = rolling_hit_rate(points, month, SMALL, inhabited=ALL, population=people, share=4 / 32)
    assert rolled.population is not None
    assert rolled.population.tolist() == [1.0]  # 8 incidents in one of 32 cells, four chosen
    assert rolled.last_month.tolist() == [1.0]  # nothing happened in month 11, so its map is all one


def test_incidents_where_nobody_lives_are_no_part_of_it() -> None:
    inhabited = ALL.copy()
    inhabited[0] = False
    month = np.repeat(np.arange(13), 2)
    points = np.tile([(130.0, 130.0), (1600.0, 600.0)], (13, 1))
    rolled = rolling_hit_rate(points, month, SMALL, inhabited=inhabited, share=0.01)
    assert (rolled.total.tolist(), rolled.density.tolist(), rolled.inhabited) == ([1], [1], 24)


def test_too_short_a_history_has_no_origin() -> None:
    for points, month in (([], []), ([(1, 1)] * 12, list(range(12)))):
        rolled = rolling_hit_rate(points, month, SMALL, inhabited=ALL)
        assert len(rolled.month) == len(rolled.density) == 0
        assert math.isnan(rolled.hit_rate(rolled.density))


def test_next_months_cells_are_the_densest_and_fall() -> None:
    points = np.array([(375.0, 375.0)] * 5 + [(1625.0, 625.0)] * 3)
    cells, density = next_month_cells(points, SMALL, inhabited=ALL, share=2 / 32)
    assert cells.tolist()[0] == SMALL.cell_of(points[:1])[0]
    assert density[0] > density[1]
    x, y = SMALL.centres()
    middles = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    exact = intensity(points, middles, 250)
    assert cells[0] == exact.argmax()
    assert density[0] == pytest.approx(exact.max(), rel=0.25)  # cells as wide as the kernel blur it
    assert [len(part) for part in next_month_cells([], SMALL, inhabited=ALL)] == [0, 0]


def test_what_makes_no_sense_is_refused() -> None:
    with pytest.raises(ValueError, match="inhabited"):
        rolling_hit_rate([], [], SMALL, inhabited=~ALL)
    with pytest.raises(ValueError, match="share"):
        next_month_cells([], SMALL, inhabited=ALL, share=0)


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 2**32 - 1), st.sampled_from([0.01, 0.1, 0.5, 1.0]))
def test_no_way_beats_the_best_and_all_of_the_area_holds_everything(seed: int, share: float) -> None:
    rng = np.random.default_rng(seed)
    points, month = rng.uniform(0, 1, (200, 2)) * (2000, 1000), rng.integers(0, 16, 200)
    people = rng.uniform(0, 9, ALL.shape)
    rolled = rolling_hit_rate(points, month, SMALL, inhabited=ALL, population=people, share=share)
    assert rolled.population is not None
    for way in (rolled.density, rolled.last_month_density, rolled.last_month, rolled.population):
        assert (way <= rolled.best + 1e-9).all()
        assert (rolled.pei(way) <= 1 + 1e-9).all()
    if share == 1:
        assert rolled.density.tolist() == rolled.total.tolist()


def simulated_province(rng: np.random.Generator) -> tuple[Numbers, NDArray[np.int64], Numbers, Raster]:
    """94 towns in 60 km x 60 km, 36 months of about 650: seven in ten at lasting venues, others at home.

    Also the inhabitants of each cell, who live round the towns' middles.
    """
    raster = Raster.over((0, 0, 60_000, 60_000), 250)
    towns, people = rng.uniform(2000, 58_000, (94, 2)), rng.lognormal(0, 0.6, 94)
    venues = np.repeat(towns, 12, axis=0) + rng.normal(0, 700, (94 * 12, 2))
    pull = np.repeat(people, 12) * rng.lognormal(0, 1.5, 94 * 12)
    n = rng.poisson(650 * 36)
    at_venue = rng.choice(len(venues), n, p=pull / pull.sum())
    at_home = rng.choice(94, n, p=people / people.sum())
    points = np.where(
        rng.random((n, 1)) < 0.7,
        venues[at_venue] + rng.normal(0, 120, (n, 2)),
        towns[at_home] + rng.normal(0, 1200, (n, 2)),
    )
    x, y = raster.centres()
    lived = np.zeros((raster.rows, raster.columns))
    for (east, north), share in zip(towns, people, strict=True):
        lived += share * np.exp(-0.5 * ((x[None] - east) ** 2 + (y[:, None] - north) ** 2) / 1200**2)
    return points, rng.integers(0, 36, n), np.where(lived > 0.02, lived, 0.0), raster


@pytest.mark.slow
def test_twelve_months_forecast_better_than_the_last_and_than_where_people_live() -> None:
    found = []
    for seed in range(4):
        points, month, people, raster = simulated_province(np.random.default_rng(seed))
        rolled = rolling_hit_rate(points, month, raster, inhabited=people > 0, population=people)
        assert rolled.population is not None
        ways = (rolled.density, rolled.last_month_density, rolled.last_month, rolled.population)
        found.append([rolled.hit_rate(way) for way in ways])
    density, smoothed, last, population = np.mean(found, axis=0)
    assert density >= 0.30
    assert density >= 1.25 * last
    assert density > 1.05 * smoothed
    assert density > 2 * population
