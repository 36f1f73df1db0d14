"""The values of a query as texts: days, numbers, choices. Knows no keys."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import cast

from geodata.vocabulary import Period

_DAY = re.compile(r"(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}")


def written(field: str, value: object) -> Iterator[str]:
    """A field's value as the texts of a query: one each, none for what is not asked."""
    if field == "hours":
        if value is not None:
            yield "{}-{}".format(*cast("tuple[int, int]", value))
    elif field == "weekdays":
        if value:
            yield ",".join(str(day) for day in cast("tuple[int, ...]", value))
    elif isinstance(value, bool):
        if value:
            yield "1"
    elif isinstance(value, Period):
        yield f"{value.start}..{value.end}"
    elif isinstance(value, tuple):
        yield from (str(item) for item in value)
    elif value is not None:
        yield str(value)


def read_day(value: object) -> date | None:
    """A day written as 2025-01-31, of a year an incident could be of; None for anything else."""
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def day_of(value: str) -> date:
    """The day; raises ValueError for anything else."""
    day = read_day(value)
    if day is None:
        raise ValueError(value)
    return day


def number_of(text: str, low: int, high: int) -> int:
    """A whole number between the two; raises ValueError for anything else."""
    if not (text.isascii() and text.isdigit() and low <= int(text) <= high):
        raise ValueError(text)
    return int(text)


def one_of(value: str, allowed: tuple[str, ...]) -> str:
    """One of the allowed texts; raises ValueError for any other."""
    if value not in allowed:
        raise ValueError(value)
    return value
