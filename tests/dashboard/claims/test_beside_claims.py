"""What is said of one's own ground beside the province: ranges always, nothing on a handful, certainty in words."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from dashboard.claims import beside as claims
from dashboard.words import LANGUAGES, Language, of
from geodata.answers.beside import UNKNOWN
from tests.geodata.answers.test_beside_the_province import ANSWERS, ASKED
from tests.geodata.worlds import chief

EN = of("en")
FOUND = ANSWERS.beside(ASKED)
FEW = ANSWERS.beside(replace(ASKED, areas=("003",)))


def test_the_share_is_said_in_per_cent_and_not_of_a_handful() -> None:
    assert claims.share(FOUND, EN) == "32.8% of the province's incidents"
    assert claims.share(FEW, EN) == ""
    assert claims.share(ANSWERS.beside(ASKED, chief("2025", "001")), EN) == ""


def test_both_changes_are_said_with_their_certainty() -> None:
    here, province = claims.changes(FOUND, EN)
    assert here == ("here", "\u221250%", "more than chance alone would explain")
    assert province == ("whole province", "\u221223%", "more than chance alone would explain")


def test_no_change_is_said_on_a_handful() -> None:
    here, province = claims.changes(replace(FEW, province=UNKNOWN), EN)
    assert here[1:] == province[1:] == ("–", "too few to tell")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_ratio_of_rates_is_never_said_without_its_range(language: Language) -> None:
    assert re.search(r"1[.,]95 .*1[.,]48–2[.,]55", claims.rates(FOUND, of(language)))
    for untold in (FEW, replace(FOUND, inhabited=False)):
        assert not re.search(r"\d[.,]\d", claims.rates(untold, of(language)))


def test_a_range_that_holds_one_may_be_chance() -> None:
    assert claims.rates(FOUND, EN).endswith("; more than chance alone would explain.")
    alike = ANSWERS.beside(replace(ASKED, areas=("002",)))
    rates = replace(alike.rates, p=0.3)
    assert claims.rates(replace(alike, rates=rates), EN).endswith("; may be chance alone.")
