"""First load and click -> repaint in a real browser, beside the same map in Streamlit, Panel and Vizro, in one run.

Not collected by a plain run. ``DIEMNONG_PEERS=/path/to/python pytest tests/bench/bench_web.py -s`` where that Python
has streamlit, panel and vizro; without it only this program is measured. Asserts no time.
"""

from __future__ import annotations

import json
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from geodata.answers.answers import Answers
from geodata.demo.build import build
from geodata.question import Question
from geodata.vocabulary import Level, Period
from geodata.warehouse.warehouse import Warehouse
from tests.browser import chromium
from tests.browser.conftest import FLAGS

PEERS = Path(__file__).parent / "peers"
ROUNDS, CLICKS = 5, 12
TODAY = date(2026, 11, 23)
# Whatever draws the map draws into a large canvas of the page; its pixels can be read by whoever asked for it.
KEEP_PIXELS = """(() => {
  const before = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function (kind, options) {
    return before.call(this, kind, /webgl/.test(kind) ? { ...options, preserveDrawingBuffer: true } : options);
  };
})()"""
# The colours of a coarse grid over the largest canvas with five or more: fewer are no province yet.
LOOK = """
  const canvases = (node) => [...node.querySelectorAll('*')].flatMap((each) =>
    each.tagName === 'CANVAS' ? [each] : each.shadowRoot ? canvases(each.shadowRoot) : []);
  const small = Object.assign(document.createElement('canvas'), { width: 96, height: 64 });
  const pen = small.getContext('2d', { willReadFrequently: true });
  const colours = (map) => {
    pen.clearRect(0, 0, 96, 64);
    pen.drawImage(map, 0, 0, 96, 64);
    return Array.from(new Uint32Array(pen.getImageData(0, 0, 96, 64).data.buffer));
  };
  const look = () => canvases(document).filter((each) => each !== small && each.width * each.height > 1e5)
    .sort((a, b) => b.width * b.height - a.width * a.height)
    .map(colours).find((seen) => new Set(seen).size >= 5)?.join() ?? '';
"""
# Resolves with the time at which the map first looked as it still does a third of a second later; null after 30 s.
REST = f"""(before) => new Promise((done) => {{
  {LOOK}
  let last = before, since = 0;
  const began = performance.now();
  const wait = () => {{
    const now = look(), at = performance.now();
    if (now !== last) [last, since] = [now, at];
    if (last && last !== before && at - since > 350) done(since);
    else if (at - began > 30_000) done(null);
    else requestAnimationFrame(wait);
  }};
  wait();
}})"""
DRAWN = f"() => ({REST})('')"
WATCH = f"""() => {{
  {LOOK}
  const before = look();
  window.repainted = new Promise((done) => document.addEventListener('pointerdown', () => {{
    const pressed = performance.now();
    ({REST})(before).then((at) => done(at && at - pressed));
  }}, {{ once: true, capture: true }}));
}}"""


@dataclass(frozen=True)
class Contestant:
    """A program that shows the map: how it is started on a port, and how its nth choice is clicked."""

    name: str
    start: Callable[[int], list[str]]
    choice: str  # a CSS selector of the labels to click


OURS = Contestant(
    "Điểm Nóng",
    lambda port: [str(Path(sys.executable).with_name("diemnong")), "serve", "--port", str(port)],
    "#filter-category label.form-check-label, #filter-category label",
)


def peers(python: str) -> list[Contestant]:
    """The others, by the Python that has them."""
    headless = ["--server.headless=true", "--browser.gatherUsageStats=false", "--server.address=127.0.0.1"]
    return [
        Contestant(
            "Streamlit",
            lambda port: [
                *(python, "-m", "streamlit", "run", str(PEERS / "streamlit_app.py"), f"--server.port={port}"),
                *headless,
            ],
            "[role=radiogroup] label",
        ),
        Contestant(
            "Panel",
            lambda port: [
                *(python, "-m", "panel", "serve", str(PEERS / "panel_app.py"), f"--port={port}"),
                *("--address=127.0.0.1", "--index=panel_app"),
            ],
            "label:has(input[type=radio])",
        ),
        Contestant(
            "Vizro",
            lambda port: [python, str(PEERS / "vizro_app.py"), str(port)],
            "label:has(input[type=radio]), .form-check label",
        ),
    ]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    build(folder, today=TODAY)
    return folder


@pytest.fixture(scope="module")
def data(workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same incidents and polygons for the others."""
    folder = tmp_path_factory.mktemp("data")
    warehouse = Warehouse(workspace)
    answers, snapshot = Answers(warehouse), warehouse.snapshot()
    assert snapshot.first_day is not None and snapshot.last_day is not None  # noqa: PT018
    rows = []
    for category in snapshot.categories:
        whole = Question(
            Period(snapshot.first_day, snapshot.last_day), "2025", Level.COMMUNE, categories=(category.key,)
        )
        counts = answers.counts(whole)
        for code, n in zip(counts.codes, counts.n.tolist(), strict=True):
            rows += [(code, category.key)] * n
    pd.DataFrame(rows, columns=["area", "category"]).to_parquet(folder / "incidents.parquet")
    layer = next(path for key, path in snapshot.web_files.items() if key == ("2025", Level.COMMUNE))
    (folder / "areas.json").write_bytes((workspace / "boundaries" / layer).read_bytes())
    return folder


@contextmanager
def started(who: Contestant, workspace: Path, data: Path) -> Iterator[str]:
    """The program under its address until the block ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = {**os.environ, "DIEMNONG_WORKSPACE": str(workspace), "BENCH_DATA": str(data), "PYTHONPATH": str(PEERS)}
    env["PYTHONPATH"] = os.pathsep.join((str(PEERS), str(Path(__file__).parents[2])))
    process = subprocess.Popen(who.start(port), env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        time.sleep(3)
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait(timeout=20)


def first_load(browser: Browser, address: str) -> tuple[float, int]:
    """Milliseconds until the map stands in a browser that has never been there, and bytes on the wire."""
    context = browser.new_context(viewport={"width": 1600, "height": 900}, bypass_csp=True)
    page = context.new_page()
    page.add_init_script(KEEP_PIXELS)
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    sizes: list[int] = []
    wire.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
    page.goto(address, wait_until="commit")
    took = page.evaluate(DRAWN)  # since the browser began to go there
    assert took is not None, f"{address} shows no map"
    page.wait_for_timeout(1000)
    context.close()
    return float(took), sum(sizes)


def repaints(browser: Browser, who: Contestant, address: str) -> list[float]:
    """Milliseconds from pressing on a choice until the map rests with other values; none if it never changes."""
    context = browser.new_context(viewport={"width": 1600, "height": 900}, bypass_csp=True)
    page: Page = context.new_page()
    page.add_init_script(KEEP_PIXELS)
    page.goto(address)
    page.evaluate(DRAWN)
    page.wait_for_timeout(3000)
    choices = page.locator(who.choice)
    n, times = choices.count(), []
    for click in range(CLICKS):
        page.evaluate(WATCH)
        choices.nth(1 + click % (n - 1)).click()
        took = page.evaluate("() => window.repainted")
        if took is None:
            return []  # this one does not repaint: said as null
        times.append(took)
        page.wait_for_timeout(400)
    context.close()
    return times[2:]


@pytest.mark.bench
def test_beside_others(workspace: Path, data: Path) -> None:
    python = os.environ.get("DIEMNONG_PEERS")
    contestants = [OURS, *(peers(python) if python else [])]
    with ExitStack() as stack, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=FLAGS)
        at = {who.name: stack.enter_context(started(who, workspace, data)) for who in contestants}
        loads: dict[str, list[tuple[float, int]]] = {who.name: [] for who in contestants}
        clicks: dict[str, list[float]] = {who.name: [] for who in contestants}
        for _ in range(ROUNDS):
            for who in contestants:
                loads[who.name].append(first_load(browser, at[who.name]))
        for who in contestants:
            clicks[who.name] = repaints(browser, who, at[who.name])
        browser.close()
    told = {
        who.name: {
            "first_load_ms": round(statistics.median(ms for ms, _ in loads[who.name])),
            "megabytes": round(statistics.median(size for _, size in loads[who.name]) / 1e6, 2),
            "click_ms": round(statistics.median(clicks[who.name])) if clicks[who.name] else None,
        }
        for who in contestants
    }
    print("\n" + json.dumps(told, ensure_ascii=False, indent=1))  # noqa: T201
