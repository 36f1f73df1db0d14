"""One group against its target, region by region and area by area: what is asked, and where it can be told at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.claims import signed
from dashboard.claims import target as claims
from dashboard.components.card import card
from dashboard.components.glossary import about
from dashboard.components.interval import interval
from dashboard.components.pick import pick, picks
from dashboard.components.table import Cell, Column, table
from dashboard.names import LEVELS
from dashboard.panels import Panel, follow
from dashboard.periods import years_of
from dashboard.reading import Reading
from geodata.answers.targets import Target, Targets
from geodata.vocabulary import Level


def render(reading: Reading) -> list[Component]:
    """The group and the level to choose, a row a region, then a row an area, those with most incidents first."""
    groups = reading.names.profile.group_list()
    if not reading.snapshot.boundaries.layers or reading.snapshot.last_day is None or not groups:
        return []
    level = _level(reading)
    key = chosen_group(reading)
    return [_choices(reading, key, level), *_by_region(reading, key), *_by_area(reading, key, level)]


def _by_region(reading: Reading, key: str) -> Iterator[Component]:
    """The areas that chiefs answer for, each with the target it was handed."""
    words, years, view = reading.words, years_of(reading), reading.view
    choices = reading.names.choices.regions
    regions = [each for each in reading.snapshot.boundaries.regions_in(view.edition) if each in choices]
    if not regions:
        return
    rows: list[Sequence[Cell]] = []
    for region in regions:
        question = replace(view.question, regions=(region,), areas=())
        found = reading.answers.targets(question, reading.scope, baseline=years.baseline, period=years.period)
        if not found.comparison.reached:
            return
        link = dcc.Link(reading.names.region(region), href=replace(view, region=(region,), area=()).to_query())
        row = next((row for row in found.of() if not row.category and row.group == key), None)
        if row is not None:
            rows.append([link, *_cells(row, found, reading)])
            columns = _columns(words("Area of responsibility"), found, reading)
    if rows:
        yield html.H3(words("By area of responsibility"))
        yield table(words("By area of responsibility"), columns, rows)


def _by_area(reading: Reading, key: str, level: Level) -> Iterator[Component]:
    words, view, years = reading.words, reading.view, years_of(reading)
    question = replace(view.question, level=level)
    found = reading.answers.targets(question, reading.scope, baseline=years.baseline, period=years.period, by_area=True)
    if not found.comparison.reached:
        return
    rows = [row for row in found.rows if not row.category and row.group == key]
    rows.sort(key=lambda row: (-max(row.now, row.before), row.area))
    names = dict(found.areas)
    counted = [row for row in rows if row.now or row.before]
    cells = [
        [dcc.Link(names[row.area], href=replace(view, area=(row.area,)).to_query()), *_cells(row, found, reading)]
        for row in counted
    ]
    yield html.H3(words(LEVELS[level]))
    yield table(words(LEVELS[level]), _columns(words("Area"), found, reading), cells)
    yield from _notes(rows, counted, reading)


def chosen_group(reading: Reading) -> str:
    """The group whose categories are asked for, else the first."""
    groups = [group.key for group in reading.names.profile.group_list()]
    asked = {item.group for item in reading.names.categories if item.key in reading.view.category}
    return asked.pop() if len(asked) == 1 and asked <= set(groups) else groups[0]


def _level(reading: Reading) -> Level:
    """The view's level, but never the whole province, which the table above tells of."""
    levels: list[Level] = [
        level for level in reading.names.choices.levels(reading.view.edition) if level is not Level.PROVINCE
    ]
    return reading.view.level if reading.view.level in levels else (levels or [reading.view.level])[0]


def _choices(reading: Reading, key: str, level: Level) -> html.Div:
    names, words, view = reading.names, reading.words, reading.view
    groups = [
        pick(group.label(words.language), replace(view, category=names.members(group.key)), chosen=group.key == key)
        for group in names.profile.group_list()
    ]
    levels = [
        pick(words(LEVELS[each]), replace(view, level=each), chosen=each is level)
        for each in names.choices.levels(view.edition)
        if each is not Level.PROVINCE
    ]
    return html.Div([picks(words("Group"), groups), picks(words("Areas by"), levels)], className="quick")


def _columns(name: str, found: Targets, reading: Reading) -> list[Column]:
    words = reading.words
    heads = [Column(words("Before")), Column(words("Now")), Column(words("Asked"))]
    told = [Column(words("Change, 95 % range"), number=False), Column(words("What can be told"), number=False)]
    running = [Column(words("Year's end"), number=False)] if found.comparison.running else []
    return [Column(name, number=False), *heads, *told, *running]


def _cells(row: Target, found: Targets, reading: Reading) -> list[Cell]:
    words = reading.words
    drawn: Cell = words("too few to tell")
    if claims.tellable(row):
        drawn = interval(row.ratio, row.low, row.high, target=row.target, told=claims.change(row, words).text)
    said = claims.verdict(row, words)
    cells: list[Cell] = [
        words.count(row.before),
        words.count(row.now),
        signed(row.target, words),
        drawn,
        html.Span([html.Span(said.sign, className="sign"), said.text]),
    ]
    if found.comparison.running:
        cells.append(claims.outlook(row, found.comparison.period, words) if claims.tellable(row) else "")
    return cells


def _notes(rows: list[Target], counted: list[Target], reading: Reading) -> Iterator[Component]:
    words = reading.words
    told = sum(row.verdict != "unclear" for row in rows)
    yield html.P(
        words(
            "{told} of {n} areas have enough incidents to tell whether the target was met.",
            told=words.number(told),
            n=words.number(len(rows)),
        )
    )
    if len(counted) < len(rows):
        left_out = words.plural(
            "{n} area without an incident in either period is left out.",
            "{n} areas without an incident in either period are left out.",
            len(rows) - len(counted),
        )
        yield html.P(left_out, className="hint")


def layout(reading: Reading) -> html.Section:
    """The place of the table."""
    mark = about(reading.view, "three_statements", reading.words)
    return card(reading.words("One group, area by area"), html.Div(render(reading), id=ids.TARGET_AREAS), about=mark)


PANEL = Panel(layout, follow(ids.TARGET_AREAS, render))
