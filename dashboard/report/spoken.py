"""What a report calls its year, its place and what it compares with. Counts nothing."""

from __future__ import annotations

from dashboard import asked
from dashboard.report.found import Found
from dashboard.words import Words
from geodata.vocabulary import Period


def place(found: Found) -> str:
    """The province, or the areas and regions the report is about."""
    view, names, words = found.reading.view, found.reading.names, found.reading.words
    if found.question.asks_for_places:
        return asked.places(view, names, words)
    return names.profile.name(words.language)


def days(period: Period, words: Words) -> str:
    """From the first day to the last."""
    return words("from {first} to {last}", first=words.date(period.start), last=words.date(period.end))


def before(found: Found) -> str:
    """What the year is held against: the same days of the year before."""
    return found.reading.words("the same period of {year}", year=str(found.year - 1))


def baseline(found: Found) -> str:
    """The year of the target, or the same days of it."""
    words = found.reading.words
    if found.by_base.comparison.running:
        return words("the same period of {year}", year=str(found.baseline_year))
    return words("the baseline year {year}", year=str(found.baseline_year))


def of_group(found: Found, key: str) -> str:
    """A group's name."""
    language = found.reading.words.language
    return next((each.label(language) for each in found.reading.names.profile.group_list() if each.key == key), key)
