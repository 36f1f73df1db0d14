"""The filter panel's ground: regions and areas from one list, zones, and which administrative map. Counts nothing."""

from __future__ import annotations

from typing import Any

import dash_bootstrap_components as dbc
from dash import Dash, html

from dashboard import ids
from dashboard.area_tree import Branch, Places, branches
from dashboard.components.control import control
from dashboard.components.picker import Options, picker
from dashboard.components.section import section
from dashboard.names import LEVELS, ZONE_KINDS, Names
from dashboard.panels import Panel
from dashboard.reading import Reading
from dashboard.view import View
from dashboard.words import Words
from geodata.answers.answers import Answers
from geodata.ingest.wording import plain
from geodata.vocabulary import LayerKey, Level

PLACES, ZONES, UNITS = "places", "zones", "units"
MANY_ZONES = 8  # more are chosen from a list, by kind
LONGEST_LIST = 340  # pixels


def tree_options(view: View, names: Names, words: Words) -> Options:
    """Regions or districts, each followed by its communes; a commune is found by the name of what holds it too."""
    tree = branches(names, view.edition, view.area)
    return [option for branch in tree for option in _branch(branch, words, alone=len(tree) == 1)]


def _branch(branch: Branch, words: Words, *, alone: bool) -> Options:
    if branch.value:
        head: Options = [_option(branch.value, branch.name, branch.name, "option-head")]
    elif alone:
        head = []  # nothing but communes
    else:
        head = [{**_option("-", words("Other areas"), "", "option-head"), "disabled": True}]
    inner = "" if alone and not branch.value else "option-inner"
    return [*head, *(_option(code, name, f"{name} {branch.name}", inner) for code, name in branch.communes)]


def _option(value: str, label: str, found_by: str, kind: str) -> dict[str, Any]:
    return {"value": value, "label": html.Span(label, className=kind), "search": f"{found_by} {plain(found_by)}"}


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


def level_options(view: View, names: Names, words: Words) -> Options:
    """The levels the view's edition has, fine to coarse."""
    return [{"value": level.value, "label": words(LEVELS[level])} for level in names.choices.levels(view.edition)]


def zone_options(names: Names, words: Words) -> Options:
    """The zones kind by kind; where there are many, each says its kind, and is found by it without diacritics too."""
    order = list(ZONE_KINDS)
    zones = sorted(names.boundaries.zones, key=lambda zone: order.index(zone.kind))
    if len(zones) <= MANY_ZONES:
        return [{"value": zone.id, "label": names.zone(zone.id, words)} for zone in zones]
    labels = {zone.id: f"{words(ZONE_KINDS[zone.kind])}: {names.zone(zone.id, words)}" for zone in zones}
    return [{"value": id_, "label": label, "search": f"{label} {plain(label)}"} for id_, label in labels.items()]


def active_places(reading: Reading) -> str:
    """The one place asked, or how many."""
    view, names, words = reading.view, reading.names, reading.words
    chosen = [*map(names.region, view.region), *(names.area(view.edition, code) for code in view.area)]
    return _said(chosen, words)


def active_zones(reading: Reading) -> str:
    """The one zone asked, or how many."""
    return _said([reading.names.zone(key, reading.words) for key in reading.view.zone], reading.words)


def active_units(reading: Reading) -> str:
    """The edition or level, where it is not the usual one."""
    view, names, words = reading.view, reading.names, reading.words
    default = View.default(names.choices)
    if view.edition != default.edition:
        return names.edition(view.edition, words)
    return "" if view.level is default.level else words(LEVELS[view.level])


def _said(chosen: list[str], words: Words) -> str:
    return words("{n} chosen", n=words.number(len(chosen))) if len(chosen) > 1 else "".join(chosen)


def places(reading: Reading) -> html.Details:
    """The list of regions and areas; it stands open."""
    view, names, words = reading.view, reading.names, reading.words
    options = tree_options(view, names, words)
    chosen = Places(view.area, view.region).values
    hint = words("regions and communes; type a name with or without its marks")
    return section(
        PLACES,
        words("Area"),
        active_places(reading),
        html.Div(picker(ids.AREA, options, chosen, words, height=LONGEST_LIST), hidden=not options),
        html.P(hint if options else words("No areas are loaded."), className="hint"),
        unfolded=True,
    )


def zones(reading: Reading) -> html.Details:
    """Zones to tick, or to choose from a list where there are many; open where one is asked."""
    view, words = reading.view, reading.words
    options = zone_options(reading.names, words)
    part = (
        picker(ids.ZONE, options, view.zone, words)
        if len(options) > MANY_ZONES
        else dbc.Checklist(id=ids.ZONE, options=options, value=list(view.zone))
    )
    none = words("No zones are loaded. Load one with: diemnong boundaries zone FILE --zone ID --kind KIND")
    return section(
        ZONES,
        words("Border and other zones"),
        active_zones(reading),
        part,
        *([] if options else [html.P(none, className="hint")]),
        unfolded=bool(view.zone),
    )


def units(reading: Reading) -> html.Details:
    """The administrative map, and its level."""
    view, names, words = reading.view, reading.names, reading.words
    editions = [{"value": edition, "label": names.edition(edition, words)} for edition, _ in names.choices.editions]
    return section(
        UNITS,
        words("Administrative units"),
        active_units(reading),
        control(words("Map of"), dbc.RadioItems(id=ids.EDITION, options=editions, value=view.edition)),
        control(
            words("Counted by"),
            dbc.RadioItems(
                id=ids.LEVEL, options=level_options(view, names, words), value=view.level.value, inline=True
            ),
        ),
        unfolded=bool(active_units(reading)),
    )


def layout(reading: Reading) -> html.Div:
    """The three parts."""
    return html.Div([places(reading), zones(reading), units(reading)])


def register(app: Dash, answers: Answers) -> None:
    """Nothing of its own: the controls follow the URL in sync."""


PANEL = Panel(layout, register)
