"""What was pressed, clicked or brushed, and what it asks. What a browser sends may be anything, and is not believed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from dash import ctx

from dashboard.view import View
from geodata.vocabulary import Period


def pressed() -> dict[str, object]:
    """The id of the button that was pressed, among the callback's inputs by pattern; empty where none was.

    Only a counted click of a button there is, is one.
    """
    try:
        told = ctx.triggered_id
    except (TypeError, ValueError, AttributeError):  # forged: no id of any component
        return {}
    if not isinstance(told, dict):
        return {}
    for group in ctx.inputs_list if isinstance(ctx.inputs_list, list) else ():
        for each in group if isinstance(group, list) else ():
            if isinstance(each, dict) and each.get("id") == told and _is_count(each.get("value")):
                return {str(name): value for name, value in told.items()}
    return {}


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def given(states: object) -> dict[str, object]:
    """What stands in the fields of a form, by the ``of`` of their pattern; ``states`` is what the callback lists."""
    found: dict[str, object] = {}
    for each in states if isinstance(states, list) else ():
        where = each.get("id") if isinstance(each, dict) else None
        if isinstance(where, dict):
            found[str(where.get("of"))] = each.get("value")
    return found


def clicked_code(click: object) -> str:
    """The code of the area or cell that was clicked on, "" for none."""
    code = dig(click, "points", 0, "location")
    return code if isinstance(code, str) else ""


def clicked_area(view: View, click: object) -> View:
    """A click on an area asks only about it; a click on the chosen one asks about all again."""
    code = clicked_code(click)
    if not code:
        return view
    return replace(view, area=() if view.area == (code,) else (code,))


def clicked_month(view: View, default: Period, click: object) -> View:
    """A click on a bar asks about that month; a click on the chosen month asks about the default period again."""
    period = _months([dig(click, "points", 0, "x")])
    if period is None:
        return view
    period = default if period == view.period else period
    return replace(view, start=period.start, end=period.end)


def brushed_months(view: View, brush: object) -> View:
    """A brush over bars asks about the months it touches."""
    points = dig(brush, "points")
    period = _months([dig(point, "x") for point in points]) if isinstance(points, list) else None
    return view if period is None else replace(view, start=period.start, end=period.end)


def dig(value: object, *path: str | int) -> object:
    """What stands at the end of a path of names and numbers, None where the path breaks off."""
    for step in path:
        if isinstance(value, dict) and isinstance(step, str):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and len(value) > step:
            value = value[step]
        else:
            return None
    return value


def _months(days: list[object]) -> Period | None:
    """From the first day of the first month to the last day of the last one."""
    try:
        firsts = sorted(date.fromisoformat(str(day)[:10]).replace(day=1) for day in days)
    except ValueError:
        return None
    if not firsts or not 1900 <= firsts[0].year <= firsts[-1].year <= 2199:
        return None
    after = (firsts[-1] + timedelta(days=31)).replace(day=1)
    return Period(firsts[0], after - timedelta(days=1))
