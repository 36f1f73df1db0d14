"""When two names of areas are the same, written with prefixes, numerals and diacritics or without. Knows no area."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from geodata.ingest.wording import normal, plain

_ROMAN = {
    "i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "x": "10",
    "xi": "11", "xii": "12", "xiii": "13", "xiv": "14", "xv": "15",
}  # fmt: skip
_KINDS = {
    "xã": "xã", "x": "xã", "phường": "phường", "p": "phường", "f": "phường", "thị trấn": "thị trấn", "tt": "thị trấn",
    "đặc khu": "đặc khu", "huyện": "huyện", "h": "huyện", "quận": "quận", "q": "quận", "thị xã": "thị xã",
    "tx": "thị xã", "thành phố": "thành phố", "tp": "thành phố", "tỉnh": "tỉnh",
}  # fmt: skip
DISTRICT_KINDS: Final = frozenset({"huyện", "quận", "thị xã", "thành phố"})
COMMUNE_KINDS: Final = frozenset({"xã", "phường", "thị trấn", "đặc khu"})
_PREFIX = re.compile(
    r"(?:(xã|phường|thị trấn|đặc khu|huyện|quận|thị xã|thành phố|tỉnh)(?:\s+|\s*[.:]\s*|(?=\d))"
    r"|(t\.?t|t\.?x|t\.?p|x|p|f|h|q)\s*(?:[.:]\s*|\s+|(?=\d)))(?=\S)"
)
_BARE_PREFIX = re.compile(  # "xa Tân Lập": the kind typed without its marks, or with a part of them
    r"(xa|ph[uư][oơờ]ng|th[iị] tr[aấ]n|huy[eệ]n|qu[aâậ]n|th[iị] x[aã]|th[aà]nh ph[oố]|t[iỉ]nh)[\s.:]+(?=\S)"
)
_BARE_KINDS = {plain(kind): kind for kind in set(_KINDS.values())}


@lru_cache(maxsize=16_384)
def name_key(text: str) -> tuple[str, str]:
    """A name as (kind, bare name): "P. IV" and "Phường 4" are both ("phường", "4"); the kind is "" where not said."""
    written = normal(text).replace("_", " ")
    written = re.sub(r"\s*[-–]\s*", "-", written)
    found = _PREFIX.match(written)
    kind = _KINDS[found[1] or found[2].replace(".", "")] if found else ""
    bare = written[found.end() :] if found else written
    if kind in {"phường", "quận", ""}:
        bare = bare.removeprefix("số ") if kind else bare
        bare = _ROMAN.get(bare, bare) if kind else bare
        bare = bare.lstrip("0") if bare.isdigit() and bare.strip("0") else bare
    return kind, bare


@lru_cache(maxsize=16_384)
def plain_key(text: str) -> tuple[str, str] | None:
    """:func:`name_key` of a name typed without diacritics ("Xa Tan Lap"); None where its writer used any."""
    kind, bare = name_key(text)
    if not bare.isascii():
        return None
    return (kind, bare) if kind else loose_key(text)


@lru_cache(maxsize=16_384)
def loose_key(text: str) -> tuple[str, str]:
    """:func:`name_key` where the kind alone may lack its marks: "xa Tân Lập". A commune may be called Xa Dung, too."""
    kind, bare = name_key(text)
    found = None if kind else _BARE_PREFIX.match(bare)
    return name_key(f"{_BARE_KINDS[plain(found[1])]} {bare[found.end() :]}") if found else (kind, bare)


def same_name(said: str, name: str) -> bool:
    """Whether two names are one but for the kind; a name without diacritics is the accented one of its letters."""
    bare, unaccented = name_key(name)[1], plain_key(said)
    return bare in (name_key(said)[1], loose_key(said)[1]) or (unaccented is not None and unaccented[1] == plain(bare))
