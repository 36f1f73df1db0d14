"""What an annual report says where there is little or nothing to say."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from dashboard.claims import annual
from dashboard.words import of


@dataclass(frozen=True)
class Counts:
    before: int
    now: int
    ratio: float = 1.0
    low: float = 0.5
    high: float = 2.0
    p: float = 1.0


EN = of("en")


def test_nothing_in_either_year_is_said_once() -> None:
    assert annual.compared(Counts(0, 0), "the same period of 2024", EN) == "no incident, nor in the same period of 2024"


@pytest.mark.parametrize(
    ("n", "followed", "said"),
    [
        (0, 0, "No place"),
        (1, 0, "1 lasting hot spot was recorded by the rule in force; it is not followed up yet."),
        (7, 0, "none of them"),
        (7, 7, "all of them"),
        (7, 3, "3 of them are followed up, 4 not yet"),
    ],
)
def test_hot_spots_that_are_followed_up_are_told_without_noughts(n: int, followed: int, said: str) -> None:
    assert said in annual.lasting(n, followed, EN)


def test_that_all_were_placed_is_said_without_a_nought() -> None:
    assert annual.off_map(12, 12, EN) == "All 12 recorded incidents are counted in an area of the map."
    assert "; 2 are not placed" in annual.off_map(12, 10, EN)
