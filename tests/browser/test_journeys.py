"""What people do with the first page, in a real browser over the demo province."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, expect

from dashboard.reading import read
from geodata.vocabulary import LayerKey, Level
from geodata.warehouse.warehouse import Warehouse
from tests.browser.conftest import TODAY, Site, Visit, serve, watch

pytestmark = pytest.mark.browser


def asked(visit: Visit) -> dict[str, list[str]]:
    return parse_qs(urlsplit(visit.page.url).query)


def recorded(visit: Visit) -> int:
    """What the answers say to the question in the address."""
    reading = read(urlsplit(visit.page.url).query, visit.site.answers)
    assert reading.dropped == ()
    return visit.site.answers.totals(reading.view.question)[0].recorded


def click_area(visit: Visit, edition: str, code: str) -> None:
    """Click on the map where the area has its centre."""
    layer = visit.site.answers.snapshot.boundaries.layers[LayerKey(edition, Level.COMMUNE)]
    centre = layer.polygons[layer.codes.index(code)].representative_point()
    box = visit.page.locator("#map").bounding_box()
    assert box is not None
    place = visit.page.evaluate(
        """([lon, lat]) => document.querySelector('#map .js-plotly-plot')
             ._fullLayout.map._subplot.map.project([lon, lat])""",
        [centre.x, centre.y],
    )
    visit.page.wait_for_timeout(400)
    visit.page.mouse.move(box["x"] + place["x"], box["y"] + place["y"])
    visit.page.wait_for_timeout(200)
    visit.page.mouse.click(box["x"] + place["x"], box["y"] + place["y"])


def test_a_link_shows_what_it_asks(visit: Visit) -> None:
    visit.open("?category=theft&from=2025-01-01&to=2025-06-30&edition=2024&level=district&area=703&layer=rate&lang=vi")
    assert visit.number() == recorded(visit)
    expect(visit.page.locator("#headline h1")).to_contain_text(
        "Trộm cắp tài sản · 01/01–30/06/2025 · Thành phố Tây Ninh"
    )
    expect(visit.page.locator("#layer .chosen")).to_have_text("Tỷ lệ")
    expect(visit.page.locator("#caption")).to_contain_text("sơ đồ, không phải ranh giới chính thức")


def test_two_filters_then_back_twice_and_forward(visit: Visit) -> None:
    visit.open()
    at_first = visit.number()
    visit.page.locator("#filter-category").get_by_text("Ma túy", exact=True).click()
    visit.page.wait_for_url("**category=drugs*")
    visit.settle()
    drugs = visit.number()
    assert drugs == recorded(visit) < at_first
    visit.unfold("section-source")
    visit.page.locator("#filter-source").get_by_text("Công an phát hiện").click()
    visit.page.wait_for_url("**source=discovered*")
    visit.settle()
    assert visit.number() == recorded(visit) < drugs
    visit.page.go_back()
    visit.settle()
    assert visit.number() == drugs
    visit.page.go_back()
    visit.settle()
    assert visit.number() == at_first
    assert not visit.page.locator("#filter-category input").nth(1).is_checked()
    visit.page.go_forward()
    visit.settle()
    assert visit.number() == drugs
    visit.page.reload()
    visit.settle()
    assert visit.number() == drugs


def test_a_click_on_the_map_asks_about_that_area_and_its_chip_takes_it_away(visit: Visit) -> None:
    visit.open("?edition=2024")
    everything = visit.number()
    click_area(visit, "2024", "25708")
    visit.page.wait_for_url("**area=25708*")
    visit.settle()
    assert visit.number() == recorded(visit) < everything
    expect(visit.page.locator("#trend-note")).to_have_text("Phường Trảng Bàng")
    visit.page.locator("#headline .chip").click()
    visit.page.wait_for_url(lambda url: "area=" not in url)
    visit.settle()
    assert visit.number() == everything


def test_a_click_on_a_bar_sets_the_month_and_a_brush_the_months(visit: Visit) -> None:
    visit.open("?from=2025-07-01&to=2026-06-30")
    bars = visit.page.locator("#trend .bars .point path")
    bar = bars.nth(15).bounding_box()
    assert bar is not None
    visit.page.mouse.click(bar["x"] + bar["width"] / 2, bar["y"] + bar["height"] - 3)
    visit.page.wait_for_url("**from=2026-03-01&to=2026-03-31*")
    visit.settle()
    assert visit.number() == recorded(visit)
    visit.open("?from=2025-07-01&to=2026-06-30")
    first, last = bars.nth(9).bounding_box(), bars.nth(12).bounding_box()
    assert first is not None
    assert last is not None
    bottom = first["y"] + first["height"] - 4
    visit.page.mouse.move(first["x"] + 1, bottom - 60)
    visit.page.mouse.down()
    visit.page.mouse.move(last["x"] + last["width"] - 1, bottom, steps=8)
    visit.page.mouse.up()
    visit.page.wait_for_url("**from=2025-09-01&to=2025-12-31*")
    visit.settle()
    assert visit.number() == recorded(visit)


def test_a_date_can_be_typed_and_the_other_end_follows(visit: Visit) -> None:
    visit.open()
    visit.unfold("exact-days")
    field = visit.page.locator("#filter-from")
    box = field.bounding_box()
    assert box is not None
    visit.page.mouse.click(box["x"] + 20, box["y"] + box["height"] / 2)
    visit.page.keyboard.type("03152026", delay=120)  # the browser of the test writes the month first
    visit.page.wait_for_url("**from=2026-03-15*")
    visit.settle()
    assert visit.number() == recorded(visit)
    visit.page.locator("#filter-to").fill("2026-01-31")
    visit.page.wait_for_url("**from=2026-01-31&to=2026-01-31*")
    visit.settle()
    assert field.input_value() == "2026-01-31"


def test_an_area_does_not_outlive_its_edition(visit: Visit) -> None:
    visit.open("?edition=2025&area=25459")
    visit.unfold("section-units")
    visit.page.locator("#filter-edition").get_by_text("đến 30/06/2025").click()
    visit.page.wait_for_url("**edition=2024*")
    visit.settle()
    assert "area" not in asked(visit)  # 25459 is another unit there
    expect(visit.page.locator("#filter-level")).to_contain_text("Huyện")  # a level the other edition does not have


def test_the_hover_card_leaves_with_the_pointer(visit: Visit) -> None:
    visit.open()
    box = visit.page.locator("#map").bounding_box()
    assert box is not None
    card = visit.page.locator("#map-card")
    visit.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(card).to_be_visible()
    visit.page.mouse.move(5, 5)
    expect(card).to_be_hidden()


def test_the_map_moves_to_another_edition_and_says_so(visit: Visit) -> None:
    visit.open("?edition=2024&level=commune")
    visit.unfold("section-units")
    visit.page.locator("#filter-edition").get_by_text("từ 01/07/2025").click()
    visit.page.wait_for_url("**edition=2025*")
    visit.settle()
    drawn = visit.page.evaluate("document.querySelector('#map .js-plotly-plot').data[0].locations.length")
    layer = visit.site.answers.snapshot.boundaries.layers[LayerKey("2025", Level.COMMUNE)]
    assert drawn == len(layer.codes) == 36
    expect(visit.page.locator("#caption")).to_contain_text("từ 01/07/2025")
    assert visit.number() == recorded(visit)


def test_english_is_one_click_away_and_the_page_says_its_language(visit: Visit) -> None:
    visit.open("?category=theft")
    assert visit.page.locator("html").get_attribute("lang") == "vi"
    visit.page.locator("#language").click()
    visit.page.wait_for_url("**lang=en*")
    visit.settle()
    assert visit.page.locator("html").get_attribute("lang") == "en"
    expect(visit.page.locator("#headline h1")).to_contain_text("Property theft")
    expect(visit.page.locator("#filters h2")).to_have_text("Filters")
    visit.page.go_back()
    expect(visit.page.locator("#headline h1")).to_contain_text("Trộm cắp tài sản")


def test_the_projector_hides_the_chrome_and_speaks_large(visit: Visit) -> None:
    visit.open("?category=theft&mode=projector")
    expect(visit.page.locator("#filters")).to_be_hidden()
    sizes = visit.page.evaluate(
        """() => [...document.querySelectorAll('.page *')]
             .filter(e => e.checkVisibility() && [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()))
             .filter(e => !e.closest('#map-scale'))
             .map(e => [parseFloat(getComputedStyle(e).fontSize), e.textContent])"""
    )
    assert [entry for entry in sizes if entry[0] < 24] == []
    visit.page.keyboard.press("Escape")
    visit.page.wait_for_url(lambda url: "projector" not in url)
    expect(visit.page.locator("#filters")).to_be_visible()


def test_the_button_saves_the_picture_of_this_view(visit: Visit) -> None:
    visit.open("?category=gambling&lang=en")
    with visit.page.expect_download() as waiting:
        visit.page.locator("details.exports > summary").click()
        visit.page.locator(".export-item").get_by_text("Picture (PNG)", exact=True).click()
    saved = Path(waiting.value.path())
    assert saved.read_bytes().startswith(b"\x89PNG")
    assert waiting.value.suggested_filename.endswith(".png")


def test_a_bad_link_shows_the_rest_and_names_what_it_left_out(visit: Visit) -> None:
    visit.open("?category=theft&category=moon&from=tomorrow&colour=red")
    assert visit.number() > 0
    for quoted in ("«moon»", "«tomorrow»", "«colour»"):
        expect(visit.page.locator("#notice")).to_contain_text(quoted)


def test_nothing_found_is_said_in_words(visit: Visit) -> None:
    visit.open("?from=2001-01-01&to=2001-12-31")
    assert visit.number() == 0
    expect(visit.page.locator("#map-legend")).to_contain_text("Không có vụ nào được ghi nhận với bộ lọc này")


def test_the_points_layer_draws_the_points_it_counts(visit: Visit) -> None:
    visit.open("?category=gambling&layer=points")
    drawn = visit.page.evaluate("document.querySelector('#map .js-plotly-plot').calcdata[5].length")
    reading = read(urlsplit(visit.page.url).query, visit.site.answers)
    assert drawn == len(visit.site.answers.points(reading.view.question).lon) > 0


def test_an_unknown_page_says_so(visit: Visit) -> None:
    visit.page.goto(visit.site.address + "/moon")
    expect(visit.page.locator("h1")).to_have_text("Không có trang này")
    assert ["404" in trouble for trouble in visit.troubles] == [True]  # the browser's own remark on the page
    visit.troubles.clear()


def test_without_webgl_the_map_is_drawn_as_svg(chromes: Callable[..., Browser], site: Site) -> None:
    browser = chromes("--disable-3d-apis")
    for visit in watch(browser, site):
        visit.open("?edition=2024&category=theft")
        # 94 communes and the outlines of 9 districts, with the districts' names as far as they do not overlap
        expect(visit.page.locator("#map .choroplethlayer path.choroplethlocation")).to_have_count(94 + 9)
        assert 5 <= visit.page.locator("#map .scattergeo text").count() <= 9
        visit.unfold("section-source")
        visit.page.locator("#filter-source").get_by_text("Tố giác").click()
        visit.page.wait_for_url("**source=reported*")
        visit.settle()
        assert visit.number() == recorded(visit)
    browser.close()


def test_nothing_is_wider_than_the_screen(sized: Visit) -> None:
    sized.open("?category=theft&zone=border_0_1km")
    wide = sized.page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide[0] <= wide[1]


def test_a_new_generation_is_noticed_without_a_restart(
    chromes: Callable[..., Browser], browser: Browser, tmp_path: Path, site: Site
) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(site.workspace, folder)
    for served in serve(folder):
        for visit in watch(browser, served):
            visit.open("?category=theft&from=2025-01-01&to=2025-12-31")
            before = visit.number()
            more = tmp_path / "more.csv"
            more.write_text("id,occurred,category,lon,lat\nx1,2025-03-03,theft,106.09,11.32\n", encoding="utf-8")
            assert Warehouse(folder).ingest(more, today=TODAY).kept == 1
            visit.page.locator("#filter-category").get_by_text("Ma túy", exact=True).click()
            visit.page.wait_for_url("**drugs*")
            visit.page.locator("#filter-category").get_by_text("Ma túy", exact=True).click()
            visit.page.wait_for_url(lambda url: "drugs" not in url)
            visit.settle()
            assert visit.number() == before + 1
