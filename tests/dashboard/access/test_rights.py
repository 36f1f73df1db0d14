"""What each role may see, on which day, in which edition: nothing is given that was not granted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from dashboard.access.accounts import Account, Grant, checked_name
from dashboard.access.errors import AccessError
from dashboard.access.rights import NOTHING, Rights, rights_of
from dashboard.access.roles import LABELS, Role
from geodata.boundaries.editions import Boundaries, Region
from geodata.question import Detail, Scope
from geodata.vocabulary import AreaKey
from tests.dashboard.access.people import NOON
from tests.geodata.worlds import tiny_boundaries

TODAY = date(2026, 3, 2)
GROUND = tiny_boundaries()
WEST = (AreaKey("2024", "101"), AreaKey("2024", "103"))


def account(role: Role, *grants: Grant, detail: Detail = Detail.POINTS, locked: bool = False) -> Account:
    return Account("lan", role, grants, detail, locked=locked, must_change=False, has_totp=False, created=NOON)


def rights(role: Role, *grants: Grant, today: date = TODAY, detail: Detail = Detail.POINTS) -> Rights:
    return rights_of(account(role, *grants, detail=detail), GROUND, today)


def test_the_committee_sees_the_province_as_closely_as_its_account_says() -> None:
    for detail in Detail:
        assert rights(Role.COMMITTEE, detail=detail) == Rights(Scope(None, detail))


def test_a_data_officer_loads_and_sees_and_takes_points_of_the_whole_province() -> None:
    found = rights(Role.DATA, detail=Detail.AGGREGATES)
    assert found == Rights(Scope(), loads=True, administers=False, takes_points=True)


def test_an_administrator_manages_accounts_and_sees_no_incident() -> None:
    found = rights(Role.ADMINISTRATOR)
    assert (found.scope.areas, found.scope.points) == ((), False)
    assert (found.administers, found.loads, found.takes_points) == (True, False, False)


def test_a_chief_sees_the_communes_of_the_region_and_those_named_beside() -> None:
    found = rights(Role.CHIEF, Grant("west"), Grant(area=AreaKey("2025", "201")), Grant(area=WEST[0]))
    assert found == Rights(Scope((*WEST, AreaKey("2025", "201"))))


def test_a_region_of_two_editions_is_both_sets_of_communes() -> None:
    both = replace(GROUND, regions=(*GROUND.regions, Region("west", "Phía tây", "2025", ("101",))))
    found = rights_of(account(Role.CHIEF, Grant("west")), both, TODAY)
    assert found.scope.areas == (*WEST, AreaKey("2025", "101"))


def test_an_officer_sees_communes_and_never_a_region() -> None:
    assert rights(Role.OFFICER, Grant(area=WEST[0])).scope.areas == WEST[:1]
    assert rights(Role.OFFICER, Grant("west")) == NOTHING


def test_the_same_code_of_another_edition_is_another_place() -> None:
    assert rights(Role.OFFICER, Grant(area=AreaKey("2025", "101"))).scope.areas == (AreaKey("2025", "101"),)
    assert rights(Role.OFFICER, Grant(area=AreaKey("2025", "103"))) == NOTHING  # only 2024 has a 103


@pytest.mark.parametrize(
    ("start", "end", "open_"),
    [
        (None, None, True),
        (TODAY, TODAY, True),
        (date(2026, 3, 3), None, False),
        (None, date(2026, 3, 1), False),
        (date(2026, 1, 1), date(2026, 12, 31), True),
        (date(2025, 1, 1), date(2025, 12, 31), False),
    ],
)
def test_a_grant_holds_from_its_first_day_to_its_last(start: date | None, end: date | None, open_: bool) -> None:
    assert (rights(Role.CHIEF, Grant("west", start=start, end=end)) != NOTHING) is open_


def test_one_of_several_grants_may_be_over() -> None:
    over = Grant(area=WEST[1], end=date(2026, 3, 1))
    assert rights(Role.OFFICER, over, Grant(area=WEST[0])).scope.areas == WEST[:1]


def test_what_the_boundaries_no_longer_have_gives_nothing() -> None:
    for grant in (Grant("east"), Grant(area=AreaKey("2024", "999")), Grant(area=AreaKey("1999", "101"))):
        assert rights(Role.CHIEF, grant) == NOTHING
    gone = replace(GROUND, regions=(Region("west", "Phía tây", "2024", ("101", "999")),))
    assert rights_of(account(Role.CHIEF, Grant("west")), gone, TODAY).scope.areas == WEST[:1]
    assert rights_of(account(Role.CHIEF, Grant("west")), Boundaries(), TODAY) == NOTHING


def test_a_district_is_no_area_of_a_grant() -> None:
    district = next(iter(GROUND.layers[next(key for key in GROUND.layers if key.level == "district")].codes))
    assert rights(Role.CHIEF, Grant(area=AreaKey("2024", district))) == NOTHING


def test_whatever_the_role_a_locked_account_has_nothing_and_nobody_unbound_without_grants() -> None:
    for role, grants in product(Role, ((), (Grant("west"),))):
        assert rights_of(account(role, *grants, locked=True), GROUND, TODAY) == NOTHING
    assert rights(Role.CHIEF) == rights(Role.OFFICER) == NOTHING


def test_a_chief_never_exceeds_the_grants_whatever_they_are() -> None:
    every = [Grant("west"), *(Grant(area=AreaKey(edition, "101")) for edition in ("2024", "2025")), Grant("east")]
    granted = {*WEST, AreaKey("2025", "101")}
    for chosen in product((0, 1), repeat=len(every)):
        scope = rights(Role.CHIEF, *(grant for grant, is_in in zip(every, chosen, strict=True) if is_in)).scope
        assert scope.areas is not None
        assert set(scope.areas) <= granted


def test_a_grant_names_one_place_and_does_not_end_before_it_begins() -> None:
    for wrong in ({}, {"region": "west", "area": WEST[0]}):
        with pytest.raises(AccessError, match="one region or one commune"):
            Grant(**wrong)  # type: ignore[arg-type]
    with pytest.raises(AccessError, match="before it begins"):
        Grant("west", start=TODAY, end=date(2026, 3, 1))


def test_a_name_is_short_plain_and_cannot_carry_a_second_line() -> None:
    assert checked_name(" Nguyen.Van-A@congan.vn ") == "nguyen.van-a@congan.vn"
    for wrong in ("", "a", "-lan", "lan\nminh", "lan minh", "lân", "x" * 65, "a/b", "a\0b"):
        with pytest.raises(AccessError):
            checked_name(wrong)


def test_every_role_has_a_label() -> None:
    assert set(LABELS) == set(Role)
