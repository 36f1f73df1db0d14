"""Which rows are the same incident: small files on paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from geodata.warehouse.identity import TEXT_BIT, Match, Rows, compare, is_identity, meet


@dataclass(frozen=True)
class Row:
    """An incident. ``id`` is a whole number, a text or none."""

    id: int | str | None = None
    day: int = 0
    category: int = 1
    place: float = 106.0
    hour: bool = True
    outside: bool = False
    free: bool = True


def case(number: int | str | None) -> int:
    if number is None:
        return 0
    return number + 1 if isinstance(number, int) else int(TEXT_BIT) | hash(number) & 0x7FFFFFFF


def rows(*given: Row) -> Rows:
    def column(values: Sequence[Any], dtype: type) -> NDArray[Any]:
        return np.array(values, dtype=dtype)

    content = [hash((row.day, row.category, row.place, row.hour)) & 0x7FFFFFFFFFFF for row in given]
    return Rows(
        case=column([case(row.id) for row in given], np.uint64),
        content=column(content, np.uint64),
        day=column([row.day for row in given], np.int32),
        category=column([row.category for row in given], np.uint64),
        area=np.zeros(len(given), dtype=np.uint64),
        lon=column([row.place for row in given], np.float64),
        lat=np.full(len(given), 11.0),
        precise=column([row.hour for row in given], np.bool_),
        inside=column([not row.outside for row in given], np.bool_),
        free=column([row.free for row in given], np.bool_),
    )


def match(new: Sequence[Row], old: Sequence[Row]) -> Match:
    return compare(rows(*new), rows(*old))


def found(new: Sequence[Row], old: Sequence[Row]) -> tuple[list[list[int]], list[list[int]]]:
    result = match(new, old)
    return sorted(result.repeats.tolist()), sorted(result.corrections.tolist())


def test_the_same_case_with_the_same_content_is_a_repeat() -> None:
    assert found([Row("a"), Row("b", day=1)], [Row("b", day=1), Row("c", day=2)]) == ([[1, 0]], [])


def test_the_same_case_with_other_content_is_a_correction() -> None:
    assert found([Row("a", day=9, category=2)], [Row("a")]) == ([], [[0, 0]])


def test_equal_rows_with_different_case_numbers_are_different_cases() -> None:
    assert found([Row("a")], [Row("b")]) == ([], [])


def test_a_row_without_a_number_is_known_by_its_content() -> None:
    assert found([Row()], [Row("b")]) == ([[0, 0]], [])
    assert found([Row("b")], [Row()]) == ([[0, 0]], [])


def test_whole_numbers_that_are_no_run_are_identities() -> None:
    assert found([Row(11_049_233, day=40, category=3)], [Row(11_049_233)]) == ([], [[0, 0]])


def test_running_numbers_of_other_incidents_say_nothing() -> None:
    old = [Row(i, day=i) for i in range(1, 11)]
    new = [Row(i, day=30 + i, category=2, place=107.0) for i in range(1, 11)]
    result = match(new, old)
    assert (len(result.repeats), len(result.corrections)) == (0, 0)
    assert (result.met, result.agreeing, result.denied) == (10, 0, True)


def test_running_numbers_of_the_same_incidents_are_believed_row_by_row() -> None:
    old = [Row(i, day=10 * i) for i in range(1, 9)]
    new = [*old[:6], replace(old[6], category=2), Row(8, day=500, category=9, place=108.0)]
    assert found(new, old) == ([[i, i] for i in range(6)], [[6, 6]])  # the eighth agrees in nothing: another incident


def test_a_row_put_in_between_shifts_running_numbers_and_no_incident() -> None:
    old = [Row(i, day=10 * i) for i in range(1, 9)]
    new = [Row(1, day=5), *(replace(row, id=i + 2) for i, row in enumerate(old))]
    assert found(new, old) == ([[i + 1, i] for i in range(8)], [])


def test_numbers_with_letters_that_never_agree_are_not_the_same_cases() -> None:
    old = [Row(f"0{i}/HS", day=i) for i in range(5)]
    new = [Row(f"0{i}/HS", day=90 + i, category=2, place=107.0) for i in range(5)]
    assert match(new, old).denied
    assert found(new, old) == ([], [])
    assert found(new[:2], old[:2]) == ([], [])
    assert found(new[:1], old[:1]) == ([], [[0, 0]])  # a single one may be corrected in everything
    assert found([*new[:3], replace(old[3], category=9)], old[:4]) == ([], [[i, i] for i in range(4)])


@pytest.mark.parametrize(("number", "n"), [("{}", 2), ("{}", 3), ("{}", 4), ("{}", 40), ("HS-{}", 40)])
def test_numbers_that_agree_no_more_than_any_other_rows_are_not_the_same_cases(number: str, n: int) -> None:
    """Two offices' thefts of one month, known to the month, at their own places."""

    def office(place: float, rare: int) -> list[Row]:
        names = [number.format(i + 1) for i in range(n)]
        return [
            Row(int(name) if name.isdigit() else name, category=1 + (i % 10 == rare), place=place + i / 100, hour=False)
            for i, name in enumerate(names)
        ]

    assert found(office(106.0, 9), office(107.0, 5)) == ([], [])


def test_a_single_running_number_in_two_files_names_one_case_only_at_one_place_and_day() -> None:
    assert found([Row(1, day=2)], [Row(1, place=107.0, day=2)]) == ([], [])
    assert found([Row(1, category=2)], [Row(1)]) == ([], [[0, 0]])


def test_a_few_numbers_out_of_a_longer_list_correct_their_rows() -> None:
    old = [Row(i, day=i) for i in range(1, 6)]
    assert found([Row(3, day=3, category=2)], old) == ([], [[0, 2]])


def test_of_alike_rows_those_with_the_same_number_are_the_same() -> None:
    old = [Row(i, category=1 + i % 2, place=106.0 + (i % 3), hour=False) for i in range(1, 13)]
    new = [replace(old[0], category=5), *old[1:]]
    assert found(new, old) == ([[i, i] for i in range(1, 12)], [[0, 0]])


def test_rows_that_are_alike_within_a_file_are_alike_in_two_by_chance() -> None:
    """Thefts by month on three streets: nine and eight of ten meet in two files of different incidents."""
    old = [Row(place=106.0 + street, hour=False) for street, times in enumerate((12, 10, 8)) for _ in range(times)]
    new = [Row(place=106.0 + street, hour=False) for street, times in enumerate((8, 10, 12)) for _ in range(times)]
    assert found(new, old) == ([], [])
    assert len(found(old, old)[0]) == 30
    assert len(found(old[:29], old)[0]) == 29


def test_equal_rows_without_hour_are_repeats_only_together() -> None:
    old = [Row(day=i, hour=False) for i in range(6)]
    few = [*old[:2], *(Row(day=i, category=2, hour=False) for i in range(6))]
    assert match(few, old).alike == 2
    assert found(few, old) == ([], [])
    many = [*old[:3], *(Row(day=i, category=2, hour=False) for i in range(6))]
    assert found(many, old) == ([[i, i] for i in range(3)], [])


def test_only_days_that_both_files_hold_are_weighed() -> None:
    old = [Row(day=i, hour=False) for i in range(3)]
    new = [*old[1:], *(Row(day=i, hour=False, category=2) for i in range(50, 80))]
    assert found(new, old) == ([[0, 1], [1, 2]], [])


@pytest.mark.parametrize(("k", "m"), [(1, 2), (2, 1), (2, 2), (3, 1)])
def test_of_k_equal_rows_and_m_again_the_smaller_number_is_repeated(k: int, m: int) -> None:
    assert len(match([Row()] * m, [Row()] * k).repeats) == min(k, m)


def test_a_point_outside_corrects_none_inside() -> None:
    assert found([Row("a", place=150.0, outside=True)], [Row("a")]) == ([], [])
    assert found([Row("a")], [Row("a", place=150.0, outside=True)]) == ([], [[0, 0]])


def test_rows_that_do_not_count_take_no_part() -> None:
    assert found([Row("a")], [Row("a", free=False)]) == ([], [])


@pytest.mark.parametrize(
    ("numbers", "identity"),
    [
        ([1, 2, 3, 4], False), ([0, 1, 2], False), ([3, 5, 8, 13], False), ([1045], True), ([120, 121, 122], True),
        (["a1", "a2"], True), (["a1", 1, 2], False), ([], False), ([None], False),
    ],
)  # fmt: skip
def test_what_kind_of_number_it_is(numbers: list[int | str | None], identity: bool) -> None:
    assert is_identity(np.array([case(number) for number in numbers], dtype=np.uint64)) is identity


def test_files_that_share_no_key_are_told_at_once() -> None:
    one, other = rows(Row("a"), Row(day=1)), rows(Row("b", day=2), Row(day=3))
    assert not meet(one.case, one.content, other.case, other.content)
    assert meet(one.case, one.content, one.case, one.content)


ROWS = st.builds(
    Row,
    id=st.one_of(st.none(), st.integers(1, 8), st.sampled_from(["a", "b", "c"])),
    day=st.integers(0, 4),
    category=st.integers(1, 2),
    hour=st.booleans(),
    outside=st.booleans(),
    free=st.booleans(),
)


@pytest.mark.slow
@settings(deadline=None, max_examples=150)
@given(st.lists(ROWS, max_size=12), st.lists(ROWS, max_size=12))
def test_a_row_stands_for_at_most_one_other_and_repeats_are_equal(new: list[Row], old: list[Row]) -> None:
    result = match(new, old)
    pairs = [*result.repeats.tolist(), *result.corrections.tolist()]
    for side in (0, 1):
        assert max(Counter(pair[side] for pair in pairs).values(), default=1) == 1
    a, b = rows(*new), rows(*old)
    assert all(a.content[i] == b.content[j] for i, j in result.repeats.tolist())
    assert all(a.content[i] != b.content[j] for i, j in result.corrections.tolist())
    assert all(a.free[i] and b.free[j] for i, j in pairs)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.builds(Row, day=st.integers(0, 30), hour=st.booleans()), min_size=1, max_size=20))
def test_a_file_beside_itself_is_repeated_whole(given_rows: list[Row]) -> None:
    assert len(match(given_rows, given_rows).repeats) == len(given_rows)
