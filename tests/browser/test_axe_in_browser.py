"""No page breaks a rule of WCAG 2.2 AA that a machine can measure, in either theme, on any size of screen."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from dashboard.pages import all_pages
from tests.browser.conftest import PHONE, Site, Visit, watch

pytestmark = pytest.mark.browser
TALL = (1920, 1500)  # the desk, high enough that no column's end cuts through something to press
SLOW = 60_000  # ms: a judgement may have to wait for a busy machine
RULES = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "rules": {"target-size": {"enabled": True}},  # 2.5.8, which axe leaves out unless asked
}
# What a page can be asked beside its path, where its usual view leaves much of it out.
ASKED = {
    "/": "&layer=pattern&category=theft&colour=red",  # which a notice says is unknown
    "/targets": "&category=theft",
    "/compare": "&category=theft",
    "/data": "&commune=2025:25459",
}


@pytest.mark.parametrize("path", all_pages())
def test_axe_finds_nothing_on_any_page_in_either_theme_on_any_size(browser: Browser, site: Site, path: str) -> None:
    for visit in watch(browser, site, TALL):
        go(visit, path + "?lang=vi" + ASKED.get(path, ""))
        assert broken(visit.page) == [], "desk, light"
        go(visit, path + "?lang=vi&theme=dark" + ASKED.get(path, ""))
        assert broken(visit.page) == [], "desk, dark"
        visit.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        still(visit.page)
        assert broken(visit.page) == [], "phone, dark"


@pytest.mark.parametrize(
    ("path", "theme"), [("/", "light"), ("/persistence", "dark"), ("/compare", "light"), ("/targets", "dark")]
)
def test_axe_finds_nothing_on_the_projector(browser: Browser, site: Site, path: str, theme: str) -> None:
    for visit in watch(browser, site, TALL):
        go(visit, f"{path}?lang=en&category=theft&mode=projector&theme={theme}")
        assert broken(visit.page) == []


def go(visit: Visit, path: str) -> None:
    visit.page.goto(visit.site.address + path)
    visit.page.wait_for_selector("#main :is(h1, h2)", timeout=SLOW)
    still(visit.page)


def still(page: Page) -> None:
    page.wait_for_load_state("networkidle")
    expect(page.locator("[data-dash-is-loading=true]")).to_have_count(0, timeout=SLOW)


def broken(page: Page) -> list[tuple[str, list[str]]]:
    """Each broken rule with where it is broken."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [(rule["id"], [node["html"][:160] for node in rule["nodes"]]) for rule in found]
