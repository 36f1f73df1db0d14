"""Groups and quarters as maps side by side: what each holds, on which scale, and what is said over them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from dashboard.claims import multiples as claims
from dashboard.claims.finding import MOST_WORDS
from dashboard.findings import finding
from dashboard.multiples import Kind, lead, multiples, parts_of, title
from dashboard.panels import compare_choices, compare_maps
from dashboard.periods import choices, last_meeting, since_meeting
from dashboard.reading import Reading, read
from dashboard.words import LANGUAGES, Language, of
from geodata.answers.answers import Answers
from geodata.notebook import Meeting, Notebook
from geodata.profile import GroupRow, Profile
from geodata.vocabulary import Period
from tests.geodata.planted import planted_snapshot
from tests.geodata.worlds import LAST, Still, tiny_snapshot

EN = of("en")
GROUPS = {"theft": "goods", "drugs": "goods", "assault": "bodies"}
PROFILE = Profile(groups={"goods": GroupRow(vi="Của", en="Goods"), "bodies": GroupRow(vi="Người", en="Bodies")})
MET = Notebook(meetings=(Meeting(date(2024, 6, 30)), Meeting(date(2024, 9, 30)), Meeting(date(2025, 1, 5))))


def _grouped() -> Answers:
    snapshot = tiny_snapshot(n=900)
    categories = tuple(replace(each, group=GROUPS[each.key]) for each in snapshot.categories)
    return Answers(Still(replace(snapshot, categories=categories, profile=PROFILE)))


TINY = _grouped()


def tiny(more: str = "") -> Reading:
    made = read(f"?edition=2024&from=2024-01-01&to=2024-12-31&lang=en{more}", TINY)
    assert made.dropped == ()
    return made


@pytest.mark.parametrize("more", ["", "&area=101", "&hours=18-5&source=reported", "&zone=border_0_1km"])
def test_each_group_holds_its_categories_and_what_is_asked_stays(more: str) -> None:
    asked = tiny(f"&side=groups&category=theft{more}")
    parts = parts_of(asked, "groups")
    assert [part.name for part in parts] == ["Goods", "Bodies"]
    for part, keys in zip(parts, (("drugs", "theft"), ("assault",)), strict=True):
        question = replace(asked.view.question, categories=keys)
        assert part.n == TINY.totals(question)[0].recorded
        assert part.side.n.tolist() == TINY.counts(replace(question, areas=())).n.tolist()
    assert "whatever categories are chosen" in str(compare_maps.render(asked))


@pytest.mark.parametrize("more", ["", "&category=theft", "&area=201"])
def test_eight_quarters_end_with_the_period_and_hold_its_months(more: str) -> None:
    asked = tiny(f"&side=quarters{more}")
    asked = replace(asked, view=replace(asked.view, end=date(2024, 8, 20)))
    parts = parts_of(asked, "quarters")
    assert [parts[0].name, parts[2].name, parts[-1].name] == ["08–10/2022", "02–04/2023", "05–07/2024"]
    ends = [date(2022, 10, 31), date(2024, 7, 31)]
    for part, end in zip((parts[0], parts[-1]), ends, strict=True):
        question = replace(asked.view.question, period=Period(end - timedelta(days=91), end))
        assert part.side.n.tolist() == TINY.counts(replace(question, areas=())).n.tolist()
        assert part.n == TINY.totals(question)[0].recorded
        assert not part.below


def test_one_scale_has_one_legend_and_own_scales_have_one_each() -> None:
    one, own = (str(multiples(tiny(f"&side=quarters&scale={scale}"), "quarters")) for scale in ("one", "own"))
    assert one.count("Graph(") == own.count("Graph(") == 8
    assert one.count("map-key") == 1
    assert own.count("map-key") == 8
    assert "same shade is the same number on every map" in str(compare_maps.render(tiny("&side=quarters")))
    assert "another number on another map" in str(compare_maps.render(tiny("&side=quarters&scale=own")))


def test_a_chosen_area_is_outlined_and_counted_on_every_map() -> None:
    made = str(multiples(tiny("&side=groups&area=101"), "groups"))
    assert made.count("incidents', className='number-of'") == 2
    assert made.count(" of ") >= 2
    assert "whole province" in str(compare_maps.render(tiny("&side=groups&area=101")))


def test_what_is_said_over_the_groups_is_told_from_chance() -> None:
    said = lead(tiny("&side=groups"), "groups")
    assert said.startswith("01/01–31/12/2024 against 01/01–31/12/2023: ")
    assert "not told from chance: Goods, Bodies" in said
    early = lead(tiny("&side=groups&against=2019-01-01..2019-12-31"), "groups")
    assert early.endswith("nothing may be concluded of a change.")


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [(20, 20, "may be chance alone"), (20, 34, "more than chance alone would explain"), (0, 1, "")],
)
def test_the_year_of_quarters_says_how_sure_it_is(before: int, now: int, told: str) -> None:
    counts = np.tile(np.repeat([before, now], 12), (4, 1))
    said = lead(read("?lang=en&side=quarters", Answers(Still(planted_snapshot(counts)))), "quarters")
    assert told in said
    assert f"{48 * now:,} after {48 * before:,}" in said or not before
    assert ("95% range" in said) == bool(before)
    assert "%" in said or "too few to tell" in said or not before


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["groups", "quarters"])
def test_a_slide_of_several_maps_says_what_differs_in_fourteen_words(kind: Kind, language: Language) -> None:
    asked = tiny(f"&side={kind}")
    said = title(replace(asked, words=of(language)), kind)
    assert 0 < len(said.split()) <= MOST_WORDS
    assert said == finding(replace(asked, words=of(language)), "/compare")


@pytest.mark.parametrize(("now", "told"), [(60, "down 40%"), (160, "up 60%"), (100, "0%, may be chance")])
def test_the_title_of_quarters_says_how_sure_it_is(now: int, told: str) -> None:
    said = title(planted(100, now), "quarters")
    assert told in said
    assert said.endswith("may be chance" if now == 100 else "beyond chance")


@pytest.mark.parametrize(
    ("moves", "told"),
    [
        ((100, 100), "2 groups: no change beyond chance"),
        ((160, 100), "Goods: more than before, beyond chance; others may be chance"),
        ((100, 60), "Bodies: fewer than before, beyond chance; others may be chance"),
        ((160, 60), "Of 2 groups 1 rose and 1 fell, beyond chance"),
    ],
)
def test_the_title_of_groups_names_the_one_that_changed_and_counts_several(moves: tuple[int, int], told: str) -> None:
    asked = [planted(100, now) for now in moves]
    changes = [each.answers.change(each.view.question, each.scope) for each in asked]
    assert claims.title_of_groups(list(zip(("Goods", "Bodies"), changes, strict=True)), EN) == told


def planted(before: int, now: int) -> Reading:
    """A commune with so many incidents a month in two years, and in the third, which is asked."""
    counts = np.array([[before] * 24 + [now] * 12])
    return read("?lang=en&from=2024-01-01&to=2024-12-31", Answers(Still(planted_snapshot(counts))))


def test_data_of_less_than_two_years_show_the_quarters_there_are() -> None:
    short = read("?lang=en&side=quarters", Answers(Still(planted_snapshot(np.full((3, 14), 5)))))
    assert [part.n for part in parts_of(short, "quarters")] == [45, 45, 45, 45]
    assert lead(short, "quarters") == ""
    kinds: tuple[Kind, ...] = ("groups", "quarters")
    bare = read("?lang=en", Answers(Still(planted_snapshot(np.full((3, 2), 5)))))
    for kind in kinds:
        made = compare_maps.render(replace(bare, view=replace(bare.view, side=kind)))
        assert "nothing to stand side by side" in str(made)


def test_rates_on_a_handful_are_hatched() -> None:
    counts = np.vstack([np.full((1, 24), 1), np.full((3, 24), 20)])
    made = str(multiples(read("?lang=en&layer=rate", Answers(Still(planted_snapshot(counts)))), "quarters"))
    assert made.count("'locations': ['001']") == 8
    assert "swatch hatched" in made


def test_the_kinds_are_links_and_leave_one_another() -> None:
    for more in ("&side=groups", "&side=quarters", "&layer=hexagons", "&other=2025", ""):
        assert str(compare_choices._kinds(tiny(more))).count("pick chosen") == 1
    assert "other=" not in str(compare_choices._kinds(tiny("&other=2025"))[1])
    assert "Periods" not in str(compare_choices.render(tiny("&side=groups")))


def test_what_changed_since_the_last_meeting_is_a_choice() -> None:
    asked = tiny()
    assert last_meeting(asked, MET) == date(2024, 9, 30)  # after the one of 2025 there are no data
    since = since_meeting(asked, MET)
    assert since is not None
    assert since.label == "Since the last meeting (30/09/2024)"
    assert since.period == Period(date(2024, 10, 1), LAST)
    assert since.against == Period(date(2024, 7, 1), date(2024, 9, 30))
    assert since.days[1].days == since.period.days
    labels = [each.label for each in choices(asked, MET)]
    assert labels[2:4] == [since.label, "Since the last meeting (30/09/2024) and a year earlier"]
    assert since_meeting(asked, Notebook()) is None
    assert last_meeting(asked, Notebook(meetings=(Meeting(LAST),))) is None
