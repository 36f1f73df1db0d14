"""Every group and category against its target: three statements, the range drawn, how the year may end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dash import html
from dash.development.base_component import Component

from dashboard import asked, ids
from dashboard.claims import target as claims
from dashboard.claims.change import marks
from dashboard.components.card import card
from dashboard.components.glossary import about
from dashboard.components.interval import interval
from dashboard.components.pick import pick, picks
from dashboard.components.table import Cell, Column, table
from dashboard.emptiness import not_loaded
from dashboard.panels import Panel, follow
from dashboard.periods import Years, years_of
from dashboard.reading import Reading
from geodata.answers.targets import Target, Targets
from geodata.vocabulary import Period

YEARS = 6  # to choose from


def render(reading: Reading) -> list[Component]:
    """Years to choose, the table of groups and categories, one group area by area, and what to bear in mind."""
    if not reading.loaded:
        return [not_loaded(reading)]
    years = years_of(reading)
    question = reading.view.question
    found = reading.answers.targets(question, reading.scope, baseline=years.baseline, period=years.period)
    return [
        _choices(reading, years),
        html.P(_compared(reading, found), className="lead"),
        *_warnings(reading, found),
        *([*_blocks(reading, found), *_notes(reading, found)] if found.comparison.reached else []),
    ]


def _choices(reading: Reading, years: Years) -> html.Div:
    words, view = reading.words, reading.view
    now = [
        pick(str(year.end.year), replace(view, start=year.start, end=year.end), chosen=year == years.period)
        for year in _known_years(reading)
    ]
    base = [
        pick(str(year.end.year), replace(view, against=year), chosen=year == years.baseline)
        for year in _known_years(reading)
        if year.start < years.period.start
    ]
    return html.Div([picks(words("Year"), now), picks(words("Compared with"), base)], className="quick")


def _known_years(reading: Reading) -> Iterator[Period]:
    profile, first, last = reading.snapshot.profile, reading.snapshot.first_day, reading.snapshot.last_day
    if first is None or last is None:
        return
    newest, oldest = profile.statistical_year_of(last), profile.statistical_year_of(first)
    for number in range(max(oldest.end.year, newest.end.year - YEARS + 1), newest.end.year + 1):
        yield profile.statistical_year(number)


def _compared(reading: Reading, found: Targets) -> str:
    words, told = reading.words, found.comparison
    where = asked.places(reading.view, reading.names, words) if reading.view.question.asks_for_places else ""
    text = words("{now} against {before}", now=words.period(told.so_far), before=words.period(told.before))
    return " · ".join(part for part in (text, where) if part)


def _warnings(reading: Reading, found: Targets) -> Iterator[Component]:
    words, told = reading.words, found.comparison
    if not told.comparable:
        yield html.P(
            words("The data do not cover both years: nothing may be concluded from these figures."), className="notice"
        )
    elif told.running:
        yield html.P(words("The year is still running, so the same part of both years is compared."), className="hint")
    lost = sorted(set(reading.snapshot.profile.target.regions) - set(reading.names.choices.regions))
    if lost:
        text = words("Targets are set for regions that are not loaded: {regions}.", regions=", ".join(lost))
        yield html.P(text, className="notice")
    if text := marks(told, reading.snapshot.profile.event_list(), words):
        yield html.P(text, className="hint")


def _blocks(reading: Reading, found: Targets) -> Iterator[Component]:
    """Groups that people report apart from those that police find."""
    words = reading.words
    groups = [row for row in found.of() if not row.category]
    for discovered, title in ((False, words("Mostly reported by people")), (True, words("Mostly found by police"))):
        rows = [row for row in groups if row.discovered is discovered]
        if rows:
            yield html.H3(title)
            yield _table(title, rows, found, reading)
            if discovered:
                text = words(
                    "A fall here may also be less looking, a rise more: police find these incidents themselves."
                )
                yield html.P(text, className="hint")


def _table(title: str, groups: list[Target], found: Targets, reading: Reading) -> html.Div:
    words = reading.words
    members = [row for row in found.of() if row.category]
    heads = (words("Before"), words("Now"))
    columns = [
        Column(words("Group"), number=False),
        *map(Column, heads),
        Column(words("Change, 95 % range"), number=False),
        Column(words("Three statements"), number=False),
        *([Column(words("Year's end"), number=False)] if found.comparison.running else []),
    ]
    rows = []
    for group in groups:
        rows.append(_row(group, found, reading))
        own = [row for row in members if row.group == group.group]
        if len(own) > 1:
            rows += [_row(row, found, reading) for row in own]
    return table(title, columns, rows)


def _row(row: Target, found: Targets, reading: Reading) -> list[Cell]:
    words = reading.words
    name = reading.names.category(row.category, words.language) if row.category else _group(row.group, reading)
    statements = (claims.arithmetic(row, words), claims.change(row, words), claims.verdict(row, words))
    told = [html.Li([html.Span(each.sign, className="sign"), each.text]) for each in statements]
    drawn: Cell = "–"
    if claims.tellable(row):
        drawn = interval(row.ratio, row.low, row.high, target=row.target, told=statements[1].text)
    cells: list[Cell] = [
        html.Span(name, className="member" if row.category else "group"),
        words.count(row.before),
        words.count(row.now),
        drawn,
        html.Ul(told, className="statements"),
    ]
    if found.comparison.running:
        cells.append(claims.outlook(row, found.comparison.period, words))
    return cells


def _group(key: str, reading: Reading) -> str:
    groups = {group.key: group for group in reading.snapshot.profile.group_list()}
    return groups[key].label(reading.words.language) if key in groups else key


def _notes(reading: Reading, found: Targets) -> Iterator[Component]:
    words = reading.words
    for row in found.of():
        if not row.category and (note := claims.power(row, words)):
            yield html.P(f"{_group(row.group, reading)}: {note}", className="hint")
    texts = (
        words(
            "The line: dot and bar are now / before with its range, the dashed mark is the target, the other no change."
        ),
        words(
            "The third statement asks on one side only, at 5%: it can tell where the drawn 95% range just crosses the "
            "target."
        ),
        words("Of the filters, the last day chooses the year and a category the group looked at area by area."),
        words("Each year has January and February counted together, because Tết moves between them."),
        words("Where months differ by more than chance, ranges and tests are widened for it."),
    )
    for text in texts:
        yield html.P(text, className="hint")


def layout(reading: Reading) -> html.Section:
    """The place of the table."""
    mark = about(reading.view, "three_statements", reading.words)
    return card(reading.words("Targets of the programme"), html.Div(render(reading), id=ids.TARGETS), about=mark)


PANEL = Panel(layout, follow(ids.TARGETS, render))
