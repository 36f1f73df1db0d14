"""Bad and hostile inputs, one by one, through the whole ingest: what becomes of each, and that it harms nothing."""

from __future__ import annotations

import pytest

from geodata.ingest.quarantine import each_fault
from geodata.tables import QuarantinedRow
from tests.geodata.ingest.bad_containers import BOMBS, CONTAINERS
from tests.geodata.ingest.bad_inputs import Aside, Said
from tests.geodata.ingest.bad_outcomes import BAD_INPUTS, LIGHT, Outcome, outcome

each_input = pytest.mark.parametrize("key", LIGHT)
each_confined = pytest.mark.parametrize("key", [one.key for one in (*CONTAINERS, *BOMBS)])


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
def test_each_is_refused_or_taken_apart_as_expected(key: str) -> None:
    came_as_expected(key, outcome(key))


@each_input
def test_each_harms_nothing(key: str) -> None:
    did_no_harm(key, outcome(key))


@pytest.mark.slow
@each_confined
def test_the_same_becomes_of_each_where_a_process_of_its_own_reads_it(key: str) -> None:
    came_as_expected(key, outcome(key, confined=True))
    did_no_harm(key, outcome(key, confined=True))


def came_as_expected(key: str, found: Outcome) -> None:
    one, result = BAD_INPUTS[key], found.result
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


def did_no_harm(key: str, found: Outcome) -> None:
    """The sums hold, nothing lies about, a refusal changed no byte, nobody is named, and no message breaks its line."""
    result = found.result
    assert result.read == result.kept + result.quarantined
    assert result.kept == result.with_point + result.area_only + result.unplaced == len(found.kept)
    assert result.quarantined == len(found.aside) == sum(result.reasons.values())
    assert found.left == ()
    assert result.generation == found.before + (result.status == "loaded")
    assert found.unchanged == (result.status == "refused")
    said = everything_said(found)
    assert [value for value in BAD_INPUTS[key].never if value in said or value in found.written] == []
    rows = [*(fault for row in found.aside for fault in each_fault(row)), *found.remarks]
    messages = [*(row.message for row in rows), *(finding.message for finding in result.findings)]
    assert [message for message in (result.message, *messages) if not message.isprintable()] == []
