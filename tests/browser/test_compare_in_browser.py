"""What people do on the page of comparisons, in a real browser over the demo province."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.browser.conftest import PHONE, Site, Visit, watch

pytestmark = pytest.mark.browser
MAPS = ".small-map .choroplethlayer path"


def look(visit: Visit, query: str = "?lang=en&category=theft") -> None:
    visit.page.goto(f"{visit.site.address}/compare{query}")
    visit.page.wait_for_selector(MAPS, state="attached")
    settle(visit)


def settle(visit: Visit) -> None:
    visit.page.wait_for_load_state("networkidle")
    expect(visit.page.locator("[data-dash-is-loading=true]")).to_have_count(0)


def test_other_periods_are_a_click_away_and_the_way_back_too(visit: Visit) -> None:
    look(visit)
    lead = visit.page.locator("#compare-maps .lead")
    at_first = lead.inner_text()
    expect(visit.page.locator(".small-map")).to_have_count(3)
    visit.page.get_by_text("Last 3 months and the 3 before", exact=True).click()
    visit.page.wait_for_url("**against=*")
    expect(lead).not_to_have_text(at_first)
    settle(visit)
    expect(visit.page.locator("#compare-maps")).to_contain_text("different parts of the year")
    visit.page.go_back()
    expect(lead).to_have_text(at_first)
    settle(visit)


def test_a_click_on_a_map_asks_whether_it_moved_and_a_picker_brings_the_second_place(visit: Visit) -> None:
    look(visit)
    box = visit.page.locator(".small-map").nth(2).bounding_box()
    assert box is not None
    visit.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    visit.page.wait_for_url("**area=*")
    expect(visit.page.locator("#displacement")).to_contain_text("The rest: ")
    settle(visit)
    visit.page.locator("#pair-second").click()
    visit.page.keyboard.type("hao duoc")
    visit.page.get_by_text("Xã Hảo Đước").last.click()
    visit.page.wait_for_url("**beside=*")
    expect(visit.page.locator("#pair .lead")).to_contain_text("95% range")
    expect(visit.page.locator("#pair .two-trends .js-plotly-plot")).to_have_count(2)
    settle(visit)


def test_two_editions_stand_side_by_side(visit: Visit) -> None:
    look(visit)
    visit.page.get_by_text("Old and new units", exact=True).click()
    expect(visit.page.locator(".small-map")).to_have_count(2)
    expect(visit.page.locator("#compare-maps")).to_contain_text("94 units")
    settle(visit)


def test_groups_stand_side_by_side_and_a_click_asks_about_the_area_in_all(visit: Visit) -> None:
    look(visit)
    visit.page.get_by_text("The groups of crime", exact=True).click()
    maps = visit.page.locator(".multiple .small-map")
    expect(maps).to_have_count(4)
    expect(maps.last.locator(".choroplethlayer path").first).to_be_attached()
    settle(visit)
    sizes = [maps.nth(at).bounding_box() for at in range(4)]
    assert len({(round(box["width"]), round(box["height"]), round(box["y"])) for box in sizes if box}) == 1
    box = maps.nth(1).bounding_box()
    assert box is not None
    visit.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    visit.page.wait_for_url("**area=*")
    expect(visit.page.locator(".number-of").last).to_contain_text(" of ")
    settle(visit)


def test_areas_with_too_few_are_hatched_without_webgl_too(chromes: Callable[..., Browser], site: Site) -> None:
    started = chromes("--disable-3d-apis")
    for visit in watch(started, site):
        look(visit, "?lang=en&edition=2024&category=drugs&from=2026-01-01&to=2026-03-31")
        hatched = visit.page.locator('.small-map path[style*="#hatch"]')
        expect(hatched.first).to_be_attached()
    started.close()


@pytest.fixture
def phone(browser: Browser, site: Site) -> Iterator[Visit]:
    """A fresh page as large as a phone."""
    yield from watch(browser, site, PHONE)


def test_nothing_is_wider_than_a_phone(phone: Visit) -> None:
    look(phone, "?lang=vi&area=25459&beside=25480")
    assert phone.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_page_can_be_used_by_everybody(visit: Visit) -> None:
    look(visit, "?lang=vi&area=25459&beside=25480")
    found = Axe().run(visit.page)
    serious = [each["id"] for each in found.response["violations"] if each["impact"] in {"serious", "critical"}]
    assert serious == []
