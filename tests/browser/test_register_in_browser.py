"""The register of lasting hot spots in a real browser: a step is taken, seen, and still there after a reload."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, expect

from tests.browser.conftest import Site, Visit, serve, watch

pytestmark = pytest.mark.browser
SLOW = 20_000  # ms: a judgement may have to wait for a busy machine


@pytest.fixture(scope="module")
def own_site(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A copy of the demo province in which steps may be taken."""
    yield from serve(Path(shutil.copytree(site.workspace, tmp_path_factory.mktemp("own") / "demo")))


@pytest.fixture
def own(browser: Browser, own_site: Site) -> Iterator[Visit]:
    yield from watch(browser, own_site)


def open_page(visit: Visit, query: str = "") -> None:
    visit.page.goto(f"{visit.site.address}/persistence{query}")
    settle(visit)


def settle(visit: Visit) -> None:
    visit.page.wait_for_selector("table.register")
    visit.page.wait_for_load_state("networkidle")
    expect(visit.page.locator("[data-dash-is-loading=true]")).to_have_count(0, timeout=SLOW)


def row(visit: Visit) -> Locator:
    return visit.page.locator(".register tbody tr").first


def test_a_step_is_refused_mended_saved_seen_and_still_there_after_a_reload(own: Visit) -> None:
    open_page(own, "?lang=en")
    expect(row(own)).to_contain_text("Proposed: put it under watch")
    row(own).get_by_role("button").click()
    form = own.page.get_by_role("dialog")
    form.get_by_label("Being handled").check()
    form.get_by_label("Measure").fill("gọi 0912 345 678")
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_role("alert")).to_contain_text("seems to name a person", timeout=SLOW)
    form.get_by_label("Measure").fill("tuần tra đêm")
    form.get_by_label("Since").fill("2026-03-01")
    form.get_by_role("button", name="Save").click()
    expect(form).to_have_count(0, timeout=SLOW)
    expect(row(own)).to_contain_text("Being handled since 01/03/2026")
    own.page.reload()
    settle(own)
    expect(row(own)).to_contain_text("tuần tra đêm")
    row(own).get_by_text("Steps written down: 1").click()
    expect(row(own).locator(".steps li")).to_have_count(1)


def test_the_form_closes_by_escape_and_leaves_nothing(own: Visit) -> None:
    open_page(own, "?lang=en")
    last = own.page.locator(".register tbody tr").last
    last.get_by_role("button").click()
    expect(own.page.get_by_role("dialog")).to_be_visible(timeout=SLOW)
    own.page.keyboard.press("Escape")
    expect(own.page.get_by_role("dialog")).to_have_count(0)
    expect(last).to_contain_text("Proposed")


def test_a_name_leads_to_map_and_trend_of_the_place(visit: Visit) -> None:
    open_page(visit)
    visit.page.locator(".register tbody th a").first.click()
    visit.settle()
    asked = parse_qs(urlsplit(visit.page.url).query)
    assert (asked["layer"], len(asked["area"]), len(asked["category"])) == (["pattern"], 1, 1)


def test_filters_and_order_change_the_table(visit: Visit) -> None:
    open_page(visit)
    whole = visit.page.locator(".register tbody tr").count()
    visit.page.locator("#register-order label").last.click()
    settle(visit)
    names = visit.page.locator(".register tbody th a").all_inner_texts()
    visit.page.locator("#filter-category label").nth(2).click()
    visit.page.wait_for_url("**category=theft*")
    settle(visit)
    fewer = visit.page.locator(".register tbody tr")
    expect(fewer).not_to_have_count(whole, timeout=SLOW)
    assert set(fewer.locator("th a").all_inner_texts()) <= set(names)
    visit.page.locator(".chips a").first.click()
    expect(fewer).to_have_count(whole, timeout=SLOW)


def test_every_size_fits_and_axe_finds_nothing_serious(sized: Visit) -> None:
    open_page(sized, "?colour=red")
    expect(sized.page.locator("#notice")).to_contain_text("colour")
    wide = sized.page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide[0] <= wide[1]
    sized.page.locator(".register .act").first.click()
    expect(sized.page.get_by_role("dialog")).to_be_visible(timeout=SLOW)
    sized.page.wait_for_timeout(400)  # the form fades in
    violations = Axe().run(sized.page).response["violations"]
    assert [
        (rule["id"], rule["nodes"][0]["html"]) for rule in violations if rule["impact"] in {"serious", "critical"}
    ] == []
