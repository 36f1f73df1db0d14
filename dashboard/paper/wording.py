"""What a printed map says: title, comparison, caption, and why a map is empty. Knows no shapes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from dashboard import asked, claims
from dashboard.figures.picture import Picture
from dashboard.names import SOURCES, WEEKDAYS, Names
from dashboard.view import View
from dashboard.words import Words
from geodata.answers.answer import Change, Totals

LONGEST_PART = 90  # letters of a list in the heading; the rest is in the link and the screen


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
    before = claims.before(change, words)
    if change.before == 0:
        return before
    if change.now == change.before:
        return f"{claims.difference(change, words)} ({before})"
    said, share = claims.difference(change, words), claims.share(change, words)
    return f"{said}, {share} ({before}). {claims.certainty(change, words)}"


def caption(view: View, picture: Picture, totals: Totals, names: Names, words: Words, *, now: datetime) -> list[str]:
    """The stamp: what is shown, of how many, under which filters, by which method, from which data, printed when."""
    return [
        *claims.drawing(names, words),
        claims.placed(totals, picture.totals if view.area else None, words),
        *_filters(view, words),
        words("method: {method}", method=picture.method),
        *claims.source(picture.facts, view, names, words),
        printed(names, words, now=now),
    ]


def _filters(view: View, words: Words) -> Iterator[str]:
    """The filters that heading and subtitle do not say."""
    if view.source:
        yield words("only {what}", what=", ".join(words(SOURCES[source]) for source in view.source).lower())
    if view.hours is not None:
        yield words("only {what}", what=asked.hours(view, words))
    if view.weekdays:
        yield words("only {what}", what=", ".join(words(WEEKDAYS[day - 1]) for day in view.weekdays))


def printed(names: Names, words: Words, *, now: datetime) -> str:
    """When it was printed, by the workspace's clock."""
    local = now.astimezone(names.profile.zone)
    return words("printed {day} {time}", day=words.date(local), time=f"{local:%H:%M}")
