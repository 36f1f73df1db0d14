"""The buttons that decide about something waiting on the page, such as an uploaded file."""

from __future__ import annotations

from dash import html


def act(kind: str, what: str, label: str, *, first: bool = False, disabled: bool = False) -> html.Button:
    """A button of the pattern ``{"type": kind, "act": what}``; ``first`` is the one most people want."""
    return html.Button(
        label,
        id={"type": kind, "act": what},
        type="button",
        className="act first" if first else "act",
        disabled=disabled,
    )
