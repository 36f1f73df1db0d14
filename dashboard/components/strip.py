"""A history as a row of small bars: tall and dark where it was hot, low and pale where not. Knows no words."""

from __future__ import annotations

from collections.abc import Iterable

from dash import html

from dashboard.components.attributes import attributes

LOOKS = {1: "hot", 0: "", -1: "cold"}


def strip(label: str, bins: Iterable[tuple[int, str]], *, fine: bool = False) -> html.Span:
    """One bar a bin: its state (1 hot, -1 cold, 0 neither) and what is told on pointing at it; ``label`` says all."""
    bars = [html.Span(className=LOOKS[state], title=told) for state, told in bins]
    return html.Span(bars, className="strip fine" if fine else "strip", role="img", **attributes(aria_label=label))
