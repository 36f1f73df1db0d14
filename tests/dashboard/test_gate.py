"""The gate: every route and callback has a need, and who does not meet it gets nothing."""

from __future__ import annotations

import json
import logging
import re
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from dashboard.access.accounts import Grant
from dashboard.access.audit import AuditLog
from dashboard.access.roles import Role
from dashboard.app import create_app
from dashboard.gate import CALLBACKS, COOKIE, CSRF_COOKIE, POLICY
from dashboard.settings import ServingError, Settings
from geodata.vocabulary import AreaKey
from geodata.warehouse.warehouse import Warehouse
from tests.dashboard.callbacks import callbacks
from tests.dashboard.offices import PASSWORD, ROLES, Office, office
from tests.geodata.worlds import Still, tiny_snapshot

LOADING = ("/reconciliation.json", "/quarantine.csv", "/quarantine.xlsx", "/upload", "/upload/boundaries")
SEEING = ("/", "/data", "/persistence", "/_dash-layout", "/_dash-dependencies", "/months.json", "/frames.json")
OPEN = ("/login", "/healthz", "/readyz")
PAGES = ("/", "/targets", "/persistence", "/compare", "/data", "/present", "/notebook", "/glossary", "/start")
QUERIES = ("?lang=en", "?edition=2025&layer=relative_risk", "?level=district&layer=change&compare=previous_year")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return office(tmp_path_factory.mktemp("office"), Still(tiny_snapshot(n=2000)))


def test_every_route_has_a_need_and_no_need_is_of_a_route_that_is_gone(house: Office, warehouse: Warehouse) -> None:
    alone = create_app(Settings(warehouse.folder), warehouse).server.url_map.iter_rules()
    there = {rule.rule for rule in (*alone, *house.app.server.url_map.iter_rules())}
    assert there == set(POLICY)


def test_every_callback_has_a_need(house: Office) -> None:
    assert set(house.app.callback_map) == set(house.app.needs)


def test_a_route_without_a_need_is_for_nobody(tmp_path: Path) -> None:
    here = office(tmp_path, Still(tiny_snapshot()))
    here.app.server.add_url_rule("/new", "new", lambda: "told")
    assert here.browser("data").get("/new").status_code == 403
    alone = create_app(Settings(tmp_path), Still(tiny_snapshot()))
    alone.server.add_url_rule("/new", "new", lambda: "told")
    assert alone.server.test_client().get("/new").status_code == 403


@pytest.mark.parametrize("path", [*SEEING, *LOADING, "/admin", "/password", "/nothing", "/export/png"])
def test_who_is_not_signed_in_sees_the_door_and_nothing_else(house: Office, path: str) -> None:
    stranger = house.browser()
    page = stranger.get(path)
    assert (page.status_code, page.headers["Location"].startswith("/login")) == (302, True)
    assert stranger.client.get(path, headers={"Accept": "application/json"}).status_code in (302, 401)
    assert stranger.post(CALLBACKS, json={"output": "map.figure"}).status_code == 401


@pytest.mark.parametrize("path", OPEN)
def test_the_door_and_health_are_open(house: Office, path: str) -> None:
    assert house.browser().get(path).status_code == 200


@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_what_it_needs_and_no_more(house: Office, role: str) -> None:
    browser = house.browser(role)
    for path in SEEING:
        got = browser.get(path)
        if role == "administrator":
            assert (got.status_code, got.headers["Location"]) == (302, "/admin"), path
        else:
            assert got.status_code == 200, path
    for path in LOADING[:2]:
        expected = {"data": 200, "administrator": 302}.get(role, 403)
        assert browser.get(path).status_code == expected, path
    assert browser.get("/admin").status_code == (200 if role == "administrator" else 403)


@pytest.mark.slow
@pytest.mark.parametrize("role", ROLES)
def test_every_callback_answers_every_role_without_a_fault(
    house: Office, role: str, caplog: pytest.LogCaptureFixture
) -> None:
    browser = house.browser(role)
    told = callbacks(house.browser("data").client)
    seen: Counter[int] = Counter()
    with caplog.at_level(logging.ERROR):
        for page in PAGES:
            for query in QUERIES:
                values = {"url.search": query, "url.pathname": page, "page-key.data": {"path": page}}
                for each in told:
                    seen[each.post(browser, values).status_code] += 1  # type: ignore[arg-type]  # it posts alike
    assert not caplog.records, caplog.records[0].getMessage() + str(caplog.records[0].exc_info)
    if role == "administrator":
        assert set(seen) == {403}
    else:
        assert set(seen) <= {200, 204, 403}
        assert (403 in seen) is (role != "data")
        assert seen[200] > 0


def test_a_press_from_another_site_is_refused(house: Office) -> None:
    browser = house.browser("data")
    asked = {"output": "notice.children"}
    assert browser.client.post(CALLBACKS, json=asked).status_code == 403
    assert browser.client.post(CALLBACKS, json=asked, headers={"X-CSRFToken": "0" * 64}).status_code == 403
    other = house.browser("chief").client.get_cookie(CSRF_COOKIE)
    assert other is not None
    assert browser.client.post(CALLBACKS, json=asked, headers={"X-CSRFToken": other.value}).status_code == 403
    far = {"Sec-Fetch-Site": "cross-site", "X-CSRFToken": browser.client.get_cookie(CSRF_COOKIE).value}  # type: ignore[union-attr]
    assert browser.client.post(CALLBACKS, json=asked, headers=far).status_code == 403


def test_a_session_ends_with_the_way_out_the_lock_and_another_password(tmp_path: Path) -> None:
    here = office(tmp_path, Still(tiny_snapshot()))
    first, second = here.browser("chief"), here.browser("chief")
    token = first.client.get_cookie(COOKIE)
    assert token is not None
    assert first.post("/logout").status_code == 303
    first.client.set_cookie(COOKIE, token.value)
    assert first.get("/").status_code == 302, "a token that was put down is replayed"
    assert second.get("/").status_code == 200
    here.book.lock("chief")
    assert second.get("/").status_code == 302
    here.book.unlock("chief")
    third = here.browser("chief")
    here.book.set_password("chief", "nam con ngua ben bo song", must_change=True)
    assert third.get("/").status_code == 302


def test_rights_are_read_anew_at_every_request(tmp_path: Path) -> None:
    here = office(tmp_path, Still(tiny_snapshot()))
    officer = here.browser("officer")
    assert officer.get("/months.json").status_code == 200
    here.book.set_grants("officer", ())
    assert officer.get("/months.json").status_code == 403


def test_who_was_given_a_password_chooses_an_own_one_first(tmp_path: Path) -> None:
    here = office(tmp_path, Still(tiny_snapshot()))
    here.book.set_password("chief", PASSWORD, must_change=True)
    browser = here.browser()
    assert browser.sign_in("chief").headers["Location"] == "/password"
    assert browser.get("/").headers["Location"] == "/password"
    assert browser.client.get("/months.json", headers={"Accept": "application/json"}).status_code == 403
    new = "sau ngon den tren doi cao"
    wrong = browser.post("/password", data={"old": PASSWORD, "new": new, "again": new + "x"})
    assert wrong.status_code == 422
    assert (
        browser.post("/password", data={"old": PASSWORD, "new": "123456789012", "again": "123456789012"}).status_code
        == 422
    )
    assert browser.post("/password", data={"old": PASSWORD, "new": new, "again": new}).status_code == 303
    assert browser.get("/").status_code == 200


@pytest.mark.parametrize(
    ("wanted", "led"),
    [
        ("/persistence?lang=en", "/persistence?lang=en"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("/\\elsewhere.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/a\r\nSet-Cookie: x=1", "/"),
    ],
)
def test_the_door_leads_to_pages_of_this_program_only(house: Office, wanted: str, led: str) -> None:
    assert house.browser().sign_in("data", next=wanted).headers["Location"] == led


def test_cookies_are_out_of_reach_for_scripts_and_other_sites(house: Office) -> None:
    told = house.browser().sign_in("data").headers.getlist("Set-Cookie")
    (own,) = (each for each in told if each.startswith(f"{COOKIE}="))
    assert "HttpOnly" in own
    assert all("SameSite=Strict" in each and "Secure" not in each for each in told)
    safe = house.browser().client.post(
        "/login", data={"name": "data", "password": PASSWORD}, base_url="https://localhost"
    )
    assert all("Secure" in each for each in safe.headers.getlist("Set-Cookie"))


def test_acts_at_the_door_stand_in_the_log(tmp_path: Path) -> None:
    here = office(tmp_path, Still(tiny_snapshot()))
    browser = here.browser()
    browser.sign_in("chief", "khong phai mat khau nay")
    browser.sign_in("chief")
    browser.post("/logout")
    admin = here.browser("administrator")
    admin.post("/admin", data={"act": "lock", "name": "chief"})
    told = [(each.act.event, each.act.who) for each in AuditLog(tmp_path).rows()]
    assert [each for each in told if each[0] != "log_begun"] == [
        ("login_refused", "chief"),
        ("login", "chief"),
        ("logout", "chief"),
        ("login", "administrator"),
        ("account_locked", "administrator"),
    ]


def test_an_administrator_makes_an_account_that_gets_in(tmp_path: Path) -> None:
    here = office(tmp_path, Still(tiny_snapshot()))
    admin = here.browser("administrator")
    given = {
        "act": "add",
        "name": "binh",
        "role": "officer",
        "area": "2024:101",
        "from": "2024-01-01",
        "detail": "five",
    }
    page = admin.post("/admin", data=given)
    made = re.search(r"<code>([^<]+)</code>", page.text)
    assert (page.status_code, made is not None) == (200, True)
    account = here.book.of("binh")
    assert account is not None
    assert (account.role, account.must_change, account.grants[0].place) == (Role.OFFICER, True, "2024:101")
    browser = here.browser()
    assert browser.sign_in("binh", made[1]).headers["Location"] == "/password"  # type: ignore[index]
    refused = admin.post("/admin", data={**given, "name": "ba", "area": "2024:999"})
    assert refused.status_code == 422
    assert "2024:999" in refused.text
    assert here.book.of("ba") is None
    last = admin.post("/admin", data={"act": "lock", "name": "administrator"})
    assert last.status_code == 422


def test_names_that_are_markup_stay_text(house: Office) -> None:
    page = house.browser().sign_in('"><script>alert(1)</script>')
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;" in page.text


def test_without_an_administrator_nothing_is_served_to_others(tmp_path: Path) -> None:
    with pytest.raises(ServingError, match="user add NAME --role administrator"):
        create_app(Settings(tmp_path, accounts=True), Still(tiny_snapshot()))


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.7", "::"])
def test_another_address_wants_encryption_or_a_proxy_said(tmp_path: Path, host: str) -> None:
    with pytest.raises(ServingError, match="--behind-proxy"):
        Settings(tmp_path, host)
    assert Settings(tmp_path, host, behind_proxy=True).with_accounts
    assert Settings(tmp_path, host, certificate=tmp_path, key=tmp_path).with_accounts
    assert Settings(tmp_path, behind_proxy=True).with_accounts, "a proxy brings others to this machine's own address"
    assert not Settings(tmp_path).with_accounts


def said(answer: Any) -> str:
    return json.dumps(answer.get_json(), ensure_ascii=False)


@pytest.mark.slow
def test_an_export_is_for_who_began_it_and_still_may_see_it(tmp_path: Path) -> None:
    here = office(tmp_path, Still(tiny_snapshot(n=2000)))
    chief, other = here.browser("chief"), here.browser("officer")
    page = {"X-Diem-Nong": "export"}
    token = chief.post("/export/xlsx?edition=2024&level=commune", headers=page).get_json()["token"]
    assert other.get(f"/export/jobs/{token}").status_code == 404
    assert other.get(f"/export/jobs/{token}.json").status_code == 404
    assert other.post(f"/export/jobs/{token}/cancel", headers=page).status_code == 404
    while chief.get(f"/export/jobs/{token}.json").get_json()["phase"] not in ("ready", "failed"):
        time.sleep(0.05)
    assert chief.get(f"/export/jobs/{token}").status_code == 200
    here.book.set_grants("chief", (Grant(area=AreaKey("2024", "203")),), role=Role.CHIEF)
    assert chief.get(f"/export/jobs/{token}").status_code == 404, "what it shows is no longer open"


@pytest.mark.slow
def test_one_account_keeps_no_other_from_its_exports(tmp_path: Path) -> None:
    here = office(tmp_path, Still(tiny_snapshot(n=2000)))
    committee, chief = here.browser("committee"), here.browser("chief")
    page = {"X-Diem-Nong": "export"}
    told = [committee.post("/export/atlas?edition=2024&level=commune", headers=page).status_code for _ in range(5)]
    assert told[:3] == [202] * 3
    assert 429 in told
    assert chief.post("/export/csv", headers=page).status_code == 202


def test_nobody_but_the_data_officer_takes_single_places_away(house: Office) -> None:
    asked = "/export/csv?edition=2024&level=commune&rows=incidents&lang=en"
    single = house.browser("data").get(asked).text.splitlines()
    for role in ("committee", "chief", "officer"):
        shared = house.browser(role).get(asked).text.splitlines()
        assert "longitude" in single[0] or "lon" in single[0]
        assert len(shared) < len(single) / 2
        assert not set(shared[1:]) & set(single[1:])
