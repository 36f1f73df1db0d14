"""The texts of the guided tour, in every language, for assets/tour.js to show one after the other. Shows nothing."""

from __future__ import annotations

from dataclasses import dataclass

from dash import html

from dashboard import ids
from dashboard.components.attributes import attributes
from dashboard.words import LANGUAGES, N_, Language, of


@dataclass(frozen=True, slots=True)
class Stop:
    """One step: the part of the map page it points at (the first of these selectors that is seen), and what it says."""

    at: str
    title: str
    text: str


STOPS = (
    Stop(
        ".map-card",
        N_("The map"),
        N_(
            "Each area with what was recorded there. The row above chooses what is shown: counts, risks, what lasts, "
            "what changed. The ? in the key says what it means."
        ),
    ),
    Stop(
        "#filters, #fold",
        N_("What is asked, and your own area"),
        N_(
            "Crime group, time, area, border, hour. Set your own area once: from then on it is one click away, and the "
            "province stays beside it to compare with."
        ),
    ),
    Stop(
        ".side",
        N_("Trend and ranking"),
        N_("Press a month, a bar or a name: everything on the page then asks about it. A second press takes it back."),
    ),
    Stop(
        "#menu",
        N_("What lasts, and the meeting"),
        N_(
            "Under Lasting stand the places that stay hot, with what is done about them. Present makes the pictures "
            "for the projector out of the same data."
        ),
    ),
)


def tour() -> html.Div:
    """The texts, hidden."""
    return html.Div([_told(language) for language in LANGUAGES], id=ids.TOUR, hidden=True)


def _told(language: Language) -> html.Div:
    words, n = of(language), len(STOPS)
    stops = [
        html.Section(
            [html.H2(words(stop.title)), html.P(words(stop.text))],
            **attributes(data_at=stop.at, data_count=words("Step {n} of {all}", n=i, all=n)),
        )
        for i, stop in enumerate(STOPS, 1)
    ]
    said = attributes(
        data_next=words("Next"),
        data_back=words("Back"),
        data_done=words("Close"),
        data_skip=words("End the tour"),
    )
    return html.Div(stops, lang=language, **said)
