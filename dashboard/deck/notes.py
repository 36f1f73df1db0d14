"""The notes of a slide: what is spoken, how numbers are made, what they do not say, and the stamp. Counts nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from dashboard import terms
from dashboard.claims import follow_up
from dashboard.claims import target as told
from dashboard.figures.picture import Picture
from dashboard.findings import PERSISTENCE, TARGETS
from dashboard.periods import years_of
from dashboard.reading import Reading
from dashboard.slides import Shown
from dashboard.stamp import Fact, stamp
from dashboard.terms import Term
from dashboard.words import Words

SAID = ("method", "certainty", "link")  # facts of the stamp that the slide says in its own way


def notes_of(slide: Shown, picture: Picture, *, now: datetime, user: str = "") -> str:
    """All of it, a line a fact; what is spoken stands first."""
    words = slide.reading.words
    said = [slide.slide.spoken, "", words("Method: {method}", method=picture.method), *_more(slide, picture)]
    said += [words("Not claimed: {text}", text=words(term.not_claimed)) for term in terms_of(slide)]
    facts = [each for each in stamp(slide.seen, now=now, user=user) if each.key not in SAID]
    link = slide.path + slide.reading.view.to_query()
    said += ["", *(f"{each.label}: {_written(each, words)}" for each in facts)]
    return "\n".join([*said, words("Link: {link}", link=link)]).strip()


def terms_of(slide: Shown) -> tuple[Term, ...]:
    """The entries of the glossary that explain what the slide shows."""
    word = {PERSISTENCE: "lasting", TARGETS: "target"}.get(slide.path, slide.seen.view.layer)
    return tuple(term for term in terms.TERMS if term.key == terms.anchor(word))


def _more(slide: Shown, picture: Picture) -> Iterable[str]:
    """The remarks of the legend, and what a page's rows rest on."""
    reading, words = slide.reading, slide.reading.words
    yield from (row.label for row in picture.legend if row.kind == "note" and row.label not in picture.method)
    if slide.path == PERSISTENCE:
        found = reading.answers.register(reading.view.question, reading.scope)
        yield from (*follow_up.size(found, words), *follow_up.rule(found.rule, words))
    if slide.path == TARGETS:
        yield from _outlooks(reading)


def _outlooks(reading: Reading) -> Iterable[str]:
    """How the year may end, group by group, and what such counts can show."""
    words, years = reading.words, years_of(reading)
    found = reading.answers.targets(reading.view.question, reading.scope, baseline=years.baseline, period=years.period)
    names = {group.key: group.label(words.language) for group in reading.names.profile.group_list()}
    for row in found.of():
        if row.category or not found.comparison.reached:
            continue
        said = [told.outlook(row, years.period, words), told.power(row, words)]
        if any(said):
            yield f"{names.get(row.group, row.group)}: {'; '.join(filter(None, said))}"


def _written(fact: Fact, words: Words) -> str:
    """A count as the reader may know it; the version of the data is none."""
    if not isinstance(fact.value, int):
        return fact.value
    return str(fact.value) if fact.key == "generation" else words.count(fact.value)
