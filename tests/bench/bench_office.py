"""A whole office at once over loopback: 200 signed in who look round, 400 slow clients, and 10,000 callbacks.

Not collected by a plain run: ``pytest tests/bench/bench_office.py -s``. Asserts that nothing fails, and no time. The
callers run in this process, the program in another, so on two cores each has about one.
"""

from __future__ import annotations

import asyncio
import json
import random
import re
import statistics
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from dashboard.access.access_file import NAME
from dashboard.access.accounts import Grant
from dashboard.access.book import AccountBook
from dashboard.access.roles import Role
from dashboard.gate import CSRF_COOKIE, CSRF_HEADER
from geodata.demo.build import build
from geodata.warehouse.warehouse import Warehouse
from tests.dashboard.callbacks import Callback, callbacks
from tests.dashboard.offices import PASSWORD, QUICK
from tests.faults.served import Caller, Served, make_office, resident_mb, serving

TODAY = date(2026, 11, 23)
SESSIONS, SECONDS, THINKING_S = 200, 90.0, (20.0, 60.0)
SLOW, SLOW_SECONDS = 400, 25.0
MANY = 10_000
LAYERS = ("count", "rate", "change", "relative_risk", "pattern")
Values = dict[str, Any]
PAGE: Values = {"page-key.data": {"path": "/", "width": 1920}, "url.search": "", "url.pathname": "/"}


@dataclass
class Tally:
    """How long each kind of request took, and what was not answered well."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    wrong: Counter[str] = field(default_factory=Counter)

    def told(self) -> str:
        every = [each for kind in self.seconds.values() for each in kind]
        lines = [_line(kind, held) for kind, held in sorted(self.seconds.items())]
        return "\n".join([*lines, _line("all", every), f"wrong: {dict(self.wrong)}"])


def _line(kind: str, held: list[float]) -> str:
    if len(held) < 2:
        return f"{kind:>10}: {len(held)}"
    cuts = statistics.quantiles(held, n=100, method="inclusive")
    p50, p95 = cuts[49] * 1000, cuts[94] * 1000
    return f"{kind:>10}: {len(held):6}  p50 {p50:5.0f} ms  p95 {p95:5.0f} ms  longest {max(held):5.2f} s"


@dataclass
class Person:
    """One browser: a connection that is kept, cookies, and what was measured."""

    port: int
    tally: Tally
    cookies: dict[str, str] = field(default_factory=dict)
    ends: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def sign_in(self, name: str) -> None:
        """As a person does: where too many do the same just then, again in some seconds."""
        form = urlencode({"name": name, "password": PASSWORD}).encode()
        while True:
            began = time.monotonic()
            status, _ = await self._ask("POST", "/login", form, "application/x-www-form-urlencoded")
            self.tally.seconds.setdefault("turned away" if status == 503 else "sign in", []).append(
                time.monotonic() - began
            )
            if status != 503:
                assert status == 303, status
                return
            await asyncio.sleep(random.uniform(2, 5))

    async def ask(self, kind: str, method: str, path: str, body: bytes = b"", mime: str = "application/json") -> bytes:
        began = time.monotonic()
        status, content = await self._ask(method, path, body, mime)
        self.tally.seconds.setdefault(kind, []).append(time.monotonic() - began)
        if status not in (200, 202, 204, 303):
            self.tally.wrong[f"{kind} {status}"] += 1
        return content

    async def _ask(self, method: str, path: str, body: bytes, mime: str) -> tuple[int, bytes]:
        if self.ends is None:
            self.ends = await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 22)
        reader, writer = self.ends
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/html\r\nAccept-Encoding: gzip\r\n"
        head += f"Cookie: {cookies}\r\n{CSRF_HEADER}: {self.cookies.get(CSRF_COOKIE, '')}\r\nX-Diem-Nong: export\r\n"
        head += f"Content-Type: {mime}\r\nContent-Length: {len(body)}\r\n\r\n"
        writer.write(head.encode() + body)
        await writer.drain()
        said = (await reader.readuntil(b"\r\n\r\n")).decode()
        for name, value in re.findall(r"(?i)^set-cookie: ([^=]+)=([^;]*)", said, re.MULTILINE):
            self.cookies[name] = value
        status, length = int(said.split(" ", 2)[1]), re.search(r"(?i)^content-length: (\d+)", said, re.MULTILINE)
        if length or status == 204:
            content = await reader.readexactly(int(length[1]) if length else 0)
        elif "chunked" in said.lower():
            content = await _chunks(reader)
        else:
            content = await reader.read()
        if "connection: close" in said.lower() or reader.at_eof():
            writer.close()
            self.ends = None
        return status, content

    async def call(self, kind: str, callback: Callback, values: Values) -> bytes:
        return await self.ask(kind, "POST", "/_dash-update-component", written(callback, values))


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    parts = []
    while size := int((await reader.readline()).split(b";")[0], 16):
        parts.append(await reader.readexactly(size))
        await reader.readexactly(2)
    await reader.readexactly(2)
    return b"".join(parts)


def written(callback: Callback, values: Values) -> bytes:
    """The body that a browser would send."""
    kept: list[bytes] = []

    class Kept:
        def post(self, _path: str, *, json: Any) -> None:
            kept.append(_json(json))

    callback.post(cast("FlaskClient", Kept()), values)
    return kept[0]


def _json(value: Any) -> bytes:
    return json.dumps(value).encode()


def query(chance: random.Random, role: str) -> str:
    """What somebody asks of the map: the layer, the months, sometimes a category."""
    asked = {
        "layer": chance.choice(LAYERS),
        "from": f"2026-{chance.randint(1, 5):02}",
        "to": f"2026-{chance.randint(6, 10):02}",
    }
    if chance.random() < 0.3:
        asked["lang"] = "en"
    if role == "committee" and chance.random() < 0.3:
        asked["level"] = "district"
        asked["edition"] = "2024"
    return "?" + urlencode(asked)


@dataclass(frozen=True)
class House:
    """What is served, and the callbacks that a page of the map asks for."""

    served: Served
    page: Callback
    panels: tuple[Callback, ...]


def _people(folder: Path) -> None:
    """An account for each who comes: chiefs of the first region, and members of the committee."""
    region = Warehouse(folder).boundaries().regions[0].id
    make_office(folder, region)
    book = AccountBook(folder / NAME, QUICK)
    for number in range(SESSIONS):
        for role, grants in (("chief", (Grant(region),)), ("committee", ())):
            name = f"{role}-{number}"
            asked = {"password": PASSWORD, "now": datetime.now(UTC), "must_change": False}
            book.add(name, Role(role), grants=grants, **asked)  # type: ignore[arg-type]
    book.close()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("office") / "w"
    build(folder, today=TODAY)
    _people(folder)
    with serving(folder, "--accounts") as served:
        caller = Caller(served.port)
        assert caller.sign_in("committee").status_code == 303
        every = callbacks(cast("FlaskClient", caller))
        page = next(each for each in every if each.output == "page.children")
        drawn = caller.post("/_dash-update-component", json=json.loads(written(page, PAGE))).data.decode()
        yield House(served, page, tuple(each for each in every if _follows(each, drawn)))
        _say("\n".join(line for line in served.words().splitlines() if '"fault"' in line))


def _follows(callback: Callback, drawn: str) -> bool:
    """Whether the callback is of the page that was drawn, and follows the address."""
    asked = {"asked", "url"} & {str(part.get("id")) for part in callback.inputs if isinstance(part, dict)}
    first = callback.output.strip(".").split("...")[0].rpartition(".")[0]
    return bool(asked) and f'"id":"{first}"' in drawn


async def live(house: House, role: str, tally: Tally, number: int, until: float) -> None:
    """Sign in, open the page, then click with pauses; an export now and then."""
    chance = random.Random(number)
    await asyncio.sleep(chance.uniform(0, 45))
    person = Person(house.served.port, tally)
    await person.sign_in(f"{role}-{number}")
    await person.ask("page", "GET", "/")
    asked = query(chance, role)
    await person.call("draw page", house.page, {**PAGE, "url.search": asked})
    while time.monotonic() < until:
        asked = query(chance, role)
        for panel in house.panels:
            await person.call("callback", panel, {"url.search": asked, "url.pathname": "/"})
        await person.ask("months", "GET", f"/months.json{asked}")
        if chance.random() < 0.03:
            await person.ask("export", "POST", f"/export/{chance.choice(('csv', 'xlsx', 'png'))}{asked}")
        await asyncio.sleep(chance.uniform(*THINKING_S))


def _say(text: str) -> None:
    print(text)  # noqa: T201 - what a measurement is for


async def crawl(port: int, until: float) -> bool:
    """A client that sends a byte a second; whether it was let in and kept."""
    try:
        _, writer = await asyncio.wait_for(asyncio.open_connection("127.0.0.1", port), 5)
        for byte in b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: " + b"x" * 1000:
            if time.monotonic() > until:
                break
            writer.write(bytes([byte]))
            await writer.drain()
            await asyncio.sleep(1)
        writer.close()
    except OSError:
        return False
    return True


def test_an_office_of_200(house: House) -> None:
    tally = Tally()

    async def all_day() -> None:
        until = time.monotonic() + SECONDS
        roles = ("chief", "committee")
        await asyncio.gather(*(live(house, roles[n % 2], tally, n, until) for n in range(SESSIONS)))

    asyncio.run(all_day())
    _say(
        f"\n{SESSIONS} sessions, {SECONDS:.0f} s, memory {resident_mb(house.served.process.pid):.0f} MB\n{tally.told()}"
    )
    assert not tally.wrong


def test_400_slow_clients_beside_ten_others(house: House) -> None:
    tally = Tally()

    async def together() -> list[bool | None]:
        until = time.monotonic() + SLOW_SECONDS
        slow = [crawl(house.served.port, until) for _ in range(SLOW)]
        quick = [live(house, "committee", tally, n, until) for n in range(10)]
        return list(await asyncio.gather(*slow, *quick))

    kept = asyncio.run(together())[:SLOW]
    _say(f"\n{sum(map(bool, kept))} of {SLOW} slow ones kept\n{tally.told()}")
    assert all(kept)
    assert not tally.wrong


def test_memory_over_10_000_callbacks(house: House) -> None:
    tally, held = Tally(), []

    async def click() -> None:
        person = Person(house.served.port, tally)
        await person.sign_in("committee")
        chance = random.Random(1)
        for number in range(MANY):
            panel = house.panels[number % len(house.panels)]
            await person.call("callback", panel, {"url.search": query(chance, "committee"), "url.pathname": "/"})
            if number % (MANY // 10) == 0:
                held.append(resident_mb(house.served.process.pid))

    asyncio.run(click())
    _say("\nMB at each tenth: " + " ".join(f"{each:.0f}" for each in held) + f"\n{tally.told()}")
    assert not tally.wrong
