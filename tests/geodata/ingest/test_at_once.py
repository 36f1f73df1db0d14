"""Two pieces of work at once: what comes of them, and of their errors, is as if one had followed the other."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import NoReturn

import numpy as np
import pytest

from geodata.errors import FileRefusedError
from geodata.ingest.at_once import both
from geodata.ingest.recipe import Recipe
from tests.geodata.ingest.conftest import Read

HEADER = "id,occurred,category,lon,lat\n"


def refuse(name: str) -> NoReturn:
    raise FileRefusedError(name)


def test_both_run_at_once_and_the_second_may_ask_for_the_first() -> None:
    meeting = threading.Barrier(2, timeout=30)

    def first() -> int:
        meeting.wait()
        return 20

    def then(found: Callable[[], int]) -> int:
        meeting.wait()
        return found() + 1

    assert both(first, then) == (20, 21)


@pytest.mark.parametrize(
    ("first", "then", "told"),
    [
        (lambda: refuse("first"), lambda found: 2, "first"),
        (lambda: 1, lambda found: refuse("then"), "then"),
        (lambda: refuse("first"), lambda found: refuse("then"), "first"),
        (lambda: refuse("first"), lambda found: found(), "first"),
    ],
)
def test_the_error_told_is_that_of_what_comes_first(
    first: Callable[[], int], then: Callable[[Callable[[], int]], int], told: str
) -> None:
    threads = threading.active_count()
    with pytest.raises(FileRefusedError, match=told):
        both(first, then)
    assert threading.active_count() == threads


def test_of_two_refusals_of_a_file_the_same_one_is_told_as_ever(read: Read) -> None:
    lone = HEADER.replace(",lat", "") + "1,05/03/2024,theft,106.1\n"
    with pytest.raises(FileRefusedError, match="other coordinate"):
        read("a.csv", lone)
    with pytest.raises(FileRefusedError, match="nonsense"):
        read("a.csv", lone, recipe=Recipe(categories={"theft": "nonsense"}))


def test_every_row_is_the_same_as_where_it_is_read_alone(read: Read) -> None:
    rng = np.random.default_rng(5)
    days = [f"{day:02}/{month:02}/2024 {hour:02}:30" for day, month, hour in rng.integers(1, 13, (300, 3))]
    days[7], days[90] = "nonsense", ""
    places = [f"{lon:.5f},{lat:.5f}" for lon, lat in rng.uniform([106.0, 11.0], [106.2, 11.2], (300, 2))]
    places[30], places[31] = "x,y", ","
    rows = [f"{n},{day},theft,{place}" for n, (day, place) in enumerate(zip(days, places, strict=True))]
    whole = read("a.csv", HEADER + "\n".join([*rows, "300,25/12/2024 10:00,theft,106.1,11.1\n"]))
    assert sorted(row.reason for row in whole.quarantine) == ["bad_coordinate", "bad_date", "missing_date"]
    assert whole.read == 301 == len(whole.frame) + len(whole.quarantine)
    for at in (0, 1, 150, 299):
        alone = read("b.csv", HEADER + rows[at] + "\n300,25/12/2024 10:00,theft,106.1,11.1\n").frame.iloc[0]
        (same,) = whole.frame[whole.frame["incident_id"] == str(at)].itertuples(index=False)
        assert (alone["day"], alone["minute"], alone["lon"], alone["lat"]) == (
            same.day,
            same.minute,
            same.lon,
            same.lat,
        )
