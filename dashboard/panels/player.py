"""The bar under the map that plays it through time: one button until it is pressed. assets/player.js moves it.

The frames come from /frames.json at once; while they play nothing is asked and the address stays what it was.
"""

from __future__ import annotations

from collections.abc import Mapping

from dash import Dash, Input, html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.components.attributes import attributes
from dashboard.panels import Panel
from dashboard.reading import Reading
from dashboard.words import N_, Words
from geodata.answers.answers import Answers

STEPS: Mapping[str, str] = {"month": N_("Month by month"), "quarter": N_("Quarter by quarter")}
WINDOWS: Mapping[str, str] = {"step": N_("each by itself"), "3": N_("last 3 months"), "12": N_("last 12 months")}
SPEEDS: Mapping[str, str] = {"1800": N_("Slowly"), "1000": N_("Steadily"), "450": N_("Quickly")}  # milliseconds a frame
USUAL_SPEED = "1000"


def layout(reading: Reading) -> html.Section:
    """The button, and the bar it opens; nothing where there is nothing to play."""
    words = reading.words
    parts = [_opener(words), _bar(words), html.Div(className="player-notes hint"), _announcer()]
    return html.Section(
        parts if reading.loaded else [],
        id=ids.PLAYER,
        className="player",
        **attributes(
            aria_label=words("Play through time"),
            data_loading=words("The frames are being counted …"),
            data_failed=words("The frames could not be counted; close and try again."),
            data_scrub=words("Shown period"),
            data_play=words("Play"),
            data_pause=words("Pause"),
        ),
    )


def _opener(words: Words) -> html.Button:
    return html.Button(
        [html.Span("▶", **attributes(aria_hidden="true")), words("Play")],
        type="button",
        title=words("Play through time"),
        className="pick player-open",
        **attributes(
            data_player="open",
            aria_label=words("Play through time"),
            aria_expanded="false",
            aria_controls="player-bar",
        ),
    )


def _bar(words: Words) -> html.Div:
    """Steps and scrubber first, then how it goes on, then what can be done with the frame."""
    steps = html.Div(
        [
            _button("back", "|◀", words("One step back")),
            _button("play", "▶", words("Play")),
            _button("on", "▶|", words("One step on")),
        ],
        className="player-steps",
        role="group",
        **attributes(aria_label=words("Play through time")),
    )
    choices = html.Div(
        [
            _select("step", words("Play by"), STEPS, words),
            _select("window", words("Counted together"), WINDOWS, words),
            _select("speed", words("Speed"), SPEEDS, words, chosen=USUAL_SPEED),
            html.Button(
                words("Ask about this period"), type="button", className="pick", **attributes(data_player="ask")
            ),
        ],
        className="player-choices",
    )
    scrub = html.Div(className="player-scrub")  # player.js puts the range there: Dash has none
    now = html.Div(className="player-now", **attributes(aria_hidden="true"))
    close = _button("close", "✕", words("Close and show the period asked"))
    return html.Div([steps, scrub, now, choices, close], id="player-bar", className="player-bar", hidden=True)


def _button(act: str, sign: str, label: str) -> html.Button:
    return html.Button(
        sign,
        type="button",
        title=label,
        className=f"player-button {act}",
        **attributes(data_player=act, aria_label=label),
    )


def _select(name: str, label: str, values: Mapping[str, str], words: Words, *, chosen: str | None = None) -> html.Label:
    options: list[Component] = [
        html.Option(words(text), value=value, selected="selected" if value == chosen else None)
        for value, text in values.items()
    ]
    select = html.Select(options, className="form-select", **attributes(data_player_choice=name))
    return html.Label([html.Span(label, className="player-name"), select], className=f"player-{name}", title=label)


def _announcer() -> html.Div:
    """Says the frame that was stepped to; silent while it plays."""
    return html.Div(className="player-said", **attributes(aria_live="polite"))


def register(app: Dash, answers: Answers) -> None:
    """Another question ends the play."""
    app.clientside_callback(  # type: ignore[no-untyped-call]
        "window.dash_clientside.diemnong.endPlay", Input(ids.URL, "search"), prevent_initial_call=True
    )


PANEL = Panel(layout, register)
