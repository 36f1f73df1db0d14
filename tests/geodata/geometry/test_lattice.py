from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.geometry.lattice import hexagons
from geodata.geometry.neighbours import contiguity

REGION = shapely.Polygon([(0, 0), (5000, 400), (6100, 4200), (2500, 2600), (-700, 3900)], holes=[
    [(1500, 1000), (2600, 1000), (2600, 2000), (1500, 2000)]
])  # fmt: skip


@pytest.mark.parametrize("flat", [False, True])
def test_cells_cover_the_region_once(flat: bool) -> None:
    cells = hexagons(REGION, 300.0, flat=flat)
    assert cells.area.sum() == pytest.approx(REGION.area)
    one, other = shapely.STRtree(cells.polygons).query(cells.polygons, predicate="intersects")
    # On a grid: GEOS overlays edges apart by a rounding error wrongly, and calls a whole cell shared.
    shared = shapely.intersection(cells.polygons[one], cells.polygons[other], grid_size=1e-6)[one != other]
    assert shapely.area(shared).sum() < 1e-3
    assert (cells.share <= 1).all()
    assert cells.share == pytest.approx(cells.area / (300.0**2 * 3**0.5 / 2))
    whole = cells.polygons[cells.share > 1 - 1e-9]
    assert shapely.coverage_is_valid(whole)  # shared corners agree to the last bit


@pytest.mark.parametrize("flat", [False, True])
def test_a_cell_is_as_wide_as_asked_across_its_flats(flat: bool) -> None:
    cells = hexagons(shapely.box(-500, -500, 500, 500), 100.0, flat=flat)
    k = int(cells.locate(0, 0))
    west, south, east, north = cells.polygons[k].bounds
    across, along = (north - south, east - west) if flat else (east - west, north - south)
    assert cells.centres[k].tolist() == [0.0, 0.0]
    assert (across, along) == pytest.approx((100.0, 200 / 3**0.5))
    assert cells.area[k] == pytest.approx(3**0.5 / 2 * 100**2)


def test_one_width_gives_the_same_cells_whatever_the_shape() -> None:
    one, other = hexagons(REGION, 300.0), hexagons(shapely.box(1000, 500, 9000, 2200), 300.0)
    first, second = ({(int(q), int(r)) for q, r in zip(c.q, c.r, strict=True)} for c in (one, other))
    common = sorted(first & second)[:20]
    assert len(common) == 20
    for q, r in common:
        where = [int(np.flatnonzero((c.q == q) & (c.r == r))[0]) for c in (one, other)]
        assert one.centres[where[0]].tolist() == other.centres[where[1]].tolist()


@pytest.mark.parametrize("flat", [False, True])
def test_points_are_found_in_the_cells_that_shapely_finds(flat: bool) -> None:
    cells = hexagons(REGION, 300.0, flat=flat)
    rng = np.random.default_rng(1)
    x, y = rng.uniform(-1000, 6500, 4000), rng.uniform(-300, 4500, 4000)
    point, cell = shapely.STRtree(cells.polygons).query(shapely.points(x, y), predicate="intersects")
    assert len(point) > 1000
    assert cells.locate(x, y)[point].tolist() == cell.tolist()
    near = cells.locate(x, y)
    away = np.hypot(*(cells.centres[near] - np.column_stack([x, y])).T)
    assert (away[near >= 0] <= 300 / 3**0.5 + 1e-6).all()


@settings(deadline=None, max_examples=60)
@given(st.floats(-5e6, 5e6), st.floats(-5e6, 5e6), st.sampled_from([25.0, 250.0, 1234.5]), st.booleans())
def test_the_nearest_centre_is_the_cell_anywhere_on_the_ground(x: float, y: float, width: float, flat: bool) -> None:
    cells = hexagons(shapely.Point(x, y).buffer(2 * width), width, flat=flat)
    away = np.hypot(cells.centres[:, 0] - x, cells.centres[:, 1] - y)
    assert away[int(cells.locate(x, y))] == pytest.approx(away.min(), abs=1e-6 * width)


def test_what_lies_nowhere_is_in_no_cell() -> None:
    cells = hexagons(REGION, 300.0)
    assert cells.locate([np.nan, np.inf, 1e300, 9e5, 2000], [0, 0, 0, 9e5, 1500]).tolist()[:4] == [-1] * 4
    assert cells.locate([2050.0], [1500.0]).tolist() == [-1]  # in the hole
    assert cells.locate([], []).tolist() == []


def test_neighbours_share_an_edge_up_to_six() -> None:
    cells = hexagons(shapely.box(-2000, -2000, 2000, 2000), 300.0)
    found = cells.neighbours()
    inner = found.toarray()[int(cells.locate(0, 0))]
    assert np.hypot(*cells.centres[inner > 0].T) == pytest.approx(np.full(6, 300.0))
    whole = np.flatnonzero(cells.share > 1 - 1e-9)
    assert abs(found[whole][:, whole] - contiguity(cells.polygons[whole])).sum() == 0
    assert (found != found.T).nnz == 0


def test_an_empty_region_has_no_cells_and_too_many_are_refused() -> None:
    empty = hexagons(shapely.Polygon(), 300.0)
    assert len(empty) == 0
    assert empty.locate([0.0], [0.0]).tolist() == [-1]
    assert empty.neighbours().shape == (0, 0)
    with pytest.raises(ValueError, match="cells"):
        hexagons(REGION, 0.5)
    for width in (0.0, -5.0, np.nan, np.inf):
        with pytest.raises(ValueError, match="above 0"):
            hexagons(REGION, width)


def test_a_region_smaller_than_a_cell_is_a_part_of_one() -> None:
    cells = hexagons(shapely.box(10, 10, 20, 30), 1000.0)
    assert (len(cells), cells.area.tolist()) == (1, [200.0])
    assert cells.share[0] == pytest.approx(200 / (3**0.5 / 2 * 1e6))


def test_islands_of_a_region_share_a_cell() -> None:
    two = shapely.union_all([shapely.box(0, 0, 10, 10), shapely.box(20, 20, 30, 30)])
    cells = hexagons(two, 1000.0)
    assert (len(cells), cells.area.sum()) == (1, pytest.approx(200.0))
