"""Parcels tile the ground, hold enough points each and are nowhere narrower than they may be."""

from __future__ import annotations

import numpy as np
import pytest

from geodata.geometry.parcels import parcels

GROUND = (0.0, 0.0, 4000.0, 3000.0)


@pytest.mark.parametrize("seed", range(5))
def test_every_parcel_holds_enough_points_is_wide_enough_and_none_overlap(seed: int) -> None:
    rng = np.random.default_rng(seed)
    points = rng.normal([1000, 1500], 300, (400, 2)).clip([0, 0], [3999, 2999])
    found = parcels(points, GROUND, side=250, fewest=8)
    assert len(found.boxes) > 5
    assert np.bincount(found.of).min() >= 8
    sizes = np.array([(east - west, north - south) for west, south, east, north in found.boxes])
    assert sizes.min() >= 250
    assert sizes.prod(axis=1).sum() == pytest.approx(4000 * 3000)


def test_each_point_lies_in_its_own_parcel() -> None:
    points = np.random.default_rng(1).uniform([0, 0], [4000, 3000], (200, 2))
    found = parcels(points, GROUND, side=250, fewest=8)
    for (x, y), of in zip(points, found.of, strict=True):
        west, south, east, north = found.boxes[of]
        assert west <= x <= east
        assert south <= y <= north


def test_too_few_points_stay_in_one_parcel() -> None:
    points = np.random.default_rng(1).uniform([0, 0], [4000, 3000], (15, 2))
    assert parcels(points, GROUND, side=250, fewest=8).boxes == (GROUND,)


def test_points_on_one_spot_are_not_told_apart() -> None:
    found = parcels(np.full((50, 2), 500.0), GROUND, side=250, fewest=8)
    assert len(found.boxes) == 1


def test_no_points_give_the_ground() -> None:
    assert parcels(np.empty((0, 2)), GROUND, side=250, fewest=8).boxes == (GROUND,)
