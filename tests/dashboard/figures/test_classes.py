"""Classes a person can read: few, whole, none empty."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.figures.classes import NO_DATA, ZERO, classify, round_for_people


def test_zero_and_no_data_are_classes_of_their_own() -> None:
    classes = classify(np.array([0.0, np.nan, 3.0, 7.0]))
    assert classes.index.tolist() == [ZERO, NO_DATA, 1, 2]
    assert (classes.lows, classes.highs) == ((3.0, 7.0), (6.0, 7.0))


def test_the_darkest_class_is_the_top_tenth() -> None:
    classes = classify(np.arange(1.0, 101.0))
    assert len(classes) == 5
    assert classes.lows == (1.0, 26.0, 50.0, 75.0, 90.0)
    assert classes.highs == (25.0, 49.0, 74.0, 89.0, 100.0)


def test_nothing_recorded_has_no_classes() -> None:
    classes = classify(np.zeros(4))
    assert len(classes) == 0
    assert classes.index.tolist() == [ZERO] * 4


def test_a_rate_that_rounds_to_nothing_is_still_more_than_none() -> None:
    classes = classify(np.array([0.01, 0.0]), digits=1)
    assert classes.index.tolist() == [1, ZERO]


def test_breaks_have_two_figures() -> None:
    assert [round_for_people(value, 1.0) for value in (7.3, 38.6, 1389.0)] == [7.0, 39.0, 1400.0]


@settings(deadline=None)
@given(st.lists(st.integers(0, 5000), min_size=1, max_size=120))
def test_every_value_lies_within_the_bounds_of_its_class_and_no_class_is_empty(counts: list[int]) -> None:
    classes = classify(np.array(counts, dtype=float))
    assert len(classes) <= 5
    for count, index in zip(counts, classes.index.tolist(), strict=True):
        if count == 0:
            assert index == ZERO
        else:
            assert classes.lows[index - 1] <= count <= classes.highs[index - 1]
    assert {index for index in classes.index.tolist() if index > 0} == set(range(1, len(classes) + 1))
