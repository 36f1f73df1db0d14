"""Two ways to take the map as it stands on the screen: saved as a file, or to the clipboard. Draws nothing.

The browser makes the picture (assets/capture.js); its finding, question, stamp and marking are told here, so that it
says the same as the one drawn on the server.
"""

from __future__ import annotations

from datetime import datetime

from dash import html
from dash.development.base_component import Component

from dashboard import findings, ids
from dashboard import stamp as stamps
from dashboard.components.attributes import attributes
from dashboard.paper import wording
from dashboard.reading import Reading

CLOCKED = "printed"  # the browser tells the time when it is pressed


def items(reading: Reading, class_name: str = "pick") -> list[Component]:
    """The two buttons; none where there is no map to take."""
    if not reading.loaded:
        return []
    words = reading.words
    told = _told(reading)
    ways = (
        (ids.CAPTURE_SAVE, "save", words("As on the screen"), words("The map with its legend, where it stands now")),
        (ids.CAPTURE_COPY, "copy", words("Copy the map"), words("To the clipboard, for a chat or a report")),
    )
    return [
        html.Button(
            [html.Span(label), html.Small(holds)],
            id=id_,
            type="button",
            className=class_name,
            **attributes(data_capture=way, **told),
        )
        for id_, way, label, holds in ways
    ]


def _told(reading: Reading) -> dict[str, str]:
    """What the picture says beside the map, and what is said of it afterwards."""
    words, profile = reading.words, reading.names.profile
    facts = stamps.stamp(reading, now=datetime.now(profile.zone))
    lasting = [fact for fact in facts if fact.key != CLOCKED]
    clock = next(fact for fact in facts if fact.key == CLOCKED)
    return {
        "data_title": findings.finding(reading),
        "data_question": wording.subtitle(reading.view, reading.names, words, titled=True),
        "data_stamp": " · ".join(stamps.caption(lasting, words)),
        "data_printed": words("{label}: {value}", label=clock.label, value="{time}"),
        "data_marking": profile.marking,
        "data_zone": profile.time_zone,
        "data_saved": words("The map is saved"),
        "data_copied": words("The map is copied; paste it where you need it"),
        "data_refused": words(
            "At this address the browser lets no page copy pictures (only https and this machine's own address may); "
            "the map is saved as a file instead"
        ),
        "data_failed": words("The map could not be taken. Save the PNG instead: the server draws it"),
    }
