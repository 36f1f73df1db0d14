from __future__ import annotations

import numpy as np
import pytest
from esda.moran import Moran_Local
from libpysal import examples
from libpysal import io as pysal_io
from scipy import sparse

from geodata.statistics.local_moran import local_moran
from tests.oracles.weights import as_pysal, chance, line

QUADRANTS = np.array(["", "HH", "LH", "LL", "HL"])


def connected(n: int) -> sparse.csr_array:
    return sparse.csr_array(((chance(n, 4, degree=5) + line(n)) > 0).astype(float))


def test_three_places_by_hand() -> None:
    # c = -2, -1, 3; lags -1, 1/2, -1; sum c^2 = 14: I = 2 c L / 14
    found = local_moran([1, 2, 6], line(3))
    assert found.i == pytest.approx([2 / 7, -1 / 14, -3 / 7])
    assert found.quadrant.tolist() == ["LL", "LH", "HL"]
    # Place 0: E L = 1, Var L = 3 (14/3 - 4/2) (1 - 1/2) = 4, z = -(-1 - 1) / 2. Place 2: E L = -3/2, Var L = 1/4,
    # z = (-1 + 3/2) / (1/2). All others are next to place 1, so its neighbours cannot differ: 0
    assert found.z == pytest.approx([1.0, 0.0, 1.0])


def test_the_example_of_pysal() -> None:
    # esda's documentation of Moran_Local names the quadrants of de Smith's ten places
    weights = pysal_io.open(examples.get_path("desmith.gal")).read()
    values = np.array(pysal_io.open(examples.get_path("desmith.txt")).by_col["z"], dtype=float)
    found = local_moran(values, weights.sparse)
    assert found.quadrant.tolist() == QUADRANTS[[4, 4, 4, 2, 3, 3, 1, 4, 3, 3]].tolist()
    assert found.i == pytest.approx(Moran_Local(values, weights, permutations=0).Is, abs=1e-12)


def test_i_and_quadrants_are_esdas_and_z_is_that_of_the_conditional_moments() -> None:
    x, weights = np.random.default_rng(3).gamma(2.0, 1.0, 80), connected(80)
    oracle = Moran_Local(x, as_pysal(weights), permutations=0)
    found = local_moran(x, weights)
    assert found.i == pytest.approx(oracle.Is, abs=1e-12)
    assert found.quadrant.tolist() == QUADRANTS[oracle.q].tolist()
    # Sokal's moments belong to the divisor n, as in spdep; esda's I has n - 1
    assert found.z == pytest.approx((oracle.Is * 80 / 79 - oracle.EIc) / np.sqrt(oracle.VIc), abs=1e-9)


def test_z_is_what_many_shufflings_come_to() -> None:
    x, weights = np.random.default_rng(3).gamma(2.0, 1.0, 40), connected(40)
    oracle = Moran_Local(x, as_pysal(weights), permutations=9999, seed=1)
    found = local_moran(x, weights, permutations=9999, rng=np.random.default_rng(1))
    assert found.z == pytest.approx(oracle.z_sim, abs=0.08)
    assert found.p == pytest.approx(np.minimum(2 * oracle.p_sim, 1), abs=0.04)


def test_p_is_two_sided_and_without_a_generator_the_same_twice() -> None:
    x, weights = np.random.default_rng(3).gamma(2.0, 1.0, 40), connected(40)
    assert local_moran(x, weights).p == pytest.approx(local_moran(-x, weights).p)
    first, again = (local_moran(x, weights, permutations=99) for _ in range(2))
    assert first.p.tolist() == again.p.tolist()
    assert first.z.tolist() == local_moran(x, weights).z.tolist()


def test_no_variance_is_no_pattern() -> None:
    for permutations in (0, 9):
        found = local_moran(np.full(6, 0.1), line(6), permutations=permutations)
        assert (found.i.tolist(), found.z.tolist(), found.p.tolist()) == ([0.0] * 6, [0.0] * 6, [1.0] * 6)
        assert set(found.quadrant) == {"LL"}


def test_an_island_is_like_nobody() -> None:
    weights = line(6).toarray()
    weights[5] = weights[:, 5] = 0
    for permutations in (0, 9):
        found = local_moran([1, 5, 2, 8, 3, 99], sparse.csr_array(weights), permutations=permutations)
        assert (found.i[5], found.z[5], found.p[5], found.quadrant[5]) == (0.0, 0.0, 1.0, "HL")


def test_a_place_at_the_mean_is_neither_alike_nor_opposite() -> None:
    found = local_moran([0, 5, 10, 3, 7], line(5), permutations=99)
    assert (found.i[1], found.z[1], found.p[1]) == (0.0, 0.0, 1.0)


def test_a_place_without_a_value_takes_no_part() -> None:
    x = np.array([1.0, 2.0, 6.0, np.nan, 4.0, 5.0])
    found = local_moran(x, line(6), permutations=9)
    known = [0, 1, 2, 4, 5]
    alone = local_moran(x[known], line(6)[known][:, known])
    assert found.i[known] == pytest.approx(alone.i)
    assert found.z[known] == pytest.approx(alone.z)
    assert np.isnan([found.i[3], found.z[3], found.p[3]]).all()
    assert found.quadrant[3] == ""


def test_none_one_and_two_places() -> None:
    assert local_moran([], sparse.csr_array((0, 0))).i.tolist() == []
    assert local_moran([3.0], sparse.csr_array((1, 1))).p.tolist() == [1.0]
    two = local_moran([1.0, 3.0], line(2), permutations=9)
    assert (two.i.tolist(), two.z.tolist(), two.p.tolist()) == ([-0.5, -0.5], [0.0, 0.0], [1.0, 1.0])
    with pytest.raises(ValueError, match="one field"):
        local_moran([[1.0], [2.0]], line(2))
