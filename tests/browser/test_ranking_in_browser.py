"""The list of areas and the shaded tables, by keyboard and by mouse: sorted, opened, walked, and asked from."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from dashboard.reading import read
from tests.browser.conftest import OFFICE, Site, Visit, watch

pytestmark = pytest.mark.browser

SLOW = 60_000
QUERY = "?lang=en&category=theft&from=2025-07-01&to=2026-06-30"
SHOWN = """(column) => [...document.querySelectorAll('#ranking tbody tr')].filter((row) => row.checkVisibility())
  .map((row) => row.querySelector(column).innerText.trim())"""


@pytest.fixture
def visit(browser: Browser, site: Site) -> Iterator[Visit]:
    """The page on the screen on which the column is narrowest."""
    yield from watch(browser, site, OFFICE)


def column(visit: Visit, which: str) -> list[str]:
    """What stands in a column of the rows that can be seen."""
    shown: list[str] = visit.page.evaluate(SHOWN, which)
    return shown


def test_areas_are_sorted_by_keyboard_and_stay_so_while_the_question_changes(visit: Visit) -> None:
    visit.open(QUERY)
    asked = read(QUERY, visit.site.answers)
    counts = visit.site.answers.counts(asked.view.question)
    by_count = sorted(counts.n.tolist(), reverse=True)
    assert [int(n) for n in column(visit, ".n")] == by_count[:12]
    head = visit.page.locator("#ranking th.name button")
    head.press("Enter")
    expect(visit.page.locator("#ranking [aria-sort]")).to_have_text("Area")
    names = column(visit, ".name")
    assert len(names) == 12
    head.press("Enter")
    assert column(visit, ".name") != names
    assert visit.page.locator("#ranking thead th.name").get_attribute("aria-sort") == "descending"
    head.press("Enter")
    before = column(visit, ".n")
    visit.page.locator("#rhythm tbody th a").first.click()  # another question: the rows are drawn anew
    visit.page.wait_for_url("**weekdays=1*")
    visit.settle()
    expect(visit.page.locator("#ranking [aria-sort]")).to_have_text("Area")
    assert column(visit, ".name") == names
    assert column(visit, ".n") != before
    first = visit.page.locator("#ranking tbody a").first
    first.focus()
    visit.page.keyboard.press("ArrowDown")
    expect(visit.page.locator("#ranking tbody tr").nth(1).locator("a")).to_be_focused()
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url("**area=*")
    visit.settle()
    assert (
        visit.number()
        == visit.site.answers.totals(read(visit.page.url.split("/")[-1], visit.site.answers).view.question)[0].recorded
    )


def test_all_areas_open_over_the_page_and_escape_leads_back(visit: Visit) -> None:
    visit.open(QUERY)
    asked = read(QUERY, visit.site.answers)
    months = visit.site.answers.months_by_area(asked.view.question)
    opener = visit.page.locator("#ranking-expand")
    opener.press("Enter")
    rows = visit.page.locator("#ranking-all tbody tr")
    expect(rows).to_have_count(int(months.asked.sum()), timeout=SLOW)
    expect(visit.page.locator("#ranking-all img")).to_have_count(int(months.asked.sum()))
    expect(visit.page.locator("#ranking-dialog .close")).to_be_focused()
    visit.page.locator("#ranking-all th.change button").press("Enter")
    values = [cell.get_attribute("data-sort-value") for cell in visit.page.locator("#ranking-all td.change").all()]
    told = [float(value) for value in values if value]
    assert told == sorted(told, reverse=True)
    assert not any(values[len(told) :])
    visit.page.keyboard.press("Escape")
    expect(visit.page.locator("#ranking-dialog")).not_to_be_visible()
    expect(opener).to_be_focused()
    assert "area=" not in visit.page.url
    opener.press("Enter")
    rows.nth(3).locator("a").click()
    visit.page.wait_for_url("**area=*")
    expect(visit.page.locator("#ranking-dialog")).not_to_be_visible()


def test_an_hour_of_a_day_is_asked_by_click_taken_away_by_another_and_walked_to_by_arrows(visit: Visit) -> None:
    visit.open(QUERY)
    everything = visit.number()
    cells = visit.page.locator("#rhythm table").first.locator("tbody a[aria-label]")
    expect(cells).to_have_count(168)
    cells.nth(4 * 24 + 20).click()
    visit.page.wait_for_url("**hours=20-20&weekdays=5*")
    visit.settle()
    asked = read(visit.page.url.split("/")[-1], visit.site.answers).view
    assert visit.number() == visit.site.answers.totals(asked.question)[0].recorded < everything
    chosen = visit.page.locator("#rhythm table").first.locator("td.chosen a")
    expect(chosen).to_have_count(1)
    chosen.press("ArrowLeft")
    visit.page.keyboard.press("ArrowUp")
    expect(cells.nth(3 * 24 + 19)).to_be_focused()
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url("**hours=19-19&weekdays=4*")
    visit.settle()
    cells.nth(3 * 24 + 19).click()
    visit.page.wait_for_url(lambda url: "hours=" not in url)
    visit.settle()
    assert visit.number() == everything
    visit.page.go_back()
    visit.page.wait_for_url("**hours=19-19&weekdays=4*")
