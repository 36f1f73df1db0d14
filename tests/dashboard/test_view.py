"""A View and its query string are the same thing; reading one never fails."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import sync
from dashboard.view import BANDWIDTHS, HEXAGON_WIDTHS, Choices, Dropped, View
from geodata.vocabulary import Level, Period, Source

CHOICES = Choices(
    period=Period(date(2024, 7, 1), date(2025, 6, 30)),
    editions=(("2025", (Level.COMMUNE, Level.PROVINCE)), ("2024", (Level.COMMUNE, Level.DISTRICT, Level.PROVINCE))),
    layers=("count", "rate", "points"),
    categories=frozenset({"theft", "drugs", "aggravated_assault"}),
    areas=frozenset({("2025", "25459"), ("2024", "25459"), ("2024", "703")}),
    regions=frozenset({"chau-thanh"}),
    zones=frozenset({"border_0_1km", "border_1_5km"}),
)


def _some(values: frozenset[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.sets(st.sampled_from(sorted(values))).map(lambda chosen: tuple(sorted(chosen)))


@st.composite
def views(draw: st.DrawFn) -> View:
    edition, levels = draw(st.sampled_from(CHOICES.editions))
    start = draw(st.dates(date(2000, 1, 1), date(2030, 1, 1)))
    hour = st.integers(0, 23)
    sources = st.sets(st.sampled_from([Source.REPORTED, Source.DISCOVERED]))
    return View(
        start=start,
        end=start + timedelta(days=draw(st.integers(0, 2000))),
        edition=edition,
        level=draw(st.sampled_from(levels)),
        layer=draw(st.sampled_from(CHOICES.layers)),
        category=draw(_some(CHOICES.categories)),
        area=draw(_some(frozenset(code for owner, code in CHOICES.areas if owner == edition))),
        region=draw(_some(CHOICES.regions)),
        zone=draw(_some(CHOICES.zones)),
        source=tuple(sorted(draw(sources))),
        hours=draw(st.none() | st.tuples(hour, hour)),
        weekdays=tuple(sorted(draw(st.sets(st.integers(1, 7))))),
        compare=draw(st.sampled_from(["previous_year", "none"])),
        lang=draw(st.sampled_from(["vi", "en"])),
        mode=draw(st.sampled_from(["desk", "projector"])),
        hexagon=draw(st.sampled_from(HEXAGON_WIDTHS)),
        bandwidth=draw(st.sampled_from(BANDWIDTHS)),
        against=draw(st.none() | st.dates(date(2000, 1, 1), date(2030, 1, 1)).map(lambda day: Period(day, day))),
        beside=draw(_some(frozenset(code for owner, code in CHOICES.areas if owner == edition))),
        other=draw(st.sampled_from(["", *(each for each, _ in CHOICES.editions if each != edition)])),
    )


@settings(deadline=None)
@given(views())
def test_a_view_written_as_a_query_reads_as_the_same_view(view: View) -> None:
    assert View.from_query(view.to_query(), CHOICES) == (view, ())


@pytest.mark.slow
@settings(deadline=None)
@given(views())
def test_a_view_shown_in_the_controls_asks_for_the_same_view(view: View) -> None:
    assert View.from_query(sync.query(sync.values(view), view), CHOICES) == (view, ())


@settings(deadline=None)
@given(st.text() | st.lists(st.tuples(st.sampled_from([f.name for f in fields(View)] + ["from", "to"]), st.text())))
def test_any_query_gives_a_view_that_can_be_asked(query: str | list[tuple[str, str]]) -> None:
    search = query if isinstance(query, str) else "?" + "&".join(f"{key}={value}" for key, value in query)
    view, _dropped = View.from_query(search, CHOICES)
    assert view.start <= view.end
    assert view.level in CHOICES.levels(view.edition)
    assert View.from_query(view.to_query(), CHOICES) == (view, ())


def test_an_empty_query_asks_for_the_newest_edition_at_its_finest_level() -> None:
    view, dropped = View.from_query("", CHOICES)
    assert (view.edition, view.level, view.layer) == ("2025", Level.COMMUNE, "count")
    assert view.period == CHOICES.period
    assert dropped == ()


def test_bad_parts_are_dropped_and_named() -> None:
    view, dropped = View.from_query("?from=abc&category=theft&category=murder&weekdays=6,8&colour=red", CHOICES)
    assert view.category == ("theft",)
    assert view.weekdays == ()
    assert view.start == CHOICES.period.start
    assert set(dropped) == {
        Dropped("from", "abc"),
        Dropped("category", "murder"),
        Dropped("weekdays", "6,8"),
        Dropped("colour", "red", unknown_key=True),
    }


def test_a_code_of_another_edition_is_no_area_here() -> None:
    view, dropped = View.from_query("?edition=2025&area=703", CHOICES)
    assert view.area == ()
    assert dropped == (Dropped("area", "703"),)


def test_an_end_before_the_start_is_dropped() -> None:
    view, dropped = View.from_query("?from=2025-03-01&to=2025-02-01", CHOICES)
    assert view.start == date(2025, 3, 1)
    assert view.end == CHOICES.period.end
    assert dropped == (Dropped("to", "2025-02-01"),)


def test_the_night_may_pass_midnight() -> None:
    view, _ = View.from_query("?hours=18-5", CHOICES)
    assert view.hours == (18, 5)


def test_every_field_has_a_control_or_is_changed_by_links() -> None:
    assert set(sync.CONTROLS) | set(sync.LINKED) == {field.name for field in fields(View)}
    assert set(sync.LINKED) == {
        *("layer", "lang", "mode", "commune", "hexagon", "bandwidth", "against", "beside", "other"),
        *("theme", "swipe", "side", "scale", "script", "slide"),
    }


def test_what_is_shown_beside_or_presented_is_part_of_the_link() -> None:
    query = "?theme=dark&swipe=1&side=quarters&scale=own&script=H%E1%BB%8Dp&slide=3"
    view, dropped = View.from_query(query, CHOICES)
    assert (view.theme, view.swipe, view.side, view.scale, view.script, view.slide) == (
        "dark",
        True,
        "quarters",
        "own",
        "Họp",
        3,
    )
    assert dropped == ()
    assert View.from_query(view.to_query(), CHOICES) == (view, ())


def test_what_can_not_be_presented_is_dropped() -> None:
    view, dropped = View.from_query(f"?slide=100&theme=red&swipe=yes&script={'x' * 81}", CHOICES)
    assert view == View.default(CHOICES)
    assert {each.key for each in dropped} == {"slide", "theme", "swipe", "script"}
