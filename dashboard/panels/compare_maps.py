"""Two periods with their difference, two editions, two kinds of cells, all groups or eight quarters as maps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from dash import ALL, Dash, Input, State, ctx, html, set_props
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate
from numpy.typing import NDArray

from dashboard import ids, multiples
from dashboard.claims import change as claims
from dashboard.clicks import clicked_area, dig
from dashboard.components.card import card
from dashboard.components.glossary import about
from dashboard.components.legend import legend
from dashboard.emptiness import why_empty
from dashboard.figures.picture import LegendRow, Picture
from dashboard.figures.side_by_side import Side, legend_of, side_by_side
from dashboard.layers import change, picture_of
from dashboard.names import LEVELS
from dashboard.panels import Panel, compare_choices, follow
from dashboard.panels.compare_choices import UNITS, units
from dashboard.reading import Reading, read
from dashboard.small_maps import small_map
from dashboard.view import View
from geodata.answers.answers import Answers
from geodata.answers.change import AreaChanges
from geodata.vocabulary import Period

BEFORE, NOW, DIFFERENCE = "before", "now", "difference"


def changes_of(reading: Reading) -> AreaChanges:
    """The view's period against the one it names. A chosen area is outlined, not alone."""
    question = replace(reading.view.question, areas=())
    return reading.answers.change(question, reading.scope, against=reading.view.against)


def nothing(reading: Reading) -> list[Component]:
    """Why there is nothing to compare, [] where there is."""
    if not reading.snapshot.boundaries.layers:
        return [html.P(reading.words("Nothing is loaded yet"), className="empty")]
    if reading.snapshot.last_day is not None:
        return []
    totals, _ = reading.answers.totals(reading.view.question, reading.scope)
    return [why_empty(reading, totals)]


def render(reading: Reading) -> list[Component]:
    """What to compare, in words what comes of it, and the maps."""
    if empty := nothing(reading):
        return empty
    if reading.view.side != "periods":
        return [*_several(reading, reading.view.side)]
    if reading.view.other:
        return [*_editions(reading)]
    return [*(_units(reading) if units(reading.view) else _periods(reading))]


def _several(reading: Reading, kind: multiples.Kind) -> Iterator[Component]:
    """The groups, or quarters, as maps of one size."""
    words, view = reading.words, reading.view
    if text := multiples.lead(reading, kind):
        yield html.P(text, className="lead")
    if kind == "groups" and view.category:
        yield html.P(words("Each group is shown whole, whatever categories are chosen."), className="hint")
    if view.area or view.region:
        yield html.P(words("Changes are told of the whole province, counts of the places asked."), className="hint")
    if not (parts := multiples.parts_of(reading, kind)):
        yield html.P(words("The data hold nothing to stand side by side here."), className="empty")
        return
    yield multiples.multiples(reading, kind)
    yield html.P(_how(reading, kind, len(parts)), className="hint")


def _how(reading: Reading, kind: multiples.Kind, n: int) -> str:
    """What the maps are, and whether their shades can be compared."""
    words, view = reading.words, reading.view
    maps = (
        words("{n} groups of crime, {period}", n=n, period=words.period(view.period))
        if kind == "groups"
        else words("{n} quarters of three months, counted back from the last whole month", n=n)
    )
    shades = words("per 10,000 inhabitants") if view.layer == "rate" else words("recorded incidents")
    scale = (
        words("each map has a scale of its own: the same shade is another number on another map")
        if view.scale == "own"
        else words("one scale: the same shade is the same number on every map")
    )
    return f"{maps}; {shades}; {scale}"


def _periods(reading: Reading) -> Iterator[Component]:
    words, changes = reading.words, changes_of(reading)
    events = reading.snapshot.profile.event_list()
    yield html.P(claims.total(changes, words), className="lead")
    yield from (html.P(text, className="notice" if not changes.comparable else "hint") for text in _warned(reading))
    told = changes.comparison
    first, second = side_by_side(
        (_side(reading, changes, changes.before, told.before), _side(reading, changes, changes.now, told.so_far)),
        words,
        rates=reading.view.layer == "rate",
    )
    moved = change.draw(changes, words)
    notes = tuple(row for row in moved.legend if row.kind != "note")
    yield html.Div(
        [
            _twins(
                (reading, reading),
                (first, second),
                (words.period(told.before), words.period(told.so_far)),
                legend_of((first, second), words),
            ),
            html.Div(
                [
                    html.Div(small_map(reading, moved, words("Difference"), DIFFERENCE), className="pair-of-maps"),
                    html.Div(legend(replace(moved, legend=notes), reading.view.theme), className="map-key"),
                    html.P(claims.caution(changes, words), className="hint"),
                ],
                className="difference",
            ),
        ],
        className="maps",
    )
    yield html.P(claims.method(changes, words), className="hint")
    if text := claims.marks(told, events, words):
        yield html.P(text, className="hint")


def _side(reading: Reading, changes: AreaChanges, n: NDArray[np.int64], period: Period) -> Side:
    population = reading.snapshot.boundaries.layers[changes.question.layer].population
    return Side(changes.codes, changes.names, changes.asked, n, population, period.days, changes.totals, changes.facts)


def _warned(reading: Reading) -> list[str]:
    return claims.doubts(changes_of(reading), reading.words)


def _editions(reading: Reading) -> Iterator[Component]:
    """The same days in two tilings: the older edition stands first."""
    words, names = reading.words, reading.names
    views = sorted(
        (reading.view, _in_other(reading)), key=lambda view: list(names.boundaries.editions).index(view.edition)
    )
    sides = []
    for view in views:
        counts = reading.answers.counts(replace(view.question, areas=()), reading.scope)
        sides.append(
            Side(
                counts.codes,
                counts.names,
                counts.asked,
                counts.n,
                counts.population,
                view.period.days,
                counts.totals,
                counts.facts,
            )
        )
    pictures = side_by_side((sides[0], sides[1]), words, rates=reading.view.layer == "rate")
    yield html.P(
        words(
            "{period}: the same incidents, counted in the old and in the new units",
            period=words.period(views[0].period),
        ),
        className="lead",
    )
    titles = [names.edition(view.edition, words) for view in views]
    readings = [replace(reading, view=view) for view in views]
    yield html.Div(_twins(readings, pictures, titles, legend_of(pictures, words)), className="maps editions")
    for title, side in zip(titles, sides, strict=True):
        yield html.P(_placed(reading, title, side), className="hint")
    if reading.view.layer != "rate":
        text = words("Units differ in size: a darker unit may only be a larger one. Rates are the fairer comparison.")
        yield html.P(text, className="hint")


def _units(reading: Reading) -> Iterator[Component]:
    """The same risk in communes and in hexagons, of one scale: what vanishes when the cells move was never sure."""
    words, view = reading.words, reading.view
    levels = reading.names.choices.levels(view.edition)
    readings = [
        replace(reading, view=replace(view, layer=layer, level=levels[0])) for layer in ("relative_risk", UNITS)
    ]
    pictures = [picture_of(each.view, reading.answers, reading.scope, words) for each in readings]
    plain = [replace(picture, overlays=(), signs=()) for picture in pictures]
    titles = (words(LEVELS[levels[0]]), words("Hexagons of {n} m", n=words.number(view.hexagon)))
    yield html.P(words("The same incidents against those expected, in two kinds of cells"), className="lead")
    rows = tuple(row for row in pictures[1].legend if row.kind not in {"line", "note"})
    yield html.Div(_twins(readings, plain, titles, rows), className="maps editions")
    yield from (
        html.P(f"{title}: {each.method}", className="hint") for title, each in zip(titles, pictures, strict=True)
    )


def _placed(reading: Reading, title: str, side: Side) -> str:
    words = reading.words
    busiest = int(np.argmax(side.n)) if len(side.n) else -1
    said = words(
        "{edition}: {n} units, {placed} of {recorded} incidents placed",
        edition=title,
        n=words.number(int(side.asked.sum())),
        placed=words.count(side.totals.placed),
        recorded=words.count(side.totals.recorded),
    )
    if busiest < 0 or not side.n[busiest]:
        return said
    most = words("most in {name}: {n}", name=side.names[busiest], n=words.count(int(side.n[busiest])))
    return f"{said}; {most}"


def _in_other(reading: Reading) -> View:
    """The same question of the other edition, at the same level where it has one; areas do not outlive an edition."""
    view = reading.view
    levels = reading.names.choices.levels(view.other)
    level = view.level if view.level in levels else levels[0]
    return replace(view, edition=view.other, level=level, area=(), beside=(), commune="", other="")


def _twins(
    readings: Sequence[Reading],
    pictures: Sequence[Picture],
    titles: Sequence[str],
    rows: tuple[LegendRow, ...],
) -> html.Div:
    """Two maps, and the one legend of both."""
    maps = [
        small_map(each, picture, title, which)
        for each, picture, title, which in zip(readings, pictures, titles, (BEFORE, NOW), strict=True)
    ]
    key = html.Div(legend(replace(pictures[0], legend=rows), readings[0].view.theme), className="map-key")
    return html.Div([html.Div(maps, className="pair-of-maps"), key])


def layout(reading: Reading) -> html.Section:
    """The place of the maps."""
    mark = about(reading.view, "same_period", reading.words)
    maps = html.Div(render(reading), id=ids.COMPARE_MAPS)
    return card(reading.words("Maps side by side"), compare_choices.PANEL.layout(reading), maps, about=mark)


def clicked(view: View, clicks: object) -> View:
    """The view after a click on one of the maps: it asks about that area, and about all again on the second click.

    Of two editions nothing is chosen: the same code may be another area in the other one.
    """
    return view if view.other else clicked_area(view, dig(clicks, 0, "value"))


def register(app: Dash, answers: Answers) -> None:
    """The maps follow the URL, and a click on an area asks about it."""
    follow(ids.COMPARE_MAPS, render)(app, answers)

    @app.callback(
        Input({"type": ids.COMPARE_MAP, "which": ALL}, "clickData"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )
    def choose(_clicks: object, search: str | None) -> None:
        reading = read(search, answers)
        wanted, _ = View.from_query(clicked(reading.view, ctx.triggered).to_query(), reading.names.choices)
        if wanted == reading.view:
            raise PreventUpdate
        set_props(ids.URL, {"search": wanted.to_query()})


PANEL = Panel(layout, register)
