"""Distinct values and back."""

from __future__ import annotations

import pandas as pd

from geodata.ingest.distinct import are_distinct_numbers, distinct, spread


def test_what_is_taken_apart_is_put_together_again() -> None:
    column = pd.Series(["b", "", "a", "b"], dtype="str")
    values, codes = distinct(column)
    assert values == ["b", "", "a"]
    assert spread(values, codes).equals(column)


def test_only_whole_numbers_are_told_to_be_distinct() -> None:
    assert are_distinct_numbers(pd.Series(["3", "1", "2"], dtype="str"))
    for cells in (["3", "1", "3"], ["1", "01"], ["1", ""], ["A1", "A2"], ["1.0", "2"]):
        assert not are_distinct_numbers(pd.Series(cells, dtype="str"))
