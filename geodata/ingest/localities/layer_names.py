"""The names of one layer's areas, looked up as written, without diacritics, or with a slip. Knows one edition only.

A slip is one letter too many, missing, wrong or in the wrong place in a name of up to 8 letters, two in a longer one
(Damerau-Levenshtein distance on the bare names, in NFC, without kind; a wrong tone or accent is one). Names of less
than 5 letters and names with digits are never taken for another: «Phường 4» is not a slip of «Phường 5».
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from geodata.boundaries.editions import Layer
from geodata.ingest.localities.names import DISTRICT_KINDS, loose_key, name_key, plain_key
from geodata.ingest.wording import plain
from geodata.vocabulary import Level

SHORT_NAME: Final = 8
SHORTEST_MENDED: Final = 5
LONGEST_MENDED: Final = 60
LIKE_ENOUGH: Final = 70.0  # percent, for what is merely proposed
Nearness = tuple[int, int]  # distance with diacritics (where the text has any), and without


class LayerNames:
    """One layer, by code, by kind and bare name, and by bare name alone, with diacritics and without."""

    def __init__(self, layer: Layer) -> None:
        self.layer = layer
        self.by_code = layer.index()
        self._by_short_code = {code.lstrip("0"): at for code, at in self.by_code.items() if code.startswith("0")}
        self._by_name: dict[tuple[str, str], list[int]] = {}
        self._by_bare: dict[str, list[int]] = {}
        self._by_plain_name: dict[tuple[str, str], list[int]] = {}
        self._by_plain: dict[str, list[int]] = {}
        for position, name in enumerate(layer.names):
            kind, bare = name_key(name)
            self._by_name.setdefault((kind, bare), []).append(position)
            self._by_bare.setdefault(bare, []).append(position)
            self._by_plain_name.setdefault((kind, plain(bare)), []).append(position)
            self._by_plain.setdefault(plain(bare), []).append(position)

    def coded(self, code: str) -> int | None:
        """Position of the area of that code, its leading zeros lost in a spreadsheet or not."""
        return self.by_code.get(code, self._by_short_code.get(code)) if code else None

    def named(self, text: str, *, exact: bool) -> list[int]:
        """Positions of the areas of that name; unless ``exact``, whatever kind of area the name says."""
        return self._at(name_key(text), exact=exact)

    def loosely(self, text: str, *, exact: bool) -> list[int]:
        """:meth:`named` for a name whose kind alone lacks its marks: «xa Tân Lập»."""
        return self._at(loose_key(text), exact=exact)

    def unaccented(self, text: str, *, exact: bool) -> list[int]:
        """:meth:`named` for a name typed without diacritics; nothing for one that has any."""
        key = plain_key(text)
        if key is None or self._elsewhere(key[0]):
            return []
        return self._by_plain_name.get(key, []) if key[0] and exact else self._by_plain.get(key[1], [])

    def likeliest(self, text: str) -> list[int]:
        """Positions of the areas whose name comes first to mind for that text."""
        looks = (self.named, self.unaccented, self.loosely)
        found = (look(text, exact=exact) for look in looks for exact in (True, False))
        return next((positions for positions in found if positions), [])

    def nearest(self, text: str) -> tuple[str, ...]:
        """Up to three names to propose for one that is none."""
        from rapidfuzz import fuzz, process  # noqa: PLC0415 - takes 0.02 s, and most names are known

        unaccented = plain_key(text)
        said, known = (unaccented[1], self._by_plain) if unaccented else (loose_key(text)[1], self._by_bare)
        near = process.extract(said[:100], list(known), scorer=fuzz.ratio, score_cutoff=LIKE_ENOUGH, limit=3)
        return tuple(self.layer.names[position] for bare, _, _ in near for position in known[bare])[:3]

    def _at(self, key: tuple[str, str], *, exact: bool) -> list[int]:
        if self._elsewhere(key[0]):
            return []
        return self._by_name.get(key, []) if key[0] and exact else self._by_bare.get(key[1], [])

    def _elsewhere(self, kind: str) -> bool:
        """Whether a name of that kind is no commune's: «Huyện Tân Biên» is not «Thị trấn Tân Biên»."""
        return self.layer.key.level is Level.COMMUNE and kind in DISTRICT_KINDS


def slips_of(text: str, names: Collection[str]) -> dict[str, Nearness]:
    """Those of the ``names``, one of each bare name, that ``text`` may be a slip of, and how near each is."""
    from rapidfuzz import process  # noqa: PLC0415
    from rapidfuzz.distance import DamerauLevenshtein  # noqa: PLC0415

    unaccented = plain_key(text)
    said = unaccented[1] if unaccented else loose_key(text)[1]
    if not _mendable(said):
        return {}
    bare = {name: plain(name_key(name)[1]) if unaccented else name_key(name)[1] for name in names}
    most = 1 if len(said) <= SHORT_NAME else 2
    near = process.extract(said, bare, scorer=DamerauLevenshtein.distance, score_cutoff=most, limit=None)
    fitting: dict[str, tuple[str, Nearness]] = {}
    for _, distance, name in near:
        key = name_key(name)[1]
        if _mendable(key):
            letters = DamerauLevenshtein.distance(plain(said), plain(key))
            fitting.setdefault(key, (name, (int(distance), int(letters))))
    return dict(fitting.values())


def _mendable(bare: str) -> bool:
    return SHORTEST_MENDED <= len(bare) <= LONGEST_MENDED and not any(letter.isdigit() for letter in bare)
