"""What those without the right to see points have on their screens: every panel stands, none tells a small count."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Hashable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest

from dashboard.app import create_app
from dashboard.exports import Order, all_formats, render
from dashboard.layers import picture_of
from dashboard.panels import all_panels, caption, notice
from dashboard.panels.kpis import render as render_kpis
from dashboard.reading import Reading, of_view, read
from dashboard.settings import Settings
from dashboard.stamp import stamp
from dashboard.words import of
from geodata.answers.answers import Answers
from geodata.question import Detail, Scope
from geodata.warehouse.snapshot import Snapshot
from tests.dashboard.markup import text
from tests.geodata.worlds import Still, tiny_snapshot

pytestmark = pytest.mark.slow

T = TypeVar("T")
HIDDEN = Scope(detail=Detail.FIVE)
WORLD = tiny_snapshot(n=400)
LAYERS = ("count", "rate", "relative_risk", "change", "gi_star", "pattern", "hexagons", "density", "points")
ASKED = (
    *(f"?lang=en&edition=2024&layer={layer}" for layer in LAYERS),
    "?lang=en&edition=2024&category=theft&from=2024-03-05&to=2024-04-20&hours=18-5",
    "?lang=en&edition=2025&area=201&category=drugs&zone=border_0_1km",
    "?lang=vi&edition=2024&level=district&source=reported",
    "?lang=en&edition=2024&area=101&beside=203&mode=projector",
)
SMALL = re.compile(r"(?<![\d.,<])\b[1-4] (recorded )?incident")


class Watched(Answers):
    """Keeps every answer it gave, to be looked through, and from what it was made."""

    def __init__(self) -> None:
        super().__init__(Still(WORLD))
        self.given: list[object] = []
        self.open: list[object] = []  # what was answered from the incidents themselves

    def _answer(self, now: Snapshot, key: tuple[Hashable, ...], make: Callable[[], T]) -> T:
        found = super()._answer(now, key, make)
        self.given.append(found)
        self.open += [key[0]] if now.covers is None else []
        return found


@pytest.fixture(scope="module", autouse=True)
def _served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    server = create_app(Settings(tmp_path_factory.mktemp("hidden")), Still(WORLD)).server
    with server.app_context():
        yield


def reading(query: str, answers: Answers | None = None) -> Reading:
    return read(query, answers or Answers(Still(WORLD)), HIDDEN)


@pytest.mark.parametrize("query", ASKED)
def test_every_panel_stands_and_tells_no_small_count(query: str) -> None:
    answers = Watched()
    asked = reading(query, answers)
    for panel in all_panels():
        said = text({"children": panel.layout(asked)})
        assert not SMALL.search(said), said
    assert set(answers.open) <= {"disclosed", "terrain"}
    for given in answers.given:
        for field in ("n", "before", "now"):
            value = getattr(given, field, 0)
            if isinstance(value, int | np.ndarray) and np.asarray(value).dtype.kind == "i":
                assert not np.any(np.asarray(value) % 5), (type(given), field)


def test_a_place_without_a_shown_number_is_told_as_fewer_than_five() -> None:
    asked = reading("?lang=en&edition=2024&category=theft&from=2024-03-01&to=2024-03-31&source=discovered")
    counts = asked.answers.counts(asked.view.question, HIDDEN)
    assert (counts.n == 0).any()
    assert asked.words.count(0) == "<5"
    bare = reading("?lang=en&edition=2024&category=theft&from=2024-03-01&to=2024-03-31&source=discovered&area=101")
    assert "<5" in text({"children": [*render_kpis(bare)]})
    picture = picture_of(asked.view, asked.answers, HIDDEN, asked.words)
    assert "<5" in {row.label for row in picture.legend}
    assert any("<5 recorded incidents" in line for line in picture.hover)


def test_the_notice_says_that_numbers_are_rounded_and_what_was_asked_more_finely() -> None:
    asked = reading("?lang=en&edition=2024&from=2024-03-05&to=2024-04-20&hours=18-5&weekdays=6")
    said = text({"children": notice.render(asked)})
    assert "rounded to 5" in said
    assert "Hours and weekdays are not told" in said
    assert "whole months" in said
    assert (asked.view.start, asked.view.end) == (date(2024, 3, 1), date(2024, 4, 30))
    assert (asked.view.hours, asked.view.weekdays) == (None, ())


def test_the_caption_and_the_stamp_of_every_export_say_it_too() -> None:
    asked = reading("?lang=en&edition=2024")
    assert any("rounded to 5" in each for each in caption.facts(asked))
    facts = {fact.key: fact.value for fact in stamp(asked, now=datetime(2025, 1, 2, tzinfo=UTC))}
    assert "rounded to 5" in str(facts["rounding"])
    assert int(facts["recorded"]) % 5 == 0


def test_who_may_see_points_is_told_nothing_of_it_and_every_number_as_it_is() -> None:
    asked = read("?lang=en&edition=2024&from=2024-03-05&to=2024-04-20&hours=18-5", Answers(Still(WORLD)))
    assert notice.render(asked) == []
    assert asked.view.hours == (18, 5)
    assert asked.words.count(3) == "3"
    assert "rounding" not in {fact.key for fact in stamp(asked, now=datetime(2025, 1, 2, tzinfo=UTC))}


def test_a_view_that_is_already_there_is_read_by_the_same_rule() -> None:
    whole = read("?lang=en&edition=2024&hours=18-5", Answers(Still(WORLD)))
    asked = of_view(whole.view, whole.answers, of("en"), HIDDEN)
    assert asked.view.hours is None
    assert asked.words.few == 5
    assert asked.snapshot.covers is not None


@pytest.mark.parametrize("key", [key for key, form in all_formats().items() if form.kind in ("table", "picture")])
def test_every_table_and_picture_can_be_made_of_what_is_disclosed(key: str, tmp_path: Path) -> None:
    order = Order(reading("?lang=en&edition=2024"), datetime(2025, 1, 2, tzinfo=UTC))
    assert len(render(order, key)) > 100


def test_no_table_holds_a_small_number() -> None:
    order = Order(reading("?lang=en&edition=2024&category=theft"), datetime(2025, 1, 2, tzinfo=UTC))
    lines = render(order, "csv").decode("utf-8-sig").splitlines()
    heads = lines[0].split(",") if "," in lines[0] else lines[0].split(";")
    at = heads.index("n")
    numbers = [re.split("[,;]", line)[at] for line in lines[1:] if line]
    assert numbers
    assert all(not each.isdigit() or int(each) % 5 == 0 for each in numbers)


def test_subtracting_one_export_from_another_gives_no_small_number() -> None:
    """A month more, a category less, one source of all: what each area has in one file and not in the other."""
    whole, *others = (
        f"?lang=en&edition=2024&from=2024-01-01{narrower}"
        for narrower in (
            "&to=2024-06-30",
            "&to=2024-05-31",
            "&to=2024-06-20",
            "&to=2024-06-30&category=theft&category=drugs",
            "&to=2024-06-30&source=reported",
            "&to=2024-06-30&zone=border_0_1km",
        )
    )
    answers = Answers(Still(WORLD))
    numbers = [_exported(reading(query, answers)) for query in (whole, *others)]
    for less in numbers[1:]:
        rest = {area: n - less.get(area, 0) for area, n in numbers[0].items()}
        assert all(n % 5 == 0 for n in rest.values())
    exact = [_exported(read(query, answers)) for query in (whole, others[0])]
    assert any(0 < n - exact[1][area] < 5 for area, n in exact[0].items())  # so it is worth hiding


def _exported(asked: Reading) -> dict[str, int]:
    """Area code -> n in the CSV file of a view; nothing told is nothing."""
    text_of = render(Order(asked, datetime(2025, 1, 2, tzinfo=UTC)), "csv").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text_of), delimiter=";" if ";" in text_of.splitlines()[0] else ","))
    return {row["area_code"]: int(row["n"] or 0) for row in rows}
