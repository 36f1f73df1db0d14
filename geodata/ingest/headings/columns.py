"""Which column is which field, by its header. Knows headers in Vietnamese and English, never looks at a value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from geodata.errors import FileRefusedError
from geodata.ingest.headings.dictionary import KNOWN, KNOWN_PARTS
from geodata.ingest.people.identifiers import concealed
from geodata.ingest.people.person_names import looks_like_name
from geodata.ingest.people.personal_data import is_personal
from geodata.ingest.wording import words

DATE_FIELDS: Final = ("occurred", "received")
CATEGORY_FIELDS: Final = ("category", "article")
# Headers so general that they give way to any other that claims the same field.
_WEAK: Final = frozenset(
    words(header)
    for header in ("type", "nhóm", "lĩnh vực", "phân loại", "case", "objectid", "vị trí", "location", "gps", "point")
)
_FIRST_WINS: Final = frozenset({"position", "precision"})  # what a file may well say twice
# What a header says in brackets of form and unit: «Kinh độ (WGS 84)», «Ngày xảy ra (dd/mm/yyyy)», «X (m)».
_ASIDE: Final = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*")
_FORM_WORDS: Final = frozenset(
    re.findall(
        r"\S+",
        "dd mm yyyy yy hh ss m mét met metre metres meter meters độ do deg degree degrees wgs wgs84 84 vn vn2000 2000 "
        "utm 48n tm 3 tm3 epsg 4326 ngày tháng năm giờ phút nếu có bắt buộc",
    )
)
_LONGEST = 100  # what is longer is a text, no header
_TOO_LONG = 1_000  # and this is not even looked at: a cell may hold a megabyte
_NUMBERED: Final = re.compile(r"(?:cột|cot|column)\s*(\d{1,4})")


def split_header(header: str) -> str:
    """A header with its words apart where only capitals part them: «CrimeDate» is "Crime Date"."""
    cut = [
        at
        for at in range(1, len(header))
        if header[at].isupper() and (header[at - 1].islower() or header[at + 1 : at + 2].islower())
    ]
    return " ".join(header[start:end] for start, end in zip([0, *cut], [*cut, len(header)], strict=True))


@lru_cache(maxsize=4096)  # the search for the header asks for the same cells many times
def speaks_of_people(header: str) -> bool:
    """Whether the header is one of a personal column, its words apart or not («HoTen»)."""
    return is_personal(header) or is_personal(split_header(header))


@lru_cache(maxsize=4096)
def spellings(header: str) -> tuple[str, ...]:
    """The forms in which the dictionary may know a header: as it stands, split, and without form and unit."""
    if len(header) > _LONGEST:
        return ()
    forms = [words(header), words(split_header(header))]
    aside = _ASIDE.search(header)
    if aside and set(words(aside[0]).split()) <= _FORM_WORDS:
        forms.append(words(_ASIDE.sub(" ", header)))
    return tuple(dict.fromkeys(forms))


def _known(header: str, dictionary: Mapping[str, str]) -> str | None:
    return next((dictionary[form] for form in spellings(header) if form in dictionary), None)


def is_known(header: str) -> bool:
    """Whether the dictionary knows the header, be it as one that is not kept."""
    return _known(header, KNOWN) is not None or _known(header, KNOWN_PARTS) is not None


@dataclass(frozen=True, slots=True)
class Matching:
    """Field -> column position, and the headers of the columns that stay out."""

    fields: Mapping[str, int]
    dropped: tuple[str, ...] = ()
    personal: tuple[str, ...] = ()
    doubled: Mapping[str, tuple[int, ...]] = field(default_factory=dict)  # field -> the columns that claim it
    parts: Mapping[str, int] = field(default_factory=dict)  # year, month ... of a date in columns of its own

    @property
    def complete(self) -> bool:
        """Whether there is a date and a category."""
        dated = any(name in self.fields for name in DATE_FIELDS) or {"year", "month"} <= set(self.parts)
        return dated and any(name in self.fields for name in CATEGORY_FIELDS)


@dataclass(frozen=True, slots=True)
class Headers:
    """The headers known for one file: the dictionary, and before it what a mapping file says."""

    mapping: Mapping[str, str] = field(default_factory=dict)  # field -> header
    further: frozenset[str] = frozenset()  # normalised headers of remembered recipes: they mark a header row, no more

    def recognised(self, headers: Iterable[str]) -> int:
        """How many headers are known, those of personal columns included: how much a row looks like a header row."""
        mapped = ({words(header) for header in self.mapping.values()} | self.further) - {""}
        return sum(
            1
            for header in headers
            if len(header) <= _TOO_LONG
            and (name := words(header))
            and (name in mapped or is_known(header) or speaks_of_people(header))
        )

    def remembered(self, headers: Sequence[str]) -> bool:
        """Whether at least two of these headers are those of a source known before."""
        return len({words(header) for header in headers} & self.further) > 1

    def match(self, headers: Sequence[str]) -> Matching:
        """Give each field its column. A mapping decides first; the dictionary fills only fields it does not name."""
        fields = self._mapped(headers)
        claims: dict[str, list[int]] = {}
        parts: dict[str, int] = {}
        dropped, personal = [], []
        for position, header in enumerate(headers):
            if position in fields.values():
                continue
            name, part = _known(header, KNOWN), _known(header, KNOWN_PARTS)
            if speaks_of_people(header):
                personal.append(header)
            elif name and name not in self.mapping:
                claims.setdefault(name, []).append(position)
            elif name is None and part:
                parts.setdefault(part, position)
            elif header.strip():
                dropped.append(header)
        if "month" in parts and "year" not in parts and "occurred" not in {*fields, *claims}:
            claims["occurred"] = [parts.pop("month")]
        strong = {name: _strong(positions, headers) for name, positions in claims.items()}
        doubled = {
            name: tuple(positions)
            for name, positions in strong.items()
            if len(positions) > 1 and name not in _FIRST_WINS
        }
        fields.update({name: positions[0] for name, positions in strong.items()})
        return Matching(fields, (*dropped, *_weak(claims, strong, headers)), tuple(personal), doubled, parts)

    def _mapped(self, headers: Sequence[str]) -> dict[str, int]:
        exact = {header.strip(): position for position, header in reversed(list(enumerate(headers)))}
        loose = {words(header): position for position, header in reversed(list(enumerate(headers)))}
        fields = {}
        for name, header in self.mapping.items():
            if not header.strip():  # the field is taken from no column
                continue
            position = exact.get(header.strip(), loose.get(words(header), _numbered(header, len(headers))))
            if position is not None and not speaks_of_people(headers[position]):
                fields[name] = position
        return fields


def _strong(positions: list[int], headers: Sequence[str]) -> list[int]:
    strong = [position for position in positions if not _WEAK & set(spellings(headers[position]))]
    return strong or positions


def _weak(claims: Mapping[str, list[int]], strong: Mapping[str, list[int]], headers: Sequence[str]) -> list[str]:
    return [headers[at] for name, positions in claims.items() for at in positions if at not in strong[name]]


def made_up(position: int) -> str:
    """The name of a column that has no header, in words a mapping may use."""
    return f"cột {position + 1}"


def _numbered(header: str, width: int) -> int | None:
    found = _NUMBERED.fullmatch(words(header))
    return int(found[1]) - 1 if found and 1 <= int(found[1]) <= width else None


def letters(position: int) -> str:
    """A column's letters as Excel shows them: 0 is A, 26 is AA."""
    name, rest = "", position + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        name = chr(ord("A") + digit) + name
    return name


def named(positions: Iterable[int], headers: Sequence[str]) -> str:
    """Columns as a message names them; those with equal or no headers by their letters too."""
    positions = tuple(positions)
    texts = [headers[position].strip() for position in positions]
    return ", ".join(
        f"«{text}» ({letters(at)})" if not text or texts.count(text) > 1 else f"«{text}»"
        for at, text in zip(positions, texts, strict=True)
    )


def require(matching: Matching, headers: Sequence[str], known: Headers, *, file: str, sheet: str) -> None:
    """Raise FileRefusedError where a field is claimed twice, mapped to nothing or to a person, or is missing."""
    # Where there is no header row, a row of cells stands in its place.
    hidden = [
        "…" if looks_like_name(header) or len(header) > _LONGEST else concealed(header.strip()) for header in headers
    ]
    seen = ", ".join(f"«{header}»" for header in hidden if header) or "-"
    facts = {"place": f"«{file}» › {sheet}" if sheet else f"«{file}»", "headers": seen[:600]}
    for name, header in known.mapping.items():
        if speaks_of_people(header):
            raise FileRefusedError(
                "{place}: the mapping gives «{header}» to the field {field}, but such columns speak of "
                "people and never enter. Take it out of the mapping",
                **facts, header=header, field=name,
            )  # fmt: skip
        if header.strip() and name not in matching.fields:
            raise FileRefusedError(
                "{place}: the mapping gives «{header}» to the field {field}, but there is no such "
                "column. The headers found are {headers}",
                **facts, header=header, field=name,
            )  # fmt: skip
    for name, claimants in matching.doubled.items():
        raise FileRefusedError(
            "{place}: the columns {claimants} both mean the field {field}. Delete one, or say which "
            'with --mapping M.toml ([columns] {field} = "header")',
            **facts, field=name, claimants=named(claimants, headers),
        )  # fmt: skip
    if not any(name in matching.fields for name in DATE_FIELDS):
        raise FileRefusedError(
            "{place}: no column with the date. The headers found are {headers}. Name one «Xảy ra từ» or "
            '«occurred», or say which it is with --mapping M.toml ([columns] occurred = "header")',
            **facts,
        )
    if not any(name in matching.fields for name in CATEGORY_FIELDS):
        raise FileRefusedError(
            "{place}: no column with the category. The headers found are {headers}. Name one «Tội danh» "
            'or «category», or say which it is with --mapping M.toml ([columns] category = "header")',
            **facts,
        )
