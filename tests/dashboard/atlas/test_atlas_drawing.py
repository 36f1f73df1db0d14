"""What stands on a page as shapes: the map's colours and the bars, measured on the drawing itself."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex

from dashboard import theme
from dashboard.atlas.chart import AXIS, draw_trend
from dashboard.atlas.pen import Pen
from dashboard.atlas.plate import draw_plate, lay_plan
from dashboard.layers import picture_of
from dashboard.paper.compose import INKS
from dashboard.paper.layout import Box
from dashboard.reading import of_view, read
from dashboard.words import of
from geodata.answers.answers import Answers
from tests.dashboard.atlas.printed import NOW
from tests.dashboard.exports import test_printed_view as small

pytestmark = pytest.mark.slow

MAP = Box(40, 100, 400, 250)


def drawn(pen: Pen) -> list[PathCollection]:
    return [each for each in pen.figure.axes[0].get_children() if isinstance(each, PathCollection)]


def fills(pen: Pen) -> list[str]:
    return [to_hex(colour).upper() for each in drawn(pen) for colour in np.asarray(each.get_facecolor()) if colour[3]]


def test_an_area_has_its_colour_of_the_whole_and_its_neighbours_are_grey() -> None:
    reading = of_view(small.VIEW, small.answers(), of("vi"))
    plan = lay_plan(reading, now=NOW)
    picture = picture_of(reading.view, reading.answers, reading.scope, reading.words)
    for i in range(4):
        pen = Pen(INKS)
        draw_plate(pen, plan, np.arange(4) == i, MAP)
        told = fills(pen)
        assert picture.fill(i) in told
        others = {picture.fill(k) for k in range(4)} - {picture.fill(i)}
        assert not others & set(told)
        assert theme.NOT_ASKED_FILL in told


def test_the_map_shows_the_area_whole_and_what_lies_around_it() -> None:
    plan = lay_plan(of_view(small.VIEW, small.answers(), of("vi")), now=NOW)
    window = draw_plate(Pen(INKS), plan, np.arange(4) == 1, MAP)
    west, south, east, north = plan.ground.areas[1].bounds
    left, low, right, high = window.bounds
    assert left < west < east < right
    assert low < south < north < high
    assert (right - left) / (high - low) == pytest.approx(MAP.width / MAP.height)


def test_bars_are_as_high_as_their_months(answers: Answers) -> None:
    reading = read("?edition=2024&level=commune&area=703", answers)
    trend = reading.answers.trend(reading.view.question)
    pen, box = Pen(INKS), Box(500, 100, 300, 150)
    draw_trend(pen, trend, box, reading.words)
    corners = np.concatenate(
        [np.asarray(path.vertices).reshape(-1, 5, 2) for each in drawn(pen)[2:] for path in each.get_paths()]
    )  # the first are the keys: within the period, and outside it
    order = np.argsort(corners[:, 0, 0])
    height = (corners[:, 2, 1] - corners[:, 0, 1])[order]
    n = trend.n[trend.n > 0]
    assert height / height.max() == pytest.approx(n / n.max())
    assert corners[:, :, 0].min() > box.x + AXIS
