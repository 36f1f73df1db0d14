"""Sessions that are forged, replayed or end in the middle; two accounts over the same memory of answers."""

from __future__ import annotations

import sqlite3
import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from argon2 import PasswordHasher

from dashboard.access.access_file import NAME
from dashboard.access.accounts import Grant
from dashboard.access.book import AccountBook
from dashboard.access.roles import Role
from dashboard.gate import COOKIE
from geodata.vocabulary import AreaKey
from tests.dashboard.callbacks import callbacks
from tests.dashboard.offices import PASSWORD, QUICK, ROLES, Browser, Office, office
from tests.geodata.worlds import Still, tiny_snapshot

pytestmark = pytest.mark.slow
PAGE = {"X-Diem-Nong": "export"}
QUERY = "?edition=2024&level=commune&layer=count&lang=en"


@pytest.fixture
def house(tmp_path: Path) -> Office:
    return office(tmp_path, Still(tiny_snapshot(n=2000)))


@pytest.fixture
def chiefs(tmp_path: Path) -> Office:
    """One of the west, one of the east: what they ask is the same, what they may be told is not."""
    made = office(tmp_path, Still(tiny_snapshot(n=2000)))
    east = tuple(Grant(area=AreaKey("2024", code)) for code in ("201", "203"))
    made.book.add("east", Role.CHIEF, password=PASSWORD, now=datetime.now(UTC), grants=east, must_change=False)
    return made


def token_of(browser: Browser) -> str:
    held = browser.client.get_cookie(COOKIE)
    assert held is not None
    return held.value


def ready(browser: Browser, token: str) -> str:
    """The phase of an export once it is over, or the status where it is not told."""
    for _ in range(600):
        told = browser.client.get(f"/export/jobs/{token}.json")
        if told.status_code != 200:
            return str(told.status_code)
        if (phase := str(told.get_json()["phase"])) not in ("waiting", "writing"):
            return phase
        time.sleep(0.05)
    raise AssertionError("it never ends")


def test_no_flipped_bit_of_a_session_is_anybodys(house: Office) -> None:
    data = token_of(house.browser("data"))
    for at in range(len(data)):
        for bit in (1, 2, 16):
            letter = chr(ord(data[at]) ^ bit)
            if not letter.isalnum():
                continue
            forged = house.browser()
            forged.client.set_cookie(COOKIE, data[:at] + letter + data[at + 1 :])
            assert forged.client.get("/months.json").status_code == 401, (at, letter)
    for forged_token in (data[:-1], data + "A", data.swapcase(), "", "A" * len(data), data * 100):
        forged = house.browser()
        forged.client.set_cookie(COOKIE, forged_token)
        assert forged.client.get("/months.json").status_code == 401


def test_a_session_that_ended_is_replayed_in_vain(house: Office) -> None:
    first = house.browser("data")
    data = token_of(first)
    first.post("/logout")
    thief = house.browser()
    thief.client.set_cookie(COOKIE, data)
    for path in ("/months.json", "/reconciliation.json", "/export/csv", "/_dash-layout"):
        assert thief.client.get(path).status_code == 401, path


def expire(house: Office) -> None:
    """As if nobody had come for an hour."""
    with closing(sqlite3.connect(house.folder / NAME)) as file, file:
        file.execute("UPDATE sessions SET seen = seen - 3600")


def test_a_session_that_runs_out_while_an_export_is_made_gets_no_file(house: Office) -> None:
    chief = house.browser("chief")
    token = chief.post(f"/export/xlsx{QUERY}", headers=PAGE).get_json()["token"]
    expire(house)
    assert chief.client.get(f"/export/jobs/{token}.json").status_code == 401
    assert chief.client.get(f"/export/jobs/{token}").status_code == 401
    again = house.browser("chief")
    assert ready(again, token) == "ready"
    assert again.get(f"/export/jobs/{token}").status_code == 200, "who signs in again finds the own export"


def test_an_account_locked_while_an_export_is_made_gets_no_file(house: Office) -> None:
    chief = house.browser("chief")
    token = chief.post(f"/export/xlsx{QUERY}", headers=PAGE).get_json()["token"]
    house.book.lock("chief")
    assert chief.client.get(f"/export/jobs/{token}.json").status_code == 401
    assert chief.client.get(f"/export/jobs/{token}").status_code == 401
    assert chief.client.get(f"/export/csv{QUERY}").status_code == 401
    assert house.browser("data").client.get(f"/export/jobs/{token}").status_code == 404
    house.book.unlock("chief")
    assert chief.client.get(f"/export/jobs/{token}").status_code == 401, "the lock ended the session for good"


def test_two_chiefs_who_ask_the_same_at_once_get_their_own(chiefs: Office) -> None:
    west, east = chiefs.browser("chief"), chiefs.browser("east")
    asked = [f"/months.json{QUERY}", f"/export/csv{QUERY}", f"/frames.json{QUERY}", f"/export/geojson{QUERY}"]

    def all_of(browser: Browser) -> list[bytes]:
        return [browser.get(path).data for path in asked]

    alone = all_of(west), all_of(east)
    assert all(one != other for one, other in zip(*alone, strict=True))
    assert set(west.get(asked[0]).get_json()["n"]) == {"101", "103"}
    assert set(east.get(asked[0]).get_json()["n"]) == {"201", "203"}
    several = [chiefs.browser(name) for name in ("chief", "east") * 2]
    with ThreadPoolExecutor(4) as pool:
        for _ in range(3):
            for at, told in enumerate(pool.map(all_of, several)):
                assert told[0] == alone[at % 2][0]
                assert told[2] == alone[at % 2][2]
                assert [len(each) for each in told] == [len(each) for each in alone[at % 2]]


def test_what_a_picture_brought_along_is_for_its_own_asker(chiefs: Office) -> None:
    """Cells and bands lie on one shelf: an address that was told to the one opens nothing to the other."""
    west, east = chiefs.browser("chief"), chiefs.browser("east")
    values = {"url.search": "?edition=2024&level=commune&layer=hexagons&lang=en", "url.pathname": "/"}
    told = b"".join(each.post(west, values).data for each in callbacks(west.client))  # type: ignore[arg-type]
    names = {part.split(b'"')[0].decode() for part in told.replace(b"\\u002f", b"/").split(b"/shapes/")[1:]}
    assert names
    for name in names:
        assert west.get(f"/shapes/{name}").status_code == 200
        assert east.get(f"/shapes/{name}").status_code == 404
        assert chiefs.browser().client.get(f"/shapes/{name}").status_code == 401


@pytest.fixture
def slow_door(tmp_path: Path) -> Iterator[Office]:
    """An office whose passwords are kept as they are in earnest: by argon2id with all its work."""
    made = office(tmp_path, Still(tiny_snapshot()))
    book = AccountBook(tmp_path / NAME, PasswordHasher())
    for name in ROLES:
        book.set_password(name, PASSWORD, must_change=False)
    yield made
    AccountBook(tmp_path / NAME, QUICK)


def test_the_door_takes_as_long_for_names_that_nobody_has(slow_door: Office) -> None:
    """Distributions, taken in turns: the medians lie nearer to each other than either's own spread, and 15 %."""
    known: list[float] = []
    unknown: list[float] = []
    for turn in range(24):
        for names, times in ((("chief", "officer", "data", "committee"), known), (("a", "b", "c", "d"), unknown)):
            name = names[turn % 4] if times is known else f"{names[turn % 4]}{turn}"
            began = time.perf_counter()
            browser = slow_door.browser()
            browser.client.post(
                "/login",
                data={"name": name, "password": "khong phai mat khau"},
                environ_base={"REMOTE_ADDR": f"10.0.{turn}.{len(times) % 200}"},
            )
            times.append(time.perf_counter() - began)
    apart = abs(statistics.median(known) - statistics.median(unknown))
    spread = max(float(np.subtract(*np.percentile(times, [90, 10]))) for times in (known, unknown))
    assert apart < max(spread, 0.15 * statistics.median(known)), (apart, spread)
