"""The page about the data themselves: what was loaded, where every row went, what each edition and zone holds."""

from __future__ import annotations

from collections.abc import Iterator

from dash import html
from dash.development.base_component import Component

from dashboard.asker import asker
from dashboard.emptiness import rows_not_open
from dashboard.pages import Page
from dashboard.panels import (
    became,
    coverage,
    files,
    header,
    months,
    notice,
    quarantined,
    reconciliation,
    sources,
    upload,
    zone_counts,
)
from dashboard.reading import Reading
from dashboard.screen import Screen
from dashboard.words import N_

# From what comes in to what can be shown.
BY_FILE = (files, coverage, months)  # whose numbers are of all places together
PANELS = (upload, reconciliation, files, quarantined, sources, coverage, months, zone_counts, became)


def layout(reading: Reading, _screen: Screen) -> Component:
    """One column of sheets, as a report is read."""
    main = html.Main(
        [
            html.H1(reading.words("Data")),
            notice.PANEL.layout(reading),
            *_sheets(reading),
        ],
        id="main",
        className="sheets",
    )
    bar = header.bar(reading, PAGE.path)
    return html.Div([bar, html.Div(main, className="floor alone")], className=f"page data {reading.view.mode}")


def _sheets(reading: Reading) -> Iterator[Component]:
    """What the asker may have; for all that is left out, one line that says so."""
    told = [panel.PANEL for panel in PANELS if panel not in BY_FILE or reading.scope.whole]
    told = [panel for panel in told if asker().may(panel.need)]
    if len(told) < len(PANELS):
        yield html.Div(rows_not_open(reading), className="card-sheet")
    yield from (panel.layout(reading) for panel in told)


PAGE = Page("/data", N_("Data"), layout, bare=True)
