"""One filter change at 1,000,000 incidents, through the whole server: time and bytes of each panel's callback.

Not collected by a plain run: ``make bench``, or ``pytest tests/bench/bench_filter.py -s``. Asserts no time.
"""

from __future__ import annotations

import random
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard import ids
from dashboard.app import create_app
from dashboard.settings import Settings
from tests.dashboard.callbacks import Callback, callbacks
from tests.geodata.worlds import Still, tiny_snapshot

INCIDENTS = 1_000_000
ROUNDS = 60
LAYERS = ("count", "rate", "points")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    held = Still(tiny_snapshot(n=INCIDENTS))
    client: FlaskClient = create_app(Settings(tmp_path_factory.mktemp("empty")), held).server.test_client()
    return client


def _followers(client: FlaskClient) -> list[Callback]:
    """The callbacks that run when the address changes, one a panel."""
    return [each for each in callbacks(client) if [place["id"] for place in each.inputs] == [ids.URL]]


@pytest.mark.bench
@pytest.mark.parametrize("output", ["map", "trend", "ranking", "kpis", "caption"])
def test_one_filter_change(benchmark: Any, client: FlaskClient, output: str) -> None:
    callback = next(each for each in _followers(client) if each.output.strip(".").startswith(f"{output}."))
    rng = random.Random(1)
    largest = 0

    def question() -> tuple[tuple[str], dict[str, object]]:
        """A question nobody has asked yet, so that no answer comes from the cache."""
        year, month = rng.choice([2022, 2023]), rng.randint(1, 12)
        span = f"from={year}-{month:02d}-{rng.randint(1, 28):02d}&to={year + 1}-12-{rng.randint(1, 28):02d}"
        clock = f"hours={rng.randint(0, 23)}-{rng.randint(0, 23)}&weekdays={rng.randint(1, 7)}"
        return (f"?{span}&{clock}&category=theft&edition=2024&layer={rng.choice(LAYERS)}",), {}

    def change(search: str) -> None:
        nonlocal largest
        answer = callback.post(client, {f"{ids.URL}.search": search, f"{ids.MAP_SHOWN}.data": {"webgl": True}})
        assert answer.status_code == 200
        largest = max(largest, len(answer.data))

    benchmark.pedantic(change, setup=question, rounds=ROUNDS, warmup_rounds=3)
    times = sorted(benchmark.stats.stats.data)
    p95 = 1000 * times[int(0.95 * len(times))]
    benchmark.extra_info.update(p95_ms=round(p95, 2), largest_bytes=largest)
    print(f"\n{output}: p95 {p95:.1f} ms, at most {largest:,} bytes uncompressed")  # noqa: T201
