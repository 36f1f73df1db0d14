"""Which button was pressed. What a browser sends may be anything: only a counted click of a button there is, is one."""

from __future__ import annotations

from dash import ctx


def pressed() -> dict[str, object]:
    """The id of the button that was pressed, among the callback's inputs by pattern; empty where none was."""
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
