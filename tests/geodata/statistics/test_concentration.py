from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.statistics.concentration import concentration, lorenz


@pytest.mark.parametrize(
    ("counts", "gini", "generalised"),
    [
        # Examples in the documentation of R's lorenzgini, by the authors of the measure
        ([10, 8, 2], 0.78, 0.78),
        ([5, 2, 1], 0.80, 0.75),
        ([10], 0.90, 0.90),
        # By hand: 2 (8 + 9 + 3 * 10) / 50 - 1.1 and 2 (0.78 - 1) + 1
        ([3, 1, 1], 0.78, 0.56),
        # One each in half of the places is as even as five can be
        ([1, 1, 1, 1, 1], 0.50, 0.00),
    ],
)
def test_ten_places(counts: list[int], gini: float, generalised: float) -> None:
    found = concentration(counts + [0] * (10 - len(counts)))
    assert (found.gini, found.generalised_gini) == pytest.approx((gini, generalised), abs=1e-9)


def test_the_fewest_places_that_hold_half() -> None:
    found = concentration([4, 1, 3, 1, 1, 0, 0, 0])
    assert (found.places, found.incidents, found.with_any) == (8, 10, 5)
    assert (found.holding, found.holding_share, found.holding_of_possible) == (2, 2 / 8, 2 / 8)
    assert concentration([5, 4, 1]).holding == 1
    assert concentration([4, 1, 3, 1, 1], share=1.0).holding == 5
    assert concentration([0.1, 0.1, 0.1, 0.1, 0.1, 0.1]).holding == 3


def test_where_places_outnumber_incidents_only_some_could_have_one() -> None:
    found = concentration([1] * 4 + [0] * 96)
    assert (found.holding_share, found.holding_of_possible) == (0.02, 0.5)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(0, 9), min_size=1, max_size=20).filter(any))
def test_gini_is_the_area_between_the_curve_and_the_diagonal(counts: list[int]) -> None:
    places, incidents = lorenz(counts)
    found = concentration(counts)
    area = float((np.diff(places) * (incidents[1:] + incidents[:-1]) / 2).sum())
    assert found.gini == pytest.approx(2 * area - 1, abs=1e-9)
    even = min(1.0, sum(counts) / len(counts))  # the line of greatest equality ends here
    assert found.generalised_gini == pytest.approx(1 - (1 - area) / (even / 2), abs=1e-9)
    assert -1e-9 <= found.generalised_gini <= found.gini + 1e-9


def test_nothing_to_share_is_no_concentration() -> None:
    for counts in ([], [0, 0, 0]):
        found = concentration(counts)
        assert (found.places, found.incidents, found.holding) == (len(counts), 0, 0)
        assert np.isnan([found.gini, found.generalised_gini, found.holding_share]).all()
        assert [part.tolist() for part in lorenz(counts)] == [[0.0], [0.0]]


def test_the_curve_starts_with_the_fullest_places() -> None:
    places, incidents = lorenz([1, 3])
    assert (places.tolist(), incidents.tolist()) == ([0.0, 0.5, 1.0], [0.0, 0.75, 1.0])


def test_what_cannot_be_counted_is_refused() -> None:
    for wrong in (-1.0, np.nan, np.inf):
        with pytest.raises(ValueError, match="0 or more"):
            concentration([1, wrong])
    with pytest.raises(ValueError, match="share"):
        concentration([1, 2], share=0)
