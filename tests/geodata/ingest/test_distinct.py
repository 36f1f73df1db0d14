"""Distinct values and back."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from geodata.ingest.distinct import are_different, distinct, spread


def test_what_is_taken_apart_is_put_together_again() -> None:
    column = pd.Series(["b", "", "a", "b"], dtype="str")
    values, codes = distinct(column)
    assert values == ["b", "", "a"]
    assert spread(values, codes).equals(column)


def test_cells_are_different_where_no_two_that_hold_anything_are_the_same() -> None:
    for cells in (["3", "1", "2"], ["1", "01", "1.0"], ["", "", "A1", "a1"], []):
        assert are_different(pd.Series(cells, dtype="str"))
    for cells in (["3", "1", "3"], ["A1", "", "A1"]):
        assert not are_different(pd.Series(cells, dtype="str"))


@pytest.mark.parametrize("codes", [[0, 1, -1, 0], [0, 0], [-1, -1], []])
def test_a_text_stands_in_every_row_of_its_code(codes: list[int]) -> None:
    texts = ["Hòa", "Hà"]
    expected = [texts[code] if code >= 0 else "" for code in codes]
    assert spread(texts, np.array(codes, dtype=np.intp)).tolist() == expected
