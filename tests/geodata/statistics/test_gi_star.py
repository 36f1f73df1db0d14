from __future__ import annotations

import numpy as np
import pytest
from esda.getisord import G_Local
from hypothesis import given, settings
from hypothesis import strategies as st
from libpysal.weights import DistanceBand
from scipy import sparse

from geodata.statistics.gi_star import gi_star, gi_star_permutation
from tests.oracles.shuffling import gi_star_by_sums
from tests.oracles.weights import as_pysal, chance, line


def test_three_places_by_hand() -> None:
    # mean 3, variance 14 / 3; the ends' neighbourhoods sum to 3 - 2 m = -3 and 8 - 2 m = 2, (3 * 2 - 2^2) / 2 = 1
    z = gi_star([1, 2, 6], line(3))
    assert z == pytest.approx([-3 / (14 / 3) ** 0.5, 0.0, 2 / (14 / 3) ** 0.5])


def test_six_points_as_published_with_pysal() -> None:
    # The example in the documentation of esda.getisord.G_Local, Gi* with binary weights
    points = [(10, 10), (20, 10), (40, 10), (15, 20), (30, 20), (30, 30)]
    weights = DistanceBand(points, threshold=15, silence_warnings=True).sparse
    z = gi_star([2, 3, 3.2, 5, 8, 7], weights)
    published = [-1.39727626, -0.28917762, 0.65064964, -0.28917762, 1.23452088, 2.02424331]
    assert z == pytest.approx(published, abs=1e-8)


def test_many_fields_at_once_are_as_esda_has_them_one_by_one() -> None:
    weights = chance(60, 4, degree=6)
    values = np.random.default_rng(2).poisson(7, (60, 12)).astype(float)
    pysal = as_pysal(weights)
    wanted = [G_Local(column, pysal, transform="B", star=True, permutations=0).Zs for column in values.T]
    assert gi_star(values, weights) == pytest.approx(np.column_stack(wanted), abs=1e-9)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.one_of(st.integers(0, 20).map(float), st.just(np.nan)), min_size=2, max_size=12),
    st.integers(0, 1000),
)
def test_the_formula_place_by_place_gives_the_same(values: list[float], seed: int) -> None:
    x, weights = np.array(values), chance(len(values), seed)
    if np.isfinite(x).sum() >= 2:
        assert gi_star(x, weights) == pytest.approx(gi_star_by_sums(x, weights), abs=1e-6, nan_ok=True)


@pytest.mark.parametrize("value", [0.0, 7.0, 0.1, 1e9 / 3])
def test_a_field_without_variance_is_zero_everywhere(value: float) -> None:
    assert gi_star(np.full(9, value), chance(9, 1)).tolist() == [0.0] * 9


def test_a_small_spread_on_large_values_is_still_a_spread() -> None:
    assert gi_star(1e6 + np.array([0, 0, 1e-3]), line(3)) == pytest.approx(gi_star([0, 0, 1e-3], line(3)), rel=1e-4)


def test_an_island_is_compared_by_its_own_value() -> None:
    weights = sparse.csr_array(np.array([[0, 1, 0], [1, 0, 0], [0, 0, 0]]))
    x = np.array([1.0, 2.0, 6.0])
    assert gi_star(x, weights)[2] == pytest.approx((6 - x.mean()) / x.std())


def test_a_place_without_a_value_takes_no_part() -> None:
    x = np.array([[1.0, 3.0], [2.0, 1.0], [6.0, 4.0], [9.0, np.nan]])
    z = gi_star(x, line(4))
    assert np.isnan(z[3, 1])
    assert z[:3, 1] == pytest.approx(gi_star([3.0, 1.0, 4.0], line(3)))
    assert z[:, 0] == pytest.approx(gi_star(x[:, 0], line(4)))


def test_no_place_and_one_place_and_no_field() -> None:
    assert gi_star([], sparse.csr_array((0, 0))).tolist() == []
    assert gi_star([5.0], sparse.csr_array((1, 1))).tolist() == [0.0]
    assert gi_star(np.zeros((3, 0)), line(3)).shape == (3, 0)
    assert np.isnan(gi_star([np.nan, np.nan], line(2))).all()


def test_weights_of_other_places_or_with_a_diagonal_are_refused() -> None:
    with pytest.raises(ValueError, match="there are 4 places"):
        gi_star([1, 2, 3, 4], line(3))
    with pytest.raises(ValueError, match="diagonal"):
        gi_star([1, 2, 3], sparse.csr_array(np.eye(3)))
    with pytest.raises(ValueError, match="none below 0"):
        gi_star([1, 2, 3], -line(3))


def test_neither_values_nor_weights_are_changed() -> None:
    x, weights = np.array([1, 2, 6]), sparse.csr_matrix(line(3).astype(np.int64))
    weights.data[0] = 0
    before = weights.copy()
    gi_star_permutation(x, weights, permutations=9, rng=np.random.default_rng(1))
    assert x.tolist() == [1, 2, 6]
    assert weights.data.tolist() == before.data.tolist()


def test_shuffling_gives_the_same_z_and_a_p_that_agrees_with_esda() -> None:
    # Continuous values: with ties esda leaves them out of one tail. Its p_sim is one-sided.
    weights = chance(60, 4, degree=6)
    x = np.random.default_rng(5).gamma(2.0, 1.0, 60)
    oracle = G_Local(x, as_pysal(weights), transform="B", star=True, permutations=4999, seed=3)
    found = gi_star_permutation(x, weights, permutations=4999, rng=np.random.default_rng(1))
    joined = np.diff(weights.indptr) > 0  # esda gives islands the p of its first draw
    assert found.z == pytest.approx(gi_star(x, weights))
    assert found.p[joined] == pytest.approx(np.minimum(2 * oracle.p_sim, 1)[joined], abs=0.05)
    assert np.abs(found.p - np.minimum(2 * oracle.p_sim, 1))[joined].mean() < 0.01
