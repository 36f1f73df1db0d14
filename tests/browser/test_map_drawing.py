"""How often a click draws the map, and what its cells tell, in a real browser."""

from __future__ import annotations

import pytest

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
        visit.page.wait_for_timeout(1500)
    return now


@pytest.mark.parametrize("layer", ["density", "hexagons"])  # here the legend moves the camera
def test_a_click_draws_the_map_once(visit: Visit, layer: str) -> None:
    visit.open(f"?layer={layer}")
    visit.page.evaluate(COUNT)
    before = drawings(visit)
    visit.page.locator("#filter-source").get_by_text("Tố giác").click()
    visit.page.wait_for_url("**source=reported*")
    visit.settle()
    assert 1 <= drawings(visit) - before <= 2
