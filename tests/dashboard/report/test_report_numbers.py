"""Every number of the report is the screen's: of any year, edition, region and language."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from dashboard.reading import Reading, read
from geodata.answers.answers import Answers
from geodata.question import Question
from geodata.vocabulary import Level, Period, Source
from tests.dashboard.report.province import captioned, number, opened, written

pytestmark = pytest.mark.slow

CASES = (
    ("?edition=2024&level=commune&lang=vi", 2025),
    ("?edition=2025&level=commune&lang=vi", 2026),
    ("?edition=2024&level=commune&region=703&lang=en", 2024),
    ("?edition=2025&level=commune&region=710&lang=vi", 2025),
    ("?edition=2025&level=commune&category=theft&hours=18-5&lang=en", 2025),  # a report is of everything
)


class Case:
    def __init__(self, query: str, year: int, answers: Answers) -> None:
        self.reading: Reading = read(query, answers)
        self.answers = answers
        self.words = self.reading.words
        self.tables = captioned(opened(written(query, year, answers)))
        view, profile = self.reading.view, answers.snapshot.profile
        self.period = profile.statistical_year(year)
        self.question = Question(self.period, view.edition, Level.COMMUNE, areas=view.area, regions=view.region)

    def table(self, title: str) -> list[list[str]]:
        return self.tables[self.words(title)][1:]

    def n(self, **narrowed: object) -> int:
        return self.answers.totals(replace(self.question, **narrowed))[0].recorded  # type: ignore[arg-type]


@pytest.fixture(params=CASES, ids=lambda case: f"{case[0][9:13]} {case[1]}", scope="module")
def case(request: pytest.FixtureRequest, answers: Answers) -> Case:
    return built(*request.param, answers)


@cache
def built(query: str, year: int, answers: Answers) -> Case:
    return Case(query, year, answers)


def test_the_totals_and_each_group_are_those_of_the_map(case: Case) -> None:
    rows = case.table("Recorded incidents by group and category")
    _, change = case.answers.totals(case.question)
    assert number(rows[0][2]) == case.n()
    if change.comparable:
        assert number(rows[0][1]) == change.before
        assert number(rows[0][3]) == case.n() - change.before
    told = {row[0].removeprefix("– "): number(row[2]) for row in rows[1:]}
    for group in case.answers.snapshot.profile.group_list():
        members = case.reading.names.members(group.key)
        assert told[group.label(case.words.language)] == case.n(categories=members)


def test_reported_and_discovered_are_counted_apart(case: Case) -> None:
    rows = {row[0]: number(row[2]) for row in case.table("Recorded incidents by how they became known")}
    assert rows[case.words("Reported")] == case.n(sources=(Source.REPORTED,))
    assert rows[case.words("Discovered by police")] == case.n(sources=(Source.DISCOVERED,))
    assert sum(rows.values()) == case.n()


def test_communes_and_those_not_placed_add_up_to_the_total(case: Case) -> None:
    rows = case.table("Recorded incidents by commune")
    counts = case.answers.counts(case.question)
    listed = iter(rows)
    for i, name in enumerate(counts.names):
        if counts.asked[i]:
            row = next(listed)
            assert (row[0].split(" (")[0], number(row[2])) == (name, counts.n[i])  # "(" and where one of two lies
    *_, whole = rows
    assert number(whole[2]) == case.n()
    assert sum(number(row[2]) for row in rows[:-1]) == case.n()
    assert all(sum(number(row[i]) for row in rows[:-1]) == number(whole[i]) for i in range(4, len(whole)))


def test_districts_or_areas_of_responsibility_are_those_of_the_map(case: Case) -> None:
    words, edition = case.words, case.question.edition
    if case.question.regions:
        assert words("Recorded incidents by area of responsibility") not in case.tables
        return
    if edition == "2024":
        counts = case.answers.counts(replace(case.question, level=Level.DISTRICT))
        expected = dict(zip(counts.names, counts.n.tolist(), strict=True))
        rows = case.table("Recorded incidents by district")
    else:
        regions = case.reading.names.boundaries.regions_in(edition).values()
        expected = {each.name: case.n(regions=(each.id,)) for each in regions}
        rows = case.table("Recorded incidents by area of responsibility")
    assert {row[0]: number(row[2]) for row in rows if row[0] in expected} == expected
    assert number(rows[-1][2]) == case.n()


def test_zones_are_those_of_the_map(case: Case) -> None:
    found = case.answers.zones(case.question)
    title = case.words("Recorded incidents in border zones")
    if title in case.tables:
        assert [number(row[2]) for row in case.tables[title][1:]] == found.n.tolist()
    else:  # a region inland
        assert case.question.regions
        assert found.n.sum() == 0


def test_targets_are_those_of_the_command(case: Case) -> None:
    profile = case.answers.snapshot.profile
    year = case.period.end.year
    own = profile.target.baseline_year or year - 1
    baseline = profile.statistical_year(own if own < year else year - 1)
    found = case.answers.targets(case.question, baseline=baseline, period=case.period)
    rows = case.table("The targets: three statements for each group")
    groups = [row for row in found.of() if not row.category]
    assert [(number(row[1]), number(row[2])) for row in rows] == [(row.before, row.now) for row in groups]
    reached = [row[5] == case.words("reached") for row in rows]
    assert reached == [row.reached for row in groups]
    assert all(
        int(row[2].replace(".", "").replace(",", "")) <= number(row[4])
        for row, g in zip(rows, groups, strict=True)
        if g.reached
    )


def test_weekdays_add_up_to_the_total(case: Case) -> None:
    [row] = case.table("Recorded incidents by weekday")
    rhythm = case.answers.rhythm(case.question)
    assert [number(cell) for cell in row[1:]] == [round(n) for n in rhythm.by_weekday.tolist()]
    assert abs(sum(number(cell) for cell in row[1:]) - case.n()) <= 3  # rounded one by one


def test_the_register_lists_every_lasting_place(case: Case) -> None:
    register = case.answers.register(case.question)
    names = [row.name for row in register.rows if row.lasting or row.standing.followed]
    title = case.words("Lasting hot spots and what is followed up")
    assert [row[0] for row in case.tables.get(title, [[]])[1:]] == names


def test_a_running_year_is_held_against_the_same_days(answers: Answers) -> None:
    last = answers.snapshot.last_day
    assert last is not None
    year = answers.snapshot.profile.statistical_year_of(last)
    case = built("?edition=2025&level=commune&lang=vi", year.end.year, answers)
    so_far = Period(year.start, last).a_year_earlier()
    rows = case.table("Recorded incidents by group and category")
    assert number(rows[0][1]) == case.n(period=so_far)
