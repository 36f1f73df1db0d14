"""How often a click draws the map, and what its cells tell, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

# Counts drawings from now on. Each tells the map of its size, which must not lead to the next.
COUNT = """() => {
  window.drawings = 0;
  document.querySelector('#map .js-plotly-plot').on('plotly_afterplot', () => window.drawings++);
}"""


def drawings(visit: Visit) -> int:
    """How often the map was drawn, as soon as it rests; a map that never rests is drawn more often than this waits."""
    counted = -1
    while counted != (now := visit.page.evaluate("window.drawings")) and now < 10:
        counted = now
        visit.page.wait_for_timeout(1200)
    return int(now)


def test_a_click_draws_the_map_once(visit: Visit) -> None:
    visit.open("?layer=density")  # its legend moves the camera
    visit.page.evaluate(COUNT)
    before = drawings(visit)
    visit.unfold("section-source")
    visit.page.locator("#filter-source").get_by_text("Tố giác").click()
    visit.page.wait_for_url("**source=reported*")
    visit.settle()
    assert 1 <= drawings(visit) - before <= 2


# The cell of most incidents: where it is on the screen. Cells are drawn from a file that the page has already.
MOST = """async () => {
  const drawn = document.querySelector('#map .js-plotly-plot');
  const count = (text) => parseInt(String(text).replace(/<[^>]*>/g, '').replace(/[.,]/g, '')) || 0;
  const told = drawn._fullData[0].customdata;
  const most = told.reduce((best, text, i) => (count(text) > count(told[best]) ? i : best), 0);
  const cells = await (await fetch(drawn.data[0].geojson)).json();
  const ring = cells.features[most].geometry.coordinates[0].slice(1);
  const middle = [0, 1].map((i) => ring.reduce((sum, corner) => sum + corner[i], 0) / ring.length);
  const place = drawn._fullLayout.map._subplot.map.project(middle);
  const box = drawn.getBoundingClientRect();
  return { x: box.x + place.x, y: box.y + place.y, says: told[most] };
}"""


def hold_pointer_over_most(visit: Visit) -> None:
    """The card below the pointer says what its cell holds, in words."""
    visit.page.evaluate(COUNT)
    drawings(visit)
    most = visit.page.evaluate(MOST)
    said = most["says"].removeprefix("<b>").partition("</b>")[0]
    assert "đã ghi nhận" in said
    visit.page.mouse.move(most["x"] - 3, most["y"])
    visit.page.mouse.move(most["x"], most["y"], steps=3)
    expect(visit.page.locator("#map-card")).to_contain_text(said)


def test_cells_tell_what_they_hold_also_after_a_click(visit: Visit) -> None:
    visit.open("?layer=hexagons&category=theft")
    hold_pointer_over_most(visit)
    visit.unfold("section-source")
    visit.page.locator("#filter-source").get_by_text("Tố giác").click()
    visit.page.wait_for_url("**source=reported*")
    visit.settle()
    hold_pointer_over_most(visit)
