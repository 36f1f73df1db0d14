"""Which property of a boundary file is the code, the name, the parent, the population. Knows no geometry."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from geodata.boundaries.features import Features
from geodata.errors import BoundaryError
from geodata.vocabulary import Level

# What the property is called in files seen, folded (no case, no diacritics, no separators), the surest first.
_CODES = ("code", "ma", "madvhc", "gsocode", "ghichucode", "areacode", "unitcode")
_WEAK_CODES = ("geoid", "id", "gid", "fid", "objectid", "number", "num", "no")
_LEVEL_WORDS = {
    Level.COMMUNE: (
        "commune",
        "ward",
        "xa",
        "phuongxa",
        "xaphuong",
        "precinct",
        "beat",
        "neighbourhood",
        "neighborhood",
    ),
    Level.DISTRICT: ("district", "huyen", "quanhuyen", "dist", "division", "borough", "county"),
    Level.PROVINCE: ("province", "tinh", "thanhpho", "city", "state", "region"),
}
_CODE_ENDINGS = ("code", "cd", "num", "no", "id", "ma")
_NAMES = ("name", "ten", "tendvhc", "tenvi", "namevi", "areaname", "unitname", "label", "nameen", "title")
_PARENTS = ("parent", "parentcode", "macha")
_POPULATIONS = ("population", "danso", "pop")
_COARSER = {
    Level.COMMUNE: (Level.DISTRICT, Level.PROVINCE),
    Level.DISTRICT: (Level.PROVINCE,),
    Level.PROVINCE: (),
}


@dataclass(frozen=True, slots=True)
class Fields:
    """The properties a layer is read from; None where the file has none."""

    code: str
    name: str | None = None
    parent: str | None = None
    population: str | None = None


def choose(
    features: Features,
    level: Level,
    *,
    code: str | None = None,
    name: str | None = None,
    parent: str | None = None,
    population: str | None = None,
) -> Fields:
    """The fields to read: those asked for, which must exist, the others recognised by what they are called."""
    for asked in (code, name, parent, population):
        if asked is not None and asked not in features.fields:
            raise BoundaryError(
                "{file}: no property «{field}»; there are: {fields}",
                file=features.file,
                field=asked,
                fields=_listed(features.fields),
            )
    code = code or _code(features, level)
    name = name or _first(features.fields, (*_NAMES, *_joined(level, ("name", "ten"))))
    return Fields(code, name, parent or _parent(features, level, code), population or _population(features))


def name_field(features: Features) -> str | None:
    """The property that looks like a name, where there is one."""
    return _first(features.fields, _NAMES)


def text(value: object) -> str:
    """A code or name as NFC text: whole floats lose their ``.0``, text keeps its zeros; "" for nothing."""
    if value is None or isinstance(value, bool | list | dict):
        return ""
    if isinstance(value, float):
        if not math.isfinite(value):
            return ""
        value = int(value) if value.is_integer() else value
    # Control characters and lone surrogates break file names, URLs and UTF-8.
    shown = "".join(c if c.isprintable() else " " for c in unicodedata.normalize("NFC", str(value)))
    return " ".join(shown.split())


def number(value: object) -> float:
    """A count of people; NaN for nothing. Raises ValueError for what is no count."""
    if value is None or value == "":
        return math.nan
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueError(f"{value!r} is not a number")
    if isinstance(value, str):
        bare = value.strip().replace(" ", "").replace("\u00a0", "")
        grouped = re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", bare)
        value = float(re.sub(r"[.,]", "", bare) if grouped else bare.replace(",", "."))
    result = float(value)
    if math.isinf(result) or result < 0:
        raise ValueError(f"{value!r} is not a number of people")
    return result


def fold(name: str) -> str:
    """A property's name without case, diacritics and separators: ``Mã xã`` and ``ma_xa`` are the same."""
    bare = unicodedata.normalize("NFD", name.casefold().replace("đ", "d"))
    return "".join(c for c in bare if c.isalnum())


def _code(features: Features, level: Level) -> str:
    own = (*_joined(level, ("code", "ma", "id", "number", "num", "no")), *_LEVEL_WORDS[level])
    finer = [word for below in Level if level in _COARSER[below] for word in _LEVEL_WORDS[below]]
    found = _first(features.fields, (*_CODES, *own, *finer, *_WEAK_CODES)) or _telling_apart(features)
    if found is None and len(features.fields) == 1:
        found = features.fields[0]
    if found is None:
        raise BoundaryError(
            "{file}: no property looks like a code; name it with --code, there are: {fields}",
            file=features.file,
            fields=_listed(features.fields),
        )
    return found


def _telling_apart(features: Features) -> str | None:
    """The property whose values are all there and all different, one that is called like a code before others."""
    found = []
    for field in features.fields:
        values = [row.get(field) for row in features.properties]
        texts = {text(value) for value in values if isinstance(value, str | int)}
        if len(texts) == len(values) and "" not in texts:
            found.append(field)
    coded = [field for field in found if fold(field).rstrip("0123456789").endswith(_CODE_ENDINGS)]
    return next(iter(coded or found), None)


def _parent(features: Features, level: Level, code: str) -> str | None:
    coarser = [name for above in _COARSER[level] for name in _joined(above, ("code", "ma", "id"))]
    found = _first(features.fields, (*_PARENTS, *coarser)) if _COARSER[level] else None
    return found if found != code else None


def _population(features: Features) -> str | None:
    for field in features.fields:
        if fold(field).startswith(_POPULATIONS) and _all_counts(features, field):
            return field
    return None


def _all_counts(features: Features, field: str) -> bool:
    try:
        return any(not math.isnan(number(row.get(field))) for row in features.properties)
    except ValueError:
        return False


def _joined(level: Level, words: Sequence[str]) -> tuple[str, ...]:
    return tuple(j for own in _LEVEL_WORDS[level] for word in words for j in (own + word, word + own))


def _first(fields: Sequence[str], wanted: Sequence[str]) -> str | None:
    folded: dict[str, str] = {}
    for field in fields:
        folded.setdefault(fold(field).rstrip("0123456789"), field)  # GEOID20, NAME10
    for field in fields:
        folded[fold(field)] = field
    return next((folded[name] for name in wanted if name in folded), None)


def _listed(fields: Sequence[str]) -> str:
    return ", ".join(fields[:30]) or "none"
