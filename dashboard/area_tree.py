"""What can be asked of the ground, as one list: regions or districts, each followed by its communes. Counts nothing.

A region and a district of just the same communes are one entry: the region's, which every edition knows, unless the
district is what is asked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from dashboard.names import Names
from geodata.boundaries.editions import Layer
from geodata.vocabulary import LayerKey, Level

REGION = "region:"  # before a region's id, where ids and codes stand in one list


@dataclass(frozen=True, slots=True)
class Branch:
    """A region (``region:id``) or district (its code) with its communes; ``value`` "" for communes of neither."""

    value: str
    name: str
    communes: tuple[tuple[str, str], ...]  # code, name


@dataclass(frozen=True, slots=True)
class Places:
    """Areas of an edition and regions, as a View holds them."""

    areas: tuple[str, ...]
    regions: tuple[str, ...]

    @property
    def values(self) -> list[str]:
        """Both in one list, as a picker holds them."""
        return [*(REGION + region for region in self.regions), *self.areas]

    @staticmethod
    def of(values: object) -> Places:
        """What a picker holds; whatever is no text is left out."""
        texts = [value for value in values if isinstance(value, str)] if isinstance(values, list) else []
        regions = tuple(sorted(text.removeprefix(REGION) for text in texts if text.startswith(REGION)))
        return Places(tuple(sorted(text for text in texts if not text.startswith(REGION))), regions)


def branches(names: Names, edition: str, asked: Collection[str] = ()) -> tuple[Branch, ...]:
    """The tree of one edition; ``asked`` are the codes of areas that must be among its entries."""
    layer = _finest(names, edition)
    if layer is None:
        return ()
    called = dict(zip(layer.codes, layer.names, strict=True))
    placed: set[str] = set()
    found: list[Branch] = []
    for value, name, codes in (*_heads(names, edition, asked), ("", "", tuple(called))):
        below = tuple((code, called[code]) for code in codes if code in called and code not in placed)
        placed.update(code for code, _ in below)
        if value or below:
            found.append(Branch(value, name, below))
    return tuple(found)


def together(chosen: Places, names: Names, edition: str) -> Places:
    """What was chosen from one list, as a question: regions and areas are there narrowed by one another.

    A region of which some communes were chosen stands for those only; a region of which none were stands for all of
    its communes, beside the others. Every commune there is, is nothing in particular.
    """
    layer = _finest(names, edition)
    if layer is not None and chosen.areas and set(layer.codes) <= set(chosen.areas):
        return Places((), ())
    if not chosen.areas or not chosen.regions:
        return chosen
    members = {region: _members(names, edition, region) for region in chosen.regions}
    below = _below(names, edition)
    asked = {commune for code in chosen.areas for commune in below.get(code, (code,))}
    whole = [codes for codes in members.values() if not asked.intersection(codes)]
    if not whole and asked <= {code for codes in members.values() for code in codes}:
        return chosen
    more = {code for codes in whole for code in codes}
    return Places(tuple(sorted({*chosen.areas, *more})), ())


def districts_in(names: Names, edition: str, areas: Collection[str]) -> frozenset[str]:
    """Which of the areas are districts: the tree shows them as such, and not as the region of the same communes."""
    return frozenset(areas) & frozenset(_below(names, edition))


def _heads(names: Names, edition: str, asked: Collection[str]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    below, taken = _below(names, edition), set[str]()
    upper = names.boundaries.layers.get(LayerKey(edition, Level.DISTRICT))
    called = dict(zip(upper.codes, upper.names, strict=True)) if upper is not None else {}
    same = {frozenset(codes): code for code, codes in below.items()}
    for region in names.boundaries.regions_in(edition).values():
        codes = region.codes if region.edition == edition else ()
        district = same.get(frozenset(codes), "")
        taken.add(district)
        if district and district in asked:
            yield district, called[district], codes
        else:
            yield REGION + region.id, region.name, codes
    yield from ((code, called[code], codes) for code, codes in below.items() if code not in taken)


def _members(names: Names, edition: str, region: str) -> tuple[str, ...]:
    """The region's communes in this edition, none where it is made of another one's."""
    held = names.boundaries.regions_in(edition).get(region)
    return held.codes if held is not None and held.edition == edition else ()


def _below(names: Names, edition: str) -> Mapping[str, tuple[str, ...]]:
    """District -> its communes."""
    upper = names.boundaries.layers.get(LayerKey(edition, Level.DISTRICT))
    layer = _finest(names, edition)
    if upper is None or layer is None or layer is upper:
        return {}
    pairs = list(zip(layer.codes, layer.parents, strict=True))
    return {code: tuple(commune for commune, parent in pairs if parent == code) for code in upper.codes}


def _finest(names: Names, edition: str) -> Layer | None:
    level = names.boundaries.finest(edition)
    return None if level is None else names.boundaries.layers[LayerKey(edition, level)]
