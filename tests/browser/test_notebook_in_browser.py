"""The notebook in a real browser: kept by keyboard, opened in another window, passed on as a file."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from geodata.vocabulary import Level
from tests.browser.conftest import OFFICE, PHONE, Site, Visit, serve, watch

pytestmark = pytest.mark.browser
GRAVE = {"serious", "critical"}
SLOW = 20_000  # ms: a machine may be busy


@pytest.fixture(scope="module")
def own_site(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A copy of the demo province with a notebook to write in."""
    yield from serve(Path(shutil.copytree(site.workspace, tmp_path_factory.mktemp("own") / "demo")))


@pytest.fixture
def own(browser: Browser, own_site: Site) -> Iterator[Visit]:
    yield from watch(browser, own_site, OFFICE)


@pytest.fixture
def other(browser: Browser, own_site: Site) -> Iterator[Visit]:
    """The same workspace in another browser window, of a phone."""
    yield from watch(browser, own_site, PHONE)


@pytest.fixture
def elsewhere(browser: Browser, site: Site, tmp_path: Path) -> Iterator[Visit]:
    """Another workspace, whose notebook is empty."""
    for there in serve(Path(shutil.copytree(site.workspace, tmp_path / "elsewhere"))):
        yield from watch(browser, there, PHONE)


def form(page: Page) -> Locator:
    return page.get_by_role("dialog")


def open_form(page: Page) -> None:
    page.get_by_title("Save this view, a note or an event").focus()
    page.keyboard.press("Enter")
    expect(form(page).locator("input").first).to_be_focused(timeout=SLOW)


def saved(page: Page, text: str) -> None:
    """It is said that something was kept, the form is gone and the keyboard back where it was."""
    expect(page.locator("#notebook-said")).to_contain_text(text, timeout=SLOW)
    expect(form(page)).to_have_count(0, timeout=SLOW)
    expect(page.get_by_title("Save this view, a note or an event")).to_be_focused(timeout=SLOW)


def test_views_notes_and_events_are_kept_by_keyboard_and_seen_in_another_window(own: Visit, other: Visit) -> None:
    layers = own.site.answers.snapshot.boundaries.layers
    key, layer = next((key, layer) for key, layer in layers.items() if key.level is Level.COMMUNE)
    own.open(f"?lang=en&category=theft&edition={key.edition}&area={layer.codes[0]}")
    page = own.page
    open_form(page)
    page.keyboard.press("Escape")
    expect(form(page)).to_have_count(0)
    expect(page.get_by_title("Save this view, a note or an event")).to_be_focused()
    open_form(page)
    page.keyboard.press("Control+A")
    page.keyboard.type("<b>Thefts</b> here")
    page.keyboard.press("Enter")
    saved(page, "Saved: <b>Thefts</b> here")
    asked = page.url

    open_form(page)
    form(page).get_by_role("button", name="Note on this area").press("Enter")
    expect(form(page).locator("textarea")).to_be_focused(timeout=SLOW)
    page.keyboard.type("the market moved")
    page.keyboard.press("Control+Enter")
    saved(page, layer.names[0])
    expect(page.locator("#area-notes li")).to_contain_text("the market moved")

    open_form(page)
    form(page).get_by_role("button", name="Mark an event").press("Enter")
    expect(form(page).get_by_label("What happened")).to_be_focused(timeout=SLOW)
    page.keyboard.type("the bridge opened")
    page.keyboard.press("Enter")
    saved(page, "the bridge opened")
    page.wait_for_function("document.querySelector('#trend .js-plotly-plot').innerHTML.includes('◆')", timeout=SLOW)

    page.goto("about:blank")  # two maps at once are more than a machine without a GPU draws in time
    other.page.bring_to_front()
    other.open("?lang=en")
    other.page.locator(".save-view details:not(.exports) > summary").click()
    other.page.get_by_role("link", name="<b>Thefts</b> here").click()
    other.page.wait_for_url("**area=*")
    other.settle()
    expect(other.page.locator(".saved-list")).to_be_hidden()
    expect(other.page.locator("#area-notes li")).to_contain_text("the market moved")
    assert set(asked.partition("?")[2].split("&")) <= set(other.page.url.partition("?")[2].split("&"))


def test_the_page_is_written_passed_on_and_taken_over_elsewhere(own: Visit, elsewhere: Visit, tmp_path: Path) -> None:
    page = open_notebook(own)
    page.get_by_role("button", name="Add a meeting").click()
    expect(form(page).get_by_label("Day")).to_be_focused(timeout=SLOW)
    form(page).get_by_label("Day").fill("2026-03-05")
    page.keyboard.press("Enter")
    meetings = page.locator(".kept-meeting .entries li")
    expect(meetings).to_contain_text("05/03/2026", timeout=SLOW)
    with page.expect_download() as download:
        page.get_by_role("link", name="Save as a file").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    meetings.get_by_role("button", name="Delete").click()
    form(page).get_by_role("button", name="Delete").click()
    expect(meetings).to_have_count(0, timeout=SLOW)

    there = open_notebook(elsewhere)
    wide = there.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide[0] <= wide[1]
    (tmp_path / "none.json").write_text("[]", encoding="utf-8")
    choose(there, tmp_path / "none.json")
    expect(there.locator("#notebook-file-shown")).to_contain_text("no notebook", timeout=SLOW)
    (tmp_path / "large.json").write_text(" " * 700_001, encoding="utf-8")
    choose(there, tmp_path / "large.json")
    expect(there.locator("#notebook-file-shown")).to_contain_text("larger than 700 KB", timeout=SLOW)
    choose(there, file)
    expect(there.locator("#notebook-file-shown")).to_contain_text("1 meeting", timeout=SLOW)
    expect(there.locator(".kept-meeting .entries")).to_have_count(0)
    there.get_by_role("button", name="Take it over").click()
    expect(there.locator(".kept-meeting .entries li")).to_contain_text("05/03/2026", timeout=SLOW)
    violations = Axe().run(there).response["violations"]
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in violations if rule["impact"] in GRAVE] == []
    there.goto(f"{elsewhere.site.address}/present?lang=en")
    choose(there, file)
    expect(there.locator("#script-said")).to_contain_text("holds no script", timeout=SLOW)


def open_notebook(visit: Visit) -> Page:
    visit.page.goto(f"{visit.site.address}/notebook?lang=en")
    visit.page.wait_for_selector("#notebook .card-sheet")
    return visit.page


def choose(page: Page, file: Path) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Take over a file").click()
    chooser.value.set_files(file)
