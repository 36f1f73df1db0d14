"""Each page looks as it was found good: in both languages and themes, on three sizes of screen.

The pictures kept beside this file are a sixth of the size: a letter's edge counts little, and a panel that moved, a
colour that changed or a word that is cut counts. After a change that is meant, look at the new ones and keep them:
``DIEMNONG_PICTURES=keep pytest tests/browser/test_pictures_in_browser.py``. What differed is left in the test's folder.
"""

from __future__ import annotations

import io
import os
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import expect

from tests.browser.conftest import SIZES, Visit

pytestmark = pytest.mark.browser

KEPT = Path(__file__).parent / "pictures"
KEEP = os.environ.get("DIEMNONG_PICTURES") == "keep"
PAGES = {
    "map": "",
    "risk": "?layer=relative_risk&category=theft",
    "persistence": "persistence",
    "compare": "compare",
    "targets": "targets",
    "data": "data",
    "script": "present",
    "slide": "present?slide=1&mode=projector",
    "notebook": "notebook",
    "glossary": "glossary",
}
LOOKS = (("vi", "light"), ("en", "light"), ("vi", "dark"))
SMALLER = 6
DIFFERENT = 40  # levels of 255 by which a pixel counts as another one
ALLOWED = 0.02  # of the pixels
QUIET = "* { caret-color: transparent !important; } #clock { visibility: hidden !important; }"


def shrunk(shot: bytes) -> Image.Image:
    """A screenshot at a sixth of its size."""
    whole = Image.open(io.BytesIO(shot)).convert("RGB")
    return whole.resize((whole.width // SMALLER, whole.height // SMALLER), Image.Resampling.BOX)


def differing(one: Image.Image, other: Image.Image) -> float:
    """The share of pixels that differ; 1 where the sizes do."""
    if one.size != other.size:
        return 1.0
    first, second = (np.asarray(each, dtype=np.int16) for each in (one, other.convert("RGB")))
    changed: NDArray[np.bool_] = np.abs(first - second).max(axis=2) > DIFFERENT
    return float(changed.mean())


@pytest.mark.parametrize(("lang", "theme"), LOOKS)
@pytest.mark.parametrize("page", PAGES)
def test_the_page_looks_as_it_was_found_good(visit: Visit, page: str, lang: str, theme: str, tmp_path: Path) -> None:
    path = PAGES[page]
    visit.page.goto(f"{visit.site.address}/{path}{'&' if '?' in path else '?'}lang={lang}&theme={theme}")
    visit.page.wait_for_load_state("networkidle")
    expect(visit.page.locator("[data-dash-is-loading=true]")).to_have_count(0)
    visit.page.add_style_tag(content=QUIET)
    found = {}
    for name, (width, height) in SIZES.items():
        visit.page.set_viewport_size({"width": width, "height": height})
        visit.page.wait_for_timeout(900)  # the map is drawn anew a moment after its box has another size
        shot = visit.page.screenshot(animations="disabled")
        made, kept = shrunk(shot), KEPT / f"{page}-{lang}-{theme}-{name}.png"
        if KEEP:
            KEPT.mkdir(exist_ok=True)
            made.quantize(64).save(kept, optimize=True)
            continue
        found[name] = differing(made, Image.open(kept))
        if found[name] > ALLOWED:
            (tmp_path / kept.name).write_bytes(shot)
    assert {name: share for name, share in found.items() if share > ALLOWED} == {}, f"see {tmp_path}"
