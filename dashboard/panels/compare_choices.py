"""What stands side by side on the page of comparisons, in which shades, of which periods: each a link."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dash import html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.components.pick import pick, picks
from dashboard.keeping import keeper, notebook
from dashboard.panels import Panel, follow, notebook_form
from dashboard.periods import Against, choices
from dashboard.reading import Reading
from dashboard.view import HEXAGON_WIDTHS, View
from geodata.notebook import Kind

UNITS = "hexagons"  # the layer that asks for two kinds of cells


def units(view: View) -> bool:
    """Whether two kinds of cells stand side by side."""
    return view.layer == UNITS and view.side == "periods" and not view.other


def render(reading: Reading) -> list[Component]:
    """What can be chosen of what stands there now."""
    if not reading.loaded:
        return []
    view, words = reading.view, reading.words
    blocks = [(words("Side by side"), _kinds(reading))]
    if units(view):
        widths: list[Component] = [
            pick(words.number(n), replace(view, hexagon=n), chosen=view.hexagon == n) for n in HEXAGON_WIDTHS
        ]
        blocks.append((words("Width of a hexagon (m)"), widths))
    else:
        blocks.append((words("Shades"), _shades(reading)))
    if view.side != "periods":
        blocks.append((words("Scale"), _scales(reading)))
    elif not view.other and not units(view):
        blocks.append((words("Periods"), [*_periods(reading)]))
    return [picks(label, links) for label, links in blocks]


def _kinds(reading: Reading) -> list[Component]:
    view, words = reading.view, reading.words
    plain = replace(view, other="", side="periods", layer="count" if view.layer == UNITS else view.layer)
    pairs = view.side == "periods"
    kinds: list[Component] = [pick(words("Two periods"), plain, chosen=pairs and not view.other and not units(view))]
    groups = replace(plain, side="groups", category=())
    kinds.append(pick(words("The groups of crime"), groups, chosen=view.side == "groups"))
    kinds.append(
        pick(words("The last eight quarters"), replace(plain, side="quarters"), chosen=view.side == "quarters")
    )
    kinds += [
        pick(_editions_label(reading, other), replace(plain, other=other), chosen=pairs and view.other == other)
        for other, _ in reading.names.choices.editions
        if other != view.edition
    ]
    kinds.append(pick(words("Communes and hexagons"), replace(plain, layer=UNITS), chosen=units(view)))
    return kinds


def _editions_label(reading: Reading, other: str) -> str:
    if len(reading.names.choices.editions) == 2:
        return reading.words("Old and new units")
    return reading.names.edition(other, reading.words)


def _shades(reading: Reading) -> list[Component]:
    view, words = reading.view, reading.words
    rates = view.layer == "rate"
    return [
        pick(words("Incidents"), replace(view, layer="count"), chosen=not rates),
        pick(words("Per 10,000 inhabitants"), replace(view, layer="rate"), chosen=rates),
    ]


def _scales(reading: Reading) -> list[Component]:
    view, words = reading.view, reading.words
    return [
        pick(words("One for all maps"), replace(view, scale="one"), chosen=view.scale == "one"),
        pick(words("Each map its own"), replace(view, scale="own"), chosen=view.scale == "own"),
    ]


def _periods(reading: Reading) -> Iterator[Component]:
    """The usual comparisons; a meeting is noted here too, as what changed since then is asked next."""
    for each in choices(reading, notebook()):
        yield _against(each, reading)
    if keeper() is not None:
        label = reading.words("Note a meeting") + " …"
        yield notebook_form.button(label, "open", (Kind.MEETING, ""), className="pick")


def _against(each: Against, reading: Reading) -> Component:
    view = reading.view
    target = replace(view, start=each.period.start, end=each.period.end, against=each.against)
    shown = Against("", view.period, view.against).days
    return pick(each.label, target, chosen=each.days == shown)


def layout(reading: Reading) -> html.Div:
    """The place of the choices."""
    return html.Div(render(reading), id=ids.COMPARE_CHOICES, className="compare-choice")


PANEL = Panel(layout, follow(ids.COMPARE_CHOICES, render, kept=True))
