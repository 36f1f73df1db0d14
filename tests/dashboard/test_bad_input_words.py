"""What is said of each bad input, in both languages: never one in the other's words, always with place and value."""

from __future__ import annotations

import pytest

from dashboard import words
from geodata.errors import DiemNongError
from geodata.ingest.quarantine import each_fault, where
from geodata.tables import Finding, QuarantinedRow
from geodata.warehouse.incoming import FileResult
from tests.geodata.ingest.bad_inputs import Said
from tests.geodata.ingest.bad_outcomes import BAD_INPUTS, LIGHT, outcome

pytestmark = pytest.mark.slow  # seconds in all

Spoken = DiemNongError | QuarantinedRow | Finding | FileResult
each_input = pytest.mark.parametrize("key", LIGHT)


def in_language(language: words.Language, spoken: Spoken) -> str:
    return words.of(language)(spoken.template, **spoken.facts)


def check(spoken: Spoken, said: Said) -> None:
    essentials: dict[words.Language, str] = {"vi": said.vi, "en": said.en}
    for language, essential in essentials.items():
        message = in_language(language, spoken)
        facts = said.both if language == "vi" else tuple(text.replace(" %", "%") for text in said.both)
        assert [text for text in (essential, *facts) if text not in message] == [], message


@pytest.mark.slow
@each_input
def test_each_says_its_essential_words_in_both_languages_and_leaves_none_in_english(key: str) -> None:
    one, found = BAD_INPUTS[key], outcome(key)
    if one.refused:
        check(found.result, one.refused)
    for row, expected in zip((*found.aside, *found.remarks), (*one.aside, *one.remarks), strict=True):
        check(row, expected.said)
    for finding, note in zip(found.result.findings, one.notes, strict=True):
        check(finding, note)
    faults = [fault for row in found.aside for fault in each_fault(row)]
    everything: tuple[Spoken, ...] = (found.result, *found.result.findings, *found.remarks, *faults)
    assert [one.template for one in everything if one.template and words.of("vi")(one.template) == one.template] == []


def test_a_row_is_told_with_file_sheet_row_and_column() -> None:
    row = outcome("titles and merged headers").aside[0]
    told = {language: in_language(language, where(row)) for language in words.LANGUAGES}
    assert told["vi"] == '«t3.xlsx», trang "T3", dòng 7, cột "Xảy ra đến"'
    assert told["en"] == '«t3.xlsx», sheet "T3", row 7, column "Xảy ra đến"'
    (row, *_) = outcome("ragged lines").aside
    assert in_language("vi", where(row)) == "«t3.csv», dòng 3"


@pytest.mark.parametrize(
    ("key", "shown"),
    {
        "newline in the name": "«thang 3.csv»",
        "a name written right to left": "«thang\\u202excod.csv»",
        "formula as a name": "«=cmd|' C calc'!A1.csv»",
        "markup as a name": "«<img src=x>&{file}.csv»",
    }.items(),
)
@pytest.mark.parametrize("language", words.LANGUAGES)
def test_a_hostile_name_stays_on_its_line_wherever_a_row_is_told(
    key: str, shown: str, language: words.Language
) -> None:
    (row,) = outcome(key).aside
    told = in_language(language, where(row))
    assert told.startswith(shown)
    assert told.isprintable()
