"""The finding of any View in a sentence, and the script that is made from the data. Draws nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from dashboard import asked, claims, multiples
from dashboard.claims import finding as told
from dashboard.periods import Against, last_meeting, months_earlier, years_of
from dashboard.reading import Reading
from dashboard.view import View
from geodata.notebook import Notebook, Script, Slide
from geodata.vocabulary import Period

PERSISTENCE, TARGETS, COMPARE = "/persistence", "/targets", "/compare"
LONGEST_SUBJECT = 36  # letters
NEWEST = 3  # months that are new where no meeting is known


def finding(reading: Reading, path: str = "/") -> str:
    """What the page at ``path`` shows for the view, as one sentence of at most fourteen words with its certainty."""
    words, view = reading.words, reading.view
    question, scope, answers = view.question, reading.scope, reading.answers
    totals, _ = answers.totals(question, scope)
    if empty := claims.nothing(totals, answers.facts(scope), words):
        return empty
    if path == PERSISTENCE:
        return told.of_register(answers.register(question, scope), words)
    if path == TARGETS:
        years = years_of(reading)
        found = answers.targets(question, scope, baseline=years.baseline, period=years.period)
        return told.of_targets(found, words)
    if path == COMPARE and view.side != "periods":
        return multiples.title(reading, view.side) or asked.headline(view, reading.names, words)
    return _of_map(reading, "change" if path == COMPARE else view.layer)


def _of_map(reading: Reading, layer: str) -> str:
    words, view, subject = reading.words, reading.view, subject_of(reading)
    question, scope, answers = view.question, reading.scope, reading.answers
    match layer:
        case "relative_risk" | "gi_star" as method:
            return told.of_risk(answers.risk(question, scope, method), subject, words)
        case "hexagons":
            return told.of_hexagons(answers.hexagons(question, scope, width_m=view.hexagon), subject, words)
        case "pattern":
            return told.of_patterns(answers.patterns(question, scope), subject, words)
        case "change":
            changes = answers.change(question, scope, against=view.against)
            since = words.period(changes.comparison.so_far)
            narrowed = bool(view.category) or view.question.asks_for_places
            return told.of_changes(changes, (f"{subject}, {since}", since) if narrowed else (since,), words)
        case _:
            return told.of_total(*answers.totals(question, scope), subject, words)


def subject_of(reading: Reading) -> str:
    """What it is about in a word or two: the places asked, else the categories, else the whole of it."""
    view, names, words = reading.view, reading.names, reading.words
    parts = [asked.categories(view, names, words)] if view.category else []
    if view.question.asks_for_places:
        parts.append(asked.places(view, names, words))
    said = ", ".join(asked.shorten(part, LONGEST_SUBJECT) for part in parts)
    return said or asked.shorten(names.place(words.language), LONGEST_SUBJECT)


def default_script(reading: Reading, notebook: Notebook | None = None) -> Script:
    """All that is open in one picture, each group, what lasts, what is new, the targets, then each region open."""
    return Script("", tuple(_slides(reading, notebook or Notebook())))


def _slides(reading: Reading, notebook: Notebook) -> Iterator[Slide]:
    names = reading.names
    base = replace(View.default(names.choices), lang=reading.view.lang, theme=reading.view.theme, mode="projector")
    yield _slide(base)
    for group in names.profile.group_list():
        view = replace(base, category=names.members(group.key), layer="relative_risk")
        if view.category and _recorded(reading, view):
            yield _slide(view)
    yield _slide(base, PERSISTENCE)
    new = newest(reading, notebook)
    if new is not None:
        period, against = new.period, new.against
        yield _slide(replace(base, layer="change", start=period.start, end=period.end, against=against))
    yield _slide(base, TARGETS)
    for region in names.boundaries.regions_in(base.edition).values():
        if region.id in names.choices.regions and region.name != names.ground:  # that would be the first again
            yield _slide(replace(base, region=(region.id,)))


def _recorded(reading: Reading, view: View) -> bool:
    """Whether a slide of the view has anything to show; True where nothing is loaded at all yet."""
    return not reading.loaded or reading.answers.totals(view.question, reading.scope)[0].recorded > 0


def newest(reading: Reading, notebook: Notebook) -> Against | None:
    """The days since the last meeting, or else the last three months, against the same days a year earlier."""
    last = reading.snapshot.last_day
    if last is None:
        return None
    start = (last_meeting(reading, notebook) or months_earlier(last, NEWEST)) + timedelta(days=1)
    return Against("", Period(start, last), None)


def _slide(view: View, path: str = "/") -> Slide:
    return Slide(path + view.to_query())
