"""The menu of exports as people use it: files of what the screen shows, called off, a link, by keyboard, on a phone."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pptx
import pytest
from PIL import Image
from playwright.sync_api import Browser, Download, Page, expect

from tests.browser.conftest import OFFICE, PHONE, SIZES, Site, Visit, watch

pytestmark = pytest.mark.browser

QUERY = "?edition=2025&level=commune&category=theft&from=2026-01-01&to=2026-06-30&weekdays=6,7"
SUMMARY = "details.exports > summary"
WIDER = "document.documentElement.scrollWidth - innerWidth"
# The widest that the page was beyond its window, looked at with every frame that is drawn.
LOOK = """() => {
  window.widest = 0;
  const look = () => {
    window.widest = Math.max(window.widest, document.documentElement.scrollWidth - innerWidth);
    requestAnimationFrame(look);
  };
  look();
}"""
ASK_ANEW = """() => {
  history.pushState({}, '', location.search.replace('theft', 'drugs'));
  dispatchEvent(new PopStateEvent('popstate'));
}"""
REACHED = """() => {
  const menu = document.querySelector('.export-menu'), edge = menu.getBoundingClientRect();
  return [...menu.querySelectorAll('.export-item')].map((item) => {
    item.scrollIntoView({ block: 'nearest' });
    const box = item.getBoundingClientRect();
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return box.left >= edge.left - 1 && box.right <= edge.right + 1 && item.contains(top);
  });
}"""


def unfold(page: Page) -> None:
    if not page.locator("details.exports").evaluate("menu => menu.open"):
        page.locator(SUMMARY).click()


def saved(page: Page, href: str) -> Download:
    """Press an entry and wait for its file."""
    unfold(page)
    with page.expect_download(timeout=90_000) as waited:
        page.locator(f".export-item[href^='{href}']").first.click()
    expect(page.locator(".export-job[data-saved]").first).to_be_visible()
    return waited.value


def test_a_filtered_view_is_saved_as_picture_table_and_slide_with_its_numbers(visit: Visit, tmp_path: Path) -> None:
    visit.open(QUERY)
    shown = visit.number()
    for href, suffix in (("/export/png?", ".png"), ("/export/xlsx?", ".xlsx"), ("/export/pptx?", ".pptx")):
        file = saved(visit.page, href)
        assert "Trộm cắp tài sản" in file.suggested_filename
        assert file.suggested_filename.endswith(suffix)
        file.save_as(tmp_path / f"saved{suffix}")
    assert Image.open(tmp_path / "saved.png").size == (1920, 1080)
    header, *rows = openpyxl.load_workbook(tmp_path / "saved.xlsx").worksheets[0].iter_rows(values_only=True)
    assert sum(row[header.index("n")] for row in rows) == shown
    slides = pptx.Presentation(str(tmp_path / "saved.pptx")).slides
    said = " ".join(shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame)
    assert f"{shown:,}".replace(",", ".") in said


def test_what_is_saved_follows_what_is_asked_while_the_menu_is_open(visit: Visit) -> None:
    visit.open(QUERY)
    before = visit.number()
    unfold(visit.page)
    visit.page.evaluate(ASK_ANEW)
    expect(visit.page.locator(".export-item[href^='/export/csv']")).to_have_attribute("href", re.compile("drugs"))
    visit.settle()
    assert visit.number() != before
    rows = csv.DictReader(io.StringIO(saved(visit.page, "/export/csv?").path().read_text("utf-8-sig")))
    assert sum(int(row["n"]) for row in rows) == visit.number()


def test_a_long_one_shows_how_far_it_is_and_is_called_off(visit: Visit) -> None:
    visit.open(QUERY)
    unfold(visit.page)
    visit.page.locator(".export-item[href^='/export/atlas']").click()
    job = visit.page.locator(".export-job")
    expect(job.locator("progress")).to_have_attribute("max", re.compile(r"\d+"), timeout=60_000)
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(request.url))
    with visit.page.expect_response(re.compile(r"/cancel$")) as called:
        job.get_by_role("button").click()
    assert called.value.status == 204
    expect(job).to_have_count(0)
    asked.clear()
    visit.page.wait_for_timeout(1500)
    assert [url for url in asked if "/export/" in url] == []


def test_the_link_opens_the_same_view_and_holds_no_data(visit: Visit) -> None:
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit.open(QUERY)
    shown = visit.number()
    unfold(visit.page)
    visit.page.locator("[data-copy-link]").click()
    expect(visit.page.locator("[data-copy-link] span")).to_have_text("Đã sao chép liên kết")
    link = urlsplit(visit.page.evaluate("navigator.clipboard.readText()"))
    assert f"{link.scheme}://{link.netloc}{link.path}" == visit.site.address + "/"
    asked = parse_qs(link.query)
    assert {key: asked[key] for key in ("category", "from", "to", "weekdays")} == {
        key: value for key, value in parse_qs(QUERY[1:]).items() if key not in ("edition", "level")
    }
    assert len(link.query) < 300
    assert str(shown) not in link.query
    visit.open(f"?{link.query}")
    assert visit.number() == shown


def test_the_menu_is_used_by_keyboard_alone(visit: Visit) -> None:
    visit.open(QUERY)
    visit.page.locator(SUMMARY).focus()
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator(".export-menu")).to_be_visible()
    visit.page.keyboard.press("Escape")
    expect(visit.page.locator(".export-menu")).to_be_hidden()
    expect(visit.page.locator(SUMMARY)).to_be_focused()
    visit.page.keyboard.press("Enter")
    for _ in range(30):
        visit.page.keyboard.press("Tab")
        if visit.page.evaluate("document.activeElement.getAttribute('href') || ''").startswith("/export/csv"):
            break
    with visit.page.expect_download() as waited:
        visit.page.keyboard.press("Enter")
    assert waited.value.suggested_filename.endswith(".csv")
    expect(visit.page.locator(SUMMARY)).to_be_focused()


@pytest.fixture(
    params=[*SIZES.values(), (1366, 600), (1200, 700), (1024, 768), (800, 600)],
    ids=[*SIZES, "low", "wide", "tablet", "small"],
)
def shown(request: pytest.FixtureRequest, browser: Browser, site: Site) -> Iterator[Visit]:
    """A page on every screen, low windows too."""
    yield from watch(browser, site, request.param)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_entry_can_be_reached_on_every_screen_and_the_page_gets_no_wider(shown: Visit, lang: str) -> None:
    shown.page.add_init_script(f"addEventListener('DOMContentLoaded', {LOOK})")
    shown.open(f"{QUERY}&lang={lang}")
    closed = shown.page.evaluate("widest")
    unfold(shown.page)
    reached = shown.page.evaluate(REACHED)
    assert len(reached) >= 15
    assert all(reached), reached
    menu = shown.page.locator(".export-menu")
    assert menu.evaluate("menu => menu.scrollWidth - menu.clientWidth") <= 0
    saved(shown.page, "/export/csv?")
    assert shown.page.evaluate("widest") <= closed
    assert closed <= 0 or shown.page.viewport_size not in [{"width": w, "height": h} for w, h in SIZES.values()]


def test_a_window_made_small_with_the_menu_open_gets_no_wider(visit: Visit) -> None:
    visit.open("?category=theft")
    unfold(visit.page)
    for width, height in (OFFICE, PHONE):
        visit.page.set_viewport_size({"width": width, "height": height})
        visit.page.wait_for_timeout(150)
        assert visit.page.evaluate(WIDER) <= 0
