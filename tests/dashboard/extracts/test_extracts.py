"""What tables hold, before any format writes them: the rules of the screen, and everything accounted for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import pytest

from dashboard.extracts import extract, table_of
from dashboard.extracts.table import Table
from dashboard.layers import all_layers
from dashboard.reading import of_view
from dashboard.view import View
from dashboard.words import of
from geodata.answers.answers import Answers
from geodata.answers.enough import FEWEST, FEWEST_BEFORE
from geodata.answers.incidents import answer_incidents
from geodata.question import EVERYTHING, Scope
from geodata.vocabulary import LayerKey, Level
from tests.geodata.worlds import Still, chief, tiny_snapshot

NOW = datetime(2025, 7, 1, 20, 30, tzinfo=UTC)
VIEW = View(date(2024, 11, 1), date(2024, 12, 31), "2024", Level.COMMUNE, "count")
ANSWERS = Answers(Still(tiny_snapshot()))  # few enough that some areas have fewer than five

COLUMNS = ("n", "population", "per_10k")


def made(view: View, scope: Scope = EVERYTHING, **rows: Any) -> Table:
    return table_of(of_view(view, ANSWERS, of(view.lang), scope), **rows)


def columns(table: Table) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {column.key: [] for column in table.columns}
    for batch in table.batches():
        for key, values in zip(found, batch.values, strict=True):
            found[key] += values
    return found


def test_no_rate_is_told_on_fewer_than_five() -> None:
    found = columns(made(replace(VIEW, start=date(2024, 8, 1), layer="rate")))
    assert min(found["n"]) < FEWEST <= max(found["n"])
    assert all(rate is None for n, rate in zip(found["n"], found["per_10k"], strict=True) if n < FEWEST)
    enough = [(n, people, rate) for n, people, rate in zip(*map(found.get, COLUMNS), strict=True) if rate is not None]
    assert enough == [(n, people, pytest.approx(10_000 * n / people)) for n, people, _ in enough] != []


def test_no_risk_is_told_on_fewer_than_five() -> None:
    found = columns(made(replace(VIEW, layer="relative_risk")))
    told = zip(found["n"], found["rr"], found["rr_low"], found["rr_high"], strict=True)
    assert all(all(part is None for part in risk) for n, *risk in told if n < FEWEST)


def test_no_percentage_is_told_on_fewer_than_ten_before() -> None:
    found = columns(made(replace(VIEW, start=date(2024, 5, 15), layer="change")))
    told = zip(found["n_before"], found["change"], found["change_low"], found["told"], strict=True)
    assert min(found["n_before"]) < FEWEST_BEFORE <= max(found["n_before"])
    assert any(share is not None for share in found["change"])
    assert all(share is None and low is None for before, share, low, _ in told if before < FEWEST_BEFORE)
    assert all(found["told"])


@pytest.mark.parametrize("layer", sorted(all_layers()))
@pytest.mark.parametrize("language", ["vi", "en"])
def test_rows_and_sum_are_known_before_they_are_read(layer: str, language: Any) -> None:
    table = made(replace(VIEW, layer=layer, lang=language))
    found = columns(table)
    assert {len(values) for values in found.values()} == {table.rows}
    assert sum(n for n in found["n"] if n is not None) == table.n
    assert all(column.meaning for column in table.columns)


def test_an_area_without_incidents_keeps_its_row() -> None:
    table = made(replace(VIEW, start=date(2024, 12, 31), category=("drugs",)))
    found = columns(table)
    assert table.rows == 4
    assert 0 in found["n"]


def test_two_places_of_one_name_are_told_apart_by_what_holds_them() -> None:
    assert columns(made(VIEW))["parent_name"] == ["Vùng 1", "Vùng 1", "Vùng 2", "Vùng 2"]
    assert "parent_name" not in columns(made(replace(VIEW, level=Level.DISTRICT)))  # one province holds all


def test_bands_of_density_stand_below_the_areas_without_n() -> None:
    dense = Answers(Still(tiny_snapshot(n=4000)))
    view = replace(VIEW, start=date(2022, 1, 1), layer="density")
    found = columns(table_of(of_view(view, dense, of("vi"))))
    kinds = found["kind"]
    assert kinds == sorted(kinds)
    assert set(kinds) == {"area", "band"}
    assert all((n is None) == (kind == "band") for n, kind in zip(found["n"], kinds, strict=True))
    lows = [low for low in found["per_km2"] if low is not None]
    assert lows == sorted(lows)


def test_incidents_come_in_batches_that_are_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot, question = ANSWERS.snapshot, replace(VIEW, start=date(2022, 1, 1), category=("theft",)).question
    layers = (LayerKey("2024", Level.COMMUNE),)
    parts = list(answer_incidents(snapshot, question, EVERYTHING, layers=layers, size=7))
    (whole,) = answer_incidents(snapshot, question, EVERYTHING, layers=layers)
    assert max(map(len, parts)) <= 7
    assert np.concatenate([part.day for part in parts]).tolist() == whole.day.tolist()
    assert len(whole) == ANSWERS.totals(question)[0].recorded


def test_areas_beyond_the_scope_stand_in_no_row() -> None:
    found = columns(made(VIEW, chief("2024", "101")))
    assert found["area_code"] == ["101"]
    assert set(columns(made(VIEW, chief("2024", "101"), rows="incidents"))["area_code"]) == {"101"}


@pytest.mark.parametrize("layer", ["relative_risk", "change", "pattern"])
def test_nothing_is_judged_of_an_area_seen_in_part(layer: str) -> None:
    found = columns(made(replace(VIEW, level=Level.DISTRICT, layer=layer), chief("2024", "101")))
    assert found["area_code"] == ["1"]
    assert found["told"] == [None]


def test_the_facts_end_with_a_line_a_column() -> None:
    found = extract(of_view(VIEW, ANSWERS, of("vi")), now=NOW, user="Trần Thị Bình")
    keys = [fact.key for fact in found.facts]
    assert keys[-len(found.table.columns) :] == [f"column.{column.key}" for column in found.table.columns]
    assert next(fact.value for fact in found.facts if fact.key == "user") == "Trần Thị Bình"
