"""Steps from the whole through region or district to one area and what is inside it, and back. Counts nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from dashboard.asked import shorten
from dashboard.layers import all_layers
from dashboard.names import Names
from dashboard.view import View
from dashboard.words import Words
from geodata.boundaries.editions import Boundaries
from geodata.vocabulary import LayerKey, Level

INSIDE = ("points", "hexagons", "density")  # layers that show where within an area
LONGEST_STEP = 48  # letters


@dataclass(frozen=True, slots=True)
class Step:
    """One place on the way down, and the view of it."""

    label: str
    view: View


def level_of(boundaries: Boundaries, edition: str, code: str) -> Level | None:
    """The level an area of the edition stands at, looked up from fine to coarse."""
    for level in reversed(boundaries.levels(edition)):
        if code in boundaries.layers[LayerKey(edition, level)].codes:
            return level
    return None


def into(view: View, boundaries: Boundaries, code: str) -> View:
    """What a click on an area asks: of a coarse one its parts, of the finest itself; of the one asked, all again."""
    levels = boundaries.levels(view.edition)
    finer = levels[levels.index(view.level) + 1 :] if view.level in levels else ()
    if finer:
        asked = () if view.level is Level.PROVINCE else (code,)
        return replace(view, area=asked, region=(), level=finer[0])
    if view.area == (code,):
        return replace(view, area=())
    regions = boundaries.regions_in(view.edition)
    kept = tuple(key for key in view.region if key in regions and code in regions[key].codes)
    return replace(view, area=(code,), region=kept)


def trail(view: View, names: Names, words: Words) -> tuple[Step, ...]:
    """The steps from the whole to where the view stands; the last one is the view itself."""
    return tuple(_steps(view, names, words))


def _steps(view: View, names: Names, words: Words) -> Iterator[Step]:
    level = level_of(names.boundaries, view.edition, view.area[0]) if len(view.area) == 1 else None
    yield Step(shorten(names.place(words.language), LONGEST_STEP), replace(_plain(view, names), **_whole(view, level)))
    if not view.area:
        if view.region:
            yield Step(shorten(", ".join(names.region(key) for key in view.region), LONGEST_STEP), view)
        return
    plain = _plain(view, names)
    if level is not None and level is names.boundaries.finest(view.edition):
        yield from _around(plain, names)
    told = ", ".join(names.area(view.edition, code) for code in view.area)
    yield Step(shorten(told, LONGEST_STEP), plain)
    if plain is not view:
        yield Step(words(all_layers()[view.layer].label), view)


def _plain(view: View, names: Names) -> View:
    """The view on areas again, where it looks inside one."""
    inside = len(view.area) == 1 and view.layer in INSIDE
    return replace(view, layer=names.choices.layers[0]) if inside else view


def _whole(view: View, level: Level | None) -> dict[str, Any]:
    """Nothing asked by place; a district's parts are left for the districts."""
    back = level if level in (Level.DISTRICT, Level.PROVINCE) else view.level
    return {"area": (), "region": (), "level": back}


def _around(view: View, names: Names) -> Iterator[Step]:
    """What the commune asked belongs to: the region asked with it, else its region, else its district."""
    (code,) = view.area
    regions = names.boundaries.regions_in(view.edition)
    holding = [key for key, each in regions.items() if each.edition == view.edition and code in each.codes]
    asked = [key for key in view.region if key in holding]
    if holding:
        region = (asked or holding)[0]
        yield Step(names.region(region), replace(view, area=(), region=(region,)))
        return
    layer = names.boundaries.layers[LayerKey(view.edition, view.level)]
    above = names.boundaries.layers.get(LayerKey(view.edition, Level.DISTRICT))
    parent = layer.parents[layer.codes.index(code)] if code in layer.codes else ""
    if above is not None and parent in above.codes:
        yield Step(names.area(view.edition, parent), replace(view, area=(parent,), region=()))
