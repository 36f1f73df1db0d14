"""What a printed map says: title, comparison, caption, and why a map is empty. Knows no shapes."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import datetime

from dashboard import asked
from dashboard.figures.picture import Picture
from dashboard.names import SOURCES, WEEKDAYS, Names
from dashboard.view import View
from dashboard.words import Words
from geodata.answers.answer import Change, DataFacts, Totals

LONGEST_PART = 90  # letters of a list in the heading; the rest is in the link and the screen
CHANCE = 0.05


def title(view: View, names: Names, words: Words) -> str:
    """What was counted."""
    return shorten(asked.categories(view, names, words), LONGEST_PART)


def subtitle(view: View, names: Names, words: Words) -> str:
    """When and where; the province is always named, for the picture must stand alone."""
    where = shorten(asked.places(view, names, words), LONGEST_PART)
    province = names.profile.name(words.language)
    unbroken = province.replace(" ", "\u00a0")
    return f"{words.period(view.period)} · {unbroken if where == province else f'{where}, {unbroken}'}"


def shorten(text: str, limit: int) -> str:
    """A list cut after a comma, with an ellipsis, where it is longer than ``limit`` letters."""
    if len(text) <= limit:
        return text
    return text[:limit].rpartition(", ")[0].rstrip(",") + ", …" if ", " in text[:limit] else text[: limit - 1] + "…"


def comparison(view: View, change: Change, words: Words) -> str:
    """Against the same days a year earlier, and whether chance could do it; nothing where it cannot be compared."""
    if view.compare != "previous_year" or not change.comparable:
        return ""
    period = words.period(change.period)
    if change.before == 0:
        return words("none recorded in {period}", period=period)
    difference = change.now - change.before
    before = words("{before} in {period}", before=words.number(change.before), period=period)
    if difference == 0:
        return f"{words('unchanged on last year')} ({before})"
    n, share = words.number(abs(difference)), words.percent(abs(difference) / change.before)
    said = words("{n} more than last year", n=n) if difference > 0 else words("{n} fewer than last year", n=n)
    by_chance = math.isnan(change.p) or change.p >= CHANCE
    certainty = words("May be chance alone.") if by_chance else words("More than chance alone would explain.")
    return f"{said}, {share} ({before}). {certainty}"


def empty(totals: Totals, facts: DataFacts, words: Words) -> str:
    """Why there is nothing to see on the map, or nothing."""
    if facts.incidents == 0:
        return words("No incidents are loaded")
    if totals.recorded == 0:
        return words("No incident was recorded for this question")
    if totals.placed == 0:
        return words("None of the recorded incidents has a place on this map")
    return ""


def caption(view: View, picture: Picture, totals: Totals, names: Names, words: Words, *, now: datetime) -> list[str]:
    """The stamp: what is shown, of how many, under which filters, by which method, from which data, printed when."""
    facts = [words("schematic drawing, not official boundaries")] if names.profile.schematic else []
    facts.append(
        words(
            "{n} recorded, {placed} placed on the map ({points} with coordinates), {off} not placed",
            n=words.number(totals.recorded),
            placed=words.number(totals.placed),
            points=words.number(totals.with_point),
            off=words.number(totals.not_placed),
        )
    )
    facts += _filters(view, words)
    facts.append(words("method: {method}", method=picture.method))
    facts.append(names.edition(view.edition, words))
    return [*facts, *stamp(picture.facts, names, words, now=now)]


def _filters(view: View, words: Words) -> Iterator[str]:
    """The filters that heading and subtitle do not say."""
    if view.source:
        yield words("only {what}", what=", ".join(words(SOURCES[source]) for source in view.source).lower())
    if view.hours is not None:
        yield words("only {what}", what=asked.hours(view, words))
    if view.weekdays:
        yield words("only {what}", what=", ".join(words(WEEKDAYS[day - 1]) for day in view.weekdays))


def stamp(facts: DataFacts, names: Names, words: Words, *, now: datetime) -> list[str]:
    """From which data, and when it was printed, by the workspace's clock."""
    said = [words("data until {day}", day=words.date(facts.last_day))] if facts.last_day is not None else []
    local = now.astimezone(names.profile.zone)
    said.append(words("version {n}", n=words.number(facts.generation)))
    said.append(words("printed {day} {time}", day=words.date(local), time=f"{local:%H:%M}"))
    return said
