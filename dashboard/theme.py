"""Colours, type and spacing as values for figures and paper. ``assets/tokens.css`` says the same to the browser.

A test holds the two equal. The amount ramp is Crameri's ``lipari`` reversed, sampled at five places (Crameri 2018,
doi:10.5281/zenodo.1243862): it grows darker evenly, survives greyscale print and colour-blind eyes. The change ramp is
his ``vik``, blue where there is less and brown where there is more, sampled evenly about its pale middle. On a dark
ground more must stand out too: there ``lipari`` runs from dark to light, and ``berlin``, dark in its middle, tells of
change in the same two hues; it is mixed with white, for its own middle is a hole in the ground.
"""

from __future__ import annotations

from typing import Any, Final

FONT: Final = "Roboto"
FONT_BOLD: Final = "Roboto Bold"  # an alias family of its own: map labels know families only, no weights

GROUND: Final = "#F7F8FA"
PAPER: Final = "#FFFFFF"
INK: Final = "#16202C"
INK_SOFT: Final = "#526070"
HAIRLINE: Final = "#D8DEE6"
ACCENT: Final = "#0B5A8A"
ACCENT_SOFT: Final = "#E3EEF5"
WARNING: Final = "#8A4B00"
WARNING_SOFT: Final = "#FFF4E0"
HOT: Final = "#B5412F"
COLD: Final = "#2A6F97"

MAP_GROUND: Final = "#EDF1F5"
COMMUNE_LINE: Final = "#B4BEC8"  # seen on white zero areas and on the darkest class alike
DISTRICT_LINE: Final = INK_SOFT
BORDER_LINE: Final = INK
ZONE_LINE: Final = ACCENT

AMOUNT_RAMP: Final = ("#F1DDB9", "#E99973", "#B86462", "#705F74", "#22466B")
CHANGE_RAMP: Final = ("#022A70", "#116496", "#7DB0C9", "#ECE5E0", "#D69F7E", "#B75A26", "#731406")
ZERO_FILL: Final = "#FCFCFA"
NO_DATA_FILL: Final = "#C9CFD6"
NOT_ASKED_FILL: Final = "#E1E6EC"

# An asset and a page both say these, so they are names, not numbers: css custom property -> value.
TOKENS: Final[dict[str, str]] = {
    "--ground": GROUND,
    "--paper": PAPER,
    "--ink": INK,
    "--ink-soft": INK_SOFT,
    "--hairline": HAIRLINE,
    "--accent": ACCENT,
    "--accent-soft": ACCENT_SOFT,
    "--warning": WARNING,
    "--warning-soft": WARNING_SOFT,
    "--hot": HOT,
    "--cold": COLD,
    "--map-ground": MAP_GROUND,
    **{f"--amount-{step}": colour for step, colour in enumerate(AMOUNT_RAMP, start=1)},
}


def ramp(classes: int) -> tuple[str, ...]:
    """``classes`` colours (1 to 5) of the amount ramp, light to dark, spread over its whole length."""
    last = len(AMOUNT_RAMP) - 1
    if classes == 1:
        return (AMOUNT_RAMP[2],)
    return tuple(AMOUNT_RAMP[round(i * last / (classes - 1))] for i in range(classes))


_DARK_AMOUNTS: Final = ("#1D4266", "#765F73", "#BE6561", "#E89D76", "#F3E1C0")
_DARK_CHANGES: Final = ("#99BCF4", "#5A9BBC", "#426271", "#423835", "#764433", "#B17263", "#EDABA8")

# Light -> dark, for everything that is coloured by value: figures and pictures are made light, and turned at the end.
# A colour that stands for two things has one twin, so that it must do for both.
DARK: Final[dict[str, str]] = {
    GROUND: "#10161D",
    PAPER: "#19222C",
    INK: "#E9EEF3",
    INK_SOFT: "#A9B6C4",
    HAIRLINE: "#34414F",
    ACCENT: "#7FC1EA",
    ACCENT_SOFT: "#1D3648",
    WARNING: "#F2BC6E",
    WARNING_SOFT: "#3B2C14",
    HOT: "#EC7C64",
    COLD: "#62ABD9",
    MAP_GROUND: "#0E141B",
    COMMUNE_LINE: "#5C6978",
    ZERO_FILL: "#232E3A",
    NO_DATA_FILL: "#3C4651",
    NOT_ASKED_FILL: "#161E27",
    **dict(zip(AMOUNT_RAMP, _DARK_AMOUNTS, strict=True)),
    **dict(zip(CHANGE_RAMP, _DARK_CHANGES, strict=True)),
}


def in_theme(value: Any, theme: str) -> Any:  # noqa: ANN401 - whatever a figure is made of
    """A figure, a patch's value or any nest of lists and dicts, with each colour of this module as the theme has it."""
    if theme != "dark":
        return value
    match value:
        case str():
            return DARK.get(value, value)
        case dict():
            return {key: in_theme(each, theme) for key, each in value.items()}
        case list() | tuple():
            return [in_theme(each, theme) for each in value]
        case _:
            return value
