"""The filter panel by keyboard alone, one's own area against the province, and a panel that stays as it was folded."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.browser.conftest import DESK, OFFICE, PHONE, Site, Visit, serve, watch

pytestmark = pytest.mark.browser
MOST_STOPS = 60


@pytest.fixture
def own_site(site: Site, tmp_path: Path) -> Iterator[Site]:
    """The demo province in a copy, so that what is kept there is nobody else's."""
    yield from serve(shutil.copytree(site.workspace, tmp_path / "own"))


def asked(visit: Visit) -> dict[str, list[str]]:
    return parse_qs(urlsplit(visit.page.url).query)


def tab_to(visit: Visit, selector: str) -> None:
    """Press Tab until the focus stands on what the selector names."""
    for _ in range(MOST_STOPS):
        if visit.page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        visit.page.keyboard.press("Tab")
    raise AssertionError(f"the Tab key does not reach {selector}")


def focused(visit: Visit) -> str:
    return str(visit.page.evaluate("document.activeElement.id"))


def test_by_keyboard_alone_an_area_is_chosen_months_are_slid_and_a_chip_is_removed(
    browser: Browser, site: Site
) -> None:
    for visit in watch(browser, site, OFFICE):
        page, keys = visit.page, visit.page.keyboard
        visit.open()
        everything = visit.number()
        expect(page.locator("#filters")).to_be_hidden()
        tab_to(visit, "#fold")
        keys.press("Enter")
        assert focused(visit) == "filters"
        expect(page.locator("#fold")).to_have_attribute("aria-expanded", "true")

        tab_to(visit, "#filter-months [role=slider]")
        handle = page.locator("#filter-months [role=slider]").first
        expect(handle).to_have_attribute("aria-valuetext", "11/2025")
        for _ in range(2):
            keys.press("ArrowRight")
        page.wait_for_url("**from=2026-01-01&to=2026-11-30*")
        visit.settle()
        expect(handle).to_have_attribute("aria-valuetext", "01/2026")
        expect(page.locator("#active-period")).to_have_text("01/01–30/11/2026")

        tab_to(visit, "#filter-area")
        keys.press("Enter")
        expect(page.locator(".dash-dropdown-search")).to_be_focused()
        keys.type("go dau")
        found = page.locator(".dash-dropdown-option")
        expect(found).to_have_text(["Huyện Gò Dầu", "Phường Gò Dầu", "Xã Thạnh Đức", "Xã Phước Thạnh", "Xã Truông Mít"])
        keys.press("ArrowDown")
        expect(found.first.locator("input")).to_be_focused()
        keys.press("Space")
        page.wait_for_url("**region=710*")
        visit.settle()
        keys.press("Escape")  # the list
        expect(page.locator("#active-places")).to_have_text("Huyện Gò Dầu")
        expect(page.locator("#filters")).to_be_visible()
        keys.press("Escape")  # the sheet
        expect(page.locator("#filters")).to_be_hidden()
        assert focused(visit) == "fold"
        visit.settle()
        assert visit.number() < everything

        expect(page.locator("#headline .chip")).to_have_count(2)
        tab_to(visit, "#headline .chip[href]:not([href*=region])")
        keys.press("Enter")
        page.wait_for_url(lambda url: "region" not in url)
        visit.settle()
        expect(page.locator("#active-places")).to_have_text("")


def test_months_slid_on_while_the_server_still_answers_are_not_put_back(visit: Visit) -> None:
    page, held = visit.page, list[Route]()
    visit.open()

    def hold(route: Route) -> None:
        if not held and '["months-told.data"]' in (route.request.post_data or ""):
            held.append(route)
        else:
            route.continue_()

    page.route("**/_dash-update-component*", hold)
    handle = page.locator("#filter-months [role=slider]").first
    handle.focus()
    page.keyboard.press("ArrowRight")
    while not held:
        page.wait_for_timeout(10)
    page.keyboard.press("ArrowRight")
    held[0].continue_()
    page.wait_for_url("**from=2026-01-01&to=2026-11-30*")
    visit.settle()
    expect(handle).to_have_attribute("aria-valuetext", "01/2026")


def test_a_chief_sees_the_own_area_against_the_province_in_three_clicks(browser: Browser, own_site: Site) -> None:
    for visit in watch(browser, own_site, DESK):
        page = visit.page
        visit.open("?category=theft&layer=rate")
        page.locator("#home").get_by_text("Chọn địa bàn của tôi").click()  # one, once for ever: the list opens
        expect(page.locator(".dash-dropdown-search")).to_be_focused()
        page.keyboard.type("trang bang")
        page.locator(".dash-dropdown-option").first.click()
        page.wait_for_url("**region=712*")
        visit.settle()
        page.keyboard.press("Escape")
        page.get_by_text("Đặt làm địa bàn của tôi").click()
        own = page.locator("#headline .home-link")
        expect(own).to_have_text("⌂Về toàn tỉnh")

        own.click()
        page.wait_for_url(lambda url: "region" not in url)
        visit.settle()
        expect(page.locator("#beside .beside")).to_have_count(0)
        expect(own).to_have_text("⌂Địa bàn của tôi")
        own.click()  # from now on one click does it
        page.wait_for_url("**region=712*")
        visit.settle()
        assert (asked(visit)["category"], asked(visit)["layer"]) == (["theft"], ["rate"])
        beside = page.locator("#beside .beside")
        expect(beside).to_contain_text("số vụ của toàn tỉnh")
        expect(beside).to_contain_text("khoảng 90 %")
        west, south, east, north = map(float, (page.locator("#map-box").get_attribute("data-bounds") or "").split(","))
        assert east - west < 0.6  # degrees: the camera shows the area, not the province
        assert north > south
        page.reload()
        visit.settle()
        expect(own).to_have_text("⌂Về toàn tỉnh")


def test_the_panel_stays_as_it_was_folded_and_a_sheet_is_left_by_its_button(browser: Browser, site: Site) -> None:
    for visit in watch(browser, site, DESK):
        page = visit.page
        visit.open("?source=reported")
        expect(page.locator("#section-source")).to_have_attribute("open", "")
        expect(page.locator("#section-zones")).not_to_have_attribute("open", "")
        page.locator("#fold").click()
        expect(page.locator("#filters")).to_be_hidden()
        page.locator("#language").click()  # drawn anew in place
        page.wait_for_url("**lang=en*")
        visit.settle()
        expect(page.locator("#filters")).to_be_hidden()
        page.goto(visit.site.address + "/targets")  # and another page
        expect(page.locator("#targets")).to_be_visible()
        expect(page.locator("#filters")).to_be_hidden()
        expect(page.locator("#fold")).to_have_attribute("aria-expanded", "false")
        page.locator("#fold").click()
        expect(page.locator("#filters")).to_be_visible()

        page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        visit.open("?lang=en")
        expect(page.locator("#filters")).to_be_hidden()
        page.locator("#fold").click()
        page.locator("#filter-groups").get_by_text("Drugs").click()
        page.wait_for_url("**category=drugs*")
        visit.settle()
        expect(page.locator("#filters")).to_be_visible()
        width = page.evaluate("[document.documentElement.scrollWidth, document.querySelector('#filters').scrollWidth]")
        assert width[0] <= PHONE[0]
        assert width[1] <= PHONE[0] - 16
        page.locator("#filters .done").click()
        expect(page.locator("#filters")).to_be_hidden()
        assert focused(visit) == "fold"
