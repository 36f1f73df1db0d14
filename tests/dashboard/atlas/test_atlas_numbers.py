"""What stands on each page is what the screen says of that area alone, whatever is asked and in both languages."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from dashboard import claims, findings
from dashboard.atlas.leaves import MOST_RANKED, MOST_SPOTS, question_of
from dashboard.claims import target
from dashboard.periods import years_of
from dashboard.reading import Reading, read
from geodata.answers.answers import Answers
from geodata.answers.register import LASTING
from geodata.vocabulary import LayerKey, Level
from tests.dashboard.atlas.printed import Printed, plain, printed, told

pytestmark = pytest.mark.slow

QUERIES = {
    "districts": "?edition=2024&level=district",
    "districts, filtered": "?edition=2024&level=district&category=theft&category=gambling&hours=18-5&weekdays=6,7"
    "&layer=relative_risk&from=2025-01-01&to=2025-12-31",
    "regions": "?edition=2025&level=province&layer=hexagons&lang=en",
    "communes of a district": "?edition=2024&level=commune&area=703&layer=pattern&source=reported",
    "communes now": "?edition=2025&level=commune&region=708&layer=density&zone=border_1_5km&lang=en",
}


@pytest.fixture(scope="module", params=sorted(QUERIES))
def made(request: pytest.FixtureRequest, answers: Answers) -> tuple[Reading, Printed]:
    reading = read(QUERIES[request.param], answers)
    assert not reading.dropped
    return reading, printed(reading)


def test_there_is_a_page_an_area_in_order(made: tuple[Reading, Printed]) -> None:
    reading, atlas = made
    view, boundaries = reading.view, reading.snapshot.boundaries
    if view.level is Level.PROVINCE:
        wanted = [region.name for region in boundaries.regions_in(view.edition).values()]
    else:
        layer = boundaries.layers[LayerKey(view.edition, view.level)]
        asked = reading.answers.counts(view.question).asked
        wanted = [name for name, here in zip(layer.names, asked, strict=True) if here]
    assert [unit.name for unit in atlas.units] == wanted
    assert len(wanted) > 1
    for unit, page in atlas.leaves():
        assert page.startswith(unit.name + " ")


def test_finding_comparison_and_totals_are_the_answers(made: tuple[Reading, Printed]) -> None:
    for unit, page in made[1].leaves():
        reading = told(unit.reading)
        totals, change = reading.answers.totals(reading.view.question)
        assert plain(findings.finding(reading)) in page
        assert plain(claims.placed(totals, None, reading.words)) in page
        if change.comparable and change.before:
            assert plain(claims.before(change, reading.words)) in page


def test_the_ranking_is_the_answers(made: tuple[Reading, Printed]) -> None:
    for unit, page in made[1].leaves():
        view, words, names = unit.reading.view, unit.reading.words, unit.reading.names
        counts = unit.reading.answers.counts(view.question)
        rows = [
            (counts.names[i], counts.n[i], counts.before[i])
            for i in np.argsort(-counts.n, kind="stable").tolist()
            if counts.asked[i]
        ]
        if len(rows) == 1:
            keys = view.category or [each.key for each in names.categories]
            found = {key: unit.reading.answers.totals(replace(view, category=(key,)).question) for key in keys}
            rows = [(names.category(k, words.language), t.recorded, c.before) for k, (t, c) in found.items()]
            rows.sort(key=lambda row: -row[1])
        for name, n, before in rows[:MOST_RANKED]:
            assert f"{name} {words.number(n)} {words.number(before)}" in page


def test_the_targets_are_the_answers(made: tuple[Reading, Printed]) -> None:
    for unit, page in made[1].leaves():
        reading, words = unit.reading, unit.reading.words
        years = years_of(reading)
        found = reading.answers.targets(reading.view.question, baseline=years.baseline, period=years.period)
        groups = {each.group for each in reading.names.categories if each.key in reading.view.category}
        rows = [row for row in found.of() if not row.category and (not groups or row.group in groups)]
        assert rows
        for row in rows:
            for statement in (target.arithmetic, target.verdict):
                assert plain(statement(row, words).text) in page


def test_the_lasting_hot_spots_are_the_registers(made: tuple[Reading, Printed]) -> None:
    reading, atlas = made
    view = atlas.units[0].reading.view
    register = reading.answers.register(replace(view, area=(), region=()).question)
    for unit, page in atlas.leaves():
        own = unit.reading.answers.counts(unit.reading.view.question).asked
        rows = [row for row in register.rows if own[row.area] and (row.lasting or row.pattern in LASTING)]
        for row in rows[:MOST_SPOTS]:
            assert reading.names.category(row.spot.category, reading.words.language) in page
            assert own.sum() == 1 or row.name in page
        none = plain(reading.words("No lasting hot spot. Of {looked}").partition("{")[0])
        assert (none in page) <= (not rows)


def test_every_page_says_what_is_asked_how_it_is_marked_and_its_number(made: tuple[Reading, Printed]) -> None:
    _, atlas = made
    for i, (unit, page) in enumerate(atlas.leaves()):
        assert plain(question_of(unit.reading)) in page
        assert "LƯU HÀNH NỘI BỘ" in page
        assert page.replace(" ", "").endswith(f"{atlas.first + i + 1}/{len(atlas.pages)}")


def test_progress_is_told_after_each_page(made: tuple[Reading, Printed]) -> None:
    atlas = made[1]
    of = len(atlas.pages)
    assert atlas.progress == tuple((i + 1, of) for i in range(of))
