"""The small picture of months: a well-formed SVG whose bars have the heights of the numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import unquote
from xml.etree.ElementTree import Element, fromstring

from dashboard import theme as look
from dashboard.figures.sparkline import HEIGHT, sparkline

PREFIX = "data:image/svg+xml,"


def paths(values: Sequence[float], strong: Sequence[bool], partial: Sequence[bool] = ()) -> list[Element]:
    """The paths after the ground line."""
    source = sparkline(values, strong=strong, partial=partial)
    assert source.startswith(PREFIX)
    assert not {'"', "<", ">", "#"} & set(source)
    return list(fromstring(unquote(source.removeprefix(PREFIX))))[1:]


def heights(path: Element) -> list[int]:
    return [HEIGHT - int(top) for top in re.findall(r"V(\d+)h", path.attrib["d"])]


def test_bars_have_the_heights_of_the_numbers_and_the_asked_ones_are_dark() -> None:
    dark, pale = paths([12, 6, 24, 3], [True, False, True, False])
    assert (dark.attrib["fill"], heights(dark)) == (look.AMOUNT_RAMP[3], [12, 24])
    assert (pale.attrib["fill"], heights(pale)) == (look.AMOUNT_RAMP[0], [6, 3])


def test_none_has_no_bar_and_one_among_thousands_has() -> None:
    (dark,) = paths([0, 1, 5000], [True] * 3)
    assert heights(dark) == [1, HEIGHT]
    assert paths([0, 0], [True] * 2) == []
    assert paths([], []) == []


def test_a_month_that_is_not_whole_is_only_outlined_so_that_it_is_no_fall() -> None:
    dark, outlined = paths([10, 10, 4], [True] * 3, [False, False, True])
    assert heights(dark) == [HEIGHT, HEIGHT]
    assert outlined.attrib["fill"] == "none"


def test_the_dark_theme_has_colours_of_its_own() -> None:
    light, dark = (sparkline([1, 2], strong=[True, False], theme=theme) for theme in ("light", "dark"))
    for colour in (look.AMOUNT_RAMP[0], look.AMOUNT_RAMP[3], look.HAIRLINE):
        assert look.in_theme(colour, "dark").removeprefix("#") in dark
        assert colour.removeprefix("#") in light
