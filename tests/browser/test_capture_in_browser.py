"""The map taken as it stands on the screen: sharper than the screen, with its legend's colours, and nothing blank."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Page, expect

from dashboard.exports import Order, sheet_of
from dashboard.reading import read
from tests.browser.conftest import Visit
from tests.dashboard.exports.test_pictures import NOW

pytestmark = pytest.mark.browser

QUERY = "?edition=2024&level=commune&layer=relative_risk&category=theft"
PAD = 24  # CSS pixels that assets/capture.js leaves at the sides

# Where the areas' middles are on the screen, and where the map is.
PLACES = """(middles) => {
  const map = document.querySelector('#map .js-plotly-plot')._fullLayout.map._subplot.map;
  return middles.map((each) => { const at = map.project(each); return [at.x, at.y]; });
}"""
FRAME = "document.getElementById('map-box').getBoundingClientRect().toJSON()"
LEGEND = "document.getElementById('map-legend').getBoundingClientRect().toJSON()"


def taken(visit: Visit, into: Path) -> NDArray[np.int64]:
    """The saved picture's pixels."""
    visit.page.locator("details.exports > summary").click()
    with visit.page.expect_download() as waited:
        visit.page.locator("#capture-save").click()
    assert waited.value.suggested_filename.endswith(".png")
    waited.value.save_as(into)
    expect(visit.page.locator("#capture-told")).to_have_text("Đã lưu bản đồ")
    return np.asarray(Image.open(into).convert("RGB"), dtype=np.int64)


def rgb(colour: str) -> NDArray[np.int64]:
    return np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)], dtype=np.int64)


def has(pixels: NDArray[np.int64], colour: str) -> bool:
    """Whether some of the picture has exactly this colour, or nearly."""
    return int((np.abs(pixels - rgb(colour)).max(axis=-1) <= 2).sum()) > 100


def blur(pixels: NDArray[np.int64]) -> float:
    """How many pixels an edge takes: of all that differ from their left neighbour, the part that differs little."""
    step = np.abs(np.diff(pixels.sum(axis=-1), axis=1))
    return float(((step > 6) & (step < 60)).sum() / (step >= 60).sum())


def map_of(pixels: NDArray[np.int64], frame: dict[str, float]) -> tuple[NDArray[np.int64], float, int]:
    """The part of the picture that is the map, how many pixels it has for one of the screen's, and where it begins."""
    scale = pixels.shape[1] / (frame["width"] + 2 * PAD)
    ground = np.array([0xED, 0xF1, 0xF5])  # of the map, which begins under the heading
    left = round((PAD + 2) * scale)
    top = int(np.flatnonzero(np.abs(pixels[:, left] - ground).max(axis=-1) <= 1)[0])
    return pixels[top : top + round(frame["height"] * scale)], scale, top


def test_the_saved_map_is_sharper_than_the_screen_and_has_its_colours(visit: Visit, tmp_path: Path) -> None:
    visit.open(QUERY)
    visit.page.wait_for_timeout(1500)
    pixels = taken(visit, tmp_path / "map.png")
    frame, legend = visit.page.evaluate(FRAME), visit.page.evaluate(LEGEND)
    shown, scale, _ = map_of(pixels, frame)
    assert scale >= 2
    sheet = sheet_of(Order(read(QUERY, visit.site.answers), NOW))
    for key in sheet.legend:
        if key.sign == "area":
            assert has(pixels, key.colour), key.label
    screen = Image.open(io.BytesIO(visit.page.locator("#map-box").screenshot())).convert("RGB")
    grown = screen.resize((round(screen.width * scale), round(screen.height * scale)), Image.Resampling.BICUBIC)
    edge = round((PAD + legend["right"] - frame["left"] + 20) * scale)  # right of the legend: the map alone
    far = edge + round(400 * scale)
    assert blur(shown[:, edge:far]) < 0.6 * blur(np.asarray(grown, dtype=np.int64)[:, edge - 72 : far - 72])
    colours_inside_areas(visit, shown, scale)


def colours_inside_areas(visit: Visit, shown: NDArray[np.int64], scale: float) -> None:
    """The colour that most of the spots around an area's middle have is the one that paper gives it."""
    reading = read(QUERY, visit.site.answers)
    sheet = sheet_of(Order(reading, NOW))
    layer = reading.snapshot.boundaries.layers[reading.view.question.layer]
    middles = [shape.representative_point().coords[0] for shape in layer.polygons]
    spots: list[list[float]] = visit.page.evaluate(PLACES, middles)
    legend, frame = visit.page.evaluate(LEGEND), visit.page.evaluate(FRAME)
    agree: list[bool] = []
    for i, (x, y) in enumerate(spots):
        if sheet.hatched[i] or x < legend["right"] - frame["left"]:
            continue
        at = (round(y * scale), round((PAD + x) * scale))
        around = shown[at[0] - 20 : at[0] + 21 : 5, at[1] - 20 : at[1] + 21 : 5].reshape(-1, 3)
        agree.append(bool((np.abs(around - rgb(sheet.fills[i])).max(axis=-1) <= 3).mean() > 0.3))
    assert len(agree) > 20
    assert np.mean(agree) > 0.9


def clipboard(page: Page) -> Any:
    """Kinds and bytes of what is on the clipboard."""
    return page.evaluate(
        "navigator.clipboard.read().then(async ([item]) => [item.types, (await item.getType('image/png')).size])"
    )


def test_the_map_is_copied_as_a_picture(visit: Visit) -> None:
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit.open(QUERY)
    visit.page.locator("details.exports > summary").click()
    visit.page.locator("#capture-copy").click()
    expect(visit.page.locator("#capture-told")).to_contain_text("Đã sao chép")
    kinds, size = clipboard(visit.page)
    assert kinds == ["image/png"]
    assert size > 50_000


def test_where_a_page_may_not_copy_it_says_so_and_saves(visit: Visit) -> None:
    visit.page.add_init_script("Object.defineProperty(window, 'isSecureContext', { value: false })")
    visit.open(QUERY)
    visit.page.locator("details.exports > summary").click()
    with visit.page.expect_download():
        visit.page.locator("#capture-copy").click()
    expect(visit.page.locator("#capture-told")).to_contain_text("không cho")
