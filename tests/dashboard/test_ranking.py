"""The list of areas: every number the answers', every change with its range, nothing told on a handful."""

from __future__ import annotations

import re
from dataclasses import replace
from math import isnan
from typing import Any

import pytest

from dashboard.components.interval import place
from dashboard.components.sortable import Heading, Row, Value, sortable
from dashboard.panels import ranking, ranking_table
from dashboard.reading import Reading, read
from geodata.answers.answers import Answers
from geodata.answers.patterns import AreaPatterns
from tests.dashboard.markup import of_kind, of_look, text, texts
from tests.geodata.answers.test_area_changes import years
from tests.geodata.worlds import Still, tiny_snapshot

YEAR = "?lang=en&edition=2024&from=2024-01-01&to=2024-12-31"
TINY = Answers(Still(tiny_snapshot()))
FELL, ROSE, SAME, FEW, NEW = range(5)
PLANTED = years((240, 120), (120, 240), (120, 110), (2, 2), (2, 48))


def tiny(query: str = "") -> Reading:
    return read(YEAR + query, TINY)


def planted(query: str = "") -> Reading:
    return read(f"?lang=en&from=2024-01-01&to=2024-12-31{query}", PLANTED)


def rows(drawn: Any) -> dict[str, list[Any]]:
    """Name -> the cells after it, of the table's body."""
    found = {}
    for row in of_kind(of_kind(drawn, "Tbody")[0]["children"], "Tr"):
        name, *cells = row["children"]
        found[text(name)] = [cell["props"] for cell in cells]
    return found


def test_numbers_and_order_are_the_answers() -> None:
    counts = TINY.counts(tiny().view.question)
    shown = {name: int(cells[0]["data-sort-value"]) for name, cells in rows(ranking.render(tiny())).items()}
    assert shown == {name: n for name, n in zip(counts.names, counts.n.tolist(), strict=True) if n}
    assert list(shown.values()) == sorted(shown.values(), reverse=True)


def test_the_chosen_area_is_marked_among_all_and_a_click_on_it_asks_for_all_again() -> None:
    drawn = ranking.render(tiny("&area=101"))
    assert len(rows(drawn)) == len(rows(ranking.render(tiny())))
    (chosen,) = of_look(drawn, "chosen")
    assert "area=101" not in of_kind(chosen["children"], "Link")[0]["href"]
    assert all("area=" in link["href"] for link in of_kind(drawn, "Link") if link not in of_kind(chosen, "Link"))


def cells(area: int) -> list[Any]:
    name = PLANTED.counts(planted().view.question).names[area]
    return rows(ranking.render(planted()))[name]


@pytest.mark.parametrize(
    ("area", "said"), [(FELL, "▼ \u221250%"), (ROSE, "▲ +100%"), (SAME, "\u22128%"), (FEW, "–"), (NEW, "▲ +46")]
)
def test_a_change_bears_a_sign_where_it_is_sure_and_no_percentage_on_a_handful(area: int, said: str) -> None:
    assert cells(area)[1]["children"] == said


@pytest.mark.parametrize("area", [FELL, ROSE, SAME, NEW])
def test_no_change_is_shown_without_its_range(area: int) -> None:
    change, shown = PLANTED.change(planted().view.question), cells(area)[1]
    assert shown["style"] == {"--low": f"{place(change.low[area]):.0f}%", "--high": f"{place(change.high[area]):.0f}%"}
    if area != NEW:
        assert "95% range" in shown["title"]


def test_where_nothing_can_be_compared_there_is_no_such_column() -> None:
    assert "change" in [head["className"] for head in of_kind(of_kind(ranking.render(planted()), "Thead"), "Th")]
    for query in ("&compare=none", "&from=2023-01-01"):
        heads = of_kind(of_kind(ranking.render(tiny(query)), "Thead"), "Th")
        assert "change" not in [head["className"] for head in heads]


def patterns(name: str, probability: float, *, enough: bool = True) -> AreaPatterns:
    found = PLANTED.patterns(planted().view.question)
    n = len(found.codes)
    filled = found.probability * 0 + probability
    return replace(
        found, pattern=(name,) * n, probability=filled, enough=found.enough | True if enough else found.enough & False
    )


def test_a_pattern_has_a_word_and_a_sign_and_none_where_it_is_doubtful_or_too_few() -> None:
    asked = planted()
    assert ranking.pattern(patterns("persistent hot spot", 0.9), 0, asked).shown == "▲\u00a0persistent"
    assert ranking.pattern(patterns("persistent hot spot", 0.4), 0, asked).shown == ""
    assert ranking.pattern(patterns("persistent hot spot", 0.9, enough=False), 0, asked).shown == ""
    assert ranking.pattern(patterns("no pattern detected", 0.9), 0, asked).shown == ""
    urgent, calm = (
        ranking.pattern(patterns(name, 0.9), 0, asked).by for name in ("intensifying hot spot", "sporadic hot spot")
    )
    assert isinstance(urgent, int)
    assert isinstance(calm, int)
    assert urgent > calm


def test_the_room_gets_five_rows_without_patterns_or_buttons() -> None:
    drawn = ranking.layout(planted("&mode=projector"))
    assert not of_kind(drawn, "Button")
    assert not of_look(drawn, "pattern")
    assert len(rows(drawn)) == ranking.ON_SCREEN


def test_all_areas_are_in_the_whole_table_with_ranges_rates_and_months() -> None:
    asked = tiny()
    counts, months = TINY.counts(asked.view.question), TINY.months_by_area(asked.view.question)
    drawn = ranking_table.render(asked)
    assert len(rows(drawn)) == int(counts.asked.sum())
    for i in ranking.gather(asked).order:
        shown = rows(drawn)[counts.names[i]]
        image = of_kind(shown[-1]["children"], "Img")[0]
        whole = months.n[i][~months.partial]
        assert str(int(whole.max())) in re.findall(r"\d+", image["alt"].rpartition(": ")[2])
        rate = counts.per_10k[i]
        assert shown[1]["children"] == ("–" if counts.n[i] < 5 or isnan(rate) else f"{rate:.1f}")
    assert "not worse than the next one" in " ".join(texts(drawn, "hint"))


def test_the_whole_table_says_every_change_with_its_range_or_that_it_cannot() -> None:
    drawn = rows(ranking_table.render(planted()))
    names = PLANTED.counts(planted().view.question).names
    assert "\u221260% to \u221237%" in text(drawn[names[FELL]][4])
    assert text(drawn[names[FEW]][4]) == "–"
    assert text(drawn[names[FEW]][5]).startswith("too few to tell")


def test_cells_without_a_value_and_without_an_end_can_be_sorted() -> None:
    table = sortable(
        "t", "T", [Heading("A", "a"), Heading("B", "b")], [Row([Value("x"), Value("y", float("inf"))])], by="b"
    )
    (row,) = rows(table).values()
    assert row[0]["data-sort-value"] == "Infinity"
    assert [head.get("aria-sort") for head in of_kind(of_kind(table, "Thead"), "Th")] == [None, "descending"]
