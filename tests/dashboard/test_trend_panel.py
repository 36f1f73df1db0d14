"""The trend and its key: only what has to do with the question stands beside its months."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import flask
import pytest

from dashboard import keeping
from dashboard.panels import trend
from dashboard.reading import Reading, read
from dashboard.screen import Screen
from geodata.answers.answers import Answers
from geodata.notebook import Mark, Note, Notebook
from geodata.vocabulary import EventKind, Level
from geodata.warehouse.warehouse import Warehouse
from tests.dashboard.markup import of_look, text
from tests.geodata.worlds import tiny_workspace

YEAR = "?lang=en&edition=2024&from=2024-01-01&to=2024-12-31"
KEPT = (
    Mark("a", date(2024, 3, 1), "More patrols", EventKind.CAMPAIGN, "theft"),
    Mark("b", date(2024, 4, 1), "New form", EventKind.RECORDING),
    Note("c", "2024", Level.COMMUNE, "101", date(2024, 5, 1), "market moved"),
)


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    made = tiny_workspace(Path(tmp_path_factory.mktemp("trend")))
    made.keep(*KEPT)
    yield made
    made.close()


@pytest.fixture
def server(warehouse: Warehouse) -> Iterator[None]:
    app = flask.Flask("trend")
    keeping.register(app, lambda: warehouse)
    with app.app_context():
        yield


def reading(warehouse: Warehouse, query: str = "") -> Reading:
    return read(YEAR + query, Answers(warehouse))


def drawn(asked: Reading) -> tuple[dict[str, Any], str, list[Any]]:
    return trend.render(asked, Screen())


def told(asked: Reading) -> str:
    return " ".join(mark["hovertext"] for mark in drawn(asked)[0]["layout"]["annotations"])


@pytest.mark.usefixtures("server")
def test_marks_of_a_category_stand_only_on_its_trend(warehouse: Warehouse) -> None:
    assert "More patrols (campaign)" in told(reading(warehouse, "&category=theft"))
    assert "More patrols" not in told(reading(warehouse, "&category=drugs"))
    assert "New form" in told(reading(warehouse, "&category=drugs"))
    assert "More patrols" in told(reading(warehouse))


@pytest.mark.usefixtures("server")
def test_notes_stand_on_the_trend_of_their_area_and_say_whose_they_are_among_several(warehouse: Warehouse) -> None:
    assert "market moved" not in told(reading(warehouse))
    assert "market moved" not in told(reading(warehouse, "&area=103"))
    assert "<br>market moved" in told(reading(warehouse, "&area=101"))
    name = reading(warehouse).names.area("2024", "101")
    assert f"{name}: market moved" in told(reading(warehouse, "&area=101&area=103"))


@pytest.mark.usefixtures("server")
def test_the_key_names_what_is_drawn_and_nothing_else(warehouse: Warehouse) -> None:
    everywhere, there = (drawn(reading(warehouse, where))[2] for where in ("", "&area=101"))
    assert not of_look(everywhere, "whole")
    assert text(of_look(there, "whole")[0]) == "whole province, on the same level"
    assert [text(each) for each in of_look(there, "mark-key")] == ["◆ event", "✎ note"]
    assert "01/05/2024: market moved" in text(of_look(there, "unseen")[0])


@pytest.mark.usefixtures("server")
@pytest.mark.parametrize("narrowed", ["", "&hours=22-5", "&weekdays=6,7", "&source=reported", "&area=101"])
def test_a_target_is_held_against_all_it_was_set_for_and_not_against_a_part(
    warehouse: Warehouse, narrowed: str
) -> None:
    held = trend.beside(reading(warehouse, "&category=theft" + narrowed), Notebook())
    assert (held.target is None) == bool(narrowed)
