"""Masses and intensities against adaptive quadrature, products of normal distribution functions and geometry."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
import shapely.affinity
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.integrate import quad
from scipy.stats import norm

from geodata.statistics.density import intensity, kernel_mass

ELL = shapely.Polygon([(0, 0), (900, 0), (900, 300), (400, 300), (400, 800), (0, 800)])
RING = shapely.Point(0, 0).buffer(500, quad_segs=64).difference(shapely.Point(0, 0).buffer(200, quad_segs=64))


def mass_by_quadrature(region: shapely.Geometry, place: tuple[float, float], h: float) -> float:
    """Column by column: where a vertical line lies in the region, the normal probability of those stretches."""
    west, _, east, _ = region.bounds
    x, y = place

    def column(at: float) -> float:
        line = shapely.LineString([(at, region.bounds[1] - 1), (at, region.bounds[3] + 1)])
        stretches = shapely.get_parts(shapely.intersection(region, line))
        ends = [part.bounds[1::2] for part in stretches if part.length > 0]
        share = sum(norm.cdf((high - y) / h) - norm.cdf((low - y) / h) for low, high in ends)
        return float(share * norm.pdf((at - x) / h) / h)

    corners = sorted({float(c) for c in shapely.get_coordinates(region)[:, 0] if west < c < east} | {x})
    breaks = corners if len(corners) < 12 else None
    return float(quad(column, west, east, points=breaks, limit=200, epsabs=1e-9, epsrel=1e-9)[0])


@pytest.mark.parametrize("place", [(100, 100), (400, 300), (900, 150), (-120, 400), (600, 500)])
def test_the_kernel_inside_an_ell_equals_its_quadrature(place: tuple[float, float]) -> None:
    assert kernel_mass(ELL, [place], 180)[0] == pytest.approx(mass_by_quadrature(ELL, place, 180), abs=1e-8)


def test_holes_and_parts_are_counted_by_their_sense() -> None:
    island = shapely.affinity.translate(ELL, 2000, 300)
    both = shapely.MultiPolygon([RING, island])
    place = (650.0, 120.0)
    expected = kernel_mass(RING, [place], 700) + kernel_mass(island, [place], 700)
    assert kernel_mass(both, [place], 700) == pytest.approx(expected, abs=1e-13)
    turned = shapely.Polygon(RING.exterior.coords[::-1], [hole.coords[::-1] for hole in RING.interiors])
    assert kernel_mass(turned, [place], 700) == pytest.approx(kernel_mass(RING, [place], 700), abs=1e-13)


def test_a_ring_holds_the_rayleigh_distribution_round_its_middle() -> None:
    fine = shapely.Point(0, 0).buffer(500, quad_segs=4000).difference(shapely.Point(0, 0).buffer(200, quad_segs=4000))
    rayleigh = math.exp(-(200**2) / 2 / 300**2) - math.exp(-(500**2) / 2 / 300**2)
    assert kernel_mass(fine, [(0, 0)], 300)[0] == pytest.approx(rayleigh, abs=1e-7)


@settings(deadline=None, max_examples=60)
@given(
    st.tuples(*[st.floats(-3e3, 3e3)] * 2),
    st.tuples(*[st.floats(1, 4e3)] * 2),
    st.tuples(*[st.floats(-4e3, 4e3)] * 2),
    st.floats(50, 2e3),
)
def test_a_rectangle_is_a_product_of_two_normal_probabilities(
    corner: tuple[float, float], sides: tuple[float, float], place: tuple[float, float], h: float
) -> None:
    region = shapely.box(*corner, corner[0] + sides[0], corner[1] + sides[1])
    expected = math.prod(
        float(norm.cdf((low + side - p) / h) - norm.cdf((low - p) / h))
        for low, side, p in zip(corner, sides, place, strict=True)
    )
    assert kernel_mass(region, [place], h)[0] == pytest.approx(expected, abs=1e-12)


@settings(deadline=None, max_examples=30)
@given(st.lists(st.tuples(*[st.integers(0, 1000)] * 2), min_size=3, max_size=9), st.floats(-500, 1500))
def test_two_halves_hold_what_the_whole_holds(corners: list[tuple[int, int]], cut: float) -> None:
    region = shapely.MultiPoint(corners).convex_hull
    if region.area == 0:
        return
    places = np.array(corners, dtype=float)  # corners of the region itself: the hardest places
    left = region.intersection(shapely.box(-5000, -5000, cut, 5000))
    right = region.intersection(shapely.box(cut, -5000, 5000, 5000))
    halves = kernel_mass(left, places, 250) + kernel_mass(right, places, 250)
    assert kernel_mass(region, places, 250) == pytest.approx(halves, abs=1e-10)


@pytest.mark.slow
def test_a_long_border_is_worked_off_in_tiles_and_loses_nothing() -> None:
    rng = np.random.default_rng(4)
    angle = np.sort(rng.uniform(0, 2 * np.pi, 400))
    radius = 8000 * (1 + 0.1 * np.sin(5 * angle))
    region = shapely.Polygon(np.c_[radius * np.cos(angle) + 600_000, radius * np.sin(angle) + 1_250_000])
    places = rng.uniform(-9000, 9000, (300, 2)) + np.array([600_000, 1_250_000])
    found = kernel_mass(region, places, 250)
    far = shapely.distance(region.boundary, shapely.points(places)) > 2200
    assert found[far] == pytest.approx(region.contains(shapely.points(places[far])).astype(float), abs=1e-12)
    near = np.flatnonzero(~far)[:4]
    for k in near:
        assert found[k] == pytest.approx(mass_by_quadrature(clip(region, places[k]), tuple(places[k]), 250), abs=1e-7)


def test_one_point_alone_is_the_kernel() -> None:
    at = [(0, 0), (0, 250), (300, 400)]
    expected = np.exp([0, -0.5, -2]) / (2 * np.pi * 250**2)
    assert intensity([(0, 0)], at, 250) == pytest.approx(expected, rel=1e-14)


def test_on_a_straight_border_uniform_doubles_what_is_there() -> None:
    half = shapely.box(-1e5, 0, 1e5, 1e5)
    points, at = [(0, 100), (200, 300)], [(50, 0)]
    plain = intensity(points, at, 250)
    assert intensity(points, at, 250, region=half, edge="uniform") == pytest.approx(2 * plain)
    inside = norm.cdf([100 / 250, 300 / 250])
    kernels = np.exp([-(50**2 + 100**2) / 2 / 250**2, -(150**2 + 300**2) / 2 / 250**2]) / (2 * np.pi * 250**2)
    assert intensity(points, at, 250, region=half, edge="diggle")[0] == pytest.approx((kernels / inside).sum())


def test_diggle_gives_back_the_number_of_points_and_uniform_a_flat_density() -> None:
    rng = np.random.default_rng(3)
    points = rng.uniform(0, 1, (40, 2)) * (900, 300)
    step = 10
    grid = np.stack(np.meshgrid(np.arange(5, 900, step), np.arange(5, 800, step)), axis=-1).reshape(-1, 2)
    inside = grid[ELL.contains(shapely.points(grid))]
    total = intensity(points, inside, 120, region=ELL, edge="diggle").sum() * step**2
    assert total == pytest.approx(40, rel=1e-3)
    flat = intensity(inside, [(0, 0), (400, 300), (200, 500)], 120, region=ELL, edge="uniform")
    assert flat == pytest.approx(1 / step**2, rel=1e-3)


def test_no_points_are_an_intensity_of_zero_and_no_places_an_empty_answer() -> None:
    assert intensity([], [(1, 1), (2, 2)], 250).tolist() == [0.0, 0.0]
    assert intensity([], [(1, 1)], 250, region=ELL, edge="diggle").tolist() == [0.0]
    assert intensity([(1, 1)], [], 250, region=ELL, edge="uniform").tolist() == []


def test_far_outside_the_region_nothing_can_be_said() -> None:
    assert np.isnan(intensity([(1, 1)], [(1e5, 1e5)], 250, region=ELL, edge="uniform")).all()
    stray = intensity([(1, 1), (1e5, 1e5)], [(50, 50)], 250, region=ELL, edge="diggle")
    assert stray == pytest.approx(intensity([(1, 1)], [(50, 50)], 250, region=ELL, edge="diggle"))
    assert kernel_mass(shapely.Polygon(), [(0, 0)], 250).tolist() == [0.0]


@pytest.mark.parametrize(
    ("points", "bandwidth", "region", "edge", "says"),
    [
        ([(0, 0)], 0, ELL, "none", "bandwidth"),
        ([(0, 0)], math.nan, ELL, "none", "bandwidth"),
        ([(0, 0)], 250, None, "uniform", "region"),
        ([(0, 0)], 250, ELL, "both", "edge"),
        ([(0, 0, 0)], 250, ELL, "none", "shape"),
        ([(0, math.inf)], 250, ELL, "none", "finite"),
        ([(0, 0)], 250, shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)]), "uniform", "not valid"),
    ],
)
def test_what_makes_no_sense_is_refused(
    points: list[tuple[float, ...]], bandwidth: float, region: shapely.Polygon, edge: str, says: str
) -> None:
    with pytest.raises(ValueError, match=says):
        intensity(points, [(0, 0)], bandwidth, region=region, edge=edge)  # type: ignore[arg-type]


def clip(region: shapely.Polygon, place: NDArray[np.float64]) -> shapely.Geometry:
    x, y = place
    return region.intersection(shapely.box(x - 2500, y - 2500, x + 2500, y + 2500))


@pytest.mark.slow
def test_work_done_in_pieces_is_the_work_done_place_by_place() -> None:
    rng = np.random.default_rng(6)
    points, places = rng.normal(0, 300, (16_000, 2)), rng.uniform(-400, 400, (300, 2))
    disc = shapely.Point(0, 0).buffer(450, quad_segs=4000)
    together = intensity(points, places, 250), kernel_mass(disc, places, 250)
    for k in (0, 255, 299):
        squares = ((points - places[k]) ** 2).sum(axis=1)
        alone = np.exp(-squares / 2 / 250**2).sum() / (2 * np.pi * 250**2)
        assert together[0][k] == pytest.approx(alone)
        assert together[1][k] == pytest.approx(kernel_mass(disc, places[k : k + 1], 250)[0], abs=1e-12)
