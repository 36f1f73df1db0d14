from __future__ import annotations

import numpy as np
import pytest
import shapely
from numpy.typing import NDArray

from geodata.geometry.contours import grounds

X = Y = np.arange(-50.0, 51.0)
ALL = shapely.box(-50, -50, 50, 50)


def cone() -> NDArray[np.float64]:
    """Height 50 over the middle, falling by one a unit: the ground above h is a disc of radius 50 - h."""
    return np.asarray(50.0 - np.hypot(X[None, :], Y[:, None]))


def test_the_ground_above_a_level_of_a_cone_is_a_disc() -> None:
    wide, narrow = grounds(X, Y, cone(), (20.0, 40.0), tolerance=0, within=ALL)
    assert narrow.area == pytest.approx(np.pi * 10**2, rel=0.01)
    assert wide.area == pytest.approx(np.pi * 30**2, rel=0.01)
    assert narrow.within(wide)


def test_a_hollow_is_a_hole_and_a_hill_in_it_a_part_of_its_own() -> None:
    ring = np.abs(cone() - 25.0)  # the cone's flank is the valley: high outside and in the middle
    (found,) = grounds(X, Y, ring, (10.0,), tolerance=0, within=ALL)
    parts = sorted(shapely.get_parts(found), key=shapely.area)
    assert [len(part.interiors) for part in parts] == [0, 1]
    assert parts[0].area == pytest.approx(np.pi * 15**2, rel=0.01)
    assert parts[1].area == pytest.approx(100**2 - np.pi * 35**2, rel=0.01)


def test_simplified_lines_have_fewer_corners_and_stay_near() -> None:
    (fine,) = grounds(X, Y, cone(), (25.0,), tolerance=0, within=ALL)
    (coarse,) = grounds(X, Y, cone(), (25.0,), tolerance=1, within=ALL)
    assert shapely.get_num_coordinates(coarse) < shapely.get_num_coordinates(fine) / 4
    assert shapely.hausdorff_distance(shapely.boundary(fine), shapely.boundary(coarse), densify=0.05) <= 1.001


def test_ground_is_cut_to_the_region() -> None:
    region = shapely.box(0, -50, 50, 50)
    inside = shapely.box(-40, -40, 40, 40)
    (half,) = grounds(X, Y, cone(), (20.0,), tolerance=0, within=region)
    assert half.area == pytest.approx(np.pi * 30**2 / 2, rel=0.01)
    assert half.within(region)
    (whole,) = grounds(X, Y, cone(), (20.0,), tolerance=0, within=inside)
    assert whole.area == pytest.approx(np.pi * 30**2, rel=0.01)


def test_a_level_that_is_not_reached_has_no_ground() -> None:
    some, none = grounds(X, Y, cone(), (40.0, 60.0), tolerance=0, within=ALL)
    assert not some.is_empty
    assert none.is_empty


def test_a_surface_that_is_high_everywhere_ends_with_its_grid() -> None:
    (everything,) = grounds(X, Y, np.ones((101, 101)), (0.5,), tolerance=0, within=shapely.box(-90, -90, 90, 90))
    assert everything.area == pytest.approx(100 * 100)
