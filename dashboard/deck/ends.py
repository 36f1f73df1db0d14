"""The first slide, which says whose deck it is and of when, and the last ones, which explain its words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from pptx.presentation import Presentation

from dashboard import terms, theme
from dashboard.claims import follow_up
from dashboard.deck import findings, grid, ink, template
from dashboard.deck.grid import Column, Grid
from dashboard.deck.ink import Run
from dashboard.deck.notes import terms_of
from dashboard.deck.room import BODY, CAPTION, CAPTION_PT
from dashboard.slides import Shown
from dashboard.terms import Term
from dashboard.words import Words

ALWAYS = ("recorded_incident", "more_than_chance", "not_placed", "range", "enough")
TITLE_PT, LARGE_PT, PLAIN_PT = 36, 20, 16


def open_with(deck: Presentation, slides: Sequence[Shown], heading: str, *, now: datetime, user: str) -> None:
    """The title slide."""
    reading = slides[0].reading
    words, profile, facts = reading.words, reading.names.profile, reading.answers.facts(reading.scope)
    made = deck.slides.add_slide(deck.slide_layouts[template.OPENING])
    title, below = made.shapes.title, made.placeholders[1]
    ink.write(title.text_frame, [[Run(heading, bold=True)]], words, pt=TITLE_PT)
    printed = words(
        "printed {day} {time}", day=words.date(local := now.astimezone(profile.zone)), time=f"{local:%H:%M}"
    )
    data = [words("data until {day}", day=words.date(facts.last_day))] if facts.last_day else []
    lines = [
        [Run(profile.name(words.language), bold=True)],
        [Run(_period(slides))],
        [
            Run(
                " · ".join(
                    [*data, words("version {n}", n=words.number(facts.generation)), printed, *([user] if user else [])]
                ),
                colour=theme.INK_SOFT,
            )
        ],
        *([[Run(profile.marking, bold=True, colour=theme.HOT)]] if profile.marking else []),
    ]
    ink.write(below.text_frame, lines, words, pt=LARGE_PT)
    template.numbered(made)
    made.notes_slide.notes_text_frame.text = "\n".join(f"{i}. {each.title}" for i, each in enumerate(slides, start=2))


def _period(slides: Sequence[Shown]) -> str:
    """The period asked; where slides ask for several, which one the first has, and that the others say theirs."""
    words = slides[0].reading.words
    periods = dict.fromkeys(each.reading.view.period for each in slides)
    said = words("Period: {period}", period=words.period(next(iter(periods))))
    if len(periods) == 1:
        return said
    return words("{said}; slides of another period say theirs", said=said)


def close_with(deck: Presentation, slides: Sequence[Shown]) -> None:
    """The words of this deck, on as many slides as they need; the rest stands in the glossary."""
    words = slides[0].reading.words
    columns = (
        Column(words("Word"), 0.17),
        Column(words("What it means"), 0.45),
        Column(words("What it does not say"), 0.38),
    )
    rows = [
        tuple(map(_first, (words(each.title), words(each.text), words(each.not_claimed))))
        for each in _explained(slides)
    ]
    for page in grid.pages(Grid("", columns, rows), BODY):
        _explain(deck, page, words, slides[0].reading.names.profile.marking)


def _explain(deck: Presentation, page: Grid, words: Words, marking: str) -> None:
    made = deck.slides.add_slide(deck.slide_layouts[template.FINDING])
    findings.title(made, words("What the words mean"), words)
    grid.draw(made, page, BODY, words)
    runs = [Run(f"{marking} · ", bold=True, colour=theme.HOT)] if marking else []
    runs.append(Run(follow_up.meaning(words), colour=theme.INK_SOFT))
    ink.text_box(made.shapes, CAPTION, [runs], words, name="Caption", pt=CAPTION_PT)
    template.numbered(made)
    made.notes_slide.notes_text_frame.text = words(
        "More words are explained in the dashboard: {page}", page="/glossary"
    )


def _explained(slides: Sequence[Shown]) -> Iterable[Term]:
    """What the slides show, after what every slide rests on."""
    held = {term.key: term for term in terms.TERMS}
    first = [held[key] for key in ALWAYS[:2]]
    shown = [term for each in slides for term in terms_of(each)]
    return dict.fromkeys([*first, *shown, *(held[key] for key in ALWAYS[2:])])


def _first(text: str) -> str:
    """The first sentence."""
    head, dot, _ = text.partition(". ")
    return head + dot.strip()
