"""At 200 % zoom everything is still there, can be pressed and is covered by nothing; fingers find targets of 44 px."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PHONE, Site, watch

pytestmark = pytest.mark.browser
SLOW = 60_000  # ms: a judgement may have to wait for a busy machine
PAGES = ("/", "/persistence", "/targets?category=theft", "/compare", "/data")
ZOOMED = {"a desk of 1920 at 200 %": (960, 540), "an office of 1366 at 200 %": (683, 384)}
# What can be pressed and is seen, yet is covered by something else or lies beyond the window's edge.
COVERED = """() => [...document.querySelectorAll('.page :is(a[href], button, input, select, summary)')]
  .filter((each) => each.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    && !each.closest('.skip, .unseen, [aria-hidden=true]') && each.getBoundingClientRect().width > 4)
  .filter((each) => {
    each.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
    const box = each.getClientRects()[0];
    const found = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return !found || ![each, each.labels?.[0], each.closest('label, summary')].some((own) => own?.contains(found));
  }).map((each) => each.outerHTML.slice(0, 120))"""
# Blocks of words, or buttons, whose words reach beyond them and are cut off.
CUT = """() => [...document.querySelectorAll('.page :is(h1, h2, h3, p, th, td, li, a, button, summary, label)')]
  .filter((each) => each.checkVisibility() && !each.closest('.unseen, [aria-hidden=true]')
    && ['hidden', 'clip'].includes(getComputedStyle(each).overflowX) && each.scrollWidth > each.clientWidth + 1)
  .map((each) => each.outerHTML.slice(0, 120))"""
# Links that stand alone and buttons, smaller than a finger needs. A link in a sentence is as high as its line.
SMALL = """() => [...document.querySelectorAll('.page :is(button, summary, select, .pick, .chip, .page-link, .act)')]
  .filter((each) => each.checkVisibility() && each.getBoundingClientRect().height < 43.5)
  .map((each) => [each.outerHTML.slice(0, 100), each.getBoundingClientRect().height])"""


@pytest.mark.parametrize("size", ZOOMED.values(), ids=ZOOMED)
def test_twice_as_large_nothing_is_covered_cut_or_beyond_the_edge(
    browser: Browser, site: Site, size: tuple[int, int]
) -> None:
    for visit in watch(browser, site, size):
        for path in PAGES:
            stand(visit.page, site.address + path)
            assert visit.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
            assert visit.page.evaluate(COVERED) == [], path
            assert visit.page.evaluate(CUT) == [], path


def test_a_finger_finds_targets_of_44_pixels(browser: Browser, site: Site) -> None:
    context = browser.new_context(viewport={"width": PHONE[0], "height": PHONE[1]}, has_touch=True, is_mobile=True)
    page = context.new_page()
    for path in PAGES:
        stand(page, site.address + path)
        assert page.evaluate(SMALL) == [], path
    context.close()


def stand(page: Page, address: str) -> None:
    """Open the page and wait until it no longer changes."""
    page.goto(address)
    page.wait_for_selector("#main :is(h1, h2)", timeout=SLOW)
    page.wait_for_load_state("networkidle")
    expect(page.locator("[data-dash-is-loading=true]")).to_have_count(0, timeout=SLOW)
