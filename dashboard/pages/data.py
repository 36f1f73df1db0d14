"""The page about the data themselves: what was loaded, where every row went, what each edition and zone holds."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

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
PANELS = (upload, reconciliation, files, quarantined, sources, coverage, months, zone_counts, became)


def layout(reading: Reading, _screen: Screen) -> Component:
    """One column of sheets, as a report is read."""
    main = html.Main(
        [
            html.H1(reading.words("Data")),
            notice.PANEL.layout(reading),
            *(panel.PANEL.show(reading) for panel in PANELS),
        ],
        id="main",
        className="sheets",
    )
    bar = header.bar(reading, PAGE.path)
    return html.Div([bar, html.Div(main, className="floor alone")], className=f"page data {reading.view.mode}")


PAGE = Page("/data", N_("Data"), layout, bare=True)
