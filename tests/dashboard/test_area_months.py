"""What the card at the pointer is told beside the map's own words: months of each area, and its notes."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboard.app import create_app
from dashboard.settings import Settings
from geodata.answers.answers import Answers
from geodata.notebook import Note
from geodata.question import Question
from geodata.vocabulary import Level, Period
from tests.geodata.worlds import Still, tiny_snapshot, tiny_workspace

YEAR = "?edition=2024&level=commune&from=2024-01-01&to=2024-12-31"


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    client: FlaskClient = create_app(Settings(tmp_path), Still(tiny_snapshot())).server.test_client()
    return client


def test_the_months_of_the_period_add_up_to_what_the_map_says(client: FlaskClient) -> None:
    told = client.get("/months.json" + YEAR).get_json()
    question = Question(Period(date(2024, 1, 1), date(2024, 12, 31)), "2024", Level.COMMUNE)
    counts = Answers(Still(tiny_snapshot())).counts(question)
    assert told["months"] == 24
    assert told["span"] == ["01/2023", "12/2024"]
    in_period = {code: sum(n[i] for i in told["asked"]) for code, n in told["n"].items()}
    assert in_period == dict(zip(counts.codes, counts.n.tolist(), strict=True))


def test_a_chosen_area_leaves_its_neighbours_their_months(client: FlaskClient) -> None:
    assert client.get(f"/months.json{YEAR}&area=101").get_json() == client.get(f"/months.json{YEAR}").get_json()


def test_nothing_is_kept_by_the_browser_and_nonsense_breaks_nothing(client: FlaskClient) -> None:
    answer = client.get("/months.json?area=%00&from=x&level=moon&edition=<script>")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"


def test_an_area_s_notes_are_counted_in_the_reader_s_language(tmp_path: Path) -> None:
    store = tiny_workspace(tmp_path)
    store.keep(
        Note("1", "2024", Level.COMMUNE, "101", date(2024, 5, 1), "x"),
        Note("2", "2024", Level.COMMUNE, "101", date(2024, 6, 1), "y"),
        Note("3", "2025", Level.COMMUNE, "101", date(2024, 6, 1), "of another edition"),
    )
    client = create_app(Settings(tmp_path), store).server.test_client()
    told = json.loads(client.get("/months.json?edition=2024&level=commune&lang=en").data)
    assert told["notes"] == {"101": "✎ 2 notes"}
