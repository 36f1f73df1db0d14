"""Which header means which field. Knows headers in Vietnamese and English, never looks at a value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from geodata.errors import FileRefusedError
from geodata.ingest.personal_data import is_personal
from geodata.ingest.wording import plain, words

# Field -> headers, compared whole and normalised: «location_category» is not a category.
FIELDS: dict[str, tuple[str, ...]] = {
    "id": (
        "số hồ sơ", "số hs", "mã hồ sơ", "mã hs", "mã vụ", "mã vụ việc", "mã vụ án", "số vụ", "id", "incident id",
        "case id", "case number", "case no", "record id", "incident number", "crime id", "offence id",
    ),
    "occurred": (
        "xảy ra từ", "xảy ra", "thời gian xảy ra", "thời gian xảy ra từ", "ngày xảy ra", "ngày giờ xảy ra",
        "xảy ra từ ngày giờ", "ngày", "thời gian", "ngày giờ", "thời điểm xảy ra", "từ ngày", "occurred",
        "occurred at", "occurred on", "occurred from", "date occurred", "date", "datetime", "date time",
        "incident date", "occurrence date", "offence date", "timestamp", "month", "from date", "start date",
    ),
    "occurred_to": (
        "xảy ra đến", "thời gian xảy ra đến", "xảy ra đến ngày giờ", "đến ngày", "đến", "occurred to", "occurred until",
        "to date", "end date",
    ),
    "received": (
        "ngày tiếp nhận", "tiếp nhận", "thời gian tiếp nhận", "ngày nhận tin", "ngày nhận", "received", "date received",
        "received at", "received on", "date reported", "reported date", "reported on", "reported at",
    ),
    "hour": ("giờ", "giờ xảy ra", "hour", "time", "hour occurred", "time occurred", "occurred time", "incident time"),
    "category": (
        "tội danh", "loại tội", "loại tội phạm", "loại vụ việc", "loại vụ", "loại án", "nhóm tội", "nhóm tội danh",
        "nhóm tội phạm", "hành vi", "hành vi phạm tội", "category", "offence", "offense", "crime", "crime type",
        "crime category", "offence type", "offense type", "offence category", "offense category", "primary type",
    ),
    "article": ("điều khoản", "điều luật", "điều", "điều khoản blhs", "điều luật áp dụng", "article", "law article",
                "penal code article"),
    "source": ("nguồn tin", "nguồn", "nguồn tin báo", "hình thức phát hiện", "source", "how known", "origin"),
    "commune": (
        "xã phường", "phường xã", "xã phường thị trấn", "xã phường tt", "xã", "phường", "tên xã", "tên xã phường",
        "cấp xã", "commune", "ward", "commune ward", "ward commune", "commune name", "ward name",
    ),
    "commune_code": ("mã xã", "mã phường", "mã xã phường", "mã phường xã", "mã đvhc", "mã đơn vị hành chính",
                     "commune code", "ward code", "area code"),
    "district": (
        "huyện", "huyện cũ", "quận", "quận huyện", "huyện quận", "huyện thị xã", "huyện thị xã thành phố",
        "huyện tx tp", "huyện thành phố", "cấp huyện", "tên huyện", "district", "district name",
    ),
    "district_code": ("mã huyện", "mã quận huyện", "district code"),
    "x": ("x", "tọa độ x", "x coordinate", "x coord", "coord x", "point x"),
    "y": ("y", "tọa độ y", "y coordinate", "y coord", "coord y", "point y"),
    "easting": ("easting", "e"),
    "northing": ("northing", "n"),
    "lon": ("kinh độ", "tọa độ kinh độ", "kinh độ x", "lon", "lng", "long", "longitude"),
    "lat": ("vĩ độ", "tọa độ vĩ độ", "vĩ độ y", "lat", "latitude"),
}  # fmt: skip
# Headers of such sheets that carry nothing the incident table keeps. Known, so that a header row is recognised.
NOT_KEPT = ("stt", "tt", "số thứ tự", "no", "ấp khu phố", "ấp", "khu phố", "đơn vị thụ lý", "kết quả", "ghi chú",
            "địa điểm", "nơi xảy ra", "nội dung", "tóm tắt", "tóm tắt nội dung", "hamlet", "unit", "outcome",
            "note", "notes", "remarks", "description", "address")  # fmt: skip
DATE_FIELDS = ("occurred", "received")
CATEGORY_FIELDS = ("category", "article")


def _dictionary(spell: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    known: dict[str, str] = {}
    for name, headers in spell.items():
        known.update({words(header): name for header in headers})
    for name, headers in spell.items():
        for header in headers:
            known.setdefault(plain(words(header)), name)
    return known


_KNOWN = _dictionary({**FIELDS, "": NOT_KEPT})


@dataclass(frozen=True, slots=True)
class Matching:
    """Field -> column position, and the headers of the columns that stay out."""

    fields: dict[str, int]
    dropped: tuple[str, ...] = ()
    personal: tuple[str, ...] = ()
    doubled: dict[str, tuple[str, ...]] = field(default_factory=dict)  # field -> headers that claim it

    @property
    def complete(self) -> bool:
        """Whether there is a date and a category."""
        return any(name in self.fields for name in DATE_FIELDS) and any(name in self.fields for name in CATEGORY_FIELDS)


@dataclass(frozen=True, slots=True)
class Headers:
    """The headers known for one file: the dictionary, and before it what a mapping file says."""

    mapping: Mapping[str, str] = field(default_factory=dict)  # field -> header
    further: frozenset[str] = frozenset()  # normalised headers of remembered recipes: they mark a header row, no more

    def recognised(self, headers: Iterable[str]) -> int:
        """How many headers are known, those of personal columns included: how much a row looks like a header row."""
        mapped = {words(header) for header in self.mapping.values()} | self.further
        return sum(
            1
            for header in headers
            if (name := words(header)) and (name in _KNOWN or name in mapped or is_personal(name))
        )

    def match(self, headers: Sequence[str]) -> Matching:
        """Give each field its column. A mapping decides first; the dictionary fills only fields it does not name."""
        fields = self._mapped(headers)
        claims: dict[str, list[int]] = {}
        dropped, personal = [], []
        for position, header in enumerate(headers):
            if position in fields.values():
                continue
            name = _KNOWN.get(words(header), "")
            if is_personal(header):
                personal.append(header)
            elif name and name not in self.mapping:
                claims.setdefault(name, []).append(position)
            elif header.strip():
                dropped.append(header)
        fields.update({name: positions[0] for name, positions in claims.items()})
        doubled = {
            name: tuple(headers[position] for position in positions)
            for name, positions in claims.items()
            if len(positions) > 1
        }
        return Matching(fields, tuple(dropped), tuple(personal), doubled)

    def _mapped(self, headers: Sequence[str]) -> dict[str, int]:
        exact = {header.strip(): position for position, header in reversed(list(enumerate(headers)))}
        loose = {words(header): position for position, header in reversed(list(enumerate(headers)))}
        fields = {}
        for name, header in self.mapping.items():
            position = exact.get(header.strip(), loose.get(words(header)))
            if position is not None and not is_personal(headers[position]):
                fields[name] = position
        return fields


def require(matching: Matching, headers: Sequence[str], known: Headers, *, file: str, sheet: str) -> None:
    """Raise FileRefusedError where a field is claimed twice, mapped to nothing or to a person, or is missing."""
    seen = ", ".join(f"«{header.strip()}»" for header in headers if header.strip()) or "-"
    facts = {"place": f"«{file}» › {sheet}" if sheet else f"«{file}»", "headers": seen[:600]}
    for name, header in known.mapping.items():
        if is_personal(header):
            raise FileRefusedError(
                "{place}: the mapping gives «{header}» to the field {field}, but such columns speak of "
                "people and never enter. Take it out of the mapping",
                **facts, header=header, field=name,
            )  # fmt: skip
        if name not in matching.fields:
            raise FileRefusedError(
                "{place}: the mapping gives «{header}» to the field {field}, but there is no such "
                "column. The headers found are {headers}",
                **facts, header=header, field=name,
            )  # fmt: skip
    for name, claimants in matching.doubled.items():
        raise FileRefusedError(
            "{place}: the columns {claimants} both mean the field {field}. Delete one, or say which "
            'with --mapping M.toml ([columns] {field} = "header")',
            **facts, field=name, claimants=", ".join(f"«{header}»" for header in claimants),
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
