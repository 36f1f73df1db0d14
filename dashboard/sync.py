"""URL <-> controls: the only loop. Knows no numbers.

Every value of a control becomes a query and is read like any link, so nothing a browser sends is believed unread.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any
from urllib.parse import urlencode

from dash import Dash, Input, Output, State, ctx, no_update, set_props
from dash.exceptions import PreventUpdate

from dashboard import ids
from dashboard.area_tree import Places, districts_in, together
from dashboard.clicks import brushed_months, clicked_code, clicked_month
from dashboard.drill import into
from dashboard.names import Names
from dashboard.panels.filter_period import slid, with_months
from dashboard.panels.filter_places import level_options, tree_options
from dashboard.query_text import read_day, written
from dashboard.reading import Reading, read
from dashboard.view import View
from geodata.answers.answers import Answers

# View field -> the controls that hold it. The fields without a control are changed by links.
CONTROLS: Mapping[str, tuple[str, ...]] = {
    "start": (ids.START,),
    "end": (ids.END,),
    "edition": (ids.EDITION,),
    "level": (ids.LEVEL,),
    "category": (ids.CATEGORY,),
    "area": (ids.AREA,),
    "region": (ids.AREA,),  # the same list
    "zone": (ids.ZONE,),
    "source": (ids.SOURCE,),
    "hours": (ids.HOURS_FROM, ids.HOURS_TO),
    "weekdays": (ids.WEEKDAYS,),
    "compare": (ids.COMPARE,),
}
EACH = tuple(dict.fromkeys(control for held in CONTROLS.values() for control in held))  # every control once
MARKS = {  # what is pressed or brushed in a chart
    "map": (ids.MAP, "clickData"),
    "before": (ids.MAP_BEFORE, "clickData"),
    "month": (ids.TREND, "clickData"),
    "brush": (ids.TREND, "selectedData"),
}
LINKED = tuple(field.name for field in fields(View) if field.name not in CONTROLS)


def values(view: View) -> dict[str, Any]:
    """Control id -> the value that shows the view."""
    first, last = view.hours or ("", "")
    shown = {
        ids.START: view.start.isoformat(),
        ids.END: view.end.isoformat(),
        ids.EDITION: view.edition,
        ids.LEVEL: view.level.value,
        ids.HOURS_FROM: str(first),
        ids.HOURS_TO: str(last),
        ids.WEEKDAYS: [str(day) for day in view.weekdays],
        ids.COMPARE: view.compare == "previous_year",
        ids.SOURCE: [source.value for source in view.source],
    }
    shown |= {ids.AREA: Places(view.area, view.region).values}
    return shown | {ids.CATEGORY: list(view.category), ids.ZONE: list(view.zone)}


def settled(shown: Mapping[str, Any], view: View, trigger: str | None, names: Names) -> dict[str, Any]:
    """The controls' values as one question.

    A date that is still being typed changes nothing, the other end of the period follows the one that was set, what
    was chosen from the list of regions and areas counts together, and areas do not outlive their edition: the same
    code is another area there.
    """
    values = dict(shown)
    start, end = read_day(values[ids.START]) or view.start, read_day(values[ids.END]) or view.end
    if end < start:
        start, end = (end, end) if trigger == ids.END else (start, start)
    values |= {ids.START: start.isoformat(), ids.END: end.isoformat()}
    chosen = Places.of(shown[ids.AREA])
    if trigger == ids.EDITION:
        values[ids.AREA] = replace(chosen, areas=()).values
    elif trigger == ids.AREA:
        values[ids.AREA] = together(chosen, names, view.edition).values
    return values


def query(shown: Mapping[str, Any], view: View) -> str:
    """The query that the controls' values ask for; what has no control stays as it is in ``view``."""
    pairs = [
        ("from", shown[ids.START]),
        ("to", shown[ids.END]),
        ("edition", shown[ids.EDITION]),
        ("level", shown[ids.LEVEL]),
        ("hours", _hours(shown[ids.HOURS_FROM], shown[ids.HOURS_TO])),
        ("weekdays", ",".join(map(str, _items(shown[ids.WEEKDAYS])))),
        ("compare", "previous_year" if shown[ids.COMPARE] else "none"),
        *((field, text) for field in LINKED for text in written(field, getattr(view, field))),
    ]
    chosen = Places.of(shown[ids.AREA])
    pairs += [("area", code) for code in chosen.areas] + [("region", region) for region in chosen.regions]
    for field, control in (("category", ids.CATEGORY), ("zone", ids.ZONE), ("source", ids.SOURCE)):
        pairs += [(field, item) for item in _items(shown[control])]
    return urlencode(pairs)


def _items(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _hours(first: object, last: object) -> str:
    """One hour alone asks to the end or from the start of the day."""
    if first in ("", None) and last in ("", None):
        return ""
    return f"{first or 0}-{23 if last in ('', None) else last}"


def next_view(reading: Reading, trigger: str | None, shown: Mapping[str, Any], marks: Mapping[str, Any]) -> View:
    """The view after what was done: a click on map or chart, or a control that changed."""
    view, choices = reading.view, reading.names.choices
    match trigger:
        case ids.MAP | ids.MAP_BEFORE:
            code = clicked_code(marks["map" if trigger == ids.MAP else "before"])
            known = (view.edition, code) in choices.areas  # a cell of the map is no area
            wanted = into(view, reading.names.boundaries, code) if known else view
        case ids.TREND if marks["brush"]:
            wanted = brushed_months(view, marks["brush"])
        case ids.TREND:
            wanted = clicked_month(view, choices.period, marks["month"])
        case ids.MONTHS_TOLD:
            wanted = with_months(view, reading, marks["slid"])
        case _:
            return View.from_query(query(settled(shown, view, trigger, reading.names), view), choices)[0]
    return View.from_query(wanted.to_query(), choices)[0]


def told(reading: Reading, touched: Sequence[str], shown: Mapping[str, Any], marks: Mapping[str, Any]) -> View:
    """The view after all that changed at once.

    A browser that is busy tells of a new address together with what was pressed since: what was pressed then counts,
    on top of what the address asks for, which the other controls do not show yet.
    """
    pressed = [each for each in touched if each != ids.URL]
    if not pressed:
        return reading.view
    if ids.URL in touched:
        shown = values(reading.view) | {each: shown[each] for each in pressed if each in shown}
    return next_view(reading, pressed[0], shown, marks)


def register(app: Dash, answers: Answers) -> None:
    """One callback with the URL and the controls on both sides."""

    @app.callback(
        output={
            "controls": {control: Output(control, "value") for control in EACH},
            "levels": Output(ids.LEVEL, "options"),
            "areas": Output(ids.AREA, "options"),
            "months": Output(ids.MONTHS_SLIDER, "value"),
        },
        inputs={
            "search": Input(ids.URL, "search"),
            "shown": {control: Input(control, "value", allow_optional=True) for control in EACH},
            "seen": {name: Input(*place, allow_optional=True) for name, place in MARKS.items()},
            "months": {
                "told": Input(ids.MONTHS_TOLD, "data", allow_optional=True),
                "at": State(ids.MONTHS_SLIDER, "value", allow_optional=True),
            },
        },
        prevent_initial_call=True,
    )
    def sync(search: str | None, shown: dict[str, Any], seen: dict[str, Any], months: dict[str, Any]) -> dict[str, Any]:
        if shown[ids.START] is None and shown[ids.CATEGORY] is None:
            raise PreventUpdate  # the address is known before the page and its controls are there
        reading = read(search, answers)
        touched = [item["prop_id"].rpartition(".")[0] for item in ctx.triggered]
        view = told(reading, touched, shown, {**seen, "slid": months["told"]})
        for name, (chart, mark) in MARKS.items():
            if seen[name] is not None:  # no output either: a page may have filters and no map
                set_props(chart, {mark: None})
        if view != reading.view:
            # Not an output: the address is there before the controls are, and Dash wants all or none of the outputs.
            set_props(ids.URL, {"search": view.to_query()})
        elif ids.URL not in touched:  # nothing to write back: a date may still be being typed
            return _answer(reading, view, values(view), months["at"])
        return _answer(reading, view, shown, months["at"])


def _answer(reading: Reading, view: View, shown: Mapping[str, Any], at: object) -> dict[str, Any]:
    """Write back only what differs from what the controls show: the rest would fight with whoever uses them."""
    wanted, slider, names = values(view), slid(view, reading), reading.names
    districts = districts_in(names, view.edition, Places.of(shown[ids.AREA]).areas)
    moved = not (shown[ids.EDITION] == view.edition == reading.view.edition)
    return {
        "controls": {each: no_update if wanted[each] == shown[each] else wanted[each] for each in EACH},
        "levels": level_options(view, names, reading.words) if moved else no_update,
        "areas": tree_options(view, names, reading.words)
        if moved or districts != districts_in(names, view.edition, view.area)
        else no_update,
        "months": no_update if slider == at else slider,
    }
