"""The show itself: a deck of slides, each made when the browser wants it; assets/present.js turns them."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from dash import MATCH, Dash, Input, Output, State, dcc, html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.components.attributes import attributes
from dashboard.frozen import Freezer
from dashboard.panels import Panel
from dashboard.reading import Reading, read
from dashboard.scripts import script_of
from dashboard.slides import Pin, pinned, shown
from dashboard.slides.markup import render
from dashboard.slides.stage import Stage
from dashboard.words import N_, Words
from geodata.answers.answers import Answers
from geodata.errors import DiemNongError
from geodata.notebook import Kind, Slide
from geodata.notebook_file import entry_of

KEYS = (
    (N_("→ ↓ space PageDown"), N_("next slide")),
    (N_("← ↑ PageUp"), N_("slide before")),
    (N_("number, Enter"), N_("to that slide")),
    (N_("Home, End"), N_("first, last")),
    (N_("B or ."), N_("black")),
    ("F", N_("full screen")),
    ("T", N_("light or dark")),
    ("S", N_("notes in a window of their own")),
    ("Esc", N_("back to the script")),
)


def layout(reading: Reading) -> Component:
    """Empty slides, and around them what every slide has: progress, page, clock, keys."""
    slides, words = script_of(reading).slides, reading.words
    at = min(reading.view.slide, len(slides))
    return html.Main(
        [
            *(part for number, slide in enumerate(slides, 1) for part in _place(slide, number, at)),
            html.Div(id="said", className="unseen", role="status", **attributes(aria_live="polite")),
            html.Div(html.Span(className="progress"), className="progress-track", **attributes(aria_hidden="true")),
            _foot(words),
            html.Div(id="typed", hidden=True),
            html.Div(id="blank", hidden=True),
            _help(words),
        ],
        id=ids.DECK,
        className="deck",
        **attributes(
            data_slides=str(len(slides)),
            data_at=str(at),
            data_loading=words("The slide is being made …"),
            data_next=words("Next: {title}", title="{title}"),
            data_last=words("This is the last slide"),
        ),
    )


def _place(slide: Slide, number: int, at: int) -> tuple[Component, ...]:
    """Where a slide comes, what it is, and what the browser wants of it."""
    return (
        html.Section(
            id={"type": ids.SLIDE, "n": number},
            className="slide",
            hidden=number != at,
            **attributes(data_n=str(number)),
        ),
        dcc.Store(id={"type": ids.SLIDE_HELD, "n": number}, data=asdict(slide)),
        dcc.Store(id={"type": ids.SLIDE_WANTED, "n": number}),
    )


def _foot(words: Words) -> html.Div:
    """Page and clock, and the few buttons for who has a mouse."""
    buttons = (
        ("‹", "back", words("slide before")),
        ("›", "next", words("next slide")),
        ("", "full", words("full screen")),
        ("?", "keys", words("Keys")),
    )
    return html.Div(
        [
            html.Div(
                [
                    html.Button(sign, type="button", title=label, **attributes(data_show=act, aria_label=label))
                    for sign, act, label in buttons
                ],
                className="turn",
            ),
            html.Span(id="page-of", className="page-of"),
            html.Span(id="elapsed", className="elapsed", title=words("since the beginning")),
            html.Time(id="clock", className="clock"),
        ],
        className="deck-foot",
    )


def _help(words: Words) -> html.Div:
    rows = [html.Div([html.Dt(words(keys)), html.Dd(words(meaning))]) for keys, meaning in KEYS]
    return html.Div(
        [html.H2(words("Keys")), html.Dl(rows)], id="keys", hidden=True, role="dialog", **attributes(aria_label="keys")
    )


def register(app: Dash, answers: Answers) -> None:
    """A slide is made from the generation that the show was begun with, as long as that is held here."""
    freezer = Freezer(answers)

    @app.callback(
        Output({"type": ids.SLIDE, "n": MATCH}, "children"),
        Input({"type": ids.SLIDE_WANTED, "n": MATCH}, "data"),
        State({"type": ids.SLIDE_HELD, "n": MATCH}, "data"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )
    def make(wanted: object, held: object, search: str | None) -> list[Component]:
        told: dict[str, Any] = wanted if isinstance(wanted, dict) else {}
        begun = pinned(told.get("pin"))
        frozen = freezer.freeze(begun.generation if begun else None)
        show = read(search, frozen)
        now = datetime.now(show.snapshot.profile.zone)
        kept = begun is not None and begun.generation == show.snapshot.generation
        pin = begun if begun is not None and kept else Pin(show.snapshot.generation, now)
        number = told.get("n")
        made = render(shown(_slide(held), show.view, frozen, show.scope), Stage.told(told), pin, _number(number))
        return [*made, _told(pin, show.words, lost=begun is not None and not kept)]


def _number(told: object) -> int:
    return told if isinstance(told, int) else 0


def _slide(held: object) -> Slide:
    """The slide as the browser has it; an empty one where that is none."""
    try:
        script = entry_of(Kind.SCRIPT.value, json.dumps({"name": "-", "slides": [held]}))
    except DiemNongError:
        return Slide("")
    return script.slides[0]  # type: ignore[union-attr]


def _told(pin: Pin, words: Words, *, lost: bool) -> html.Div:
    """For the browser: which generation it was; for the room: that it is no longer the one the show began with."""
    said = words("The program was started anew: these are the newest data.") if lost else ""
    return html.Div(
        said,
        className="pin",
        hidden=not lost,
        role="status",
        **attributes(data_generation=str(pin.generation), data_since=pin.since.isoformat()),
    )


PANEL = Panel(layout, register)
