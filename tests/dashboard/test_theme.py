"""The style sheet and the figures say the same colours, and the colours can be read."""

from __future__ import annotations

import re

import matplotlib.colors as colours
import pytest
from cmcrameri import cm

from dashboard import theme
from dashboard.settings import assets_folder

PROPERTY = re.compile(r"(--[\w-]+):\s*(#[0-9A-Fa-f]{6})\s*;")


def test_the_style_sheet_and_the_theme_name_the_same_colours() -> None:
    sheet = (assets_folder() / "tokens.css").read_text(encoding="utf-8")
    assert dict(PROPERTY.findall(sheet)) == theme.TOKENS


def test_the_amount_ramp_is_crameris_lipari_from_light_to_dark() -> None:
    sampled = [cm.lipari_r(place) for place in (0.06, 0.25, 0.45, 0.65, 0.85)]
    assert [colours.to_hex(colour).upper() for colour in sampled] == list(theme.AMOUNT_RAMP)
    shades = [_luminance(colour) for colour in theme.AMOUNT_RAMP]
    assert shades == sorted(shades, reverse=True)


def test_the_change_ramp_is_crameris_vik_pale_in_the_middle() -> None:
    sampled = [cm.vik(place) for place in (0.06, 0.2, 0.35, 0.5, 0.65, 0.8, 0.94)]
    assert [colours.to_hex(colour).upper() for colour in sampled] == list(theme.CHANGE_RAMP)
    shades = [_luminance(colour) for colour in theme.CHANGE_RAMP]
    assert max(shades) == shades[3]


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        (theme.INK, theme.GROUND),
        (theme.INK_SOFT, theme.GROUND),
        (theme.INK_SOFT, theme.MAP_GROUND),
        (theme.ACCENT, theme.ACCENT_SOFT),
        (theme.PAPER, theme.ACCENT),
        (theme.WARNING, theme.WARNING_SOFT),
        (theme.INK, theme.ACCENT_SOFT),
    ],
)
def test_text_stands_out_from_its_ground(text: str, ground: str) -> None:
    """WCAG 2.2 AA: a contrast of at least 4.5 to 1."""
    light, dark = sorted((_luminance(text), _luminance(ground)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def _luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    parts = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in colours.to_rgb(colour)]
    return float(sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True)))
