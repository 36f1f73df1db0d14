"""The guided tour of the demo in a real browser: once by itself, by keyboard, again on demand, and never elsewhere."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect
from waitress.server import create_server

from dashboard.app import create_app
from dashboard.settings import Settings
from geodata.answers.answers import Answers
from geodata.warehouse.warehouse import Warehouse
from tests.browser.conftest import OFFICE, Site, Visit, watch

pytestmark = pytest.mark.browser
SLOW = 60_000  # ms: a fresh server makes its files small first
SHIFT = """() => new Promise((done) => { let sum = 0;
  const add = (list) => { for (const each of list.getEntries()) sum += each.hadRecentInput ? 0 : each.value; };
  new PerformanceObserver(add).observe({ type: "layout-shift" });
  setTimeout(() => done(sum), 600); })"""


@pytest.fixture(scope="module")
def demo(site: Site) -> Iterator[Site]:
    """The same workspace, served as ``diemnong demo`` does."""
    warehouse = Warehouse(site.workspace)
    server = create_server(create_app(Settings(site.workspace, demo=True), warehouse).server, host="127.0.0.1", port=0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield Site(f"http://127.0.0.1:{server.effective_port}", Answers(warehouse), site.workspace)
    server.close()
    thread.join(timeout=10)


def test_four_steps_by_keyboard_once_and_again_on_demand(browser: Browser, demo: Site) -> None:
    for visit in watch(browser, demo, OFFICE):
        page = visit.page
        page.set_default_timeout(SLOW)
        page.goto(f"{demo.address}/?lang=en", wait_until="commit")
        visit.settle()
        card, title = page.locator(".tour-card"), page.locator(".tour-card h2")
        expect(title).to_have_text("The map", timeout=SLOW)
        expect(page.locator(".map-card.pointed")).to_be_visible()
        assert [rule["id"] for rule in Axe().run(page).response["violations"] if rule["impact"] == "critical"] == []
        titles = [title.inner_text()]
        for _ in range(3):
            page.keyboard.press("Enter")
            titles.append(title.inner_text())
        assert len(set(titles)) == 4
        assert page.evaluate(SHIFT) < 0.1
        page.get_by_role("button", name="Back").click()
        expect(title).to_have_text(titles[2])
        page.keyboard.press("Escape")
        expect(card).to_have_count(0)
        expect(page.locator(".pointed")).to_have_count(0)
        page.reload()
        visit.settle()
        page.wait_for_timeout(1500)
        expect(card).to_have_count(0)
        page.goto(f"{demo.address}/glossary?lang=vi")
        page.locator("details.more summary").click()
        page.locator("#tour-begin").click()
        expect(title).to_have_text("Bản đồ", timeout=SLOW)
        page.get_by_role("button", name="Bỏ qua").click()
        expect(card).to_have_count(0)


def test_a_workspace_of_ones_own_has_no_tour(visit: Visit) -> None:
    visit.open()
    visit.page.wait_for_timeout(1000)
    expect(visit.page.locator(".tour-card, #tour")).to_have_count(0)
    visit.page.locator("#menu details.more summary").click()
    expect(visit.page.locator("#tour-begin")).to_be_hidden()
