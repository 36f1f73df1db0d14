"""Which area a row's names and codes mean, in the right edition for its day. Knows no point and no file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from itertools import product

from geodata.boundaries.editions import Boundaries, Edition, Layer
from geodata.ingest.names import name_key, plain_key, same_name
from geodata.ingest.wording import plain
from geodata.vocabulary import LayerKey, Level


@dataclass(frozen=True, slots=True)
class Named:
    """What a row says of its area. Blank parts say nothing."""

    commune: str = ""
    district: str = ""
    commune_code: str = ""
    district_code: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """An area, or why there is none: reason "unknown_area", "ambiguous_area" or "contradicting_area"."""

    edition: str = ""
    level: str = ""
    code: str = ""
    reason: str = ""
    proposals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Index:
    """One layer, looked up by code, by kind and bare name, and by bare name alone, with diacritics and without."""

    layer: Layer
    by_code: dict[str, int] = field(default_factory=dict)
    by_name: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    by_bare: dict[str, list[int]] = field(default_factory=dict)
    by_plain_name: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    by_plain: dict[str, list[int]] = field(default_factory=dict)

    def named(self, text: str, *, exact: bool) -> list[int]:
        """Positions of the areas of that name; unless ``exact``, whatever kind of area the name says."""
        kind, bare = name_key(text)
        if kind and exact:
            return self.by_name.get((kind, bare), [])
        return self.by_bare.get(bare, [])

    def unaccented(self, text: str, *, exact: bool) -> list[int]:
        """:meth:`named` for a name typed without diacritics; nothing for one that has any."""
        key = plain_key(text)
        if key is None:
            return []
        return self.by_plain_name.get(key, []) if key[0] and exact else self.by_plain.get(key[1], [])

    def likeliest(self, text: str) -> list[int]:
        """Positions of the areas whose name comes first to mind for that text."""
        if found := self.named(text, exact=True) or self.named(text, exact=False):
            return found
        return self.unaccented(text, exact=True) or self.unaccented(text, exact=False)


def _index(layer: Layer) -> _Index:
    index = _Index(layer, layer.index())
    for position, name in enumerate(layer.names):
        kind, bare = name_key(name)
        index.by_name.setdefault((kind, bare), []).append(position)
        index.by_bare.setdefault(bare, []).append(position)
        index.by_plain_name.setdefault((kind, plain(bare)), []).append(position)
        index.by_plain.setdefault(plain(bare), []).append(position)
    return index


class Gazetteer:
    """The names and codes of every edition, asked by what a row says and when it happened.

    Order: code; commune within its district; commune alone where only one has the name; district alone. Each in the
    edition in force on the day first, then in the others, latest first. A code whose area has another name than the
    row says is not believed: codes are reused. A name without diacritics is compared without them only where it is
    that of no area as it stands, and taken where one area alone fits.
    """

    def __init__(self, boundaries: Boundaries) -> None:
        self._editions: tuple[Edition, ...] = tuple(boundaries.editions.values())[::-1]
        self._indexes = {key: _index(layer) for key, layer in boundaries.layers.items()}

    def order(self, day: date) -> tuple[str, ...]:
        """The editions' ids as they are searched for a day."""
        return tuple(
            edition.id for force in (True, False) for edition in self._editions if edition.in_force(day) is force
        )

    def find(self, named: Named, order: Sequence[str]) -> Found:
        """The area the row means. A row that names nothing gives an empty Found without a reason."""
        if named == Named():
            return Found()
        if found := self._by_code(named, order):
            return found
        level, text = (Level.COMMUNE, named.commune) if named.commune else (Level.DISTRICT, named.district)
        if found := self._by_name(text, named, level, order):
            return found
        return Found(reason="unknown_area", proposals=self._nearest(text, level, order))

    def _by_code(self, named: Named, order: Sequence[str]) -> Found | None:
        contradicted: list[str] = []
        for code, name, levels in (
            (named.commune_code, named.commune, (Level.COMMUNE, Level.DISTRICT, Level.PROVINCE)),
            (named.commune, "", (Level.COMMUNE,)),
            *(
                ((named.district_code, named.district, (Level.DISTRICT,)), (named.district, "", (Level.DISTRICT,)))
                if not (named.commune or named.commune_code)
                else ()
            ),
        ):
            for edition, level in ((edition, level) for edition in order for level in levels):
                index = self._indexes.get(LayerKey(edition, level))
                position = index.by_code.get(code) if index and code else None
                if index is None or position is None:
                    continue
                if not name or name == code or same_name(name, index.layer.names[position]):
                    return Found(edition, level.value, code)
                contradicted.append(index.layer.names[position])
        if contradicted:
            return Found(reason="contradicting_area", proposals=tuple(dict.fromkeys(contradicted)))
        return None

    def _by_name(self, text: str, named: Named, level: Level, order: Sequence[str]) -> Found | None:
        if not text:
            return None
        for look, exact in product((_Index.named, _Index.unaccented), (True, False)):
            for edition in order:
                index = self._indexes.get(LayerKey(edition, level))
                if index is None:
                    continue
                positions = look(index, text, exact=exact)
                if level is Level.COMMUNE:
                    positions = self._within(positions, index, named, edition)
                if len(positions) == 1:
                    return Found(edition, level.value, index.layer.codes[positions[0]])
                if positions:
                    return Found(reason="ambiguous_area", proposals=self._with_parents(positions, index, edition))
        return None

    def _within(self, positions: list[int], index: _Index, named: Named, edition: str) -> list[int]:
        """Those in the row's district; all of them where the edition does not know that district."""
        districts = self._indexes.get(LayerKey(edition, Level.DISTRICT))
        if districts is None or not (named.district or named.district_code):
            return positions
        parents = {code for code in (named.district_code, named.district) if code in districts.by_code}
        if not parents:
            parents = {districts.layer.codes[position] for position in districts.likeliest(named.district)}
        return (
            [position for position in positions if index.layer.parents[position] in parents] if parents else positions
        )

    def _with_parents(self, positions: Iterable[int], index: _Index, edition: str) -> tuple[str, ...]:
        districts = self._indexes.get(LayerKey(edition, Level.DISTRICT))
        names = []
        for position in positions:
            parent = index.layer.parents[position]
            at = districts.by_code.get(parent) if districts else None
            inside = f", {districts.layer.names[at]}" if districts and at is not None else ""
            names.append(f"{index.layer.names[position]}{inside} ({index.layer.codes[position]})")
        return tuple(names)

    def _nearest(self, text: str, level: Level, order: Sequence[str]) -> tuple[str, ...]:
        unaccented = plain_key(text)
        said = unaccented[1] if unaccented else name_key(text)[1]
        for edition in order:
            if index := self._indexes.get(LayerKey(edition, level)):
                known = index.by_plain if unaccented else index.by_bare
                near = get_close_matches(said[:100], known, n=3, cutoff=0.7)
                if near:
                    return tuple(index.layer.names[position] for bare in near for position in known[bare])[:3]
        return ()
