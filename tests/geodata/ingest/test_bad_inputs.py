"""Bad and hostile inputs, one by one, through the whole ingest: what becomes of each, and that it harms nothing."""

from __future__ import annotations

import pytest

from geodata.ingest.quarantine import each_fault
from geodata.tables import QuarantinedRow
from tests.geodata.ingest.bad_containers import BOMBS, CONTAINERS
from tests.geodata.ingest.bad_inputs import Aside, Said
from tests.geodata.ingest.bad_outcomes import BAD_INPUTS, LIGHT, Outcome, outcome

WAYS = [
    *(pytest.param(key, False, id=key) for key in LIGHT),
    *(pytest.param(one.key, True, id=f"{one.key}, confined", marks=pytest.mark.slow) for one in (*CONTAINERS, *BOMBS)),
]
each_input = pytest.mark.parametrize(("key", "confined"), WAYS)


def says(message: str, said: Said) -> None:
    assert [words for words in (said.en, *said.both) if words not in message] == [], message


def place_of(row: QuarantinedRow | Aside) -> tuple[str, int, str, str]:
    return row.sheet, row.row, row.column, row.reason


def everything_said(found: Outcome) -> str:
    result = found.result
    messages = [result.message, *(finding.message for finding in result.findings)]
    return "\n".join([*messages, *map(repr, (result.facts, found.aside, found.remarks, result.aside))])


def test_there_are_at_least_forty() -> None:
    assert len(BAD_INPUTS) >= 40


@each_input
def test_each_is_refused_or_taken_apart_as_expected(key: str, confined: bool) -> None:
    one, found = BAD_INPUTS[key], outcome(key, confined=confined)
    result = found.result
    assert result.status == ("refused" if one.refused else "loaded"), result.message
    if one.refused:
        says(result.message, one.refused)
    assert tuple(row for _, row in found.kept) == one.kept
    assert [place_of(row) for row in found.aside] == [place_of(row) for row in one.aside]
    assert [place_of(row)[1:] for row in found.remarks] == [place_of(row)[1:] for row in one.remarks]
    for row, expected in zip((*found.aside, *found.remarks), (*one.aside, *one.remarks), strict=True):
        says(row.message, expected.said)
    assert len(result.findings) == len(one.notes), [finding.message for finding in result.findings]
    for finding, note in zip(result.findings, one.notes, strict=True):
        says(finding.message, note)


@each_input
def test_the_sums_hold_and_a_refusal_leaves_nothing_behind(key: str, confined: bool) -> None:
    found = outcome(key, confined=confined)
    result = found.result
    assert result.read == result.kept + result.quarantined
    assert result.kept == result.with_point + result.area_only + result.unplaced == len(found.kept)
    assert result.quarantined == len(found.aside) == sum(result.reasons.values())
    assert found.left == ()
    assert result.generation == found.before + (result.status == "loaded")
    if result.status == "refused":
        assert found.unchanged
        assert result.read == 0


@each_input
def test_nothing_of_people_or_of_free_text_is_said_or_kept(key: str, confined: bool) -> None:
    one, found = BAD_INPUTS[key], outcome(key, confined=confined)
    said = everything_said(found)
    assert [value for value in one.never if value in said or value in found.written] == []


@each_input
def test_what_is_said_stays_on_one_line(key: str, confined: bool) -> None:
    found = outcome(key, confined=confined)
    rows = [*(fault for row in found.aside for fault in each_fault(row)), *found.remarks]
    said = [*(row.message for row in rows), *(finding.message for finding in found.result.findings)]
    assert [message for message in (found.result.message, *said) if not message.isprintable()] == []
