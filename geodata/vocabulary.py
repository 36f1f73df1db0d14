"""The field's basic words: levels, sources, categories, layers, periods. Knows no file and no workspace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple


class Level(StrEnum):
    """An administrative level, from coarse to fine."""

    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"


class Source(StrEnum):
    """How an incident became known. Discovered counts rise when police look harder, reported ones when people tell."""

    REPORTED = "reported"
    DISCOVERED = "discovered"
    UNKNOWN = "unknown"


class Placement(StrEnum):
    """What is known of an incident's place: its point, only its area, or nothing that a map can show."""

    POINT = "point"
    AREA = "area"
    NONE = "none"


class Precision(StrEnum):
    """How well an incident's point is known. A commune's centre stands for the whole commune."""

    EXACT = "exact"
    HAMLET = "hamlet"
    COMMUNE = "commune"
    NONE = "none"


class ZoneKind(StrEnum):
    """What kind of overlapping zone a polygon set is. Distance bands are computed here, the others are loaded."""

    BORDER_COMMUNES = "border_communes"
    BORDER_BELT = "border_belt"
    RESTRICTED = "restricted"
    NEIGHBOUR_BORDER = "neighbour_border"
    INDUSTRIAL_PARK = "industrial_park"
    TOWN_CENTRE = "town_centre"
    ROAD = "road"
    VENUE = "venue"
    BORDER_GATE = "border_gate"
    OTHER = "other"
    DISTANCE_BAND = "distance_band"


class Step(StrEnum):
    """Where the work on a lasting hot spot stands."""

    NOTED = "noted"
    HANDLED = "handled"
    CALMED = "calmed"
    COME_BACK = "come_back"
    DROPPED = "dropped"  # put on the register by mistake


class EventKind(StrEnum):
    """Why a series may jump on a day without anything having happened in the streets."""

    LAW = "law"
    CAMPAIGN = "campaign"
    REFORM = "reform"
    RECORDING = "recording"
    OTHER = "other"


class Event(NamedTuple):
    """A dated mark on every time axis, or on those of some categories."""

    day: date
    vi: str
    en: str
    kind: EventKind
    categories: tuple[str, ...] = ()

    def label(self, language: str) -> str:
        """What happened, in ``"vi"`` or ``"en"``."""
        return self.vi if language == "vi" else self.en

    def concerns(self, asked: tuple[str, ...]) -> bool:
        """Whether it has to do with the categories asked; all of them where none is named on either side."""
        return not self.categories or not asked or not set(self.categories).isdisjoint(asked)


class AreaKey(NamedTuple):
    """An area. Codes are used again with another meaning, so a code alone names none."""

    edition: str
    code: str


class LayerKey(NamedTuple):
    """One tiling of the ground: an administrative edition at one level."""

    edition: str
    level: Level


class Article(NamedTuple):
    """An article of the penal code and the days on which it means its category (both included, None = open)."""

    number: str
    since: date | None = None
    until: date | None = None

    def in_force(self, day: date) -> bool:
        """Whether the article means its category on ``day``."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Category:
    """A crime category as the workspace's profile defines it."""

    key: str
    vi: str
    en: str
    group: str
    articles: tuple[Article, ...] = ()
    synonyms: tuple[str, ...] = ()
    hot_spots: bool = True  # False: stays out of hot-spot tests unless asked for

    @property
    def breaks(self) -> tuple[date, ...]:
        """The days on which the law changed what counts here: figures before and after are not of one series."""
        begun = {article.since for article in self.articles if article.since}
        ended = {article.until + timedelta(days=1) for article in self.articles if article.until}
        return tuple(sorted(begun | ended))

    def label(self, language: str) -> str:
        """The category's name in ``"vi"`` or ``"en"``."""
        return self.vi if language == "vi" else self.en


@dataclass(frozen=True, slots=True)
class Group:
    """A group of categories that one target of the programme speaks of."""

    key: str
    vi: str
    en: str

    def label(self, language: str) -> str:
        """The group's name in ``"vi"`` or ``"en"``."""
        return self.vi if language == "vi" else self.en


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days from ``start`` to ``end``, both included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a period ends ({self.end}) before it starts ({self.start})")

    @property
    def days(self) -> int:
        """How many days the period holds."""
        return (self.end - self.start).days + 1

    def a_year_earlier(self) -> Period:
        """The same calendar days one year before; 29 February becomes the 28th, and an end of February stays one."""
        return Period(_year_before(self.start), _year_before(self.end, month_end=True))


def _year_before(day: date, *, month_end: bool = False) -> date:
    if day.month == 2 and (day.day == 29 or (month_end and (day + timedelta(days=1)).month == 3)):
        first_of_march = date(day.year - 1, 3, 1)
        return first_of_march - timedelta(days=1) if month_end else date(day.year - 1, 2, 28)
    return day.replace(year=day.year - 1)
