"""A control, or one field, with its visible name."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component


def control(label: str, *children: Component, hint: str = "") -> html.Fieldset:
    """A named group of inputs; the hint says what leaving it empty means."""
    legend: list[Component] = [html.Legend(label)]
    if hint:
        legend.append(html.P(hint, className="hint"))
    return html.Fieldset([*legend, *children], className="control")


def labelled(label: str, part: Component, hint: str = "") -> html.Label:
    """One field under its name, with what must be known about it."""
    return html.Label([html.Span(label), part, *([html.Small(hint, className="hint")] if hint else [])])
