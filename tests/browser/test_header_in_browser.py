"""The bar at the top: the other theme is one press away with the same question; the dots open and close by keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from dashboard import theme
from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser
SLOW = 60_000  # ms: a page drawn anew may have to wait for a busy machine
GROUND = "getComputedStyle(document.body).backgroundColor"
MAP = "document.querySelector('#map .js-plotly-plot')._fullLayout.paper_bgcolor"


def test_the_theme_turns_page_and_map_and_keeps_the_question(visit: Visit) -> None:
    visit.open("?category=theft&lang=en")
    n = visit.number()
    visit.page.get_by_title("Dark theme").click()
    expect(visit.page.get_by_title("Light theme")).to_be_visible(timeout=SLOW)
    visit.settle()
    assert visit.page.evaluate(GROUND) == _rgb(theme.DARK[theme.GROUND])
    assert visit.page.evaluate(MAP) == theme.DARK[theme.MAP_GROUND]
    assert visit.number() == n
    assert "theme=dark" in visit.page.url
    visit.page.reload()
    assert visit.page.locator("html").get_attribute("data-theme") == "dark"  # from the server, before any script


def test_the_dots_open_by_keyboard_and_close_on_escape_and_on_a_press_elsewhere(visit: Visit) -> None:
    visit.open("?lang=en")
    dots, pages = visit.page.locator("#menu details.more summary"), visit.page.locator("#menu .behind")
    dots.focus()
    visit.page.keyboard.press("Enter")
    expect(pages).to_be_visible()
    visit.page.keyboard.press("Tab")
    assert visit.page.evaluate("document.activeElement.closest('.behind') !== null")
    visit.page.keyboard.press("Escape")
    expect(pages).to_be_hidden()
    expect(dots).to_be_focused()
    dots.click()
    visit.page.locator("#caption").click(position={"x": 2, "y": 2})
    expect(pages).to_be_hidden()


def _rgb(colour: str) -> str:
    return f"rgb({', '.join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5))})"
