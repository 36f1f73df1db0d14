"""Which area a row's names and codes mean, in the right edition for its day. Knows no point and no file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import product
from typing import Final

from geodata.boundaries.editions import Boundaries, Edition
from geodata.ingest.localities.addresses import Named, readings
from geodata.ingest.localities.layer_names import LayerNames, Nearness, slips_of
from geodata.ingest.localities.names import loose_key, name_key, same_name
from geodata.vocabulary import LayerKey, Level

UNKNOWN: Final = "unknown_area"
AMBIGUOUS: Final = "ambiguous_area"
CONTRADICTING: Final = "contradicting_area"


@dataclass(frozen=True, slots=True)
class Found:
    """An area, or why there is none: reason UNKNOWN, AMBIGUOUS or CONTRADICTING.

    ``read_as`` is the real name where the row's spelling of it was taken for a slip.
    """

    edition: str = ""
    level: str = ""
    code: str = ""
    reason: str = ""
    proposals: tuple[str, ...] = ()
    read_as: str = ""


class Gazetteer:
    """The names and codes of every edition, asked by what a row says and when it happened.

    Order: code; commune within its district; commune alone where only one has the name; district alone. Each in the
    edition in force on the day first, then in the others, latest first. A code whose area has another name than the
    row says is not believed: codes are reused. A name without diacritics is compared without them only where it is
    that of no area as it stands, and taken where one area alone fits.
    """

    def __init__(self, boundaries: Boundaries) -> None:
        self._editions: tuple[Edition, ...] = tuple(boundaries.editions.values())[::-1]
        self._layers = {key: LayerNames(layer) for key, layer in boundaries.layers.items()}

    def order(self, day: date) -> tuple[str, ...]:
        """The editions' ids as they are searched for a day."""
        return tuple(
            edition.id for force in (True, False) for edition in self._editions if edition.in_force(day) is force
        )

    @property
    def turns(self) -> tuple[date, ...]:
        """The days on which another edition comes into force or one ceases to be: between them the order is one."""
        begins = {edition.valid_from for edition in self._editions if edition.valid_from}
        after = {edition.valid_until + timedelta(days=1) for edition in self._editions if edition.valid_until}
        return tuple(sorted(begins | after))

    def described(self, found: Found) -> str:
        """The area's name with its district and code."""
        layer = self._layers[LayerKey(found.edition, Level(found.level))]
        return self._with_parents([layer.by_code[found.code]], layer, found.edition)[0]

    def also(self, named: Named, found: Found) -> tuple[Found, ...]:
        """Areas of the other editions that go by the same name: an old name is used on, a new one in hindsight."""
        others = (self.find(named, (edition.id,), guess=False) for edition in self._editions)
        return tuple(other for other in others if other.code and other.edition != found.edition)

    def find(self, named: Named, order: Sequence[str], *, guess: bool = True) -> Found:
        """The area the row means. A row that names nothing gives an empty Found without a reason.

        With ``guess`` a name that is none may be a slip of the keyboard (:func:`layer_names.slips_of`), and names
        are proposed for one that is not even that.
        """
        if named == Named():
            return Found()
        said = readings(named)
        first = Found(reason=UNKNOWN)
        for reading in said:
            first = self._exactly(reading, order)
            if first.reason in ("", AMBIGUOUS):
                break
        if first.reason and guess and (mended := self._mended(said[-1], order)):
            return mended
        if first.reason == UNKNOWN and guess:
            return replace(first, proposals=self._nearest(said[-1], order))
        return first

    def _exactly(self, named: Named, order: Sequence[str]) -> Found:
        if named.former:
            order = tuple(edition.id for edition in self._editions[::-1] if edition.id in order)
        return self._by_code(named, order) or self._by_name(named, order) or Found(reason=UNKNOWN)

    def _by_code(self, named: Named, order: Sequence[str]) -> Found | None:
        contradicted: list[str] = []
        for code, name, levels in _codes(named):
            for edition, level in product(order, levels):
                layer = self._layers.get(LayerKey(edition, level))
                # A name that is a number is a code only as it stands: ward 1 is not the area 00001.
                position = None if layer is None else layer.coded(code) if name is not None else layer.by_code.get(code)
                if layer is None or position is None:
                    continue
                if not name or name == code or same_name(name, layer.layer.names[position]):
                    return Found(edition, level.value, layer.layer.codes[position])
                contradicted.append(layer.layer.names[position])
        if contradicted:
            return Found(reason=CONTRADICTING, proposals=tuple(dict.fromkeys(contradicted)))
        return None

    def _by_name(self, named: Named, order: Sequence[str]) -> Found | None:
        level, text = _asked(named)
        if not text:
            return None
        for look, exact in product((LayerNames.named, LayerNames.unaccented, LayerNames.loosely), (True, False)):
            for edition in order:
                layer = self._layers.get(LayerKey(edition, level))
                if layer is None:
                    continue
                positions: Sequence[int] = look(layer, text, exact=exact)
                if level is Level.COMMUNE:
                    positions = self._within(positions, layer, named, edition)
                if len(positions) == 1:
                    return Found(edition, level.value, layer.layer.codes[positions[0]])
                if positions:
                    return Found(reason=AMBIGUOUS, proposals=self._with_parents(positions, layer, edition))
        return None

    def _mended(self, named: Named, order: Sequence[str]) -> Found | None:
        """The area meant where the commune or its district is a slip of the one real name that fits, else None."""
        district = self._slip(named.district, Level.DISTRICT, named, order)
        mended = replace(named, district=district or named.district)
        commune = self._slip(named.commune, Level.COMMUNE, mended, order)
        kind = loose_key(named.commune)[0]  # the row's own: a ward may have become a commune of the same name
        mended = replace(mended, commune=f"{kind} {name_key(commune)[1]}".strip() if commune else named.commune)
        if mended == named:
            return None
        found = self._exactly(mended, order)
        return None if found.reason else replace(found, read_as=commune or district)

    def _slip(self, text: str, level: Level, named: Named, order: Sequence[str]) -> str:
        """The real name that ``text`` is a slip of: the only one that fits in the first edition where any does.

        None where the text is a real name, if only elsewhere, or where another edition has one that is as near; but
        in the district that the row names no other place is thought of.
        """
        layers = {edition: self._layers.get(LayerKey(edition, level)) for edition in order}
        if not text or any(layer.likeliest(text) for layer in layers.values() if layer):
            return ""
        knowing = [edition for edition in order if level is Level.COMMUNE and self._parents(named, edition)]
        fitting: list[dict[str, Nearness]] = []
        for edition in knowing or order:
            if layer := layers[edition]:
                every = range(len(layer.layer.names))
                inside = self._within(every, layer, named, edition) if knowing else every
                fitting.append(slips_of(text, [layer.layer.names[position] for position in inside]))
        first = next((some for some in fitting if some), {})
        if len(first) != 1:
            return ""
        ((name, nearness),) = first.items()
        others = ((name_key(other)[1], near) for some in fitting for other, near in some.items())
        return "" if any(bare != name_key(name)[1] and near <= nearness for bare, near in others) else name

    def _within(self, positions: Sequence[int], layer: LayerNames, named: Named, edition: str) -> Sequence[int]:
        """Those in the row's district; all of them where the edition does not know that district."""
        parents = self._parents(named, edition) if positions else frozenset()
        return (
            [position for position in positions if layer.layer.parents[position] in parents] if parents else positions
        )

    def _parents(self, named: Named, edition: str) -> frozenset[str]:
        """Codes of the districts the row may mean, none where it names none that the edition knows."""
        districts = self._layers.get(LayerKey(edition, Level.DISTRICT))
        if districts is None or not (named.district or named.district_code):
            return frozenset()
        codes = frozenset(code for code in (named.district_code, named.district) if code in districts.by_code)
        return codes or frozenset(districts.layer.codes[position] for position in districts.likeliest(named.district))

    def _with_parents(self, positions: Iterable[int], layer: LayerNames, edition: str) -> tuple[str, ...]:
        districts = self._layers.get(LayerKey(edition, Level.DISTRICT))
        names = []
        for position in positions:
            parent = layer.layer.parents[position]
            at = districts.by_code.get(parent) if districts else None
            inside = f", {districts.layer.names[at]}" if districts and at is not None else ""
            names.append(f"{layer.layer.names[position]}{inside} ({layer.layer.codes[position]})")
        return tuple(names)

    def _nearest(self, named: Named, order: Sequence[str]) -> tuple[str, ...]:
        level, text = _asked(named)
        near = (
            layer.nearest(text) for edition in order if text and (layer := self._layers.get(LayerKey(edition, level)))
        )
        return next((names for names in near if names), ())


def _codes(named: Named) -> Iterator[tuple[str, str | None, tuple[Level, ...]]]:
    """What may be a code, the name it must agree with (None: it stands where a name should), and its levels."""
    yield named.commune_code, named.commune, (Level.COMMUNE, Level.DISTRICT, Level.PROVINCE)
    yield named.commune, None, (Level.COMMUNE,)
    if not (named.commune or named.commune_code):
        yield named.district_code, named.district, (Level.DISTRICT,)
        yield named.district, None, (Level.DISTRICT,)


def _asked(named: Named) -> tuple[Level, str]:
    return (Level.COMMUNE, named.commune) if named.commune else (Level.DISTRICT, named.district)
