"""A day of the district chief and of the commune officer, by what they press; and pages that do not jump."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, expect

from dashboard.reading import read
from tests.browser.conftest import OFFICE, PHONE, Site, Visit, serve, watch

pytestmark = pytest.mark.browser
PAGES = ("", "persistence", "compare", "targets", "data", "present", "present?slide=1", "notebook", "glossary")
MOST_SHIFT = 0.1  # what the web's own measure calls good
COUNT_SHIFTS = """window.shifted = 0; new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
}).observe({ type: "layout-shift", buffered: true });"""


@pytest.fixture
def own(browser: Browser, site: Site, tmp_path: Path) -> Iterator[Visit]:
    """An office screen over a workspace of its own: what is kept there disturbs nobody."""
    for served in serve(Path(shutil.copytree(site.workspace, tmp_path / "own"))):
        yield from watch(browser, served, OFFICE)


def choose_area(visit: Visit, name: str) -> None:
    """Choose the area of that name, found by typing the last part of it."""
    visit.page.locator("#filter-area").click()
    visit.page.keyboard.type(name.partition(" ")[2])
    visit.page.locator(".dash-dropdown-option").get_by_text(name, exact=True).first.click()
    visit.page.keyboard.press("Escape")


def test_the_chief_sees_the_own_district_against_the_province_in_three_clicks(own: Visit) -> None:
    own.open()
    own.page.locator("#headline [data-open-filter], .headline [data-open-filter]").first.click()  # one
    own.page.locator("#filter-area").click()  # two: the list; typing is no click
    own.page.keyboard.type("go dau")
    own.page.locator(".dash-dropdown-option").first.click()  # three
    expect(own.page.locator("#beside")).to_contain_text("%")
    own.settle()
    reading = read(urlsplit(own.page.url).query, own.site.answers)
    assert reading.view.region or reading.view.area
    assert own.number() == own.site.answers.totals(reading.view.question)[0].recorded
    everything = own.site.answers.totals(read("", own.site.answers).view.question)[0].recorded
    assert 0 < own.number() < everything


def test_the_officer_finds_the_lasting_thefts_of_a_commune_and_links_them_to_a_colleague(
    visit: Visit, browser: Browser, site: Site
) -> None:
    register = site.answers.register(read("?category=theft", site.answers).view.question)
    row = next(row for row in register.rows if row.lasting)
    visit.open()
    visit.page.locator("#quick, #filters").get_by_text("Trộm cắp tài sản", exact=True).first.click()
    choose_area(visit, row.name)
    visit.page.locator("#menu").get_by_role("link", name="Kéo dài").click()
    expect(visit.page.locator("#register th[scope=row]")).to_have_count(1)
    shown = visit.page.locator("#register").inner_text()
    assert row.name in shown
    assert parse_qs(urlsplit(visit.page.url).query)["category"] == ["theft"]
    for theirs in watch(browser, site):
        theirs.page.goto(visit.page.url)
        expect(theirs.page.locator("#register th[scope=row]")).to_have_count(1)
        assert theirs.page.locator("#register").inner_text() == shown


@pytest.mark.parametrize("size", [OFFICE, PHONE], ids=["office", "phone"])
def test_no_page_jumps_while_it_comes(browser: Browser, site: Site, size: tuple[int, int]) -> None:
    shifted = {}
    for visit in watch(browser, site, size):
        visit.page.add_init_script(COUNT_SHIFTS)
        for path in PAGES:
            visit.page.goto(f"{site.address}/{path}")
            visit.page.wait_for_load_state("networkidle")
            visit.page.wait_for_timeout(700)
            shifted[path] = visit.page.evaluate("window.shifted")
    assert {path: value for path, value in shifted.items() if value > MOST_SHIFT} == {}
