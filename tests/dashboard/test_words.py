"""Both languages say everything; numbers and dates are written as their readers write them."""

from __future__ import annotations

import re
from datetime import date

import pytest
from babel.messages.pofile import read_po

from dashboard.locale.collect import catalogue_file, collect
from dashboard.words import LANGUAGES, Language, of
from geodata.errors import DiemNongError
from geodata.vocabulary import Period

PLACES = re.compile(r"\{(\w+)")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_of_the_source_is_missing_and_none_is_left_over(language: Language) -> None:
    with catalogue_file(language).open("rb") as file:
        catalogue = read_po(file, locale=language)
    written = {message.id for message in catalogue if message.id}
    assert written == {message.id for message in collect() if message.id}, "run: make words"
    assert [message.id for message in catalogue if message.id and not all(_forms(message.string))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_names_the_same_facts_as_its_text(language: Language) -> None:
    with catalogue_file(language).open("rb") as file:
        catalogue = read_po(file, locale=language)
    for message in catalogue:
        if message.id:
            asked = set(PLACES.findall(" ".join(_forms(message.id))))
            assert set(PLACES.findall(" ".join(_forms(message.string)))) == asked, message.id


def test_no_english_is_left_in_the_vietnamese_catalogue() -> None:
    with catalogue_file("vi").open("rb") as file:
        catalogue = read_po(file, locale="vi")
    alike = [m.id for m in catalogue if m.id and m.id == m.string and re.search(r"[a-z]{3}", PLACES.sub("", str(m.id)))]
    assert alike == []


def test_numbers_are_written_as_their_readers_write_them() -> None:
    vi, en = of("vi"), of("en")
    assert (vi.number(1389), en.number(1389)) == ("1.389", "1,389")
    assert (vi.percent(0.211), en.percent(0.211)) == ("21,1\u00a0%", "21.1%")
    assert (vi.decimal(-2.5), en.decimal(float("nan"))) == ("\u22122,5", "–")


def test_a_count_of_one_is_said_of_one_beside_other_facts() -> None:
    forms = (
        "{since}: {n} place rose, {fewer} fell, beyond chance",
        "{since}: {n} places rose, {fewer} fell, beyond chance",
    )
    assert of("en").plural(*forms, 1, since="June", fewer="0") == "June: 1 place rose, 0 fell, beyond chance"
    assert of("en").plural(*forms, 1389, since="June", fewer="0").startswith("June: 1,389 places rose")


def test_a_distance_in_an_error_is_written_as_its_readers_write_it() -> None:
    error = DiemNongError(
        "the point {lon}, {lat} lies {km} km outside all loaded boundaries", lon="105.7", lat="11", km=27.5
    )
    assert of("vi").error(error).count("27,5 km") == 1
    assert of("en").error(error).count("105.7, 11 lies 27.5 km") == 1


def test_dates_stand_day_first_and_say_a_year_once() -> None:
    period = Period(date(2025, 1, 1), date(2025, 6, 30))
    assert of("vi").period(period) == "01/01–30/06/2025"
    assert of("en").period(Period(date(2024, 11, 1), date(2025, 10, 31))) == "01/11/2024–31/10/2025"


def _forms(string: object) -> tuple[str, ...]:
    return tuple(map(str, string)) if isinstance(string, (tuple, list)) else (str(string or ""),)
