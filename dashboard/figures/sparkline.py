"""Months -> a small bar chart as an SVG in a data URI: what fits beside a number or a name. Has no words, no axis."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from dashboard import theme as look

BAR, GAP, HEIGHT = 3, 1, 24  # units of the drawing; the page decides how large it is
LOWEST = 1  # what is not zero is seen, however small


def sparkline(
    values: Sequence[float], *, strong: Sequence[bool], partial: Sequence[bool] = (), theme: str = "light"
) -> str:
    """Bars from zero to the highest value; the strong ones dark, the others pale, ``partial`` ones only outlined.

    A month the data do not cover whole is no fall, so it must not look like one.
    """
    highest, cut = max(values, default=0), [*partial, *[False] * (len(values) - len(partial))]
    paths = {True: "", False: ""}
    outlined = ""
    for at, (value, dark) in enumerate(zip(values, strong, strict=True)):
        height = max(LOWEST, round(HEIGHT * value / highest)) if value else 0
        left, top = at * (BAR + GAP), HEIGHT - height
        if not height:
            continue
        if cut[at]:
            outlined += f"M{left + 0.5} {HEIGHT}V{top + 0.5}h{BAR - 1}V{HEIGHT}"
        else:
            paths[dark] += f"M{left} {HEIGHT}V{top}h{BAR}V{HEIGHT}z"
    width = max(1, len(values) * (BAR + GAP) - GAP)
    colour = {True: look.AMOUNT_RAMP[3], False: look.AMOUNT_RAMP[0]}
    drawn = [f"<path d='M0 {HEIGHT - 0.5}h{width}' stroke='{look.in_theme(look.HAIRLINE, theme)}'/>"]
    drawn += [f"<path d='{path}' fill='{look.in_theme(colour[dark], theme)}'/>" for dark, path in paths.items() if path]
    if outlined:
        drawn.append(f"<path d='{outlined}' fill='none' stroke='{look.in_theme(colour[True], theme)}'/>")
    box = f"viewBox='0 0 {width} {HEIGHT}' preserveAspectRatio='none'"
    return "data:image/svg+xml," + quote(
        f"<svg xmlns='http://www.w3.org/2000/svg' {box}>{''.join(drawn)}</svg>", safe="=:/ '<>"
    ).replace("<", "%3C").replace(">", "%3E")
