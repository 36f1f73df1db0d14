"""What a printed map says beside its finding and its stamp: the question, the comparison. Knows no shapes."""

from __future__ import annotations

from dashboard import asked, claims
from dashboard.names import Names
from dashboard.view import View
from dashboard.words import Words
from geodata.answers.answer import Change


def title(view: View, names: Names, words: Words) -> str:
    """What was counted."""
    return asked.shorten(asked.categories(view, names, words), asked.LONGEST_PART)


def subtitle(view: View, names: Names, words: Words, *, titled: bool = False) -> str:
    """The question: when and where, and what where the title says something else (``titled``).

    The province is always named, for the picture must stand alone.
    """
    where = asked.shorten(asked.places(view, names, words), asked.LONGEST_PART)
    province = names.profile.name(words.language)
    unbroken = province.replace(" ", "\u00a0")
    placed = unbroken if where == province else f"{where}, {unbroken}"
    parts = [words.period(view.period), placed]
    return " · ".join([title(view, names, words), *parts, *asked.conditions(view, words)] if titled else parts)


def comparison(view: View, change: Change, words: Words) -> str:
    """Against the same days a year earlier, and whether chance could do it; nothing where it cannot be compared."""
    if view.compare != "previous_year" or not change.comparable:
        return ""
    before = claims.before(change, words)
    if change.before == 0:
        return capital(before)
    if change.now == change.before:
        return capital(f"{claims.difference(change, words)} ({before})")
    said = ", ".join(filter(None, (claims.difference(change, words), claims.share(change, words))))
    return capital(f"{said} ({before}). {claims.certainty(change, words)}")


def capital(text: str) -> str:
    """What stands alone begins with a capital, whatever it begins with."""
    return text[:1].upper() + text[1:]
