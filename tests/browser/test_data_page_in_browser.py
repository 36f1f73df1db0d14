"""The page about the data in a real browser: links, the search for a commune, every size, nothing that leaves home."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser


def open_page(visit: Visit, query: str = "") -> None:
    visit.page.goto(f"{visit.site.address}/data{query}")
    settle(visit)


def settle(visit: Visit) -> None:
    visit.page.wait_for_selector("#reconciliation .equation")
    visit.page.wait_for_load_state("networkidle")
    expect(visit.page.locator("[data-dash-is-loading=true]")).to_have_count(0)


def number(text: str) -> int:
    return int(text.replace(".", "").replace(",", ""))


def test_the_equation_on_the_screen_holds(visit: Visit) -> None:
    open_page(visit)
    terms = [number(text) for text in visit.page.locator("#reconciliation .equation strong").all_inner_texts()]
    read, kept, aside, again, points, areas, nowhere = terms
    assert read == kept + aside
    assert again == kept == points + areas + nowhere


def test_the_map_leads_here_and_back_with_the_same_question(visit: Visit) -> None:
    visit.open("?category=theft&edition=2024")
    visit.page.locator("#kpis a").first.click()
    settle(visit)
    assert urlsplit(visit.page.url).path == "/data"
    visit.page.locator("#menu a").first.click()
    visit.settle()
    parts = urlsplit(visit.page.url)
    assert (parts.path, parse_qs(parts.query)["category"]) == ("/", ["theft"])


def test_a_commune_is_searched_without_diacritics_and_stays_in_the_address(visit: Visit) -> None:
    open_page(visit)
    visit.page.locator("#commune").click()
    visit.page.locator(".dash-dropdown-search").fill("tan phong")
    visit.page.locator(".dash-dropdown-content").get_by_text("Xã Tân Phong (25507").click()
    visit.page.wait_for_url("**commune=2024%3A25507*")
    fate = visit.page.locator("#became .fate")
    expect(fate).to_contain_text("Xã Tân Phong", timeout=20_000)
    visit.page.locator("#language").click()
    visit.page.wait_for_url("**lang=en*")
    expect(fate).to_contain_text("was divided among", timeout=20_000)
    visit.page.locator("#became table a").first.click()
    visit.page.wait_for_url("**commune=2025*")
    expect(fate).to_contain_text("was made of", timeout=20_000)
    visit.page.go_back()
    expect(fate).to_contain_text("was divided among", timeout=20_000)


def test_a_bad_part_of_the_address_is_named(visit: Visit) -> None:
    open_page(visit, "?commune=2024:nowhere&colour=red")
    expect(visit.page.locator("#notice")).to_contain_text("2024:nowhere")
    expect(visit.page.locator("#notice")).to_contain_text("colour")


def test_every_size_fits(sized: Visit) -> None:
    open_page(sized, "?commune=2025:25459")
    wide = sized.page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide[0] <= wide[1]
