"""A ratio with its range on a line from half to half as much again, marked at "unchanged" and at a target if any."""

from __future__ import annotations

import math

from dash import html

from dashboard.components.attributes import attributes

LOW, HIGH = 0.4, 1.6
UNCHANGED = 1.0


def interval(ratio: float, low: float, high: float, *, told: str, target: float | None = None) -> html.Div:
    """The drawing; ``told`` says the same in words to those who cannot see it. What lies beyond the line ends at it."""
    start, end = place(low), place(high)
    marks = {"unchanged": UNCHANGED, **({} if target is None else {"target": target})}
    drawn = [
        *(html.Span(className=name, style={"left": f"{place(at):.1f}%"}) for name, at in marks.items()),
        html.Span(className="range", style={"left": f"{start:.1f}%", "width": f"{end - start:.1f}%"}),
        html.Span(className="dot", style={"left": f"{place(ratio):.1f}%"}),
    ]
    return html.Div(drawn, className="interval", role="img", title=told, **attributes(aria_label=told))


def place(ratio: float) -> float:
    """Where on the line a ratio stands, in per cent of its length."""
    if not math.isfinite(ratio):
        return 100.0
    return 100 * (min(max(ratio, LOW), HIGH) - LOW) / (HIGH - LOW)
