"""The show in a real browser: by keyboard alone, readable from five metres, and the script put together before it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from geodata.warehouse.warehouse import Warehouse
from tests.browser.conftest import Site, Visit, watch

PROJECTORS = {"1080p vi": ((1920, 1080), "vi", 24.0), "old en": ((1024, 768), "en", 15.0)}

# What can be read and is written too small, and what stands out of its place or is cut.
SMALL_OR_CUT = """least => {
  const found = [];
  const slide = document.querySelector(".slide:not([hidden])");
  for (const each of [...slide.querySelectorAll("*"), ...document.querySelectorAll(".deck-foot *")]) {
    const written = [...each.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    if (!written || !each.checkVisibility()) continue;
    const svg = each.closest("svg");
    const size = parseFloat(getComputedStyle(each).fontSize) * (svg ? svg.getScreenCTM().a : 1);
    if (size < least - 0.05) found.push(`${size} px: ${each.textContent}`);
    const { right, bottom, left } = each.getBoundingClientRect();
    if (right > innerWidth + 1 || bottom > innerHeight + 1 || left < -1) found.push(`outside: ${each.textContent}`);
  }
  for (const name of ["h1", ".question", ".column", ".companion", ".legend", "footer", ".body"]) {
    for (const each of slide.querySelectorAll(name)) {
      const [high, wide] = [each.scrollHeight - each.clientHeight, each.scrollWidth - each.clientWidth];
      if (high > 2 || wide > 2) found.push(`cut: ${name}`);
    }
  }
  return found;
}"""


@pytest.fixture(params=list(PROJECTORS.values()), ids=list(PROJECTORS))
def room(request: pytest.FixtureRequest, browser: Browser, site: Site) -> Iterator[tuple[Visit, str, float]]:
    """A projector, the language of the room, and the smallest letters it may show."""
    size, lang, least = request.param
    for visit in watch(browser, site, size):
        yield visit, lang, least


def begin(visit: Visit, query: str) -> None:
    visit.page.goto(f"{visit.site.address}/present{query}")
    drawn(visit)


def drawn(visit: Visit, number: int | None = None) -> Any:
    """The slide that is shown, once its map is drawn."""
    which = f'.slide[data-n="{number}"]:not([hidden])' if number else ".slide:not([hidden])"
    slide = visit.page.locator(which)
    slide.locator(".map svg path").first.wait_for(state="attached")
    return slide


def test_the_whole_script_is_shown_by_keyboard_alone(room: tuple[Visit, str, float]) -> None:
    visit, lang, least = room
    page = visit.page
    page.goto(f"{visit.site.address}/?lang={lang}")
    visit.settle()
    link = page.locator("#menu a[href^='/present']")
    for _ in range(30):
        page.keyboard.press("Tab")
        if link.evaluate("link => link === document.activeElement"):
            break
    page.keyboard.press("Enter")
    page.locator("ol.script li").first.wait_for()
    start = page.locator("[data-full] a")
    for _ in range(40):
        page.keyboard.press("Tab")
        if start.evaluate("link => link === document.activeElement"):
            break
    start.evaluate("link => (document.documentElement.requestFullscreen = undefined)")  # Escape would leave it first
    page.keyboard.press("Enter")
    drawn(visit, 1)
    slides = int(page.locator("#deck").get_attribute("data-slides") or 0)
    assert slides > 8
    for number in range(1, slides + 1):
        slide = drawn(visit, number)
        title = slide.locator("h1").inner_text()
        assert 0 < len(title.split()) <= 14, title
        expect(page.locator("#said")).to_have_text(title)
        assert page.evaluate(SMALL_OR_CUT, least) == [], title
        page.keyboard.press("PageDown")
    expect(page.locator("#page-of")).to_have_text(f"{slides}/{slides}")  # the last one stays
    page.keyboard.press("b")
    expect(page.locator("#blank")).to_be_visible()
    page.keyboard.press("PageDown")
    expect(page.locator("#blank")).to_be_hidden()
    page.keyboard.press("3")
    page.keyboard.press("Enter")
    drawn(visit, 3)
    assert "slide=3" in page.url
    page.keyboard.press("PageUp")
    drawn(visit, 2)
    page.keyboard.press("Home")
    drawn(visit, 1)
    page.keyboard.press("t")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    drawn(visit, 1)
    page.keyboard.press("Escape")
    expect(page.locator("ol.script li")).to_have_count(slides)


def test_new_data_change_no_number_of_a_show_and_are_offered_after_it(visit: Visit) -> None:
    begin(visit, "?slide=1&lang=en")
    page = visit.page
    title, caption = (drawn(visit, 1).locator(part).inner_text() for part in ("h1", "footer"))
    store = Warehouse(visit.site.workspace)
    rows = "id,date,category,lon,lat\n" + "".join(f"new-{i},2026-11-20,theft,106.1,11.3\n" for i in range(400))
    file = visit.site.workspace.parent / "meanwhile.csv"
    file.write_text(rows, encoding="utf-8")
    store.ingest(file, today=date(2026, 11, 23))
    try:
        page.reload()
        slide = drawn(visit, 1)
        assert (slide.locator("h1").inner_text(), slide.locator("footer").inner_text()) == (title, caption)
        page.keyboard.press("Escape")
        page.locator("#unpin").click()
        expect(page.locator("#unpin")).to_have_count(0)
        page.locator("ol.script .number").first.click()
        assert drawn(visit, 1).locator("footer").inner_text() != caption
    finally:
        store.undo(store.files()[-1].id)
        store.close()


def test_a_slide_is_turned_at_once_by_key_button_and_edge(visit: Visit) -> None:
    begin(visit, "?slide=1&lang=en")
    page = visit.page
    drawn(visit, 1)
    expect(page.locator('.slide[data-n="2"]')).not_to_be_empty()
    took = page.evaluate(
        """() => new Promise((told) => {
          const start = performance.now();
          document.dispatchEvent(new KeyboardEvent("keydown", { key: "PageDown", bubbles: true }));
          requestAnimationFrame(() => requestAnimationFrame(() => told(performance.now() - start)));
        })"""
    )
    expect(page.locator('.slide[data-n="2"]')).to_be_visible()
    assert took < 1000
    page.locator("[data-show=back]").click()
    expect(page.locator('.slide[data-n="1"]')).to_be_visible()
    page.mouse.click(1900, 500)
    expect(page.locator('.slide[data-n="2"]')).to_be_visible()
    page.go_back()
    expect(page.locator('.slide[data-n="1"]')).to_be_visible()


def test_the_speaker_has_notes_in_a_window_that_follows(visit: Visit) -> None:
    begin(visit, "?slide=1&lang=en")
    page = visit.page
    with page.expect_popup() as opened:
        page.keyboard.press("s")
    speaker = opened.value
    speaker.locator(".deck.speaker .slide:not([hidden]) h1").wait_for()
    expect(speaker.locator(".map").first).to_be_hidden()
    page.keyboard.press("PageDown")
    expect(speaker.locator('.slide[data-n="2"]')).to_be_visible()
    speaker.keyboard.press("PageDown")
    expect(page.locator('.slide[data-n="3"]')).to_be_visible()


def test_a_script_is_put_together_and_kept_without_saving(visit: Visit) -> None:
    page = visit.page
    page.goto(f"{visit.site.address}/present?lang=en&layer=hexagons")
    rows = page.locator("ol.script li")
    second = rows.nth(1).locator("h3").inner_text()
    rows.nth(1).get_by_role("button", name="Earlier").click()
    expect(rows.first.locator("h3")).to_have_text(second)
    assert "script=Script+of" in page.url
    count = rows.count()
    page.get_by_role("button", name="+ a map").click()
    expect(rows).to_have_count(count + 1)
    rows.first.locator("summary").click()
    rows.first.locator("textarea").first.fill("Our own title")
    rows.first.locator("textarea").nth(1).focus()
    page.keyboard.type("Notes written ")
    expect(rows.first.locator("h3")).to_have_text("Our own title")  # the list was drawn anew under the hand
    page.keyboard.type("meanwhile")
    page.keyboard.press("Tab")
    expect(rows.first.locator(".spoken-line")).to_have_text("Notes written meanwhile")
    page.reload()
    expect(rows.first.locator("h3")).to_have_text("Our own title")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save as a file").click()
    assert saved.value.suggested_filename.startswith("Script-of")
    page.get_by_role("button", name="Delete the script").click()
    expect(rows.first.locator("h3")).not_to_have_text("Our own title")
    with page.expect_file_chooser() as chosen:
        page.get_by_role("button", name="Take over a file").click()
    chosen.value.set_files(saved.value.path())
    expect(rows.first.locator("h3")).to_have_text("Our own title")
    page.get_by_role("button", name="Delete the script").click()
    expect(rows).to_have_count(count)
