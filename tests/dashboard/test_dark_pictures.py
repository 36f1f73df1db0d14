"""Whatever a layer draws, nothing of it stays as it is in the light once it is turned for the dark."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dashboard import reading, theme
from dashboard.app import create_app
from dashboard.components.legend import legend
from dashboard.figures import choropleth
from dashboard.figures.traces import CLEAR, HATCH
from dashboard.layers import all_layers, picture_of
from dashboard.map_ground import ground
from dashboard.reading import Reading
from dashboard.settings import Settings
from dashboard.theme import in_theme
from geodata.answers.answers import Answers
from tests.geodata.worlds import Still, tiny_snapshot

pytestmark = pytest.mark.slow
QUERY = "?edition=2024&level=commune&from=2022-01-01&to=2024-12-31&theme=dark&zone=border_0_1km"
COLOUR = re.compile(r"#[0-9A-Fa-f]{6}\b|rgba?\([\d., ]+\)")
EITHER = {CLEAR, HATCH}  # nothing at all, and what the browser turns into hatching of the theme's colours


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reading]:
    world = Still(tiny_snapshot(n=2000))
    with create_app(Settings(tmp_path_factory.mktemp("dark")), world).server.app_context():  # which lends its shelf
        yield reading.read(QUERY, Answers(world))


def colours(value: Any) -> Iterator[str]:
    """Every colour anywhere in a figure."""
    match value:
        case str() if COLOUR.fullmatch(value):
            yield value
        case dict():
            for each in value.values():
                yield from colours(each)
        case list() | tuple():
            for each in value:
                yield from colours(each)


@pytest.mark.parametrize("webgl", [True, False], ids=["webgl", "svg"])
@pytest.mark.parametrize("layer", all_layers())
def test_a_layer_is_dark_all_over(asked: Reading, layer: str, *, webgl: bool) -> None:
    view = replace(asked.view, layer=layer)
    made = picture_of(view, asked.answers, asked.scope, asked.words)
    below = ground(replace(asked, view=view), made, webgl=webgl)
    figure = choropleth.figure(made, below, ["101"], asked.words, box=(900, 700), webgl=webgl, size=13)
    assert set(colours(figure)) <= set(theme.DARK) | EITHER, "a colour that is no constant of theme.py"
    dark = set(theme.DARK.values())
    assert set(colours(in_theme(figure, "dark"))) <= dark | EITHER
    swatches = re.findall(r"'--swatch': '(#\w+)'", repr(legend(made, "dark")))
    assert swatches
    assert set(swatches) <= dark


def test_the_charts_have_no_colour_of_their_own() -> None:
    """Colours are named in theme.py only: elsewhere one would stay light in the dark."""
    for file in Path(theme.__file__).parent.rglob("*.py"):
        if file.name not in ("theme.py", "totp.py"):  # a telephone reads black on white only
            assert set(COLOUR.findall(file.read_text(encoding="utf-8"))) <= EITHER, file.name
