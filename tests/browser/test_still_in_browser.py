"""Markup that travels as text stands like any other, and makes way for what is written anew."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser


def test_text_is_unfolded_replaced_with_the_focus_kept_and_taken_away_again(visit: Visit) -> None:
    visit.open()
    page = visit.page
    page.evaluate("""() => {
        const part = Object.assign(document.createElement("p"), { id: "probe" });
        part.setAttribute("data-still", "<a href='?a'>one</a><a href='?b'>two</a>");
        document.querySelector("#main").append(part);
    }""")
    probe = page.locator("#probe")
    expect(probe.locator("a")).to_have_text(["one", "two"])
    probe.locator("a").nth(1).focus()
    anew = "<a href='?c'>3</a><a href='?d'>4</a>"
    page.evaluate("anew => document.getElementById('probe').setAttribute('data-still', anew)", anew)
    expect(probe.locator("a")).to_have_text(["3", "4"])
    expect(probe.locator("a").nth(1)).to_be_focused()
    page.evaluate("""() => {
        const part = document.getElementById("probe");
        part.append("live");
        part.removeAttribute("data-still");
    }""")
    expect(probe).to_have_text("live")


def test_the_panels_with_many_parts_travel_as_text(visit: Visit) -> None:
    visit.open("?category=theft")
    for panel in ("#ranking", "#rhythm"):
        assert visit.page.locator(f"{panel} [data-still] td").count() > 10
        assert visit.page.locator(f"{panel} td").count() == visit.page.locator(f"{panel} [data-still] td").count()
    before = visit.number()
    visit.page.locator("#ranking [data-still] tbody a").first.click()
    visit.page.wait_for_url("**area=*")
    visit.settle()
    assert visit.number() < before
