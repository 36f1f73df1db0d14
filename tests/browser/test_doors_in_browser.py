"""The doors in a real browser: in, out, a first password, a telephone, a session that ends, and accounts on a phone."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pyotp
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from waitress.server import create_server

from dashboard.access.access_file import NAME
from dashboard.access.accounts import Grant
from dashboard.access.book import AccountBook
from dashboard.access.roles import Role
from dashboard.access.sessions import sessions_of
from geodata.answers.answers import Answers
from tests.browser.conftest import DESK, PHONE, Site, Visit, watch
from tests.browser.test_axe_in_browser import RULES
from tests.dashboard.offices import PASSWORD, QUICK, office
from tests.geodata.worlds import Still, tiny_snapshot

pytestmark = pytest.mark.browser
OTHER = "nam con trau an co non"
WAITING = 60_000  # ms: the first page may have to wait for a busy machine
QUIET = "/glossary?lang=en"  # a page of the dashboard without a map to draw
# By how much the parts of the bar stand out at the right.
BEYOND = """Math.max(...[...document.querySelectorAll(".topbar > :not(.skip)")].map(
  (part) => part.getBoundingClientRect().right)) - innerWidth"""
REFUSED = "the server responded with a status of 4"  # which the console of a browser always tells


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An office with an account of each role, served."""
    folder, store = tmp_path_factory.mktemp("office"), Still(tiny_snapshot(n=300))
    server = create_server(office(folder, store).app.server, host="127.0.0.1", port=0, threads=8)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield Site(f"http://127.0.0.1:{server.effective_port}", Answers(store), folder)
    server.close()
    thread.join(timeout=10)


@pytest.fixture
def door(browser: Browser, house: Site) -> Iterator[Visit]:
    """A browser at the door; its console told nothing but refusals."""
    visits = watch(browser, house, DESK)
    visit = next(visits)
    yield visit
    visit.troubles[:] = [each for each in visit.troubles if REFUSED not in each]
    next(visits, None)


def enter(visit: Visit, name: str, password: str = PASSWORD, wanted: str = QUIET) -> None:
    visit.page.goto(f"{visit.site.address}{wanted}")
    visit.page.fill("[name=name]", name)
    visit.page.fill("[name=password]", password)
    visit.page.click("button[type=submit]")


def add(house: Site, name: str, role: Role = Role.COMMITTEE, *, must_change: bool = False, until: str = "") -> None:
    grants = (Grant("west", end=date.fromisoformat(until)),) if until else ()
    book, now = AccountBook(house.workspace / NAME, QUICK), datetime.now(UTC)
    book.add(name, role, password=PASSWORD, now=now, grants=grants, must_change=must_change)


def broken(page: Page) -> list[str]:
    return [rule["id"] for rule in Axe().run(page, options=RULES).response["violations"]]


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_a_wrong_password_is_told_and_the_right_one_leads_where_one_was_going(door: Visit) -> None:
    enter(door, "chief", "not the password at all")
    expect(door.page.get_by_role("alert")).to_be_visible()
    assert door.page.input_value("[name=name]") == "chief"
    assert broken(door.page) == []
    door.page.fill("[name=password]", PASSWORD)
    door.page.click("button[type=submit]")
    expect(door.page.locator("#menu")).to_be_visible(timeout=WAITING)
    assert door.page.url.endswith(QUIET)  # in the language, too


def test_one_signs_out_from_the_menu_and_the_door_is_shut(door: Visit) -> None:
    enter(door, "chief")
    door.page.locator("#menu details.more summary").click(timeout=WAITING)
    door.page.get_by_role("button", name="Sign out").click()
    door.page.wait_for_url("**/login?lang=en")
    door.page.goto(door.site.address + QUIET)
    expect(door.page.locator("[name=password]")).to_be_visible()


def test_a_page_whose_session_is_over_says_so_and_leads_back_to_itself(door: Visit) -> None:
    add(door.site, "leaver")
    enter(door, "leaver", wanted="/targets?lang=en")
    expect(door.page.locator("#menu")).to_be_visible(timeout=WAITING)
    door.page.wait_for_load_state("networkidle")
    sessions_of(door.site.workspace).end_all("leaver")
    door.page.locator("#main a.pick:not(.chosen)").first.click()
    again = door.page.locator("#offline").get_by_role("link", name="Sign in again")
    expect(again).to_be_visible()
    again.click()
    door.page.wait_for_url("**/login?lang=en&next=**")
    door.page.fill("[name=name]", "leaver")
    door.page.fill("[name=password]", PASSWORD)
    door.page.click("button[type=submit]")
    door.page.wait_for_url("**/targets?**")
    door.troubles.clear()  # Dash tells the console of each call that was refused


def test_a_given_password_is_changed_and_a_telephone_is_asked_for_from_then_on(door: Visit) -> None:
    add(door.site, "newcomer", must_change=True)
    enter(door, "newcomer")
    door.page.wait_for_url("**/password?lang=en")
    assert broken(door.page) == []
    for field, text in (("old", PASSWORD), ("new", OTHER), ("again", OTHER)):
        door.page.fill(f"[name={field}]", text)
    door.page.get_by_role("button", name="Change the password").click()
    door.page.wait_for_url("**/?lang=en")
    door.page.goto(door.site.address + "/password?lang=en")
    code = pyotp.TOTP(door.page.locator(".telephone code").inner_text())
    door.page.fill(".telephone [name=code]", code.now())
    door.page.locator(".telephone button").click()
    expect(door.page.locator(".telephone .hint")).to_contain_text("at each sign-in")
    door.page.context.clear_cookies()
    enter(door, "newcomer", OTHER)
    expect(door.page.get_by_role("alert")).to_be_visible()
    door.page.fill("[name=password]", OTHER)
    door.page.fill(
        "[name=code]", code.at(datetime.now(UTC) + timedelta(seconds=30))
    )  # the one of now was used to begin
    door.page.click("button[type=submit]")
    expect(door.page.locator("#menu")).to_be_visible(timeout=WAITING)


def test_who_has_no_area_today_is_told_so_and_can_leave(door: Visit) -> None:
    add(door.site, "expired", Role.CHIEF, until="2020-01-01")
    enter(door, "expired")
    expect(door.page.get_by_role("heading", name="No area is open to you")).to_be_visible()
    assert broken(door.page) == []
    door.page.get_by_role("button", name="Sign out").click()
    expect(door.page.locator("[name=password]")).to_be_visible()


def test_a_page_for_another_role_says_so_and_leads_on(door: Visit) -> None:
    enter(door, "committee", wanted="/admin?lang=en")
    expect(door.page.get_by_role("heading", name="Not for this account")).to_be_visible()
    link = door.page.get_by_role("link", name="To the page for your role")
    assert link.get_attribute("href") == "/?lang=en"


def test_the_administrator_changes_what_is_granted_on_a_phone(door: Visit) -> None:
    for number in range(30):
        add(door.site, f"officer{number:02}", Role.OFFICER)
    enter(door, "administrator", wanted="/admin?lang=en")
    assert fits(door.page)
    assert broken(door.page) == []
    door.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    assert fits(door.page)
    assert broken(door.page) == []
    door.page.get_by_label("Change: chief").click()
    assert door.page.locator("#grant [name=role]").input_value() == "chief"
    assert door.page.locator("#grant [name=region]:checked").input_value() == "west"
    door.page.locator("#grant [name=area]").fill("2024:nowhere")
    door.page.get_by_role("button", name="Save").click()
    expect(door.page.get_by_role("alert")).to_contain_text("2024:nowhere")
    assert door.page.locator("#grant [name=area]").input_value() == "2024:nowhere"
    door.page.locator("#grant [name=area]").fill("")
    door.page.get_by_role("button", name="Save").click()
    expect(door.page.get_by_role("status")).to_have_text("Role and areas of chief are changed.")


def test_an_account_is_added_by_keyboard_and_its_password_shown_once(door: Visit) -> None:
    enter(door, "administrator", wanted="/admin?lang=en")
    door.page.locator("#add [name=name]").focus()
    door.page.keyboard.type("typed")
    door.page.keyboard.press("Enter")
    expect(door.page.get_by_role("status")).to_contain_text("typed")
    assert len(door.page.locator(".made code").inner_text()) >= 12
    door.page.goto(door.site.address + "/admin?lang=en")
    assert door.page.locator(".made").count() == 0


def test_the_bar_is_never_wider_than_the_window(door: Visit) -> None:
    enter(door, "committee")
    expect(door.page.locator("#menu")).to_be_visible(timeout=WAITING)
    for language in ("en", "vi"):
        door.page.goto(f"{door.site.address}/glossary?lang={language}")
        expect(door.page.locator("#menu")).to_be_visible(timeout=WAITING)
        for width in (360, 480, *range(700, 1240, 60), 1366, 1920):
            door.page.set_viewport_size({"width": width, "height": 700})
            assert door.page.evaluate(BEYOND) <= 0, f"{language}, {width} px"
