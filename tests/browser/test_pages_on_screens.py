"""The pages about lasting hot spots, comparisons and targets on the projector and on the phone, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import DESK, Site, watch

pytestmark = pytest.mark.browser
PHONE = (390, 844)
SLOW = 20_000  # ms: a judgement may have to wait for a busy machine
# Pixels by which the document is larger than the window: wider, and at the desk, where columns scroll, higher too.
OVER = """() => [document.documentElement.scrollWidth - innerWidth,
  innerWidth < 800 ? 0 : document.documentElement.scrollHeight - innerHeight]"""
# Texts smaller than what is read from five metres.
SMALL = """() => [...document.querySelectorAll('.page *')]
  .filter((e) => e.checkVisibility() && [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()))
  .filter((e) => parseFloat(getComputedStyle(e).fontSize) < 24 && !e.closest('#map-scale'))
  .map((e) => e.textContent)"""
# Boxes that hide a part of their rows, on a phone where the page itself scrolls.
HIDDEN = """() => [...document.querySelectorAll('.table-box')]
  .filter((e) => e.checkVisibility() && e.scrollHeight > e.clientHeight + 1).map((e) => e.innerText.slice(0, 40))"""


@pytest.mark.parametrize("path", ["/persistence", "/compare?category=theft", "/targets?category=theft"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["projector", "phone"])
def test_a_page_fits_its_screen(browser: Browser, site: Site, size: tuple[int, int], path: str) -> None:
    mode = "&mode=projector" if size == DESK else ""
    for visit in watch(browser, site, size):
        visit.page.goto(site.address + (path if "?" in path else path + "?lang=vi") + mode)
        visit.page.wait_for_selector("#main h2")
        visit.page.wait_for_load_state("networkidle")
        expect(visit.page.locator("[data-dash-is-loading=true]")).to_have_count(0, timeout=SLOW)
        assert max(visit.page.evaluate(OVER)) <= 0
        assert visit.page.evaluate(SMALL if mode else HIDDEN) == []


def test_the_projector_shows_whole_rows_and_says_what_its_numbers_are(browser: Browser, site: Site) -> None:
    for visit in watch(browser, site):
        visit.open("?category=theft&layer=pattern&mode=projector")
        assert visit.page.evaluate(SMALL) == []
        below = """() => document.querySelector('.card-sheet:has(> .ranking)').getBoundingClientRect().bottom
          - Math.max(...[...document.querySelectorAll('.ranking tbody tr')].filter((row) => row.checkVisibility())
            .map((row) => row.getBoundingClientRect().bottom))"""
        assert visit.page.evaluate(below) >= 0
        numbered = visit.page.locator("#map-legend .legend-row:has(.note)")
        for i in range(numbered.count()):
            expect(numbered.nth(i)).to_be_visible()
