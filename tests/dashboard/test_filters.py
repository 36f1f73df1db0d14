"""The filter panel: what can be chosen, how it is grouped and found, months and days, what its heads say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dashboard import asked, ids, sync
from dashboard.area_tree import Places, together
from dashboard.panels import filter_period, filter_places, filters, headline
from dashboard.panels.filter_places import tree_options
from dashboard.reading import Reading, read
from dashboard.view import View
from geodata.answers.answers import Answers
from geodata.boundaries.editions import Boundaries, Region
from geodata.vocabulary import Period
from geodata.warehouse.snapshot import Snapshot
from tests.geodata.worlds import Still, tiny_snapshot

WEST = Region("west", "Phía tây", "2024", ("101", "103"))
SOUTH = Region("south", "Phía nam Đước", "2024", ("101", "201"))
NEW = Region("west", "Phía tây", "2025", ("101",))


def world(*regions: Region) -> Snapshot:
    snapshot = tiny_snapshot()
    return replace(snapshot, boundaries=replace(snapshot.boundaries, regions=regions))


def reading(query: str = "", snapshot: Snapshot | None = None) -> Reading:
    found = read(query, Answers(Still(snapshot or tiny_snapshot())))
    assert found.dropped == ()
    return found


def offered(query: str, *regions: Region) -> list[str]:
    here = reading(query, world(*regions))
    return [each["value"] for each in tree_options(here.view, here.names, here.words)]


def chosen(values: list[str], *regions: Region) -> Places:
    return together(Places.of(values), reading("?edition=2024", world(*regions)).names, "2024")


def test_regions_and_districts_stand_first_each_followed_by_its_communes() -> None:
    assert offered("?edition=2024", WEST) == ["region:west", "101", "103", "2", "201", "203"]
    assert offered("?edition=2024") == ["1", "101", "103", "2", "201", "203"]


def test_a_region_of_just_a_district_s_communes_stands_for_it_unless_the_district_is_asked() -> None:
    assert offered("?edition=2024&area=1", WEST) == ["1", "101", "103", "2", "201", "203"]


def test_without_districts_regions_group_the_communes_and_the_rest_follows() -> None:
    assert offered("?edition=2025", NEW) == ["region:west", "101", "-", "201", "203"]


def test_without_regions_and_districts_there_are_just_communes() -> None:
    assert offered("?edition=2025") == ["101", "201", "203"]
    assert offered("?edition=2025", WEST) == ["region:west", "-", "101", "201", "203"]  # made of another edition's


def test_a_commune_is_found_by_its_own_name_and_by_what_holds_it_without_marks() -> None:
    here = reading("?edition=2024", world(SOUTH))
    options = {each["value"]: each["search"] for each in tree_options(here.view, here.names, here.words)}
    assert "phia nam duoc" in options["region:south"]
    assert "xa 201" in options["201"]
    assert "phia nam duoc" in options["201"]
    assert "phia nam duoc" not in options["203"]


def test_every_value_is_offered_once() -> None:
    values = offered("?edition=2024", WEST, SOUTH)
    assert len(values) == len(set(values))


def test_chosen_from_one_list_places_count_together() -> None:
    assert chosen(["region:south", "203"], WEST, SOUTH) == Places(("101", "201", "203"), ())
    assert chosen(["region:west"], WEST) == Places((), ("west",))
    assert chosen(["101", "2"], WEST) == Places(("101", "2"), ())


def test_a_commune_of_a_chosen_region_narrows_it() -> None:
    assert chosen(["region:west", "101"], WEST) == Places(("101",), ("west",))
    assert chosen(["region:west", "101", "203"], WEST) == Places(("101", "203"), ())


def test_all_communes_are_nothing_in_particular() -> None:
    assert chosen(["region:west", "101", "103", "201", "203", "2"], WEST) == Places((), ())


def test_what_is_chosen_finds_what_counts_together() -> None:
    here = reading("?edition=2024&from=2022-01-01&to=2024-12-31", world(SOUTH))
    places = together(Places.of(["region:south", "203"]), here.names, "2024")
    n = {
        key: here.answers.totals(replace(here.view, area=areas, region=regions).question)[0].recorded
        for key, areas, regions in (
            ("together", places.areas, places.regions),
            ("south", (), ("south",)),
            ("203", ("203",), ()),
        )
    }
    assert n["together"] == n["south"] + n["203"] > n["south"] > 0


def test_a_region_outlives_its_edition_and_an_area_does_not() -> None:
    here = reading("?edition=2024&region=west&area=101", world(WEST, NEW))
    shown = {**sync.values(here.view), ids.EDITION: "2025"}
    view = sync.next_view(here, ids.EDITION, shown, {})
    assert (view.edition, view.region, view.area) == ("2025", ("west",), ())


@pytest.mark.parametrize("forged", [None, "x", [1], [22, 21, 20], [True, 24270], [0, 99_999], ["1", "2"], {"a": 1}])
def test_forged_months_change_nothing(forged: object) -> None:
    here = reading()
    assert filter_period.with_months(here.view, here, forged) == here.view


def test_the_slider_s_months_are_whole_ones_and_its_own_echo_changes_nothing() -> None:
    here = reading("?from=2023-03-10&to=2024-02-20")
    months = filter_period.slid(here.view, here)
    assert months == [2023 * 12 + 2, 2024 * 12 + 1]
    assert filter_period.with_months(here.view, here, months) == here.view
    moved = filter_period.with_months(here.view, here, [months[0] - 1, months[1]])
    assert moved.period == Period(date(2023, 2, 1), date(2024, 2, 29))
    assert filter_period.with_months(here.view, here, months[::-1]).period == Period(
        date(2023, 3, 1), date(2024, 2, 29)
    )


def test_a_period_beyond_the_data_leaves_the_slider_at_its_end() -> None:
    here = reading("?from=2001-01-01&to=2001-12-31")
    first, last = filter_period.span(here)
    assert (first, last) == (2022 * 12, 2024 * 12 + 11)
    assert filter_period.slid(here.view, here) == [first, first]
    assert filter_period.with_months(here.view, here, [first, first]) == here.view


def test_exact_days_stand_open_only_where_nothing_else_shows_the_period() -> None:
    def unfolded(query: str) -> bool:
        made = filter_period.layout(reading(query))
        return bool(made[ids.EXACT_DAYS].open)

    assert not unfolded("")
    assert not unfolded("?from=2023-02-01&to=2023-04-30")
    assert unfolded("?from=2023-02-03&to=2023-04-30")


def test_heads_say_what_is_active() -> None:
    query = (
        "?edition=2024&category=theft&category=drugs&region=west&area=101&zone=border_0_1km&source=reported"
        "&hours=18-5&weekdays=6&from=2023-01-01&to=2023-06-30&lang=en"
    )
    said = {key: active(reading(query)) for key, active in filters.ACTIVE.items()}
    assert said == {
        "what": "2 chosen",
        "period": "01/01–30/06/2023",
        "places": "2 chosen",
        "zones": "0–1 km from the border (computed)",
        "units": "units until 30/06/2025",
        "source": "Reported",
        "clock": "18:00–05:59, Sat",
    }
    plain = {key: active(reading("?lang=en")) for key, active in filters.ACTIVE.items()}
    assert {key for key, text in plain.items() if text} == {"period"}


def test_what_is_not_there_is_said_in_words() -> None:
    snapshot = tiny_snapshot()
    bare = replace(snapshot, boundaries=Boundaries())
    assert "No zones are loaded" in str(filter_places.zones(reading("?lang=en", bare)))
    assert "No areas are loaded." in str(filter_places.places(reading("?lang=en", bare)))


def test_many_chosen_things_are_one_chip() -> None:
    here = reading("?lang=en")
    many = replace(here.view, area=tuple(str(i) for i in range(asked.MOST_PARTS + 1)))
    (part,) = asked.parts(many, here.names, here.words)
    assert (part.label, part.without) == ("9 chosen", here.view)


def test_asking_for_the_usual_again_keeps_how_it_is_shown() -> None:
    here = reading("?theme=dark&lang=en&layer=rate&category=theft&hours=1-2&edition=2024&region=west&scale=own")
    default = View.default(here.names.choices)
    view = headline.cleared(here.view, default)
    assert (view.theme, view.lang, view.layer, view.edition, view.scale) == ("dark", "en", "rate", "2024", "own")
    assert asked.parts(view, here.names, here.words) == ()
    assert view.period == default.period
