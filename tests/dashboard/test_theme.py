"""The style sheet and the figures say the same colours, and the colours can be read: by day, by night, by anyone."""

from __future__ import annotations

import re
from itertools import pairwise

import matplotlib.colors as colours
import numpy as np
import pytest
from cmcrameri import cm
from numpy.typing import NDArray

from dashboard import theme
from dashboard.settings import assets_folder

LIGHT_BLOCK = re.compile(r"^:root {(.*?)}", re.DOTALL | re.MULTILINE)
DARK_BLOCK = re.compile(r':root\[data-theme="dark"\] {(.*?)}', re.DOTALL)
PROPERTY = re.compile(r"(--[\w-]+):\s*(#[0-9A-Fa-f]{6})\s*;")
COLOUR = re.compile(r"#[0-9A-Fa-f]{3,8}\b(?!-)|rgba?\((?!0 0 0)")
THEMES = ("light", "dark")
PAGE = {"light": theme.PAPER, "dark": theme.DARK[theme.PAPER]}
# How the eyes of people without red or without green cones see linear RGB: Machado, Oliveira and Fernandes 2009
# (doi:10.1109/TVCG.2009.113), table of matrices, severity 1.0.
EYES = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
}


def test_the_style_sheet_and_the_theme_name_the_same_colours() -> None:
    sheet = (assets_folder() / "tokens.css").read_text(encoding="utf-8")
    assert dict(PROPERTY.findall(_inside(LIGHT_BLOCK, sheet))) == theme.TOKENS
    dark = {name: theme.DARK[colour] for name, colour in theme.TOKENS.items()}
    assert dict(PROPERTY.findall(_inside(DARK_BLOCK, sheet))) == dark


def test_every_colour_has_its_dark_twin_and_no_twin_is_turned_again() -> None:
    named = {value for value in vars(theme).values() if isinstance(value, str) and re.fullmatch("#[0-9A-F]{6}", value)}
    assert named | {*theme.AMOUNT_RAMP, *theme.CHANGE_RAMP} == set(theme.DARK)
    assert not set(theme.DARK) & set(theme.DARK.values())
    assert len(set(theme.DARK.values())) == len(theme.DARK)


def test_no_style_sheet_but_the_tokens_has_a_colour_of_its_own() -> None:
    """A literal colour would stay as it is in the dark."""
    for sheet in assets_folder().glob("*.css"):
        if sheet.name != "tokens.css":
            text = re.sub(r'url\("data:.*?"\)', "", sheet.read_text(encoding="utf-8"))
            text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
            rules = re.sub(r"(^|})[^{}]*{", "{", text)  # an id is no colour
            assert COLOUR.findall(rules) == [], sheet.name


def test_a_figure_is_turned_whole_and_the_light_one_is_left_as_it_is() -> None:
    figure = {"data": [{"z": [1, None], "colorscale": [[0, theme.ZERO_FILL], [1, theme.HOT]]}], theme.INK: True}
    assert theme.in_theme(figure, "light") is figure
    assert theme.in_theme(figure, "dark") == {
        "data": [{"z": [1, None], "colorscale": [[0, theme.DARK[theme.ZERO_FILL]], [1, theme.DARK[theme.HOT]]]}],
        theme.INK: True,
    }


def test_the_amount_ramp_is_crameris_lipari_and_more_stands_out_more() -> None:
    sampled = [cm.lipari_r(place) for place in (0.06, 0.25, 0.45, 0.65, 0.85)]
    assert _written(sampled) == theme.AMOUNT_RAMP
    assert _written([cm.lipari(place) for place in (0.14, 0.37, 0.56, 0.76, 0.95)]) == _dark(theme.AMOUNT_RAMP)


def test_the_change_ramp_is_crameris_vik_by_day_and_his_berlin_by_night() -> None:
    sampled = [cm.vik(place) for place in (0.06, 0.2, 0.35, 0.5, 0.65, 0.8, 0.94)]
    assert _written(sampled) == theme.CHANGE_RAMP
    dark = np.array([cm.berlin(place) for place in (0.05, 0.19, 0.34, 0.5, 0.68, 0.82, 0.96)])
    assert _written((1 - 0.82 * (1 - dark)).tolist()) == _dark(theme.CHANGE_RAMP)


@pytest.mark.parametrize("fill", [*theme.CHANGE_RAMP, *theme.AMOUNT_RAMP])
@pytest.mark.parametrize("ground", [theme.PAPER, theme.MAP_GROUND, theme.NOT_ASKED_FILL])
def test_an_area_with_a_class_is_lighter_than_what_is_not_asked_about_by_night(fill: str, ground: str) -> None:
    assert _lightness(theme.DARK[fill]) - _lightness(theme.DARK[ground]) >= 8


@pytest.mark.parametrize("name", THEMES)
def test_each_class_of_amount_is_further_from_the_ground_in_greyscale_too(name: str) -> None:
    away = [abs(_lightness(each) - _lightness(PAGE[name])) for each in _in(theme.AMOUNT_RAMP, name)]
    assert all(more - less >= 8 for less, more in pairwise(away))


@pytest.mark.parametrize("name", THEMES)
def test_change_is_further_from_the_ground_the_larger_it_is_either_way(name: str) -> None:
    shown = [abs(_lightness(each) - _lightness(PAGE[name])) for each in _in(theme.CHANGE_RAMP, name)]
    for arm in (shown[3::-1], shown[3:]):
        assert all(more - less >= 6 for less, more in pairwise(arm[1:]))


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("eye", ["everyone", *EYES])
def test_classes_stay_apart_for_eyes_without_red_or_green(name: str, eye: str) -> None:
    """At least 10 in CIELAB between any two classes of a ramp, where 2.3 is the least anyone tells apart."""
    for ramp in (_in(theme.AMOUNT_RAMP, name), _in(theme.CHANGE_RAMP, name), _in((theme.HOT, theme.COLD), name)):
        seen = [_lab(each, eye) for each in ramp]
        gaps = [float(np.linalg.norm(a - b)) for i, a in enumerate(seen) for b in seen[:i]]
        assert min(gaps) >= 10


TEXT = [
    *[(ink, page) for ink in (theme.INK, theme.INK_SOFT) for page in (theme.GROUND, theme.PAPER, theme.MAP_GROUND)],
    *[(ink, theme.ACCENT_SOFT) for ink in (theme.INK, theme.INK_SOFT, theme.ACCENT)],
    (theme.ACCENT, theme.GROUND),
    (theme.ACCENT, theme.PAPER),
    (theme.PAPER, theme.ACCENT),
    (theme.WARNING, theme.WARNING_SOFT),
    (theme.WARNING, theme.PAPER),
    (theme.INK, theme.WARNING_SOFT),
    (theme.HOT, theme.PAPER),
    (theme.COLD, theme.PAPER),
]
DRAWN = [
    *[(theme.ACCENT, page) for page in (theme.GROUND, theme.PAPER, theme.MAP_GROUND)],  # the ring about what has focus
    (theme.INK_SOFT, theme.PAPER),  # the edge of a control; last year's line
    (theme.AMOUNT_RAMP[3], theme.PAPER),  # bars
    (theme.AMOUNT_RAMP[3], theme.MAP_GROUND),  # bars on their track
    (theme.BORDER_LINE, theme.MAP_GROUND),
    (theme.DISTRICT_LINE, theme.MAP_GROUND),
    (theme.ZONE_LINE, theme.ZERO_FILL),
    (theme.HOT, theme.ZERO_FILL),  # points, hot spots
    (theme.COLD, theme.ZERO_FILL),
]


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_stands_out_from_its_ground(text: str, ground: str, name: str) -> None:
    """WCAG 2.2 AA, 1.4.3: a contrast of at least 4.5 to 1."""
    assert _contrast(theme.in_theme(text, name), theme.in_theme(ground, name)) >= 4.5


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("mark", "ground"), DRAWN)
def test_what_is_drawn_stands_out_from_its_ground(mark: str, ground: str, name: str) -> None:
    """WCAG 2.2 AA, 1.4.11: a contrast of at least 3 to 1."""
    assert _contrast(theme.in_theme(mark, name), theme.in_theme(ground, name)) >= 3


@pytest.mark.parametrize("name", THEMES)
def test_a_sign_with_its_halo_is_seen_on_every_fill(name: str) -> None:
    """Ink on paper, written over whatever class: one of the two stands out from it."""
    fills = (*theme.AMOUNT_RAMP, *theme.CHANGE_RAMP, theme.ZERO_FILL, theme.NO_DATA_FILL, theme.HOT, theme.COLD)
    ink, halo = _in((theme.INK, theme.PAPER), name)
    assert all(max(_contrast(ink, fill), _contrast(halo, fill)) >= 3 for fill in _in(fills, name))


def _inside(block: re.Pattern[str], sheet: str) -> str:
    found = block.search(sheet)
    assert found is not None
    return found.group(1)


def _in(ramp: tuple[str, ...], name: str) -> tuple[str, ...]:
    return tuple(theme.in_theme(each, name) for each in ramp)


def _dark(ramp: tuple[str, ...]) -> tuple[str, ...]:
    return _in(ramp, "dark")


def _written(sampled: list[tuple[float, float, float, float]]) -> tuple[str, ...]:
    return tuple(colours.to_hex(colour).upper() for colour in sampled)


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _linear(colour: str) -> NDArray[np.float64]:
    parts = np.array(colours.to_rgb(colour))
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def _luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    return float(_linear(colour) @ (0.2126, 0.7152, 0.0722))


def _lightness(colour: str) -> float:
    """CIE L*, 0 black to 100 white: equal steps look equal."""
    return float(116 * _root(np.array([_luminance(colour)]))[0] - 16)


def _lab(colour: str, eye: str) -> NDArray[np.float64]:
    """CIELAB (D65) of a colour as that eye sees it."""
    seen = _linear(colour) if eye == "everyone" else np.clip(np.array(EYES[eye]) @ _linear(colour), 0, 1)
    to_xyz = np.array([(0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505)])
    x, y, z = _root(to_xyz @ seen / (0.9505, 1.0, 1.089))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def _root(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(values > 0.008856, np.cbrt(values), 7.787 * values + 16 / 116)
