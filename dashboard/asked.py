"""What a View asks, in words: the line over the map, the chips, the title of an export. Knows no numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, cast

from dashboard.names import LEVELS, SOURCES, WEEKDAYS, Names
from dashboard.view import View
from dashboard.words import Words

MOST_PARTS = 8  # of one field that can be taken away one by one
LONGEST_PART = 90  # letters of a list in a heading; chips and link say the rest


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that is asked, and the View without it (a chip that can be taken away)."""

    field: str
    label: str
    without: View


def categories(view: View, names: Names, words: Words) -> str:
    """The categories asked; the group's name where they are just one whole group."""
    if not view.category:
        return words("All crime categories")
    for group in names.profile.group_list():
        if set(names.members(group.key)) == set(view.category):
            return group.label(words.language)
    return ", ".join(names.category(key, words.language) for key in view.category)


def places(view: View, names: Names, words: Words) -> str:
    """The areas, regions or zones asked; otherwise how many areas of which level the map shows."""
    chosen = [
        *(names.area(view.edition, code) for code in view.area),
        *(names.region(key) for key in view.region),
        *(names.zone(key, words) for key in view.zone),
    ]
    if chosen:
        return ", ".join(chosen)
    layer = names.boundaries.layers.get(view.question.layer)
    if layer is None:
        return names.profile.name(words.language)
    if names.ground and names.many[view.question.layer] == 1:
        return names.ground
    return f"{words.number(names.many[view.question.layer])} {words(LEVELS[view.level]).lower()}"


def headline(view: View, names: Names, words: Words) -> str:
    """The question in one line: what, when, where, and under which further conditions."""
    parts = [categories(view, names, words), words.period(view.period), places(view, names, words)]
    return " · ".join([*(shorten(part, LONGEST_PART) for part in parts), *conditions(view, words)])


def conditions(view: View, words: Words) -> Iterator[str]:
    """Source, hours and weekdays, where only some are asked."""
    if view.source:
        yield ", ".join(words(SOURCES[source]) for source in view.source).lower()
    if view.hours is not None:
        yield hours(view, words)
    if view.weekdays:
        yield ", ".join(words(WEEKDAYS[day - 1]) for day in view.weekdays)


def shorten(text: str, limit: int) -> str:
    """A list cut after a comma, with an ellipsis, where it is longer than ``limit`` letters."""
    if len(text) <= limit:
        return text
    return text[:limit].rpartition(", ")[0].rstrip(",") + ", …" if ", " in text[:limit] else text[: limit - 1] + "…"


def hours(view: View, words: Words) -> str:
    """The clock hours asked, both included: 18:00-05:59."""
    first, last = view.hours or (0, 23)
    return f"{first:02d}:00–{last:02d}:59"


def parts(view: View, names: Names, words: Words) -> tuple[Part, ...]:
    """Everything the view asks beyond the default, each with the view that no longer asks it."""
    return tuple(_parts(view, names, words))


def _parts(view: View, names: Names, words: Words) -> Iterator[Part]:
    default = View.default(names.choices)
    yield from _chosen(view, names, words)
    if view.period != default.period:
        yield Part("from", words.period(view.period), replace(view, start=default.start, end=default.end))
    if view.hours is not None:
        yield Part("hours", hours(view, words), replace(view, hours=None))
    if view.weekdays:
        label = ", ".join(words(WEEKDAYS[day - 1]) for day in view.weekdays)
        yield Part("weekdays", label, replace(view, weekdays=()))


def _chosen(view: View, names: Names, words: Words) -> Iterator[Part]:
    labels: dict[str, Callable[[Any], str]] = {
        "category": lambda key: names.category(key, words.language),
        "area": lambda code: names.area(view.edition, code),
        "region": names.region,
        "zone": lambda key: names.zone(key, words),
        "source": lambda source: words(SOURCES[source]),
    }
    for field, label in labels.items():
        chosen: tuple[str, ...] = getattr(view, field)
        if len(chosen) > MOST_PARTS:
            everything = words("{n} chosen", n=words.number(len(chosen)))
            yield Part(field, everything, replace(view, **{field: cast("Any", ())}))
            continue
        for value in chosen:
            rest = tuple(item for item in chosen if item != value)
            yield Part(field, label(value), replace(view, **{field: cast("Any", rest)}))
