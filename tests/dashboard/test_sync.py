"""What counts when an address and controls change at once."""

from __future__ import annotations

from dashboard import ids, sync
from dashboard.reading import read
from geodata.answers.answers import Answers
from tests.geodata.worlds import Still, tiny_snapshot

QUERY = "?edition=2024&level=commune&from=2022-01-01&to=2022-12-31&category=theft&category=drugs"


def test_what_is_pressed_while_an_address_is_on_its_way_counts() -> None:
    reading = read(QUERY, Answers(Still(tiny_snapshot())))
    # The dates are those of the address before: no answer has reached them yet.
    shown = sync.values(reading.view) | {ids.START: "2023-05-01", ids.CATEGORY: ["theft"]}
    view = sync.told(reading, [ids.URL, ids.CATEGORY], shown, {})
    assert view.category == ("theft",)
    assert view.start == reading.view.start


def test_an_address_alone_is_what_is_asked() -> None:
    reading = read(QUERY, Answers(Still(tiny_snapshot())))
    shown = sync.values(reading.view) | {ids.CATEGORY: ["theft"]}
    assert sync.told(reading, [ids.URL], shown, {}) == reading.view


def test_a_control_alone_is_read_with_the_others_as_they_stand() -> None:
    reading = read(QUERY, Answers(Still(tiny_snapshot())))
    shown = sync.values(reading.view) | {ids.START: "2022-05-01", ids.CATEGORY: ["theft"]}
    view = sync.told(reading, [ids.CATEGORY], shown, {})
    assert (view.category, view.start.isoformat()) == (("theft",), "2022-05-01")


def test_months_slid_while_an_address_is_on_its_way_count() -> None:
    reading = read(QUERY, Answers(Still(tiny_snapshot())))
    slid = {"slid": [2022 * 12 + 2, 2022 * 12 + 11]}
    view = sync.told(reading, [ids.URL, ids.MONTHS_TOLD], sync.values(reading.view), slid)
    assert (view.start.isoformat(), view.end.isoformat()) == ("2022-03-01", "2022-12-31")
    assert view.category == reading.view.category
