"""The filter options of every command that asks a question, and how they become one. Counts nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from dashboard.cli.result import say_not_kept, say_unreadable
from dashboard.cli.terminal import CommandError
from geodata.errors import QuestionError
from geodata.vocabulary import Level, Period, Source

if TYPE_CHECKING:
    from geodata.question import Question
    from geodata.warehouse.snapshot import Snapshot

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Filters:
    """What the options say, before a workspace has been looked at."""

    edition: str | None
    level: str | None
    category: tuple[str, ...]
    group: tuple[str, ...]
    first: date | None
    last: date | None
    area: tuple[str, ...]
    region: tuple[str, ...]
    zone: tuple[str, ...]
    source: tuple[str, ...]
    hours: tuple[int, int] | None
    weekdays: tuple[tuple[int, ...], ...]

    def question(self, snapshot: Snapshot) -> Question:
        """The question asked of this generation; all its data where no period is named."""
        from geodata.question import Question

        say_unreadable(snapshot.unreadable)
        edition, level = layer_of(snapshot, self.edition, Level(self.level) if self.level else None)
        period = self._period(snapshot)
        say_not_kept(snapshot, period)
        return Question(
            period=period,
            edition=edition,
            level=level,
            categories=self._categories(snapshot),
            areas=self.area,
            regions=self.region,
            zones=self.zone,
            sources=tuple(Source(value) for value in dict.fromkeys(self.source)),
            hours=self.hours,
            weekdays=tuple(sorted({day for several in self.weekdays for day in several})),
        )

    def _period(self, snapshot: Snapshot) -> Period:
        if self.first and self.last and self.last < self.first:
            raise QuestionError(
                "the period ends ({last}) before it starts ({first}); exchange --from and --to",
                first=self.first,
                last=self.last,
            )
        known = [day for day in (snapshot.first_day, snapshot.last_day, self.first, self.last) if day is not None]
        if not known:
            return Period(date(2000, 1, 1), date(2000, 1, 1))  # no data at all: any period holds none of it
        return Period(self.first or min(known), self.last or max(known))

    def _categories(self, snapshot: Snapshot) -> tuple[str, ...]:
        groups = {category.group for category in snapshot.categories}
        for group in self.group:
            if group not in groups:
                known = ", ".join(sorted(groups)) or "none"
                raise QuestionError("there is no group «{group}»; there are: {known}", group=group, known=known)
        keys = {category.key for category in snapshot.categories}
        named = {name.casefold(): each.key for each in snapshot.categories for name in (each.en, each.vi)}
        asked = [key if key in keys else named.get(key.casefold(), key) for key in self.category]
        members = [category.key for category in snapshot.categories if category.group in self.group]
        return tuple(dict.fromkeys((*asked, *members)))


def layer_of(snapshot: Snapshot, edition: str | None, level: Level | None) -> tuple[str, Level]:
    """The edition asked for, or the newest that has the level; its finest level where none is asked for."""
    if edition and level:
        return edition, level
    boundaries = snapshot.boundaries
    for each in [edition] if edition else list(boundaries.editions)[::-1]:
        wanted = level or boundaries.finest(each)
        if wanted is not None and (edition or (each, wanted) in boundaries.layers):
            return each, wanted
    raise CommandError("no boundaries with that level are loaded; load some with: diemnong boundaries add FILE")


def filter_options(command: F) -> F:
    """Add the options of a question; the command gets them as one ``filters``."""
    return _added(command, (*_layer_options(required=True), *_OPTIONS))


def loose_filter_options(command: F) -> F:
    """The same for a command that answers without a layer: edition and level may be left out."""
    return _added(command, (*_layer_options(required=False), *_OPTIONS))


def _added(command: F, options: tuple[Callable[[Any], Any], ...]) -> F:
    @wraps(command)
    def gather(*arguments: Any, **given: Any) -> Any:  # noqa: ANN401
        asked = {field.name: given.pop(field.name) for field in fields(Filters)}
        return command(*arguments, filters=Filters(**asked), **given)

    wrapped: Any = gather
    for option in reversed(options):
        wrapped = option(wrapped)
    return cast("F", wrapped)


def read_day(text: str) -> date:
    """A day as 2025-10-31 or 31/10/2025."""
    for pattern in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a calendar day has no time zone
        except ValueError:
            continue
    raise click.BadParameter(f"«{text}» is not a day; write it as 2025-10-31 or 31/10/2025")


def read_hours(text: str) -> tuple[int, int]:
    """Clock hours as 18-5, both included, over midnight where the first is later."""
    first, dash, last = text.partition("-")
    if not (dash and _within(first, 0, 23) and _within(last, 0, 23)):
        raise click.BadParameter(f"«{text}» is not a span of hours; write two hours of 0 to 23, for example 18-5")
    return int(first), int(last)


def read_weekdays(text: str) -> tuple[int, ...]:
    """Weekdays as 6,7; Monday is 1."""
    parts = text.split(",")
    if not all(_within(part, 1, 7) for part in parts):
        raise click.BadParameter(f"«{text}» are not weekdays; write numbers of 1 (Monday) to 7, for example 6,7")
    return tuple(int(part) for part in parts)


def _layer_options(*, required: bool) -> tuple[Callable[[Any], Any], ...]:
    otherwise = ("", "") if required else (" Default: the newest.", " Default: the finest.")
    return (
        click.option("--edition", required=required, metavar="ID", help="Edition of the boundaries." + otherwise[0]),
        click.option("--level", required=required, type=_LEVELS, help="Level of areas." + otherwise[1]),
    )


def _within(text: str, low: int, high: int) -> bool:
    return text.isascii() and text.isdigit() and low <= int(text) <= high


_DAY: Any = {"type": read_day, "metavar": "DATE"}
_LEVELS = click.Choice([level.value for level in Level])
_SOURCES = click.Choice([Source.REPORTED.value, Source.DISCOVERED.value])
_OPTIONS = (
    click.option("--category", multiple=True, metavar="KEY", help="Only this category, key or name; may be repeated."),
    click.option("--group", multiple=True, metavar="KEY", help="Only the categories of this group; may be repeated."),
    click.option("--from", "first", **_DAY, help="First day, included. Default: the first of the data."),
    click.option("--to", "last", **_DAY, help="Last day, included. Default: the last of the data."),
    click.option("--area", multiple=True, metavar="CODE", help="Only this area of the edition; may be repeated."),
    click.option("--region", multiple=True, metavar="ID", help="Only this region; may be repeated."),
    click.option("--zone", multiple=True, metavar="ID", help="Only this zone; may be repeated."),
    click.option("--source", multiple=True, type=_SOURCES, help="How it became known; may be repeated."),
    click.option("--hours", type=read_hours, metavar="FROM-TO", help="Hours, both included: 18-5 is 18:00 to 05:59."),
    click.option("--weekdays", type=read_weekdays, multiple=True, metavar="DAYS", help="6,7 is Saturday and Sunday."),
)
