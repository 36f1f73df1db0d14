"""MonthlyTrend -> a native chart that can be edited: bars by month, and last year's line. Counts nothing."""

from __future__ import annotations

import copy
import math
from typing import Any

import numpy as np
from lxml import etree
from numpy.typing import NDArray
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE
from pptx.oxml.ns import qn
from pptx.util import Pt

from dashboard import theme
from dashboard.claims import months as told
from dashboard.deck import ink
from dashboard.deck.ink import Run
from dashboard.deck.room import TEXT_PT, Box
from dashboard.slides.months import SHOWN
from dashboard.words import Words
from geodata.answers.answer import MonthlyTrend

NUMBERS, MONTHS = "#,##0", "mm/yyyy"  # Office writes a number as the reader's country does: 1.389
LABEL = 0.95  # inches that a month takes on the axis
Series = tuple[str, list[float | None]]


def draw(slide: Any, heading: str, trend: MonthlyTrend, box: Box, words: Words) -> None:  # noqa: ANN401
    """Heading and chart of the months that the screen's slide shows."""
    body = ink.heading(slide, heading, box, words)
    if not trend.months:
        said = words("No incidents are loaded")
        ink.text_box(slide.shapes, body, [[Run(said)]], words, name="Empty")
        return
    bars, before = series_of(trend, words)
    months = trend.months[-SHOWN:]
    data: Any = CategoryChartData(number_format=NUMBERS)  # type: ignore[no-untyped-call]
    data.categories = months
    for name, values in (*bars, *before):
        data.add_series(name, values)
    frame = slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_STACKED, *ink.place(body), data)
    shown = trend.n[-SHOWN:].tolist(), trend.partial[-SHOWN:].tolist()
    ink.describe(frame, "Chart", f"{heading}: {told.shown(months, *shown, words)}")
    _style(frame.chart, words, every=math.ceil(len(months) * LABEL / body.width))
    if before:
        _as_line(frame.chart)


def series_of(trend: MonthlyTrend, words: Words) -> tuple[list[Series], list[Series]]:
    """The bars, each month in one of them: asked about, not asked about, not complete; and the line of last year."""
    n, partial, asked = trend.n[-SHOWN:], trend.partial[-SHOWN:], trend.in_period[-SHOWN:]
    kinds = (
        (words("in the period"), asked & ~partial),
        (words("outside it"), ~asked & ~partial),
        (words("month not complete"), partial),
    )
    bars = [(name, _where(n.astype(np.float64), chosen)) for name, chosen in kinds]
    before = trend.year_before[-SHOWN:]
    line = [(words("year before"), _where(before, np.isfinite(before)))]
    return bars, [each for each in line if any(value is not None for value in each[1])]


def _where(values: NDArray[np.float64], chosen: NDArray[np.bool_]) -> list[float | None]:
    return [value if here else None for value, here in zip(values.tolist(), chosen.tolist(), strict=True)]


def _style(chart: Any, words: Words, *, every: int) -> None:  # noqa: ANN401 - a chart of the library
    chart.font.size, chart.font.color.rgb = Pt(TEXT_PT), ink.colour(theme.INK)
    chart.has_title = False
    chart.has_legend = True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    values, months = chart.value_axis, chart.category_axis
    values.minimum_scale = 0
    values.tick_labels.number_format, values.tick_labels.number_format_is_linked = NUMBERS, False
    values.major_gridlines.format.line.color.rgb = ink.colour(theme.HAIRLINE)
    values.format.line.fill.background()
    values.major_tick_mark = months.major_tick_mark = XL_TICK_MARK.NONE
    months.format.line.color.rgb = ink.colour(theme.INK_SOFT)
    months.tick_labels.font.size = Pt(TEXT_PT)
    months.tick_labels.number_format, months.tick_labels.number_format_is_linked = MONTHS, False
    _sparse(chart.element.find(f".//{qn('c:dateAx')}"), every)
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 28, 100
    looks = {words("in the period"): theme.AMOUNT_RAMP[3], words("outside it"): theme.AMOUNT_RAMP[0]}
    for series in plot.series:
        if series.name in looks:
            series.format.fill.solid()
            series.format.fill.fore_color.rgb = ink.colour(looks[series.name])
        else:
            series.format.fill.background()
            series.format.line.color.rgb = ink.colour(theme.AMOUNT_RAMP[3])
            series.format.line.dash_style = MSO_LINE.DASH
    _without_empty(chart)


def _sparse(held: Any, every: int) -> None:  # noqa: ANN401
    """A label every so many months, never turned."""
    for tag in ("c:baseTimeUnit", "c:majorUnit", "c:majorTimeUnit"):
        for old in held.findall(qn(tag)):
            held.remove(old)
    for tag, value in (("c:baseTimeUnit", "months"), ("c:majorUnit", str(every)), ("c:majorTimeUnit", "months")):
        etree.SubElement(held, qn(tag), val=value)
    held.find(qn("c:txPr")).find(qn("a:bodyPr")).set("rot", "0")


def _without_empty(chart: Any) -> None:  # noqa: ANN401
    """No entry of the legend for a kind of month there is none of; its column in the workbook stays."""
    for series in chart.element.findall(f".//{qn('c:ser')}"):
        if series.find(f"{qn('c:val')}//{qn('c:pt')}") is None:
            series.getparent().remove(series)


def _as_line(chart: Any) -> None:  # noqa: ANN401
    """The last series as a line on the axes of the bars: the library knows charts of one kind only."""
    area = chart.element.find(f".//{qn('c:plotArea')}")
    bars = area.find(qn("c:barChart"))
    series = bars.findall(qn("c:ser"))[-1]
    bars.remove(series)
    _draw_as_line(series)
    line = etree.Element(qn("c:lineChart"))
    etree.SubElement(line, qn("c:grouping"), val="standard")
    etree.SubElement(line, qn("c:varyColors"), val="0")
    line.append(series)
    etree.SubElement(line, qn("c:marker"), val="1")
    for axis in bars.findall(qn("c:axId")):
        line.append(copy.deepcopy(axis))
    bars.addnext(line)


def _draw_as_line(series: Any) -> None:  # noqa: ANN401
    for tag in ("c:invertIfNegative", "c:spPr"):
        for each in series.findall(qn(tag)):
            series.remove(each)
    look = etree.Element(qn("c:spPr"))
    pen = etree.SubElement(look, qn("a:ln"), w=str(Pt(2.25)), cap="rnd")
    etree.SubElement(etree.SubElement(pen, qn("a:solidFill")), qn("a:srgbClr"), val=theme.INK[1:])
    etree.SubElement(pen, qn("a:round"))
    marker = etree.Element(qn("c:marker"))
    etree.SubElement(marker, qn("c:symbol"), val="none")
    series.find(qn("c:tx")).addnext(look)
    look.addnext(marker)
    etree.SubElement(series, qn("c:smooth"), val="0")
