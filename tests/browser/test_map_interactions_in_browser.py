"""The map under the hand: going down and back, the card at the pointer, two periods under one line, drawing once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from dashboard.reading import read
from tests.browser.conftest import OFFICE, Site, Visit, watch

pytestmark = pytest.mark.browser

GRAPH = "document.querySelector('#map .js-plotly-plot')"
# Where an area's name stands, on the screen; the file of names is the page's own.
MIDDLE = """async ([code, url]) => {
  const drawn = document.querySelector('#map .js-plotly-plot');
  const names = await (await fetch(url)).json();
  const place = names.features.find((each) => each.properties.code === code).geometry.coordinates;
  const map = drawn._fullLayout.map._subplot.map;
  const at = map.project(place);
  const box = drawn.getBoundingClientRect();
  return { x: box.x + at.x, y: box.y + at.y };
}"""
CAMERAS = """() => ['map', 'map-before'].map((id) => {
  const map = document.querySelector(`#${id} .js-plotly-plot`)._fullLayout.map._subplot.map;
  return [map.getCenter().lng.toFixed(4), map.getCenter().lat.toFixed(4), map.getZoom().toFixed(3)].join();
})"""
REST = f"""() => {{
  const map = {GRAPH}?._fullLayout?.map?._subplot?.map;
  return Boolean(map && !map.isMoving() && map.areTilesLoaded() && map.loaded());
}}"""


@pytest.fixture
def office(browser: Browser, site: Site) -> Any:
    yield from watch(browser, site, OFFICE)


def rest(visit: Visit) -> None:
    """Until the camera stands still and everything is drawn; another style takes long where software draws it."""
    visit.page.set_default_timeout(90_000)
    visit.settle()
    visit.page.wait_for_timeout(600)  # the camera is told of a new question five times a second
    visit.page.wait_for_function(REST)


def middle(visit: Visit, code: str) -> tuple[float, float]:
    """Where the area is on the screen now."""
    reading = read(visit.page.evaluate("location.search"), visit.site.answers)
    url = f"/boundaries/{reading.snapshot.label_files[reading.view.question.layer]}"
    place = visit.page.evaluate(MIDDLE, [code, url])
    return place["x"], place["y"]


def go(visit: Visit, step: Callable[[], object], *, until: Callable[[str], bool]) -> None:
    step()
    visit.page.wait_for_url(until)
    rest(visit)


def test_down_to_what_is_inside_a_commune_and_back_with_escape(office: Visit) -> None:
    visit = office
    visit.open("?edition=2024&level=district&lang=en")
    rest(visit)
    layers = visit.site.answers.snapshot.boundaries.layers
    district = next(key for key in layers if (key.edition, key.level.value) == ("2024", "district"))
    communes = next(key for key in layers if (key.edition, key.level.value) == ("2024", "commune"))
    asked = layers[district].codes[-1]
    code = layers[communes].codes[layers[communes].parents.index(asked)]
    steps = visit.page.locator("#breadcrumb nav li")
    expect(steps).to_have_count(1)
    go(visit, lambda: visit.page.mouse.click(*middle(visit, asked)), until=lambda url: "level=commune" in url)
    assert f"area={asked}" in visit.page.url
    expect(steps).to_have_count(2)
    go(visit, lambda: visit.page.mouse.click(*middle(visit, code)), until=lambda url: f"area={code}" in url)
    expect(steps).to_have_count(3)
    assert visit.page.evaluate(f"{GRAPH}.data[3].locations") == [code]
    inside = visit.page.locator("#breadcrumb .inside").get_by_text("Points", exact=True)
    go(visit, inside.click, until=lambda url: "layer=points" in url)
    expect(steps.last.locator("[aria-current]")).to_have_text("Points")
    for wanted in (f"layer=count&area={code}", f"region={asked}", "level=commune&layer=count&lang"):
        go(visit, lambda: visit.page.keyboard.press("Escape"), until=lambda url, w=wanted: w in url)  # type: ignore[misc]
    expect(steps).to_have_count(1)
    go(visit, visit.page.go_back, until=lambda url: f"region={asked}" in url)
    expect(steps).to_have_count(2)


def test_escape_in_a_field_and_a_click_beside_the_province_change_nothing(office: Visit) -> None:
    visit = office
    code = visit.site.answers.snapshot.boundaries.layers[read("", visit.site.answers).view.question.layer].codes[0]
    visit.open(f"?area={code}")
    rest(visit)
    before = visit.page.url
    visit.page.locator("#fold").click()
    visit.page.locator("#filters input:visible").first.focus()
    visit.page.keyboard.press("Escape")
    visit.page.keyboard.press("Escape") if visit.page.locator(".page.unfolded").count() else None
    assert visit.page.url == before
    box = visit.page.locator("#map").bounding_box()
    assert box is not None
    visit.page.locator('[data-map-zoom="home"]').click()
    rest(visit)
    visit.page.mouse.click(box["x"] + box["width"] - 120, box["y"] + 0.3 * box["height"])
    visit.page.wait_for_timeout(800)
    assert visit.page.url == before
    x, y = middle(visit, code)
    go(visit, lambda: visit.page.mouse.dblclick(x, y), until=lambda url: "area=" not in url)
    visit.page.wait_for_timeout(2000)  # what the first of the two clicks asked does not come back
    assert "area=" not in visit.page.url


def test_the_card_says_what_the_server_counts_and_draws_its_months(office: Visit) -> None:
    visit = office
    visit.open("?category=theft&lang=en")
    rest(visit)
    made = read("?category=theft&lang=en", visit.site.answers)
    counts = visit.site.answers.counts(made.view.question)
    at = int(counts.n.argmax())
    x, y = middle(visit, counts.codes[at])
    visit.page.mouse.move(x - 4, y)
    visit.page.mouse.move(x, y, steps=3)
    card = visit.page.locator("#map-card")
    expect(card.locator(".name")).to_have_text(counts.names[at])
    expect(card.locator(".many")).to_have_text(f"{counts.n[at]:,} recorded incidents")
    months = visit.site.answers.months_by_area(made.view.question)
    expect(card.locator("rect")).to_have_count(len(months.months))
    tallest = max(float(bar.get_attribute("height") or 0) for bar in card.locator("rect").all())
    first = float(card.locator("rect").first.get_attribute("height") or 0)
    n = months.n[at]
    assert first / tallest == pytest.approx(n[0] / n.max(), abs=0.01)
    map_box, card_box = visit.page.locator("#map-box").bounding_box(), card.bounding_box()
    assert map_box is not None
    assert card_box is not None
    assert map_box["x"] <= card_box["x"]
    assert card_box["x"] + card_box["width"] <= map_box["x"] + map_box["width"]
    assert map_box["y"] <= card_box["y"]
    assert card_box["y"] + card_box["height"] <= map_box["y"] + map_box["height"]
    visit.page.mouse.move(4, 4)
    expect(card).to_be_hidden()
    expect(visit.page.locator("#map .hovertext")).to_have_count(0)


def test_a_pan_draws_nothing_anew_and_a_filter_once_where_the_eye_is(visit: Visit) -> None:
    visit.open("?layer=hexagons")
    rest(visit)
    visit.page.wait_for_timeout(1500)
    visit.page.evaluate(f"window.drawings = 0, {GRAPH}.on('plotly_afterplot', () => window.drawings++)")
    box = visit.page.locator("#map").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    visit.page.mouse.move(x, y)
    visit.page.mouse.down()
    visit.page.mouse.move(x + 90, y + 40, steps=6)
    visit.page.mouse.up()
    visit.page.wait_for_timeout(2500)
    assert visit.page.evaluate("window.drawings") == 0
    camera = f"{GRAPH}._fullLayout.map._subplot.map.getCenter().lng.toFixed(5)"
    moved = visit.page.evaluate(camera)
    visit.unfold("section-source")
    visit.page.locator("#filter-source").get_by_text("Tố giác").click()
    visit.page.wait_for_url("**source=reported*")
    visit.page.wait_for_function("() => window.drawings > 0", timeout=90_000)
    visit.page.wait_for_timeout(2500)
    assert visit.page.evaluate("window.drawings") == 1
    assert visit.page.evaluate(camera) == moved


def test_two_periods_under_one_line_drawn_by_keyboard_and_hand(office: Visit) -> None:
    visit = office
    visit.open("?swipe=1&lang=en")
    rest(visit)
    divider = visit.page.get_by_role("slider", name="Line between")
    before, now = visit.page.evaluate(
        "['map', 'map-before'].map((id) => document.querySelector(`#${id} .js-plotly-plot`).data[0])"
    )
    assert before["zmax"] == now["zmax"]
    assert before["colorscale"] == now["colorscale"]
    assert before["z"] != now["z"]
    divider.focus()
    visit.page.keyboard.press("ArrowLeft")
    expect(divider).to_have_attribute("aria-valuenow", "48")
    visit.page.keyboard.press("End")
    expect(divider).to_have_attribute("aria-valuenow", "100")
    clip = "getComputedStyle(document.querySelector('.earlier')).clipPath"
    assert visit.page.evaluate(clip) in ("inset(0px)", "inset(0px 0% 0px 0px)", "inset(0px calc(0%) 0px 0px)")
    handle = divider.bounding_box()
    assert handle is not None
    visit.page.mouse.move(handle["x"] + 12, handle["y"] + 60)
    visit.page.mouse.down()
    visit.page.mouse.move(handle["x"] - 300, handle["y"] + 60, steps=4)
    visit.page.mouse.up()
    assert 60 < int(divider.get_attribute("aria-valuenow") or 0) < 72
    visit.page.locator('[data-map-zoom="in"]').click()
    rest(visit)
    first, second = visit.page.evaluate(CAMERAS)
    assert first == second
    labels = visit.page.locator(".side-label").all_inner_texts()
    assert len(set(labels)) == 2
    visit.page.locator("#breadcrumb .wiping a").click()
    visit.page.wait_for_url(lambda url: "swipe" not in url)
    visit.settle()
    expect(divider).to_have_count(0)
    expect(visit.page.locator("#map-before")).to_have_count(0)


def test_without_webgl_the_line_and_the_card_are_there_too(chromes: Callable[..., Browser], site: Site) -> None:
    browser = chromes("--disable-3d-apis")
    for visit in watch(browser, site, OFFICE):
        visit.open("?swipe=1&lang=en")
        expect(visit.page.locator("#map-before .choroplethlayer path").first).to_be_attached()
        area = visit.page.locator("#map .choroplethlayer path").nth(5)
        box = area.bounding_box()
        assert box is not None
        divider = visit.page.get_by_role("slider", name="Line between")
        divider.focus()
        visit.page.keyboard.press("Home")
        visit.page.mouse.move(box["x"] + box["width"] / 2 - 3, box["y"] + box["height"] / 2)
        visit.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=3)
        expect(visit.page.locator("#map-card .many")).to_contain_text("recorded incident")
        expect(visit.page.locator("#map-card rect").first).to_be_attached()
    browser.close()


def test_at_the_office_desk_few_names_stand_on_the_whole_and_more_close_by(office: Visit) -> None:
    visit = office
    visit.open("?edition=2025")
    rest(visit)
    ranks = f"""() => {{
      const map = {GRAPH}._fullLayout.map._subplot.map;
      const layers = map.getStyle().layers.map((each) => each.id).filter((id) => id.startsWith('labels'));
      return [...new Set(map.queryRenderedFeatures({{ layers }}).map((each) => each.properties.rank))];
    }}"""
    whole = visit.page.evaluate(ranks)
    assert 8 <= len(whole) <= 20
    assert max(whole) < 18  # the largest ones
    visit.page.locator('[data-map-zoom="in"]').click()
    rest(visit)
    visit.page.locator('[data-map-zoom="in"]').click()
    rest(visit)
    assert max(visit.page.evaluate(ranks)) > 18
