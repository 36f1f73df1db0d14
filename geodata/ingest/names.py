"""When two names of areas are the same, written with prefixes, numerals and diacritics or without. Knows no area."""

from __future__ import annotations

import re
from functools import lru_cache

from geodata.ingest.wording import normal, plain

_ROMAN = {
    "i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "x": "10",
    "xi": "11", "xii": "12", "xiii": "13", "xiv": "14", "xv": "15",
}  # fmt: skip
_KINDS = {
    "xã": "xã", "x": "xã", "phường": "phường", "p": "phường", "f": "phường", "thị trấn": "thị trấn", "tt": "thị trấn",
    "huyện": "huyện", "h": "huyện", "quận": "quận", "q": "quận", "thị xã": "thị xã", "tx": "thị xã",
    "thành phố": "thành phố", "tp": "thành phố", "tỉnh": "tỉnh",
}  # fmt: skip
_PREFIX = re.compile(
    r"(?:(xã|phường|thị trấn|huyện|quận|thị xã|thành phố|tỉnh)\s+|(tt|tx|tp|x|p|f|h|q)\s*(?:\.\s*|\s+|(?=\d)))(?=\S)"
)
_BARE_PREFIX = re.compile(r"(xa|phuong|thi tran|huyen|quan|thi xa|thanh pho|tinh)\s+(?=\S)")
_BARE_KINDS = {plain(kind): kind for kind in set(_KINDS.values())}


@lru_cache(maxsize=4096)
def name_key(text: str) -> tuple[str, str]:
    """A name as (kind, bare name): "P. IV" and "Phường 4" are both ("phường", "4"); the kind is "" where not said."""
    written = normal(text).replace("_", " ")
    written = re.sub(r"\s*[-–]\s*", "-", written)
    found = _PREFIX.match(written)
    kind = _KINDS[found[1] or found[2]] if found else ""
    bare = written[found.end() :] if found else written
    if kind in {"phường", "quận", ""}:
        bare = _ROMAN.get(bare, bare) if kind else bare
        bare = bare.lstrip("0") if bare.isdigit() and bare.strip("0") else bare
    return kind, bare


@lru_cache(maxsize=4096)
def plain_key(text: str) -> tuple[str, str] | None:
    """:func:`name_key` of a name typed without diacritics ("Xa Tan Lap"); None where its writer used any."""
    kind, bare = name_key(text)
    if not bare.isascii():
        return None
    if not kind and (found := _BARE_PREFIX.match(bare)):
        kind, bare = name_key(f"{_BARE_KINDS[found[1]]} {bare[found.end() :]}")
    return kind, bare


def same_name(said: str, name: str) -> bool:
    """Whether two names are one but for the kind; a name without diacritics is the accented one of its letters."""
    bare, unaccented = name_key(name)[1], plain_key(said)
    return name_key(said)[1] == bare or (unaccented is not None and unaccented[1] == plain(bare))
