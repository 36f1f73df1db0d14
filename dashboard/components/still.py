"""Markup that stands still: what no callback names travels and is kept as text, not as parts. Knows no panel.

Dash keeps every part of a page in a store, asks each of them at every change of any other, and tells the store of each
that comes or goes: a table of 500 parts costs a slow machine a second a filter change. The same table as text is one
part with the attribute ``data-still``, which assets/still.js unfolds before the browser paints.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

FEWEST = 8  # parts: fewer are not worth it
NOT_STILL = -1
NAMES: Mapping[str, str] = {"className": "class", "htmlFor": "for"}  # the others are the same in lower case
_ATTRIBUTES = frozenset(
    {
        *("alt", "class", "colspan", "dir", "disabled", "for", "height", "hidden", "href", "lang", "open", "rel"),
        *("role", "rowspan", "scope", "src", "style", "tabindex", "target", "title", "type", "value", "width"),
    }
)
_OWN = frozenset(vars(html.Div())) - {"children"}  # what each part knows of its kind
_VOID = frozenset({"br", "col", "hr", "img", "wbr"})
_HUMP = re.compile(r"(?<!^)(?=[A-Z])")


def still(value: Any) -> Any:  # noqa: ANN401 - whatever a callback returns
    """The same with each part in it that has many and names none of them made into text; the rest as it is."""
    within: dict[int, int] = {}
    _measure(value, within)
    return _stilled(value, within)


def _stilled(value: Any, within: Mapping[int, int]) -> Any:  # noqa: ANN401
    if isinstance(value, list | tuple):
        return type(value)(_stilled(each, within) for each in value)
    if isinstance(value, dict):
        return {key: _stilled(each, within) for key, each in value.items()}
    if not isinstance(value, Component) or getattr(value, "children", None) is None:
        return value
    props = _props(value)
    children = props.pop("children")
    if _tag(value) and "id" not in props and within.get(id(value), 0) >= FEWEST:
        return type(value)(**props, **{"data-still": written(children)})
    made = _stilled(children, within)
    return type(value)(children=made, **props) if isinstance(made, Component | list | tuple) else value


def _measure(value: object, within: dict[int, int]) -> int:
    """How many parts stand in a value, NOT_STILL where one of them is more than markup; ``within`` each part."""
    if isinstance(value, Component):
        inner = _measure(getattr(value, "children", None), within)
        within[id(value)] = inner
        return inner + 1 if inner >= 0 and _plain(value) else NOT_STILL
    if isinstance(value, list | tuple):
        found = [_measure(each, within) for each in value]
        return NOT_STILL if NOT_STILL in found else sum(found)
    if isinstance(value, dict):
        for each in value.values():
            _measure(each, within)
    return 0


def _plain(part: Component) -> bool:
    """Whether the part is markup that nobody speaks with: no id, no count of clicks."""
    return (isinstance(part, dcc.Link) or bool(_tag(part))) and all(
        _name(name) is not None for name in _props(part) if name != "children"
    )


def written(value: object) -> str:
    """HTML with everything in it escaped."""
    if isinstance(value, Component):
        return _written(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "".join(map(written, value))
    return "" if value is None or isinstance(value, bool) else escape(str(value))


def _written(part: Component) -> str:
    props = _props(part)
    inner = written(props.pop("children", None))
    tag = "a" if isinstance(part, dcc.Link) else _tag(part)
    head = tag + "".join(_attribute(name, value) for name, value in props.items())
    if isinstance(part, dcc.Link) and str(props.get("href", "")).startswith("?"):
        head += " data-within"  # stays on the page: assets/heat.js
    return f"<{head}>" if tag in _VOID else f"<{head}>{inner}</{tag}>"


def _attribute(name: str, value: object) -> str:
    if value is None or value is False:
        return ""
    if isinstance(value, Mapping):
        value = ";".join(f"{_property(key)}:{each}" for key, each in value.items())
    return f" {_name(name)}" if value is True else f' {_name(name)}="{escape(str(value))}"'


@cache
def _name(name: str) -> str | None:
    """The attribute that a property becomes; None for one by which somebody wants to speak with the part."""
    attribute = NAMES.get(name, name.lower())
    return attribute if attribute in _ATTRIBUTES or attribute.startswith(("aria-", "data-")) else None


def _property(name: str) -> str:
    return name if name.startswith("--") else _HUMP.sub("-", name).lower()


def _props(part: Component) -> dict[str, Any]:
    return {name: value for name, value in vars(part).items() if name not in _OWN}


def _tag(part: Component) -> str:
    """The tag of an HTML part, "" for any other."""
    return _tag_of(type(part))


@cache
def _tag_of(kind: type[Component]) -> str:
    return kind.__name__.lower() if kind.__module__.startswith(html.__name__) else ""
