"""A ratio with its range on a line from half to half as much again, with marks at "unchanged" and at the target."""

from __future__ import annotations

import math

from dash import html

from dashboard.components.attributes import attributes

LOW, HIGH = 0.4, 1.6
UNCHANGED = 1.0


def interval(ratio: float, low: float, high: float, *, target: float, told: str) -> html.Div:
    """The drawing; ``told`` says the same in words to those who cannot see it. What lies beyond the line ends at it."""
    start, end = _place(low), _place(high)
    drawn = [
        html.Span(className="unchanged", style={"left": f"{_place(UNCHANGED):.1f}%"}),
        html.Span(className="target", style={"left": f"{_place(target):.1f}%"}),
        html.Span(className="range", style={"left": f"{start:.1f}%", "width": f"{end - start:.1f}%"}),
        html.Span(className="dot", style={"left": f"{_place(ratio):.1f}%"}),
    ]
    return html.Div(drawn, className="interval", role="img", title=told, **attributes(aria_label=told))


def _place(ratio: float) -> float:
    if not math.isfinite(ratio):
        return 100.0
    return 100 * (min(max(ratio, LOW), HIGH) - LOW) / (HIGH - LOW)
