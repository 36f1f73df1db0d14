from __future__ import annotations

import numpy as np
import pytest
import shapely

from geodata.geometry.contours import bands

X = Y = np.arange(-50.0, 51.0)


def cone() -> np.ndarray:
    """Height 50 over the middle, falling by one a unit: the ground above h is a disc of radius 50 - h."""
    return np.asarray(50.0 - np.hypot(X[None, :], Y[:, None]))


def test_bands_of_a_cone_are_a_disc_and_rings() -> None:
    outer, inner = bands(X, Y, cone(), (20.0, 40.0))
    assert inner.area == pytest.approx(np.pi * 10**2, rel=0.01)
    assert outer.area == pytest.approx(np.pi * (30**2 - 10**2), rel=0.01)
    assert len(outer.interiors) == 1


def test_simplified_bands_touch_without_overlapping() -> None:
    found = bands(X, Y, cone(), (10.0, 25.0, 40.0), tolerance=1.0)
    whole = shapely.union_all(found)
    assert shapely.is_valid(found).all()
    assert shapely.area(found).sum() == pytest.approx(whole.area)
    assert len(shapely.get_parts(whole)) == 1
    assert not shapely.get_rings(whole)[1:].size  # no gap between them
    assert shapely.get_num_coordinates(found).sum() < shapely.get_num_coordinates(bands(X, Y, cone(), (10.0,))).sum()


def test_a_level_that_is_not_reached_is_an_empty_band() -> None:
    some, none = bands(X, Y, cone(), (40.0, 60.0))
    assert some.area == pytest.approx(np.pi * 10**2, rel=0.01)
    assert none.is_empty


def test_ground_beside_the_grid_ends_with_it() -> None:
    (everything,) = bands(X, Y, np.ones((101, 101)), (0.5,))
    assert everything.area == pytest.approx(100 * 100)
