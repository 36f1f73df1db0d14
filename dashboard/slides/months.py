"""MonthlyTrend -> bars by month with last year's line, as SVG that stands in a page. Letters of 24 pixels."""

from __future__ import annotations

import math
from collections.abc import Iterator

from dashboard import theme
from dashboard.words import Words
from geodata.answers.answer import MonthlyTrend

TEXT = 24
SHOWN = 24  # months
LOW, TOP = 44, 18  # below the bars for the months, above for the highest figure
GAP = 0.22  # of a bar's place
STEPS = (1, 2, 2.5, 5)


def draw(trend: MonthlyTrend, box: tuple[int, int], words: Words) -> str:
    """The drawing in a box of so many pixels, hidden from those who listen; "" without months."""
    first = max(len(trend.months) - SHOWN, 0)
    if not trend.months:
        return ""
    n, before = trend.n[first:].tolist(), trend.year_before[first:].tolist()
    step = _step(max(1, *n, *(value for value in before if not math.isnan(value))))
    high = step * math.ceil(max(1, *n, *(value for value in before if not math.isnan(value))) / step)
    left = 14 + 0.56 * TEXT * len(words.number(high))
    frame = _Frame(left, box[0] - left, box[1] - LOW - TOP, high, len(n))
    parts = (
        *_grid(frame, step, words),
        *_bars(frame, trend, first),
        _line(frame, before),
        *_months(frame, trend, first),
    )
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {box[0]} {box[1]}" aria-hidden="true">'
    return "".join((head, *parts, "</svg>"))


def _step(most: float) -> float:
    """Between two lines of the grid: a round number, two or three of which reach the top."""
    power = 10 ** math.floor(math.log10(most / 2)) if most > 2 else 1
    return next((each * power for each in STEPS if each * power * 3 >= most), 10 * power)


class _Frame:
    """Where counts and months stand."""

    def __init__(self, left: float, width: float, height: float, high: float, months: int) -> None:
        self.left, self.width, self.height, self.high = left, width, height, high
        self.each = width / months

    def y(self, n: float) -> float:
        return TOP + self.height * (1 - n / self.high)

    def x(self, month: int) -> float:
        """The middle of a month."""
        return self.left + (month + 0.5) * self.each


def _grid(frame: _Frame, step: float, words: Words) -> Iterator[str]:
    for i in range(round(frame.high / step) + 1):
        y = frame.y(i * step)
        ink = theme.INK_SOFT if i == 0 else theme.HAIRLINE
        yield f'<path d="M{frame.left:.0f} {y:.1f}H{frame.left + frame.width:.0f}" stroke="{ink}" stroke-width="2"/>'
        figure = words.number(i * step) if step >= 1 else words.decimal(i * step)
        yield _text(figure, frame.left - 8, y + 8, "end")


def _bars(frame: _Frame, trend: MonthlyTrend, first: int) -> Iterator[str]:
    """Months asked about are strong, the others pale; one that the data do not cover whole is only an outline."""
    strong, pale = theme.AMOUNT_RAMP[3], theme.AMOUNT_RAMP[0]
    width = frame.each * (1 - GAP)
    rows = zip(trend.n[first:].tolist(), trend.in_period[first:].tolist(), trend.partial[first:].tolist(), strict=True)
    for i, (n, asked, partial) in enumerate(rows):
        colour, y = strong if asked else pale, frame.y(n)
        outline = f'fill="none" stroke="{colour}" stroke-width="3" stroke-dasharray="5 4"'
        look = outline if partial else f'fill="{colour}"'
        place = f'x="{frame.x(i) - width / 2:.1f}" y="{y:.1f}" width="{width:.1f}"'
        yield f'<rect {place} height="{frame.y(0) - y:.1f}" {look}/>'


def _line(frame: _Frame, values: list[float]) -> str:
    """Last year's months as a line, broken where nothing is known."""
    steps, pen = [], "M"
    for i, value in enumerate(values):
        if math.isnan(value):
            pen = "M"
            continue
        steps.append(f"{pen}{frame.x(i):.1f} {frame.y(value):.1f}")
        pen = "L"
    look = f'fill="none" stroke="{theme.INK}" stroke-width="4" stroke-linejoin="round"'
    return f'<path d="{"".join(steps)}" {look}/>' if steps else ""


def _months(frame: _Frame, trend: MonthlyTrend, first: int) -> Iterator[str]:
    """The half years, as far as there is room: each takes about five bars."""
    months = trend.months[first:]
    wide = math.ceil(3.4 * TEXT / frame.each)
    last = -wide
    for i, month in enumerate(months):
        if month.month not in (1, 4, 7, 10) or i - last < wide or not 1 <= i <= len(months) - 2:
            continue
        last = i
        yield _text(f"{month:%m/%y}", frame.x(i), frame.y(0) + 36, "middle")


def _text(text: str, x: float, y: float, anchor: str) -> str:
    look = f'font-size="{TEXT}" text-anchor="{anchor}" fill="{theme.INK_SOFT}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {look}>{text}</text>'
