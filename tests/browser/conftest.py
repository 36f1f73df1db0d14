"""A real dashboard over the demo province, and a real Chromium that reports every request and every console message."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect, sync_playwright
from waitress.server import create_server

from dashboard.app import create_app
from dashboard.settings import Settings
from geodata.answers.answers import Answers
from geodata.demo.build import build
from geodata.warehouse.warehouse import Warehouse
from tests.browser import chromium

expect.set_options(timeout=20_000)  # maps drawn by software, on a machine that does other things too
TODAY = date(2026, 11, 23)
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
DESK = (1920, 1080)
OFFICE = (1366, 768)
PHONE = (390, 844)
SIZES = {"desk": DESK, "office": OFFICE, "phone": PHONE}
# Drawing by software stalls the GPU that is not there: the driver's own remark, nothing of ours.
_DRIVER = "GL Driver Message"


@dataclass(frozen=True)
class Site:
    """A served workspace: its address, its answers, its folder."""

    address: str
    answers: Answers
    workspace: Path


@dataclass
class Visit:
    """A page together with what went wrong in it."""

    page: Page
    site: Site
    troubles: list[str] = field(default_factory=list)

    def open(self, query: str = "") -> None:
        """Open an address of the site and wait until the page stands."""
        self.page.goto(self.site.address + "/" + query)
        self.settle()

    def settle(self) -> None:
        """Wait until the map is drawn and no callback is under way."""
        self.page.wait_for_selector("#map .js-plotly-plot .main-svg", state="attached")
        self.page.wait_for_selector("#kpis .kpi-value")
        self.page.wait_for_load_state("networkidle")
        for _ in range(600):
            if not self.page.evaluate("window.dash_stores[0].getState().isLoading"):
                break
            self.page.wait_for_timeout(100)
        expect(self.page.locator("[data-dash-is-loading=true]")).to_have_count(0)

    def unfold(self, part: str) -> None:
        """Open a part of the filter panel that is folded away."""
        if not self.page.locator(f"#{part}").evaluate("part => part.open"):
            self.page.locator(f"#{part} > summary").click()

    def number(self) -> int:
        """The number of recorded incidents on the screen."""
        text = self.page.locator("#kpis .kpi-value").first.inner_text()
        return int(text.replace(".", "").replace(",", ""))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo province, built once and served on a free port."""
    folder = tmp_path_factory.mktemp("demo")
    build(folder, today=TODAY)
    yield from serve(folder)


def serve(folder: Path) -> Iterator[Site]:
    """Serve a workspace until the caller is done."""
    warehouse = Warehouse(folder)
    app = create_app(Settings(folder), warehouse)
    server = create_server(app.server, host="127.0.0.1", port=0, threads=8)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield Site(f"http://127.0.0.1:{server.effective_port}", Answers(warehouse), folder)
    server.close()
    thread.join(timeout=10)


@pytest.fixture(scope="session")
def chromes() -> Iterator[Callable[..., Browser]]:
    """Starts Chromium with further flags."""
    path = chromium.find()
    if path is None:
        pytest.fail(chromium.REMEDY)
    with sync_playwright() as playwright:
        yield lambda *flags: playwright.chromium.launch(executable_path=path, args=[*FLAGS, *flags])


@pytest.fixture(scope="session")
def browser(chromes: Callable[..., Browser]) -> Iterator[Browser]:
    """One Chromium for the whole run."""
    started = chromes()
    yield started
    started.close()


@pytest.fixture
def visit(browser: Browser, site: Site) -> Iterator[Visit]:
    """A fresh desk-sized page; at the end nothing may have left the machine and the console must be clean."""
    yield from watch(browser, site)


@pytest.fixture(params=list(SIZES.values()), ids=list(SIZES))
def sized(request: pytest.FixtureRequest, browser: Browser, site: Site) -> Iterator[Visit]:
    """The same on every size of screen."""
    yield from watch(browser, site, request.param)


def watch(browser: Browser, site: Site, size: tuple[int, int] = DESK) -> Iterator[Visit]:
    """A fresh page of the given size, watched."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, accept_downloads=True)
    context.set_default_timeout(60_000)
    visit = Visit(context.new_page(), site)
    home = urlsplit(site.address).netloc

    def asked(request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc != home:
            visit.troubles.append(f"left the machine: {request.url}")

    def said(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and _DRIVER not in message.text:
            visit.troubles.append(f"console {message.type}: {message.text}")

    visit.page.on("request", asked)
    visit.page.on("console", said)
    visit.page.on("pageerror", lambda error: visit.troubles.append(f"error: {error}"))
    yield visit
    context.close()
    assert visit.troubles == []
