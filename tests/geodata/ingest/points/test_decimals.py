"""Numbers as people type them, and which mark groups thousands."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from geodata.ingest.points.decimals import grouping_mark, read_numbers, regroup


def column(*cells: str) -> pd.Series:
    return pd.Series(list(cells), dtype="str")


@pytest.mark.parametrize(
    ("cell", "value"),
    [("１０６．１１２", 106.112), ("１０６，１１２", 106.112), ("1'249'136.5", 1249136.5), ("1,249,136", 1249136.0),
     ("106,112,345", 106112345.0), ("1\u202f249\u202f136,5", 1249136.5)],
)  # fmt: skip
def test_rarer_spellings_are_numbers_too(cell: str, value: float) -> None:
    assert read_numbers(column(cell)).tolist() == [value]


@pytest.mark.parametrize(
    ("cells", "mark"),
    [
        (["1.249.136", "580.123"], ""),  # half is not most
        (["1.249.136", "1.249.137", "580.123"], "."),
        (["580.123,4", "580.125,1"], "."),
        (["1,249,136.5", ""], ","),
        (["106.112", "106.113"], ""),
        (["106,112", "1.249.136"], ""),
        (["", ""], ""),
    ],
)
def test_only_what_nothing_else_explains_proves_that_a_mark_groups(cells: list[str], mark: str) -> None:
    assert grouping_mark(column(*cells)) == mark


def test_a_grouping_mark_makes_thousands_of_three_digits_and_of_nothing_else() -> None:
    text = column("580.123", "580.12", "580", "1.580.123", "")
    whole = regroup(text, read_numbers(text), ".")
    assert whole[:4].tolist() == [580123.0, 580.12, 580.0, 1580123.0]
    assert np.isnan(whole[4])
