"""The button of the office's own sign-in: from the door to a provider of another make and back, by real requests."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
from oidc_provider_mock import User, run_server_in_thread
from werkzeug.test import TestResponse

from dashboard.access.audit import AuditLog
from dashboard.access.errors import AccessError
from dashboard.access.roles import Role
from dashboard.app import create_app
from dashboard.doors.office import COOKIE
from dashboard.gate import COOKIE as SESSION
from dashboard.gate import Doors
from dashboard.settings import Settings
from tests.dashboard.offices import PASSWORD, Browser, Office, office
from tests.geodata.worlds import Still, tiny_snapshot

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::DeprecationWarning")]  # of the provider's libraries
CHIEF, MINH, STRANGER = "7f3a-chief", "9c1b-minh", "0000-nobody"


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    with run_server_in_thread(user_claims=tuple(User(sub=each) for each in (CHIEF, MINH, STRANGER))) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def house(provider: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """An office whose chief is tied to the provider's person, as is Minh, who never changed the first password."""
    monkeypatch.setenv("DIEMNONG_OIDC_ISSUER", provider)
    monkeypatch.setenv("DIEMNONG_OIDC_CLIENT", "diemnong")
    secret = tmp_path / "oidc-secret"
    secret.write_text("s3cret", encoding="utf-8")
    secret.chmod(0o600)
    made = office(tmp_path, Still(tiny_snapshot()))
    made.book.set_identity("chief", CHIEF)
    made.book.add("minh", Role.COMMITTEE, password=PASSWORD, now=datetime.now(UTC), identity=MINH)
    return made


def there(browser: Browser, query: str = "") -> str:
    """Press the button; the provider's address."""
    answer = browser.get(f"/oidc/start{query}")
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def back(browser: Browser, url: str, sub: str) -> TestResponse:
    """Sign in at the provider, and follow it back."""
    sent = requests.post(url, data={"sub": sub}, allow_redirects=False, timeout=10).headers["location"]
    parts = urlsplit(sent)
    assert (parts.netloc, parts.path) == ("localhost", "/oidc/back")
    return browser.get(f"{parts.path}?{parts.query}")


def entries(house: Office, event: str) -> list[dict[str, object]]:
    return [{"who": each.act.who, **each.act.facts} for each in AuditLog(house.folder).rows(event=event)]


def test_the_door_has_the_button_only_where_it_is_set_up(
    house: Office, tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert 'href="/oidc/start?' in house.browser().get("/login?lang=en").text
    with pytest.MonkeyPatch.context() as bare:
        bare.delenv("DIEMNONG_OIDC_ISSUER")
        other = office(tmp_path_factory.mktemp("bare"), Still(tiny_snapshot()))
    assert "/oidc/" not in other.browser().get("/login").text
    assert other.browser().get("/oidc/start").status_code == 404
    assert other.browser().get("/oidc/back?code=x&state=y").status_code == 404


def test_who_signs_in_there_is_in_and_goes_where_they_wanted_to(house: Office) -> None:
    browser = house.browser()
    answer = back(browser, there(browser, "?next=/targets%3Flayer%3Dcount&lang=en"), CHIEF)
    assert answer.status_code == 200, answer.text
    assert answer.headers["Refresh"] == "0; url=/targets?layer=count&lang=en"
    session = next(each for each in answer.headers.getlist("Set-Cookie") if each.startswith(f"{SESSION}="))
    assert "HttpOnly" in session
    assert "SameSite=Strict" in session
    assert browser.client.get_cookie(COOKIE, path="/oidc") is None
    assert browser.get("/targets").status_code == 200
    assert browser.get("/reconciliation.json").status_code == 403  # a chief, and no more
    assert entries(house, "login") == [{"who": "chief", "way": "oidc"}]


def test_what_the_browser_keeps_meanwhile_is_closed_and_short(house: Office) -> None:
    answer = house.browser().get("/oidc/start")
    (cookie,) = answer.headers.getlist("Set-Cookie")
    for part in ("HttpOnly", "SameSite=Lax", "Path=/oidc", "Max-Age=600"):
        assert part in cookie
    safe = house.browser().client.get("/oidc/start", base_url="https://localhost").headers["Set-Cookie"]
    assert "Secure" in safe


def test_who_came_without_a_password_has_none_to_change(house: Office) -> None:
    browser = house.browser()
    assert back(browser, there(browser), MINH).status_code == 200
    assert browser.get("/").status_code == 200
    other = house.browser()
    assert other.sign_in("minh").headers["Location"] == "/password"
    assert other.get("/").headers["Location"] == "/password"


@pytest.mark.parametrize("sub", [STRANGER, "chief"])
def test_a_stranger_is_told_so_and_is_not_in(house: Office, sub: str) -> None:
    browser = house.browser()
    answer = back(browser, there(browser, "?lang=en"), sub)
    assert (answer.status_code, "no account here is tied to it" in answer.text) == (401, True)
    assert browser.get("/").status_code == 302
    assert entries(house, "login_refused") == [{"who": "", "way": "oidc", "reason": "no account"}]


def test_somebody_elses_way_back_opens_nothing(house: Office) -> None:
    mine, other = house.browser(), house.browser()
    there(other)  # another beginning
    url = there(mine)
    answer = back(other, url, CHIEF)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (401, "no-store")
    assert other.get("/").status_code == 302
    assert house.browser().get("/oidc/back?code=x&state=y").status_code == 401


def test_a_thousand_forged_ways_back_are_one_entry(house: Office) -> None:
    stranger = house.browser()
    for n in range(40):
        assert stranger.get(f"/oidc/back?code={n}&state=%0A{n}").status_code == 401
    assert len(entries(house, "login_refused")) == 1


@pytest.mark.parametrize(
    "wanted", ["//elsewhere.example", "https://elsewhere.example", "/\\elsewhere.example", "/a\nb"]
)
def test_nobody_is_sent_elsewhere(house: Office, wanted: str) -> None:
    browser = house.browser()
    assert browser.client.get("/oidc/start", query_string={"next": wanted}).status_code == 303
    url = browser.client.get("/oidc/start", query_string={"next": wanted}).headers["Location"]
    assert back(browser, url, CHIEF).headers["Refresh"] == "0; url=/"


def test_a_provider_that_is_not_there_is_told_at_the_door(house: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIEMNONG_OIDC_ISSUER", "http://127.0.0.1:9")
    app = create_app(Settings(house.folder, accounts=True), Still(tiny_snapshot()))
    alone = Office(app, house.book, house.folder)
    answer = alone.browser().get("/oidc/start?lang=en")
    assert (answer.status_code, "did not say who you are" in answer.text) == (401, True)
    assert alone.browser("chief").get("/").status_code == 200


def test_a_secret_that_is_missing_is_told_before_anything_is_served(house: Office) -> None:
    (house.folder / "oidc-secret").unlink()
    with pytest.raises(AccessError, match="oidc-secret"):
        Doors(Settings(house.folder, accounts=True))
