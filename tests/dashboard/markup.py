"""Reads what a panel drew: parts by class or kind, and their texts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from plotly.utils import PlotlyJSONEncoder

Part = dict[str, Any]


def parts(drawn: Any) -> Iterator[Part]:
    """Every component in it, outer ones first, as ``{"type", "props"}``."""
    yield from _walk(json.loads(json.dumps(drawn, cls=PlotlyJSONEncoder)))


def _walk(node: Any) -> Iterator[Part]:
    if isinstance(node, list):
        for each in node:
            yield from _walk(each)
    elif isinstance(node, dict):
        if "props" in node:
            yield node
        yield from _walk(node.get("props", node).get("children"))  # properties may be looked through again


def of_kind(drawn: Any, kind: str) -> list[Part]:
    """The properties of every ``Img``, ``Link`` ..."""
    return [part["props"] for part in parts(drawn) if part["type"] == kind]


def of_look(drawn: Any, look: str) -> list[Part]:
    """The properties of everything of one class."""
    return [part["props"] for part in parts(drawn) if look in str(part["props"].get("className", "")).split()]


def text(props: Any) -> str:
    """All that is written within it."""
    node = props.get("props", props).get("children") if isinstance(props, dict) else props
    if isinstance(node, list):
        return "".join(text(each) for each in node)
    return text(node) if isinstance(node, dict) else "" if node is None else str(node)


def texts(drawn: Any, look: str) -> list[str]:
    """The texts of everything of one class."""
    return [text(props) for props in of_look(drawn, look)]
