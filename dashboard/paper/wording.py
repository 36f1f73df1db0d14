"""What a printed map says: title, comparison, caption, and why a map is empty. Knows no shapes."""

from __future__ import annotations

from datetime import datetime

from dashboard import asked, claims
from dashboard.figures.picture import Picture
from dashboard.names import Names
from dashboard.view import View
from dashboard.words import Words
from geodata.answers.answer import Change, Totals


def title(view: View, names: Names, words: Words) -> str:
    """What was counted."""
    return asked.shorten(asked.categories(view, names, words), asked.LONGEST_PART)


def subtitle(view: View, names: Names, words: Words) -> str:
    """When and where; the province is always named, for the picture must stand alone."""
    where = asked.shorten(asked.places(view, names, words), asked.LONGEST_PART)
    province = names.profile.name(words.language)
    unbroken = province.replace(" ", "\u00a0")
    return f"{words.period(view.period)} · {unbroken if where == province else f'{where}, {unbroken}'}"


def comparison(view: View, change: Change, words: Words) -> str:
    """Against the same days a year earlier, and whether chance could do it; nothing where it cannot be compared."""
    if view.compare != "previous_year" or not change.comparable:
        return ""
    before = claims.before(change, words)
    if change.before == 0:
        return before
    if change.now == change.before:
        return f"{claims.difference(change, words)} ({before})"
    said = ", ".join(filter(None, (claims.difference(change, words), claims.share(change, words))))
    return f"{said} ({before}). {claims.certainty(change, words)}"


def caption(view: View, picture: Picture, totals: Totals, names: Names, words: Words, *, now: datetime) -> list[str]:
    """The stamp: what is shown, of how many, under which filters, by which method, from which data, printed when."""
    return [
        *claims.drawing(names, words),
        claims.placed(totals, picture.totals if view.area else None, words),
        *(words("only {what}", what=text) for text in asked.conditions(view, words)),
        # How sure the colours are, and what the numbers on the map are: the screen says it in its legend.
        *(row.label for row in picture.legend if row.kind == "note" and row.label not in picture.method),
        words("method: {method}", method=picture.method),
        *claims.source(picture.facts, view, names, words),
        printed(names, words, now=now),
    ]


def printed(names: Names, words: Words, *, now: datetime) -> str:
    """When it was printed, by the workspace's clock."""
    local = now.astimezone(names.profile.zone)
    return words("printed {day} {time}", day=words.date(local), time=f"{local:%H:%M}")
