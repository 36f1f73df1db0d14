"""From an empty workspace to its map in a real browser, without the command line; and every word one click away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from geodata.warehouse.warehouse import Warehouse
from tests.browser.conftest import OFFICE, PHONE, Site, Visit, serve, watch
from tests.geodata.worlds import C25, write_incidents, write_layer
from tests.geodata.worlds import tiny_incidents as incidents

pytestmark = pytest.mark.browser
SLOW = 60_000  # ms: a fresh server makes its files small first, a file is read and joined, the machine is busy
WIDE = "() => document.documentElement.scrollWidth - innerWidth"


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Site]:
    """A workspace in which nothing was ever loaded."""
    Warehouse.create(tmp_path / "empty").close()
    yield from serve(tmp_path / "empty")


def choose(page: Page, file: Path) -> None:
    with page.expect_file_chooser() as chooser:
        page.locator("#upload-choose").click()
    chooser.value.set_files(file)


def serious(page: Page) -> list[str]:
    violations = Axe().run(page).response["violations"]
    return [rule["id"] for rule in violations if rule["impact"] in {"serious", "critical"}]


def test_boundaries_file_and_map_without_the_command_line(browser: Browser, empty: Site, tmp_path: Path) -> None:
    ground = write_layer(tmp_path / "communes-2025.geojson", C25)
    rows = write_incidents(tmp_path / "incidents.csv", incidents())
    for visit in watch(browser, empty, OFFICE):
        page = visit.page
        page.set_default_timeout(SLOW)
        page.goto(f"{empty.address}/targets?lang=en", wait_until="commit")
        expect(page.locator(".step.next h2")).to_contain_text("1. Boundaries", timeout=SLOW)
        assert serious(page) == []
        choose(page, ground)
        load = page.get_by_role("button", name="Load these boundaries")
        expect(load).to_be_enabled(timeout=SLOW)
        expect(page.get_by_label("Name of this map")).to_have_value("2025")
        page.get_by_label("Column with the number of inhabitants").select_option("name")
        expect(page.locator("#ground-trial .refusal")).to_contain_text("is not a number of people", timeout=SLOW)
        page.get_by_label("Column with the number of inhabitants").select_option("population")
        expect(load).to_be_enabled(timeout=SLOW)
        load.click()
        expect(page.locator(".step.next h2")).to_contain_text("2. Incident file", timeout=SLOW)
        page.get_by_role("link", name="Load an incident file").click()
        page.wait_for_url("**/data**")
        choose(page, rows)
        into = page.get_by_role("button", name="Load into the system")
        expect(into).to_be_enabled(timeout=SLOW)
        into.click()
        expect(page.locator("#reconciliation .equation").first).to_contain_text("200", timeout=SLOW)
        page.goto(f"{empty.address}/start?lang=en")
        expect(page.locator(".step.done")).to_have_count(3, timeout=SLOW)
        page.locator(".first-steps").get_by_role("link", name="To the map").click()
        visit.settle()
        assert visit.number() > 0


def test_the_first_steps_fit_a_phone(browser: Browser, empty: Site) -> None:
    for visit in watch(browser, empty, PHONE):
        visit.page.goto(f"{empty.address}/", wait_until="commit")
        expect(visit.page.locator(".step.next")).to_be_visible(timeout=SLOW)
        assert visit.page.evaluate(WIDE) <= 0
        assert serious(visit.page) == []


def test_a_picture_leads_to_its_word_and_back_with_the_same_question(visit: Visit) -> None:
    visit.open("?layer=gi_star&category=theft")
    visit.page.locator("#map-legend .about").click()
    visit.page.wait_for_url("**/glossary?**#gi_star")
    entry = visit.page.locator("#gi_star")
    expect(entry).to_have_class("aimed")
    expect(entry).to_be_in_viewport()
    visit.page.locator("#glossary-filter").fill("diem nong dai dang")
    expect(visit.page.locator("#glossary article:visible")).to_have_count(3)
    visit.page.locator("#glossary-filter").fill("zzz")
    expect(visit.page.locator("#glossary-filter-none")).to_be_visible()
    visit.page.locator("#glossary-filter").fill("")
    visit.page.locator('.contents a[href="#hot"]').click()
    expect(visit.page.locator("#hot")).to_have_class("aimed")
    assert serious(visit.page) == []
    visit.page.get_by_role("link", name="Về bản đồ").click()
    visit.settle()
    assert "layer=gi_star" in visit.page.url
    assert "category=theft" in visit.page.url


def test_the_glossary_fits_a_phone(browser: Browser, site: Site) -> None:
    for visit in watch(browser, site, PHONE):
        visit.page.goto(f"{site.address}/glossary?lang=vi#displacement")
        expect(visit.page.locator("#displacement")).to_be_in_viewport(timeout=SLOW)
        assert visit.page.evaluate(WIDE) <= 0
