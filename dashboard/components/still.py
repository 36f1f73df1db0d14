"""Markup that stands still: what no callback names travels and is kept as text, not as parts. Knows no panel.

Dash keeps every part of a page in a store, asks each of them at every change of any other, and tells the store of each
that comes or goes: a table of 500 parts costs a slow machine a second a filter change. The same table as text is one
part with the attribute ``data-still``, which assets/still.js unfolds before the browser paints.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

FEWEST = 8  # parts: fewer are not worth it
NAMES: Mapping[str, str] = {"className": "class", "htmlFor": "for"}  # the others are the same in lower case
_ATTRIBUTES = frozenset(
    {
        *("alt", "class", "colspan", "dir", "disabled", "for", "height", "hidden", "href", "lang", "open", "rel"),
        *("role", "rowspan", "scope", "src", "style", "tabindex", "target", "title", "type", "value", "width"),
    }
)
_VOID = frozenset({"br", "col", "hr", "img", "wbr"})
_HUMP = re.compile(r"(?<!^)(?=[A-Z])")


def still(value: Any) -> Any:  # noqa: ANN401 - whatever a callback returns
    """The same with each part in it that has many and names none of them made into text; the rest as it is."""
    if isinstance(value, Component):
        return _stilled(value)
    if isinstance(value, list | tuple):
        return type(value)(still(each) for each in value)
    if isinstance(value, dict):
        return {key: still(each) for key, each in value.items()}
    return value


def _stilled(part: Component) -> Component:
    props = _props(part)
    within = props.get("children")
    if within is None:
        return part
    if _tag(part) and "id" not in props and _count(within) >= FEWEST and (text := written(within)) is not None:
        rest = {name: value for name, value in props.items() if name != "children"}
        return type(part)(**rest, **{"data-still": text})
    made = still(within)
    return part if made is within else type(part)(**{**props, "children": made})


def written(value: object) -> str | None:
    """HTML with everything in it escaped; None where something in it is more than markup."""
    if isinstance(value, Component):
        return _written(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        parts = [written(each) for each in value]
        return None if None in parts else "".join(each for each in parts if each is not None)
    return "" if value is None or isinstance(value, bool) else escape(str(value))


def _written(part: Component) -> str | None:
    props = _props(part)
    tag = _tag(part)
    inner = written(props.pop("children", None))
    attributes = [_attribute(name, value) for name, value in props.items() if value is not None and value is not False]
    if isinstance(part, dcc.Link):
        tag = "a"
        if str(props.get("href", "")).startswith("?"):
            attributes.append(" data-within")  # stays on the page: assets/heat.js
    if not tag or inner is None or None in attributes:
        return None
    head = tag + "".join(each for each in attributes if each is not None)
    return f"<{head}>" if tag in _VOID else f"<{head}>{inner}</{tag}>"


def _attribute(name: str, value: object) -> str | None:
    attribute = NAMES.get(name, name.lower())
    if attribute not in _ATTRIBUTES and not attribute.startswith(("aria-", "data-")):
        return None  # an id, a count of clicks: somebody wants to speak with it
    if isinstance(value, Mapping):
        value = ";".join(f"{_property(key)}:{each}" for key, each in value.items())
    return f" {attribute}" if value is True else f' {attribute}="{escape(str(value))}"'


def _property(name: str) -> str:
    return name if name.startswith("--") else _HUMP.sub("-", name).lower()


def _props(part: Component) -> dict[str, Any]:
    return dict(part.to_plotly_json()["props"])  # type: ignore[no-untyped-call]


def _tag(part: Component) -> str:
    """The tag of an HTML part, "" for any other."""
    return type(part).__name__.lower() if type(part).__module__.startswith(html.__name__) else ""


def _count(value: object) -> int:
    if isinstance(value, Component):
        return 1 + _count(getattr(value, "children", None))
    if isinstance(value, list | tuple):
        return sum(map(_count, value))
    return 0
