"""What a cell says of its area: hamlet, commune, district and province taken apart. Knows no area of a workspace."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from geodata.ingest.localities.names import COMMUNE_KINDS, DISTRICT_KINDS, loose_key
from geodata.ingest.wording import normal, words

LONGEST_ADDRESS: Final = 300
_KIND = (
    r"(?:(?:xã|phường|thị\s+trấn|đặc\s+khu|huyện|quận|thị\s+xã|thành\s+phố|tỉnh)(?=\s)|(?:tt|tx|tp|x|p|h|q)(?=\.\s*\S))"
)
_BETWEEN = re.compile(rf"\s*[,;|()\[\]]+\s*|\s+[-‐–—/]\s+|\s*[-‐–—/]\s*(?={_KIND})|\s+(?={_KIND})", re.IGNORECASE)
_HAMLET = re.compile(
    r"(?:ấp|ap|khu phố|khu pho|kp|khu vực|khóm|khom|thôn|thon|xóm|tổ dân phố|to dan pho|tdp|tổ|to|đường|duong|đ|số nhà"
    r"|số|hẻm|hem|ngõ|quốc lộ|ql|tỉnh lộ|đt)(?:\s*\.\s*|\s+|(?=\d))\S"
)
_NUMBERED = re.compile(  # «ấp 2 Bàu Năng»: what follows the number is no part of the hamlet's name
    r"(?:ấp|ap|khu\s+phố|khu\s+pho|kp|khóm|khom|thôn|thon|tổ|tdp)(?:\s*\.\s*|\s*)\d+[a-z]?\s+(?=[^\W\d])", re.IGNORECASE
)
_FORMER = re.compile(r"\(\s*(?:cũ|cu)\s*\)|(?<=[\s,;-])cũ(?=\s*(?:$|[),;-]))", re.IGNORECASE)
_RECENT = re.compile(r"\(\s*(?:mới|moi)\s*\)|(?<=[\s,;-])mới(?=\s*(?:$|[),;-]))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named:
    """What a row says of its area. Blank parts say nothing; ``former`` where it speaks of the area as it was."""

    commune: str = ""
    district: str = ""
    commune_code: str = ""
    district_code: str = ""
    former: bool = False


def readings(named: Named) -> tuple[Named, ...]:
    """The row as written, then with its cells taken apart where they say more than a name."""
    if not (named.commune or named.district):
        return (named,)
    commune, inside = take_apart(named.commune[:LONGEST_ADDRESS])
    _, outside = take_apart(named.district[:LONGEST_ADDRESS], district=True)
    apart = replace(
        named,
        commune=commune,
        district=outside or inside,
        former=_is_former(named.commune) or (not named.commune and _is_former(named.district)),
    )
    if not (apart.commune or apart.district):  # a hamlet alone, or a province
        return (named,)
    return (named,) if apart == named else (apart,) if apart.former else (named, apart)


@lru_cache(maxsize=16_384)
def take_apart(text: str, *, district: bool = False) -> tuple[str, str]:
    """Commune and district of an address: "ấp 3, xã Tân Bình - H. Tân Biên (cũ)" is ("xã Tân Bình", "H. Tân Biên").

    Parts that say what they are decide; of the others the last ones before the province do. ``district`` where the
    cell stands in a column of districts: a part that does not say what it is, is one.
    """
    one_line = " ".join(text.replace("\n", ",").split())
    parts = [_NUMBERED.sub("", part, count=1) for part in _BETWEEN.split(_without_age(one_line))]
    parts = [part for part in parts if words(part) and not _HAMLET.match(normal(part))]
    kinds = [loose_key(part)[0] for part in parts]
    parts = [part for part, kind in zip(parts, kinds, strict=True) if kind != "tỉnh"]
    kinds = [kind for kind in kinds if kind != "tỉnh"]
    at = next((i for i, kind in enumerate(kinds) if kind in COMMUNE_KINDS), None)
    above = next((i for i, kind in enumerate(kinds) if kind in DISTRICT_KINDS), None)
    if at is None and not district:
        before = [i for i, kind in enumerate(kinds) if not kind and (above is None or i < above)]
        at = (before[-1] if above is not None else before[0]) if before else None
    if above is None:
        above = next((i for i, kind in enumerate(kinds) if not kind and (at is None or i > at)), None)
    return "" if at is None else parts[at], "" if above is None else parts[above]


def _without_age(text: str) -> str:
    return _RECENT.sub("", _FORMER.sub("", unicodedata.normalize("NFC", text))).strip()


def _is_former(text: str) -> bool:
    return _FORMER.search(unicodedata.normalize("NFC", text)) is not None
