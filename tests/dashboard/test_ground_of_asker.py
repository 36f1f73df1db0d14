"""What a chief and an officer are told of: their own areas, by name, and nothing that is for another role."""

from __future__ import annotations

import pytest

from dashboard import map_ground
from dashboard.findings import default_script
from dashboard.gate import CSRF_COOKIE
from dashboard.panels import headline
from dashboard.reading import Reading, read
from geodata.answers.answers import Answers
from geodata.question import EVERYTHING, Detail, Scope
from geodata.vocabulary import AreaKey
from tests.dashboard.callbacks import callbacks
from tests.dashboard.offices import Office, office
from tests.geodata.worlds import Still, tiny_snapshot

WEST = "west"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return office(tmp_path_factory.mktemp("office"), Still(tiny_snapshot(n=2000)))


def reading(scope: Scope, search: str = "") -> Reading:
    return read(search, Answers(Still(tiny_snapshot(n=2000))), scope)


def own(region: str = WEST) -> Scope:
    regions = [each for each in tiny_snapshot().boundaries.regions if each.id == region]
    return Scope(tuple(sorted(AreaKey(each.edition, code) for each in regions for code in each.codes)))


def test_all_that_is_open_is_called_by_the_regions_name() -> None:
    whole = reading(EVERYTHING)
    assert whole.names.place("en") == whole.names.profile.name("en")
    assert reading(own()).names.place("en") == whole.names.region(WEST)


def test_a_single_commune_is_called_by_its_own_name_and_its_region_is_no_choice() -> None:
    held = own().areas
    assert held is not None
    one = reading(Scope(held[:1]))
    assert one.names.place("vi") == one.names.area(held[0].edition, held[0].code)
    assert WEST not in one.names.choices.regions


def test_the_script_made_from_the_data_speaks_of_the_open_regions_only() -> None:
    whole, chiefs = (default_script(reading(scope)) for scope in (EVERYTHING, own()))
    assert any("region=" in slide.query for slide in whole.slides)
    assert not any("region=" in slide.query for slide in chiefs.slides)


def test_the_map_opens_on_what_is_open_and_can_be_taken_to_the_whole() -> None:
    whole, chiefs = (reading(scope, "?edition=2024") for scope in (EVERYTHING, own()))
    assert map_ground.bounds(whole) == map_ground.whole(whole)
    assert map_ground.bounds(chiefs) != map_ground.whole(chiefs) == map_ground.whole(whole)


def page(house: Office, role: str, path: str) -> str:
    """The page as the role gets it, as text."""
    browser = house.browser(role)
    (drawn,) = (each for each in callbacks(browser.client) if each.output == "page.children")
    held = browser.client.get_cookie(CSRF_COOKIE)
    assert held is not None
    browser.client.environ_base["HTTP_X_CSRFTOKEN"] = held.value
    values = {"url.search": "?lang=en", "page-key.data": {"path": path}}
    answer = drawn.post(browser.client, values, changed="page-key.data")
    assert answer.status_code == 200
    return answer.get_data(as_text=True).replace("\\u002f", "/")


@pytest.mark.parametrize(
    ("role", "loads"), [("data", True), ("committee", False), ("chief", False), ("officer", False)]
)
def test_first_steps_and_loading_are_offered_to_the_data_officer_only(house: Office, role: str, loads: bool) -> None:
    assert ('"/start' in page(house, role, "/glossary")) is loads
    assert ("loaded by the data officer" in page(house, role, "/start")) is not loads
    closed = page(house, role, "/data").count("open to those only who may see every place")
    assert closed == (0 if loads else 1)  # once, not sheet by sheet


def test_the_bar_leads_out_who_came_in(house: Office) -> None:
    assert "sign-out" in page(house, "chief", "/glossary")


def test_a_chief_is_not_asked_to_choose_what_is_open_anyway(house: Office) -> None:
    assert "Choose my area" not in page(house, "chief", "/")


def test_what_is_usual_for_who_sees_rounded_numbers_is_no_filter_to_clear() -> None:
    rounded = Scope(None, Detail.FIVE)
    assert len(headline.render(reading(rounded))[1].children) == len(headline.render(reading(EVERYTHING))[1].children)
    assert "Clear all" in str(headline.render(reading(rounded, "?lang=en&category=theft"))[1])
