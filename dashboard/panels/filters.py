"""The filter panel: one control for each thing that can be asked. Their values become the URL in sync."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import dash_bootstrap_components as dbc
from dash import Dash, Input, Output, dcc, html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.components.attributes import attributes
from dashboard.components.control import control
from dashboard.components.pick import pick, picks
from dashboard.names import LEVELS, SOURCES, WEEKDAYS, ZONE_KINDS, Names
from dashboard.panels import Panel
from dashboard.panels.headline import cleared
from dashboard.reading import Reading, read
from dashboard.view import View
from dashboard.words import Words
from geodata.answers.answers import Answers
from geodata.vocabulary import LayerKey, Level

Options = list[dict[str, Any]]
TYPING_MS = 900  # a date is taken when no key has been pressed for so long
MANY_ZONES = 8  # more are chosen from a list, by kind


def render_quick(reading: Reading) -> list[Component]:
    """Links that change with the view: groups, periods, reset."""
    view, names, words = reading.view, reading.names, reading.words
    groups = [
        pick(group.label(words.language), replace(view, category=members), chosen=view.category == members)
        for group in names.profile.group_list()
        if (members := names.members(group.key))
    ]
    periods = [
        pick(words(label), replace(view, start=period.start, end=period.end), chosen=view.period == period)
        for label, period in names.presets
    ]
    reset = dcc.Link(words("Reset"), href=cleared(view, View.default(names.choices)).to_query(), className="reset")
    return [
        picks(words("Groups of the programme"), groups),
        picks(words("Period"), periods, hint=words.period(view.period)),
        reset,
    ]


def controls(reading: Reading) -> list[Component]:
    """Every control with its value from the view."""
    makers: list[Callable[[Reading], Component]] = [_category, _dates, _tiling, _places, _source, _clock]
    return [make(reading) for make in makers]


def _category(reading: Reading) -> Component:
    words = reading.words
    options = [{"value": item.key, "label": item.label(words.language)} for item in reading.names.categories]
    return control(
        words("Crime category"),
        dbc.Checklist(id=ids.CATEGORY, options=options, value=list(reading.view.category)),
        hint=words("none ticked: all"),
    )


def _dates(reading: Reading) -> Component:
    view, words = reading.view, reading.words
    return control(
        words("Days, both included"),
        html.Div(
            [
                _labelled(words("From"), _day(ids.START, view.start)),
                _labelled(words("To"), _day(ids.END, view.end)),
            ],
            className="pair",
        ),
        dbc.Switch(id=ids.COMPARE, label=words("Compare with last year"), value=view.compare == "previous_year"),
    )


def _day(id_: str, day: date) -> dbc.Input:
    return dbc.Input(id=id_, type="date", value=day.isoformat(), debounce=TYPING_MS)


def _labelled(label: str, part: Component) -> html.Label:
    return html.Label([html.Span(label, className="hint"), part])


def _tiling(reading: Reading) -> Component:
    view, names, words = reading.view, reading.names, reading.words
    editions = [{"value": edition, "label": names.edition(edition, words)} for edition, _ in names.choices.editions]
    return control(
        words("Administrative units"),
        dbc.RadioItems(id=ids.EDITION, options=editions, value=view.edition),
        dbc.RadioItems(id=ids.LEVEL, options=level_options(view, names, words), value=view.level.value, inline=True),
    )


def level_options(view: View, names: Names, words: Words) -> Options:
    """The levels the view's edition has, fine to coarse."""
    return [{"value": level.value, "label": words(LEVELS[level])} for level in names.choices.levels(view.edition)]


def area_options(view: View, names: Names) -> Options:
    """Districts, then communes with their district; found without diacritics too."""
    made: Options = []
    upper = names.boundaries.layers.get(LayerKey(view.edition, Level.DISTRICT))
    districts = dict(zip(upper.codes, upper.names, strict=True)) if upper is not None else {}
    for level in (Level.DISTRICT, Level.COMMUNE):
        layer = names.boundaries.layers.get(LayerKey(view.edition, level))
        if layer is None:
            continue
        for code, name, parent in zip(layer.codes, layer.names, layer.parents, strict=True):
            above = districts.get(parent, "")
            label = f"{name} ({above})" if above else name
            made.append({"value": code, "label": label, "search": f"{label} {plain(label)}"})
    return made


def plain(text: str) -> str:
    """``text`` without diacritics, so that a search need not type them."""
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _places(reading: Reading) -> Component:
    view, names, words = reading.view, reading.names, reading.words
    regions = [{"value": item.id, "label": item.name} for item in names.boundaries.regions_in(view.edition).values()]
    zones = zone_options(names, words)
    many = len(zones) > MANY_ZONES
    zone_picker = picker(ids.ZONE, zones, view.zone, words) if many else _checklist(ids.ZONE, zones, view.zone)
    return html.Div(
        [
            control(
                words("Area"),
                picker(ids.AREA, area_options(view, names), view.area, words),
            ),
            _shown_if(regions, words("Area of responsibility"), picker(ids.REGION, regions, view.region, words)),
            _shown_if(
                zones,
                words("Border and other zones"),
                zone_picker,
            ),
        ]
    )


def zone_options(names: Names, words: Words) -> Options:
    """The zones kind by kind; where there are many, each says its kind, and is found by it without diacritics too."""
    order = list(ZONE_KINDS)
    zones = sorted(names.boundaries.zones, key=lambda zone: order.index(zone.kind))
    if len(zones) <= MANY_ZONES:
        return [{"value": zone.id, "label": names.zone(zone.id, words)} for zone in zones]
    labels = {zone.id: f"{words(ZONE_KINDS[zone.kind])}: {names.zone(zone.id, words)}" for zone in zones}
    return [{"value": id_, "label": label, "search": f"{label} {plain(label)}"} for id_, label in labels.items()]


def _checklist(id_: str, options: Options, value: tuple[str, ...]) -> dbc.Checklist:
    return dbc.Checklist(id=id_, options=options, value=list(value))


def picker(id_: str, options: Options, value: tuple[str, ...], words: Words) -> dcc.Dropdown:
    """A list to search and choose from; nothing chosen is all."""
    return dcc.Dropdown(
        id=id_,
        options=options,
        value=list(value),
        multi=True,
        placeholder=words("all"),
        labels={
            "select_all": words("choose all"),
            "deselect_all": words("choose none"),
            "selected_count": words("{num_selected} chosen"),
            "search": words("Search"),
            "clear_search": words("Clear the search"),
            "clear_selection": words("Clear the choice"),
            "no_options_found": words("nothing found"),
        },
    )


def _shown_if(options: Options, label: str, part: Component) -> html.Div:
    """The control is always there for sync, but shown only where it has something to choose."""
    return html.Div(control(label, part), hidden=not options)


def _source(reading: Reading) -> Component:
    words = reading.words
    options = [{"value": source.value, "label": words(label)} for source, label in SOURCES.items()]
    return control(
        words("How it became known"),
        dbc.Checklist(id=ids.SOURCE, options=options, value=[source.value for source in reading.view.source]),
        hint=words("discovered counts rise when police look harder"),
    )


def _clock(reading: Reading) -> Component:
    view, words = reading.view, reading.words
    first, last = view.hours or ("", "")
    days = [{"value": str(day), "label": words(name)} for day, name in enumerate(WEEKDAYS, start=1)]
    return control(
        words("Hours and weekdays"),
        html.Div(
            [
                _labelled(words("From"), _hour(ids.HOURS_FROM, first, "00", words)),
                _labelled(words("To"), _hour(ids.HOURS_TO, last, "59", words)),
            ],
            className="pair",
        ),
        dbc.Checklist(id=ids.WEEKDAYS, options=days, value=[str(day) for day in view.weekdays], inline=True),
    )


def _hour(id_: str, value: int | str, minute: str, words: Words) -> dbc.Select:
    options = [{"value": "", "label": words("any hour")}]
    options += [{"value": str(hour), "label": f"{hour:02d}:{minute}"} for hour in range(24)]
    return dbc.Select(id=id_, options=options, value=str(value))


def layout(reading: Reading) -> html.Aside:
    """The panel; it starts folded where the screen is narrow."""
    words = reading.words
    return html.Aside(
        [
            html.H2(words("Filters")),
            html.Div(render_quick(reading), id=ids.QUICK),
            *controls(reading),
        ],
        id=ids.FILTERS,
        **attributes(aria_label=words("Filters")),
    )


def register(app: Dash, answers: Answers) -> None:
    """The links of the panel follow the URL; the controls do in sync."""

    @app.callback(Output(ids.QUICK, "children"), Input(ids.URL, "search"), prevent_initial_call=True)
    def show(search: str | None) -> list[Component]:
        return render_quick(read(search, answers))


PANEL = Panel(layout, register)
