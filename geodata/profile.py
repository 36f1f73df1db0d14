"""A workspace's ``profile.toml`` as a typed model with defaults. Knows the rules of a workspace, none of its data."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, timedelta
from importlib import resources
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from geodata.audit_table import AuditRow
from geodata.disclosure_table import DisclosureRow
from geodata.errors import ProfileError
from geodata.report_table import ReportRow
from geodata.retention_table import RetentionRow
from geodata.target_table import read_table
from geodata.vocabulary import Article, Category, Event, EventKind, Group, Period

PROFILE_NAME = "profile.toml"
PRESETS = ("tay-ninh", "blank")
Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class GroupRow(_Table):
    """``[groups.<key>]``: a group that one target speaks of."""

    vi: str
    en: str


class ArticleRow(_Table):
    """``{ article = "256a", from = 2025-07-01 }``: an article that means the category from a day on, or until one."""

    article: str = Field(pattern=r"^\s*[0-9]{1,3}\s?[A-Za-zđĐ]?\s*$")
    since: date | None = Field(default=None, alias="from")
    until: date | None = None

    @model_validator(mode="after")
    def _begins_before_it_ends(self) -> ArticleRow:
        if self.since and self.until and self.until < self.since:
            raise ValueError(f"a day until which article {self.article} is in force, not before {self.since}")
        return self


def _with_days(value: object) -> object:
    return {"article": value} if isinstance(value, str) else value


class CategoryRow(_Table):
    """``[categories.<key>]``: names, group, law articles and further wordings that mean the category."""

    vi: str
    en: str
    group: Key
    articles: tuple[Annotated[ArticleRow, BeforeValidator(_with_days)], ...] = ()
    synonyms: tuple[str, ...] = ()
    hot_spots: bool = True  # False: its places say little, so it stays out of hot-spot tests unless asked for


class YearRow(_Table):
    """``[year]``: the first day of the statistical year."""

    start_month: int = Field(default=1, ge=1, le=12)
    start_day: int = Field(default=1, ge=1, le=28)


class TargetRow(_Table):
    """``[target]``: the year compared with, and the change asked for (-0.10 = down by 10 %)."""

    baseline_year: int | None = Field(default=None, ge=2000, le=2100)
    change: float = Field(default=-0.10, gt=-1, le=0)
    by: date | None = None
    regions: dict[str, dict[Key, Annotated[float, Field(gt=-1, le=0)]]] = Field(default_factory=dict)


class LastingRow(_Table):
    """``[lasting]``: a place is *kéo dài* where it was hot in so many of the last quarters and in the last one."""

    quarters_hot: int = Field(default=4, ge=1)
    of_quarters: int = Field(default=6, ge=1, le=40)

    @model_validator(mode="after")
    def _no_more_than_all(self) -> LastingRow:
        if self.quarters_hot > self.of_quarters:
            raise ValueError(f"at most of_quarters ({self.of_quarters}) quarters can be hot")
        return self


class EventRow(_Table):
    """``[[events]]``: a dated mark on every time axis: a law, a campaign, a reform, another way of recording."""

    day: date = Field(alias="date")
    vi: str
    en: str
    kind: EventKind = EventKind.OTHER
    categories: tuple[Key, ...] = ()  # that it has to do with; none: with all


class Profile(_Table):
    """One workspace's settings. Every key has a default, so an empty file is a valid profile."""

    name_vi: str = "Địa bàn chưa đặt tên"
    name_en: str = "Unnamed area"
    languages: tuple[Literal["vi", "en"], ...] = Field(default=("vi", "en"), min_length=1)
    time_zone: str = "Asia/Ho_Chi_Minh"
    metric_crs: str = "auto"  # "EPSG:n" in metres, or "auto": the UTM zone of the boundaries' centre
    marking: str = ""  # độ mật printed on exports
    notice_vi: str = "Không nhập bí mật nhà nước."
    notice_en: str = "Do not load state secrets."
    unknown_categories: Literal["quarantine", "own"] = "quarantine"
    personal_columns: Literal["drop", "refuse"] = "drop"  # what becomes of a file that has some
    schematic: bool = False  # boundaries are a drawing, not official: said on every map
    earliest: date = date(2000, 1, 1)
    date_order: Literal["dmy", "mdy", "ask"] = "dmy"  # of files that do not show it themselves
    year: YearRow = YearRow()
    target: TargetRow = TargetRow()
    lasting: LastingRow = LastingRow()
    disclosure: DisclosureRow = DisclosureRow()
    audit: AuditRow = AuditRow()
    report: ReportRow = ReportRow()
    retention: RetentionRow = RetentionRow()
    events: tuple[EventRow, ...] = ()
    groups: dict[Key, GroupRow] = Field(default_factory=dict)
    categories: dict[Key, CategoryRow] = Field(default_factory=dict)

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)  # looking for one among all of them takes 20 ms
        except (KeyError, OSError, ValueError):
            raise ValueError("a time zone of the IANA list, for example Asia/Ho_Chi_Minh") from None
        return value

    @field_validator("earliest")
    @classmethod
    def _not_in_the_future(cls, value: date, info: ValidationInfo) -> date:
        zone = ZoneInfo(info.data.get("time_zone", "UTC"))  # UTC where the zone itself is at fault
        if value > datetime.now(zone).date():  # no row could be kept
            raise ValueError("a day up to today, for example 2000-01-01")
        return value

    @field_validator("metric_crs")
    @classmethod
    def _metric(cls, value: str) -> str:
        if value == "auto":
            return value
        import pyproj  # noqa: PLC0415 - it takes 0.06 s, and "auto" needs none

        try:
            crs = pyproj.CRS.from_user_input(value)
        except pyproj.exceptions.CRSError:
            crs = None
        if crs is None or not crs.is_projected or crs.axis_info[0].unit_name != "metre":
            raise ValueError('"auto" or a projected CRS in metres, for example EPSG:32648')
        return value

    @model_validator(mode="after")
    def _what_is_named_exists(self) -> Profile:
        for key, row in self.categories.items():
            if row.group not in self.groups:
                known = ", ".join(self.groups) or "none is defined"
                raise ValueError(f"categories.{key}.group: {row.group!r} is not one of the groups ({known})")
        meant = {key for event in self.events for key in event.categories}
        if self.unknown_categories == "quarantine" and (unknown := sorted(meant - set(self.categories))):
            known = ", ".join(self.categories) or "none is defined"
            raise ValueError(f"events.categories: {unknown[0]!r} is not one of the categories ({known})")
        return self

    @property
    def zone(self) -> ZoneInfo:
        """The workspace's time zone."""
        return ZoneInfo(self.time_zone)

    def category_list(self) -> tuple[Category, ...]:
        """The profile's categories in their order in the file."""
        return tuple(
            Category(
                key,
                row.vi,
                row.en,
                row.group,
                tuple(Article(one.article, one.since, one.until) for one in row.articles),
                row.synonyms,
                row.hot_spots,
            )
            for key, row in self.categories.items()
        )

    def group_list(self) -> tuple[Group, ...]:
        """The profile's groups in their order in the file."""
        return tuple(Group(key, row.vi, row.en) for key, row in self.groups.items())

    def event_list(self) -> tuple[Event, ...]:
        """The dated marks in their order in time: the profile's, and the days on which a category's law changed."""
        told = [Event(row.day, row.vi, row.en, row.kind, row.categories) for row in self.events]
        laws = [
            Event(day, each.vi, each.en, EventKind.LAW, (each.key,))
            for each in self.category_list()
            for day in each.breaks
        ]
        days = {event.day for event in told if event.kind is EventKind.LAW}
        return tuple(sorted([*told, *(law for law in laws if law.day not in days)], key=lambda event: event.day))

    def name(self, language: str) -> str:
        """The workspace's name in ``"vi"`` or ``"en"``."""
        return self.name_vi if language == "vi" else self.name_en

    def notice(self, language: str) -> str:
        """What may not be loaded, in ``"vi"`` or ``"en"``."""
        return self.notice_vi if language == "vi" else self.notice_en

    def statistical_year(self, number: int) -> Period:
        """Statistical year ``number``: the one that *ends* in that calendar year (1 Nov 2024 - 31 Oct 2025 is 2025)."""
        month, day = self.year.start_month, self.year.start_day
        begins = number if (month, day) == (1, 1) else number - 1
        return Period(date(begins, month, day), date(begins + 1, month, day) - timedelta(days=1))

    def statistical_year_of(self, day: date) -> Period:
        """The statistical year that holds ``day``."""
        year = self.statistical_year(day.year)
        return year if day <= year.end else self.statistical_year(day.year + 1)


def load(folder: Path) -> Profile:
    """Read ``<folder>/profile.toml``, and the targets of ``targets.csv`` where there is one.

    Raises ProfileError naming the file, the key, the value found and what is allowed.
    """
    path = folder / PROFILE_NAME
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ProfileError(
            "{folder} is not a workspace: it has no profile.toml. Make one with: diemnong init {folder}", folder=folder
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise ProfileError("{file} is not readable TOML: {detail}", file=path, detail=error) from None
    try:
        profile = Profile.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"] if part != "[key]") or "profile"
        raise ProfileError(
            "{file}, key «{key}»: {value} is not allowed. {expected}",
            file=path,
            key=key,
            value=_shown(first["input"]),
            expected=_expected(first["msg"], first["type"]),
        ) from None
    regions = {**profile.target.regions, **read_table(folder)}
    return profile.model_copy(update={"target": profile.target.model_copy(update={"regions": regions})})


def _shown(value: object) -> str:
    text = str(value) if isinstance(value, date) else repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _expected(message: str, kind: str) -> str:
    if kind == "extra_forbidden":
        return f"No such key here; known at the top: {', '.join(Profile.model_fields)}"
    return "Expected: " + message.removeprefix("Value error, ")


def write(folder: Path, preset: str) -> Path:
    """Copy a preset to ``<folder>/profile.toml`` and return its path. Raises ProfileError where one stands already."""
    if preset not in PRESETS:
        raise ProfileError("no profile «{name}»; there are: {known}", name=preset, known=", ".join(PRESETS))
    path = folder / PROFILE_NAME
    if path.exists():
        raise ProfileError("{file} exists already; it was left as it is", file=path)
    source = resources.files("geodata") / "profiles" / f"{preset}.toml"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(source.read_bytes())
    except OSError as error:
        raise ProfileError(
            "{folder} cannot be made a workspace ({detail}); name a folder that can be written to",
            folder=folder,
            detail=error.strerror,
        ) from None
    return path
