"""The one companion of a slide's map: months, five places, the worst of the register, or targets. No full table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from dash import html
from dash.development.base_component import Component

from dashboard.claims import beyond_chance
from dashboard.claims import change as told_change
from dashboard.claims import pattern as told_pattern
from dashboard.claims import risk as told_risk
from dashboard.claims import target as told_target
from dashboard.components.interval import interval
from dashboard.components.strip import strip
from dashboard.findings import COMPARE, PERSISTENCE, TARGETS
from dashboard.paper import type as letters
from dashboard.periods import years_of
from dashboard.reading import Reading
from dashboard.slides import Shown, months
from dashboard.slides.drawing import drawing
from dashboard.slides.stage import LINE, TEXT
from dashboard.words import Words
from geodata.answers.patterns import AreaPatterns

MOST = 5  # rows
QUARTERS = 12
NAME, GRAPHIC, BETWEEN = 37, 34, 12  # heights
RISKS = ("rate", "relative_risk", "gi_star")


@dataclass(frozen=True, slots=True)
class Row:
    """A place or group: its number, something drawn, and how sure."""

    name: str
    value: str = ""
    drawn: Component | None = None
    detail: str = ""
    n: str = ""  # incidents, for who has room for them

    def height(self, width: int) -> int:
        """As the style sheet sets it."""
        lines = len(letters.wrap(self.detail, TEXT, 400, width)) if self.detail else 0
        names = len(letters.wrap(f"{self.name}  {self.value}", 26, 700, width))
        return NAME * names + (GRAPHIC if self.drawn is not None else 0) + LINE * lines + BETWEEN


@dataclass(frozen=True, slots=True)
class Companion:
    """A heading and rows, or a drawing with its key."""

    heading: str
    rows: Sequence[Row] = ()
    key: Sequence[Component] = field(default_factory=list)

    def markup(self, reading: Reading, box: tuple[int, int]) -> html.Div:
        """As many whole rows as a box of that width and height has room for."""
        words, free = reading.words, box[1] - 44 - 2 * LINE * len(self.key)
        shown: list[Component] = []
        for row in self.rows[:MOST]:
            free -= row.height(box[0])
            if free < 0 and shown:
                break
            shown.append(_row(row))
        if not self.rows:
            trend = reading.answers.trend(reading.view.question, reading.scope)
            shown = [drawing(months.draw(trend, (box[0], max(free - 8, 160)), words), reading.view.theme)]
        return html.Div([html.H2(self.heading), *self.key, *shown], className="companion")


def _row(row: Row) -> html.Div:
    head = [html.Span(row.name, className="who"), html.Strong(row.value)]
    below = [row.drawn] if row.drawn is not None else []
    detail = [html.Span(row.detail, className="detail")] if row.detail else []
    return html.Div([html.Div(head), *below, *detail], className="ranked")


def companion(slide: Shown) -> Companion:
    """What stands beside the map of a slide."""
    reading, layer = slide.reading, slide.reading.view.layer
    if slide.path == TARGETS:
        return _or_months(reading, _targets(reading), reading.words("Against the target"), _target_key(reading.words))
    if slide.path == PERSISTENCE:
        heading = reading.words("Worst first; last {n} quarters", n=QUARTERS)
        return _or_months(reading, _register(reading), heading)
    if slide.path == COMPARE or layer == "change":
        return _or_months(reading, _changes(slide.seen), reading.words("Clearest changes"))
    if layer in RISKS:
        return _or_months(reading, _risks(reading), reading.words("Highest risk"))
    if layer == "pattern":
        heading = reading.words("Longest hot; last {n} quarters", n=QUARTERS)
        return _or_months(reading, _patterns(reading), heading)
    return _or_months(reading, (), "")


def _or_months(reading: Reading, rows: Iterable[Row], heading: str, key: Component | None = None) -> Companion:
    """The rows, or the months where there are none."""
    if found := list(rows):
        return Companion(heading, found, [key] if key is not None else [])
    return by_month(reading)


def by_month(reading: Reading) -> Companion:
    """The months, with what their bars and their line are."""
    words = reading.words
    trend = reading.answers.trend(reading.view.question, reading.scope)
    signs = [
        (words("in the period"), "bars"),
        *([(words("outside it"), "bars pale")] if not trend.in_period[-months.SHOWN :].all() else []),
        (words("year before"), "line"),
        *([(words("month not complete"), "bars open")] if trend.partial[-months.SHOWN :].any() else []),
    ]
    return Companion(words("Trend by month"), key=[_key(signs)])


def _target_key(words: Words) -> Component:
    return _key([(words("target"), "goal"), (words("unchanged"), "same")])


def _key(signs: Iterable[tuple[str, str]]) -> Component:
    return html.Div([html.Span(label, className=f"key {look}") for label, look in signs], className="trend-key")


def _risks(reading: Reading) -> Iterator[Row]:
    """The highest risks that may be stated; what is beyond chance has its sign."""
    words = reading.words
    risk = reading.answers.risk(reading.view.question, reading.scope)
    stated = np.flatnonzero(risk.asked & ~risk.few & np.isfinite(risk.rr))
    for i in stated[np.argsort(-risk.rr[stated], kind="stable")][:MOST].tolist():
        times, spread = told_risk.brief(risk, i, words)
        said = f"{spread}; {told_risk.beyond(risk, i, words)}"
        yield Row(risk.names[i], times, detail=said, n=words.count(int(risk.n[i])))


def _changes(reading: Reading) -> Iterator[Row]:
    """What changed beyond chance, then what came nearest to it."""
    view, words = reading.view, reading.words
    found = reading.answers.change(view.question, reading.scope, against=view.against)
    tested = np.flatnonzero(found.asked & np.isfinite(found.p))
    sure = np.isin(found.classes[tested], told_change.SURE)
    for i in tested[np.lexsort((found.p[tested], ~sure))][:MOST].tolist():
        ranged = told_change.ranged(told_change.of_area(found, i), words)
        said = beyond_chance(words, sure=found.classes[i] in told_change.SURE)
        counts = f"{words.count(int(found.before[i]))} → {words.count(int(found.now[i]))}"
        yield Row(found.names[i], counts, detail="; ".join(part for part in (ranged, said) if part))


def _patterns(reading: Reading) -> Iterator[Row]:
    words = reading.words
    found = reading.answers.patterns(reading.view.question, reading.scope)
    hot = (found.quarters > 0).sum(axis=1) if found.quarters.size else np.zeros(len(found.codes), dtype=np.int64)
    stated = np.flatnonzero(found.asked & found.enough & (hot > 0))
    for i in stated[np.lexsort((-hot[stated], ~found.lasting[stated]))][:MOST].tolist():
        said = told_pattern.quarters(found, i, words)
        yield Row(found.names[i], "", _quarters(found, i, words), said, words.count(int(found.n[i])))


def _register(reading: Reading) -> Iterator[Row]:
    words = reading.words
    found = reading.answers.register(reading.view.question, reading.scope)
    for row in found.rows[:MOST]:
        category = reading.names.category(row.spot.category, words.language) if row.spot.category else ""
        detail = ", ".join(part for part in (category, told_pattern.quarters(row.found, row.area, words)) if part)
        yield Row(row.name, "", _quarters(row.found, row.area, words), detail)


def _quarters(found: AreaPatterns, area: int, words: Words) -> Component:
    """A bar a quarter: tall and dark where it was hot."""
    states = found.quarters[area, -QUARTERS:].tolist()
    told = told_pattern.quarters(found, area, words) or words("too few to tell")
    return strip(told, [(state, "") for state in states])


def _targets(reading: Reading) -> Iterator[Row]:
    words, years = reading.words, years_of(reading)
    groups = {group.key: group.label(words.language) for group in reading.names.profile.group_list()}
    found = reading.answers.targets(reading.view.question, reading.scope, baseline=years.baseline, period=years.period)
    if not found.comparison.reached:
        return
    for row in found.of():
        if row.category:
            continue
        said = told_target.verdict(row, words)
        verdict = said.text.partition(":")[0]  # what makes it unclear is said where one reads from near
        counts = f"{words.count(row.before)} → {words.count(row.now)}"
        drawn = None
        if told_target.tellable(row):
            told = told_target.change(row, words).text
            drawn = interval(row.ratio, row.low, row.high, target=row.target, told=told)
        yield Row(groups.get(row.group, row.group), counts, drawn, f"{said.sign} {verdict}")
