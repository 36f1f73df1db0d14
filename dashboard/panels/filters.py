"""The filter panel: one control for each thing that can be asked. Their values become the URL in sync."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dash import Dash, Input, Output, html, no_update
from dash.development.base_component import Component

from dashboard import ids
from dashboard.components.attributes import attributes
from dashboard.components.section import active_id, section_id
from dashboard.panels import Panel, filter_more, filter_period, filter_places, filter_what, home
from dashboard.panels.headline import reset
from dashboard.reading import Reading, read
from geodata.answers.answers import Answers

# Part of the panel -> what is active in it.
ACTIVE: Mapping[str, Callable[[Reading], str]] = {
    filter_what.KEY: filter_what.active,
    filter_period.KEY: filter_period.active,
    filter_places.PLACES: filter_places.active_places,
    filter_places.ZONES: filter_places.active_zones,
    filter_places.UNITS: filter_places.active_units,
    filter_more.SOURCE: filter_more.active_source,
    filter_more.CLOCK: filter_more.active_clock,
}
PARTS = (filter_what, filter_period, filter_places, filter_more)


def foot(reading: Reading) -> list[Component]:
    """What stays in sight while the panel is scrolled."""
    words = reading.words
    return [
        reset(reading, words("Reset")),
        html.Button(words("Done"), type="button", className="pick done", **attributes(data_fold_away="")),
    ]


def layout(reading: Reading) -> html.Aside:
    """The panel: it stands open where the screen is wide, and is a sheet over the page where it is not."""
    words = reading.words
    return html.Aside(
        [
            html.H2(words("Filters")),
            home.PANEL.layout(reading),
            *(part.PANEL.layout(reading) for part in PARTS),
            html.Div(foot(reading), id=ids.FILTER_FOOT, className="filter-foot"),
        ],
        id=ids.FILTERS,
        tabIndex=-1,
        **attributes(aria_label=words("Filters")),
    )


def register(app: Dash, answers: Answers) -> None:
    """Heads and foot follow the URL, and a part opens when something in it becomes active; controls do so in sync."""

    @app.callback(
        output={
            "heads": [Output(active_id(key), "children") for key in ACTIVE],
            "unfolded": [Output(section_id(key), "open") for key in ACTIVE],
            "foot": Output(ids.FILTER_FOOT, "children"),
        },
        inputs={"search": Input(ids.ASKED, "data")},
        prevent_initial_call=True,
    )
    def show(search: str | None) -> dict[str, object]:
        reading = read(search, answers)
        heads = [active(reading) for active in ACTIVE.values()]
        return {
            "heads": heads,
            "unfolded": [True if head else no_update for head in heads],
            "foot": foot(reading),
        }


PANEL = Panel(layout, register)
