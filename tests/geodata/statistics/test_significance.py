from __future__ import annotations

import numpy as np
import pytest
from esda import fdr
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from geodata.statistics.significance import benjamini_hochberg, two_sided_p

# Benjamini & Hochberg 1995, section 3.2: fifteen tests of a trial of thrombolysis; at 5 % the four smallest count
PUBLISHED = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528]
PUBLISHED += [0.759, 1.0]


def test_the_example_of_benjamini_and_hochberg() -> None:
    q = benjamini_hochberg(PUBLISHED)
    assert (q <= 0.05).tolist() == [True] * 4 + [False] * 11
    assert q[3] == pytest.approx(0.0095 * 15 / 4)
    assert q[-1] == 1.0


@settings(deadline=None, max_examples=60)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_statsmodels_gives_the_same(p: list[float]) -> None:
    assert benjamini_hochberg(p) == pytest.approx(multipletests(p, method="fdr_bh")[1], abs=1e-12)


@pytest.mark.parametrize("seed", range(5))
def test_what_counts_is_what_esdas_threshold_lets_through(seed: int) -> None:
    rng = np.random.default_rng(seed)
    p = np.concatenate([rng.random(80), rng.random(14) * 0.004])
    assert (benjamini_hochberg(p) <= 0.05).tolist() == (p <= fdr(p, 0.05)).tolist()


def test_what_is_unknown_stays_so_and_takes_no_part() -> None:
    q = benjamini_hochberg([[0.01, np.nan], [0.04, np.nan]])
    assert q[:, 0].tolist() == benjamini_hochberg([0.01, 0.04]).tolist() == [0.02, 0.04]
    assert np.isnan(q[:, 1]).all()
    assert benjamini_hochberg([]).tolist() == []


@pytest.mark.parametrize("wrong", [-0.1, 1.1, np.inf])
def test_what_is_no_probability_is_refused(wrong: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        benjamini_hochberg([0.5, wrong])


def test_two_sided_p_by_the_table() -> None:
    # Any table of the normal distribution: 5 % beyond 1.959964, 1 % beyond 2.575829, 0.1 % beyond 3.290527
    p = two_sided_p([0.0, 1.959964, -2.575829, 3.290527, np.nan, np.inf])
    assert p[:4] == pytest.approx([1.0, 0.05, 0.01, 0.001], abs=1e-7)
    assert np.isnan(p[4])
    assert p[5] == 0.0
