"""Nothing loaded, nothing recorded and nothing open to see are three things, and each says what to do next."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from plotly.utils import PlotlyJSONEncoder

from dashboard.emptiness import is_closed, not_loaded, why_empty
from dashboard.panels import forecast, register, rises, targets
from dashboard.reading import Reading, read
from geodata.answers.answers import Answers
from geodata.warehouse.warehouse import Warehouse
from tests.geodata.worlds import chief, tiny_workspace

NOBODY = "?lang=en&edition=2024&from=2024-03-01&to=2024-03-01&hours=3-3&category=gambling"


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    held = tiny_workspace(tmp_path_factory.mktemp("bare"), incidents=False)
    yield held
    held.close()


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    held = tiny_workspace(tmp_path_factory.mktemp("full"))
    yield held
    held.close()


def reading(warehouse: Warehouse, query: str) -> Reading:
    return read(query, Answers(warehouse))


def said(part: Any) -> str:
    return json.dumps(part, cls=PlotlyJSONEncoder, ensure_ascii=False)


def why(made: Reading) -> str:
    totals, _ = made.answers.totals(made.view.question, made.scope)
    return said(why_empty(made, totals))


def test_nothing_loaded_leads_to_loading(bare: Warehouse) -> None:
    text = why(reading(bare, NOBODY))
    assert "No incidents are loaded" in text
    assert '"href": "/data?' in text
    assert text == said(not_loaded(reading(bare, NOBODY)))


def test_nothing_recorded_offers_to_ask_for_more(full: Warehouse) -> None:
    made = reading(full, NOBODY)
    text = why(made)
    assert "No incident was recorded for this question" in text
    assert "Clear the filters, keep the period" in text
    assert "Ask for the last 12 months of the data" in text
    links = [part.split('"')[0] for part in text.split('"href": "')[1:]]
    assert "from=2024-03-01" in links[0]
    assert "category" not in links[0]
    assert "category=gambling" in links[1]
    assert all(read(link, made.answers).dropped == () for link in links)


def test_what_cannot_be_widened_offers_nothing(full: Warehouse) -> None:
    whole = reading(full, "?lang=en").view.to_query()
    assert "Clear the filters" not in why(reading(full, whole))


def test_what_is_not_open_is_said_to_be_closed_not_empty(full: Warehouse) -> None:
    made = reading(full, NOBODY + "&area=101")
    assert made.view.area == ("101",)
    assert is_closed(replace(made, scope=chief("2024", "102")))
    assert not is_closed(replace(made, scope=chief("2024", "101", "102")))
    assert not is_closed(made)
    assert not is_closed(replace(reading(full, NOBODY), scope=chief("2024", "102")))


@pytest.mark.parametrize("panel", [register, rises, forecast, targets], ids=lambda panel: panel.__name__)
def test_every_sheet_without_incidents_leads_to_loading(bare: Warehouse, panel: Any) -> None:
    assert '"href": "/data?' in said(panel.render(reading(bare, "?lang=en")))


def test_no_empty_picture_speaks_of_commands_alone() -> None:
    """The command line is for those who set a server up; who reads a page gets a link."""
    source = Path(targets.__file__).parent
    speaking = [path.name for path in source.glob("*.py") if "diemnong ingest" in path.read_text(encoding="utf-8")]
    assert speaking == ["first_steps.py"]
