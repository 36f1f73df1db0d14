"""Generations that are held: numbers stay, and what was done meanwhile is neither lost nor told too early."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import flask
import numpy as np
import pptx
import pytest

from dashboard import export_routes, recording
from dashboard.access.audit import KEEP_MONTHS
from dashboard.asker import ALONE, admit
from dashboard.held_exports import HeldExports
from dashboard.reading import read
from geodata.answers.answers import Answers
from geodata.errors import ScopeError
from geodata.follow_up import FollowUp, Spot, Taken
from geodata.question import EVERYTHING
from geodata.tables import QuarantinedRow
from geodata.vocabulary import Level, Step
from geodata.warehouse.snapshot import Snapshot
from tests.geodata.planted import planted_snapshot
from tests.geodata.worlds import chief, tiny_snapshot


@dataclass
class Kept:
    """A store of one generation, in which steps are written down."""

    held: Snapshot
    steps: dict[Spot, FollowUp] = field(default_factory=dict)

    def snapshot(self) -> Snapshot:
        return self.held

    def quarantine(self) -> Iterator[QuarantinedRow]:
        return iter(())

    def follow_ups(self) -> dict[Spot, FollowUp]:
        return dict(self.steps)


def a_step(spot: Spot) -> FollowUp:
    return FollowUp(spot, (Taken(Step.HANDLED, date(2024, 3, 1), "Tuần tra", datetime(2024, 3, 2, tzinfo=UTC)),))


def test_what_is_pinned_stays_and_knows_what_was_counted_before() -> None:
    store = Kept(tiny_snapshot())
    answers = Answers(store)
    first = answers.pinned()
    spot = Spot("2024", Level.COMMUNE, "101", "theft")
    store.steps[spot] = a_step(spot)
    second = answers.pinned()
    assert (set(first.follow_ups()), set(second.follow_ups())) == (set(), {spot})
    question = read("", answers).view.question
    assert first.counts(question) is answers.counts(question)
    store.held = replace(tiny_snapshot(seed=2), generation=store.held.generation + 1)
    assert answers.pinned().snapshot is store.held
    assert second.snapshot is not store.held
    assert second.pinned().snapshot is second.snapshot


def test_what_is_pinned_is_bound_as_before() -> None:
    chiefs = Answers(Kept(tiny_snapshot())).within(chief("2024", "101"))
    with pytest.raises(ScopeError):
        chiefs.pinned().facts(EVERYTHING)
    with pytest.raises(ScopeError):
        chiefs.within(EVERYTHING)


@pytest.mark.slow
def test_a_step_written_down_since_the_last_export_stands_in_the_next(tmp_path: Path) -> None:
    """A step makes no generation, so what was held for the generation before it is too old."""
    mean = np.full((12, 36), 20.0)
    mean[0] = 60
    store = Kept(planted_snapshot(np.random.default_rng(3).poisson(mean)))
    server = flask.Flask("alone")
    server.before_request(lambda: admit(ALONE))
    recording.register(server, tmp_path, lambda: KEEP_MONTHS)
    export_routes.register(server, Answers(store), HeldExports())
    said: list[str] = []
    for written in (False, True):
        if written:
            answers = Answers(store)
            spot = answers.register(read("?lang=vi", answers).view.question).rows[0].spot
            store.steps[spot] = a_step(spot)
        deck = server.test_client().get("/export/pptx?slides=/persistence&lang=vi").data
        said.append(all_words(deck))
    assert "Đang xử lý" not in said[0]
    assert "Đang xử lý" in said[1]


def all_words(deck: bytes) -> str:
    opened: Any = pptx.Presentation(io.BytesIO(deck))
    shapes = [shape for slide in opened.slides for shape in slide.shapes]
    cells = [cell.text for shape in shapes if shape.has_table for row in shape.table.rows for cell in row.cells]
    return "\n".join([*(shape.text_frame.text for shape in shapes if shape.has_text_frame), *cells])
