"""Gi* over areas and bins, against the formula written out place by place."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import sparse

from geodata.statistics.gi_star import gi_star
from geodata.statistics.space_time import cube_weights, space_time_states

CHAIN = np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0]])  # three places in a row


def by_hand(values: np.ndarray, near: np.ndarray) -> np.ndarray:
    """Gi* of every bin with loops: itself and its neighbours now, all of these one bin earlier."""
    areas, bins = values.shape
    n, mean, sd = values.size, values.mean(), values.std()
    z = np.zeros(values.shape)
    for i in range(areas):
        for t in range(bins):
            around = [j for j in range(areas) if j == i or near[i, j]]
            members = [values[j, s] for j in around for s in (t, t - 1) if s >= 0]
            w = len(members)
            error = sd * np.sqrt((n * w - w**2) / (n - 1))
            z[i, t] = (sum(members) - w * mean) / error if error > 0 else 0.0
    return z


@settings(deadline=None, max_examples=30)
@given(arrays(np.float64, (3, 5), elements=st.integers(0, 9).map(float)))
def test_the_cube_equals_loops_over_places_and_bins(values: np.ndarray) -> None:
    weights = cube_weights(sparse.csr_array(CHAIN), 5)
    z = gi_star(values.T.ravel(), weights).reshape(5, 3).T
    np.testing.assert_allclose(z, by_hand(values, CHAIN), atol=1e-9)


def test_a_bin_and_its_neighbours_stand_out_and_the_rest_does_not() -> None:
    near = np.eye(30, k=1) + np.eye(30, k=-1)
    values = np.ones((30, 12))
    values[10:13, 8:] = 4.0
    states = space_time_states(values, sparse.csr_array(near))
    assert (states[10:13, 9:] == 1).all()
    assert not states[:8].any()
    assert not states[15:].any()
    assert not states[:, :8].any()


def test_a_cube_without_variance_or_without_cells_has_no_hot_bin() -> None:
    assert not space_time_states(np.ones((3, 4)), sparse.csr_array(CHAIN)).any()
    assert space_time_states(np.ones((3, 0)), sparse.csr_array(CHAIN)).shape == (3, 0)


def test_a_place_without_a_value_takes_no_part() -> None:
    values = np.ones((3, 20))
    values[2] = np.nan
    values[0, 4:6] = 50.0
    states = space_time_states(values, sparse.csr_array(CHAIN))
    assert not states[2].any()
    assert states[0, 5] == 1


def test_one_series_is_no_cube() -> None:
    with pytest.raises(ValueError, match="areas, bins"):
        space_time_states(np.ones(3), sparse.csr_array(CHAIN))
