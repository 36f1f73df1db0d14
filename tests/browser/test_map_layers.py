"""What the map draws over its colours, in a real browser: bands, hatching, signs, outlines, cells; nothing stays."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import shapely
from playwright.sync_api import Browser, expect

from dashboard import terms, theme
from dashboard.figures.picture import LegendRow, Overlay, Picture
from dashboard.layers import MapLayer, all_layers
from dashboard.view import View
from dashboard.words import Words
from geodata.answers.answer import AreaCounts
from geodata.answers.answers import Answers
from geodata.boundaries.editions import Layer
from geodata.question import Scope
from tests.browser.conftest import PHONE, Site, Visit, watch

pytestmark = pytest.mark.browser

# What MapLibre draws now: features by layer of the style, and the pattern of the hatched ones.
DRAWN = """() => {
  const map = document.querySelector('#map .js-plotly-plot')._fullLayout.map._subplot.map;
  if (!map.loaded()) return null;
  const drawn = {};
  for (const each of map.queryRenderedFeatures()) drawn[each.layer.id] = (drawn[each.layer.id] || 0) + 1;
  const hatched = 'plotly-trace-layer-hatched-fill';
  return {drawn, hatch: map.getLayer(hatched) ? map.getPaintProperty(hatched, 'fill-pattern') : null};
}"""
# The figure without what plotly itself adds to it.
STATE = """() => JSON.stringify(document.querySelector('#map .js-plotly-plot').data, (key, value) =>
  key === 'uid' || value instanceof Object && 'buffer' in value ? undefined : value)"""


def ask(answers: Answers, view: View, scope: Scope) -> tuple[AreaCounts, Layer]:
    return answers.counts(view.question, scope), answers.snapshot.boundaries.layers[view.question.layer]


def draw(answer: tuple[AreaCounts, Layer], words: Words) -> Picture:
    """The count with a sign on the first ten areas, the next ten hatched, and an outline round three."""
    counts, layer = answer
    picture = all_layers()["count"].draw(counts, words)
    place = np.arange(len(picture.codes))
    around = shapely.union_all(layer.polygons[:3])
    return replace(
        picture,
        signs=tuple("▲" if i < 10 else "" for i in place.tolist()),
        hatched=(place >= 10) & (place < 20),
        overlays=(Overlay("line", around, theme.INK, "1"),),
        legend=(*picture.legend, LegendRow("#B86462", "ít vụ", "hatched"), LegendRow("#22466B", "nóng", "class", "▲")),
    )


@pytest.fixture(autouse=True)
def signed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A layer with everything on it, as long as a test lasts."""
    all_layers()["signed"] = MapLayer("Signed", 99, ask, draw)
    explained = {**terms._anchors(), "signed": terms.anchor("count")}
    monkeypatch.setattr(terms, "_anchors", lambda: explained)
    yield
    del all_layers()["signed"]


def drawn(visit: Visit, enough: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """What the map draws, as soon as that is enough."""
    for _ in range(100):
        found: dict[str, Any] | None = visit.page.evaluate(DRAWN)
        if found and enough(found):
            return found
        visit.page.wait_for_timeout(200)
    raise AssertionError(found)


def choose(visit: Visit, layer: str) -> None:
    """Follow the layer switch."""
    visit.page.locator(f"#layer a[href*='layer={layer}']").click()
    visit.page.wait_for_url(f"**layer={layer}*")
    visit.settle()


def test_signs_hatching_and_numbered_outlines_are_drawn_and_leave_with_their_layer(visit: Visit) -> None:
    visit.open("?edition=2024&layer=count")
    before = visit.page.evaluate(STATE)
    choose(visit, "signed")
    seen = drawn(visit, lambda now: now["drawn"].get("signs", 0) >= 10 and now["drawn"].get("numbers", 0) >= 1)
    assert seen["hatch"] == "hatch"
    expect(visit.page.locator("#map-legend .swatch.hatched")).to_have_count(1)
    expect(visit.page.locator("#map-legend .swatch").get_by_text("▲", exact=True)).to_have_count(1)
    choose(visit, "count")
    drawn(visit, lambda now: "signs" not in now["drawn"] and "numbers" not in now["drawn"])
    assert visit.page.evaluate(STATE) == before


def test_another_edition_s_style_keeps_the_signs(visit: Visit) -> None:
    visit.open("?edition=2024&layer=signed")
    drawn(visit, lambda now: now["drawn"].get("signs", 0) >= 10)
    visit.unfold("section-units")
    visit.page.locator("#filter-edition label").first.click()
    visit.page.wait_for_url("**edition=2025*")
    visit.settle()
    drawn(visit, lambda now: now["drawn"].get("signs", 0) >= 10 and now["hatch"] == "hatch")


def test_density_is_drawn_in_bands_of_the_bandwidth_chosen(visit: Visit) -> None:
    visit.open("?edition=2024&layer=density&lang=en")
    bands = "document.querySelector('#map .js-plotly-plot').data[1]"
    count = visit.page.evaluate(f"{bands}.locations.length")
    expect(visit.page.locator("#map-legend .swatch.class")).to_have_count(count)
    first = visit.page.evaluate(f"{bands}.geojson")
    visit.page.locator("#layer-choice a").get_by_text("500", exact=True).click()
    visit.page.wait_for_url("**bandwidth=500*")
    visit.settle()
    expect(visit.page.locator("#layer-choice .chosen")).to_have_text("500")
    expect(visit.page.locator("#map-legend .legend-title")).to_contain_text("500 m")
    assert visit.page.evaluate(f"{bands}.geojson") != first
    choose(visit, "count")
    expect(visit.page.locator("#layer-choice")).to_be_empty()
    assert visit.page.evaluate(f"{bands}.locations") == []


def test_a_cell_tells_what_is_in_it_and_a_click_on_it_asks_no_area(visit: Visit) -> None:
    visit.open("?edition=2024&layer=hexagons&hexagon=5000")
    drawn(visit, lambda now: sum(now["drawn"].values()) > 100)
    visit.page.wait_for_timeout(500)
    box = visit.page.locator("#map").bounding_box()
    assert box is not None
    visit.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(visit.page.locator("#map-card")).to_be_visible()
    visit.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    visit.page.wait_for_timeout(1000)
    assert "area=" not in visit.page.url


@pytest.mark.parametrize("layer", ["signed", "density"])
def test_on_a_phone_the_legend_lies_under_the_map(browser: Browser, site: Site, layer: str) -> None:
    for visit in watch(browser, site, PHONE):
        visit.open(f"?edition=2024&layer={layer}")
        graph = visit.page.locator("#map").bounding_box()
        legend = visit.page.locator("#map-legend").bounding_box()
        assert graph is not None
        assert legend is not None
        assert legend["y"] >= graph["y"] + graph["height"]
        assert legend["x"] + legend["width"] <= 390


def test_without_webgl_signs_and_hatching_are_drawn_too(chromes: Callable[..., Browser], site: Site) -> None:
    browser = chromes("--disable-3d-apis")
    for visit in watch(browser, site):
        visit.open("?edition=2024&layer=signed")
        expect(visit.page.locator("#map .scattergeo text").get_by_text("▲", exact=True)).to_have_count(10)
        hatched = visit.page.locator("#map .choroplethlayer path[style*='#hatch']")
        expect(hatched).to_have_count(10)
        choose(visit, "count")
        expect(hatched).to_have_count(0)
    browser.close()
