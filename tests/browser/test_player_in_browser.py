"""The map played through time, in a real browser: no request a frame, nothing told that is not shown, all put back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Request, expect

from tests.browser.conftest import Site, Visit, watch

pytestmark = pytest.mark.browser

# Everything the player may change, as the map was given it.
DRAWN = """() => JSON.stringify(document.querySelector('#map .js-plotly-plot').data.map((trace) => ['z', 'zmax',
  'colorscale', 'customdata', 'meta', 'geojson', 'locations', 'lon', 'lat', 'text'].map((part) => trace[part])))"""
CLASSES = "() => Array.from(document.querySelector('#map .js-plotly-plot')._fullData[0].z)"
TOLD = "() => Array.from(document.querySelector('#map .js-plotly-plot')._fullData[0].customdata)"
COUNT = """() => {
  window.paints = 0;
  document.querySelector('#map .js-plotly-plot').on('plotly_afterplot', () => window.paints++);
  return Number(document.querySelector('.player-scrub input').value);
}"""  # ... and says on which frame it began
SCRUB = ".player-scrub input"


def wait_until(visit: Visit, script: str, wanted: object) -> None:
    """Wait for what only a script can see; the page's own policy forbids the browser to look by itself."""
    for _ in range(100):
        if visit.page.evaluate(script) == wanted:
            return
        visit.page.wait_for_timeout(100)
    pytest.fail("it did not come about")


def at(visit: Visit) -> int:
    """The frame on which the scrubber stands."""
    return int(visit.page.locator(SCRUB).input_value())


def asked(visit: Visit) -> list[str]:
    """Addresses asked from now on."""
    urls: list[str] = []

    def note(request: Request) -> None:
        urls.append(request.url)

    visit.page.on("request", note)
    return urls


def start(visit: Visit) -> dict[str, Any]:
    """Press play; the frames as they came."""
    with visit.page.expect_response("**/frames.json?*") as answer:
        visit.page.get_by_role("button", name="Play through time").click()
    visit.page.wait_for_selector("[data-playing] .player-legend")
    frames: dict[str, Any] = answer.value.json()
    return frames


def expect_frame(visit: Visit, frames: dict[str, Any], place: int) -> None:
    """Colours, words under the pointer, legend, heading and scrubber all tell of that frame."""
    frame = frames["frames"][place]
    for line in (".player-now", ".legend-now", ".player-heading strong"):
        expect(visit.page.locator(line)).to_have_text(frame["said"])
    expect(visit.page.locator(SCRUB)).to_have_attribute("aria-valuetext", frame["said"])
    wait_until(visit, CLASSES, frame["classes"])
    assert visit.page.evaluate(TOLD) == [frames["texts"][text] for text in frame["told"]]


def test_it_plays_without_a_request_and_closing_puts_all_back(visit: Visit) -> None:
    visit.open("?lang=en")
    before = visit.page.evaluate(DRAWN)
    frames = start(visit)
    first = visit.page.evaluate(COUNT)
    urls = asked(visit)
    visit.page.select_option("[data-player-choice=speed]", label="Quickly")
    wait_until(visit, f"document.querySelector('{SCRUB}').value >= {first + 3}", True)
    visit.page.get_by_role("button", name="Pause").click()
    expect_frame(visit, frames, at(visit))
    visit.page.wait_for_timeout(300)
    assert visit.page.evaluate("window.paints") <= at(visit) - first + 2  # it began on one, and ended on one
    assert urls == []
    expect(visit.page.locator("#headline h1")).to_be_hidden()
    visit.page.keyboard.press("Escape")
    wait_until(visit, DRAWN, before)
    expect(visit.page.locator("#headline h1")).to_be_visible()
    expect(visit.page.locator(".player-legend, .player-heading, .player-band")).to_have_count(0)
    expect(visit.page.get_by_role("button", name="Play through time")).to_be_focused()


def test_keys_move_the_scrubber_and_its_frame_becomes_the_question(visit: Visit) -> None:
    visit.open("?lang=en&layer=pattern&category=theft")
    visit.page.emulate_media(reduced_motion="reduce")
    frames = start(visit)
    last = len(frames["frames"]) - 1
    expect_frame(visit, frames, last)  # it does not play of itself
    expect(visit.page.get_by_role("button", name="Play", exact=True)).to_have_count(0)
    visit.page.focus(SCRUB)
    visit.page.keyboard.press("Home")
    expect_frame(visit, frames, 0)
    visit.page.keyboard.press("ArrowRight")
    expect_frame(visit, frames, 1)
    visit.page.get_by_role("button", name="One step on").click()
    expect_frame(visit, frames, 2)
    expect(visit.page.locator("#player > [aria-live]")).to_have_text(frames["frames"][2]["said"])
    visit.page.get_by_role("button", name="Ask about this period").click()
    visit.page.wait_for_url(f"**from={frames['frames'][2]['start']}&to={frames['frames'][2]['end']}*")
    visit.settle()
    expect(visit.page.locator("[data-playing]")).to_have_count(0)
    expect(visit.page.locator("#headline h1")).to_be_visible()
    wait_until(visit, f"({TOLD})()[0].includes(' sure')", True)  # the pattern's own words again


def test_cells_give_way_to_areas_without_webgl_too(chromes: Callable[..., Browser], site: Site) -> None:
    started = chromes("--disable-3d-apis")
    for visit in watch(started, site):
        visit.open("?lang=en&layer=hexagons")
        before = visit.page.evaluate(DRAWN)
        frames = start(visit)
        visit.page.get_by_role("button", name="Pause").click()
        expect(visit.page.locator(".player-notes")).to_contain_text("recorded incidents are shown instead")
        visit.page.select_option("[data-player-choice=window]", label="last 12 months")
        expect(visit.page.locator(".player-now")).to_contain_text("–")
        visit.page.focus(SCRUB)
        visit.page.keyboard.press("End")
        expect(visit.page.locator(".player-now")).to_contain_text("months not whole")
        assert len(visit.page.evaluate(CLASSES)) == len(frames["codes"])
        visit.page.keyboard.press("Escape")
        wait_until(visit, DRAWN, before)
    started.close()
