"""Where a file is dropped or chosen; assets/upload.js sends it. Knows no kind of file."""

from __future__ import annotations

from dataclasses import dataclass

from dash import html

from dashboard import ids
from dashboard.arrivals import LARGEST
from dashboard.components.attributes import attributes
from dashboard.words import Words


def cancel(words: Words) -> html.Button:
    """The button that stops a file on its way here or while it is read; assets/upload.js does it."""
    return html.Button(words("Cancel"), type="button", className="act", **attributes(data_upload_cancel=""))


@dataclass(frozen=True, slots=True)
class Drop:
    """``to`` is the address a file is sent to, ``store`` the id of the store that is told its token."""

    title: str
    hint: str
    too_large: str
    accepted: str
    to: str
    store: str


def drop(what: Drop, words: Words) -> html.Div:
    """The place, its button, the bar that shows how far the sending is, and what goes wrong with it."""
    said = attributes(
        data_accept=what.accepted,
        data_largest=str(LARGEST),
        data_to=what.to,
        data_store=what.store,
        data_sending=words("Sending"),
        data_failed=words("The file did not arrive. Is the program still running? Try again."),
        data_cancelled=words("Cancelled; nothing was kept."),
        data_one=words("One file at a time, please."),
        data_too_large=what.too_large,
    )
    bar = html.Progress(id=ids.UPLOAD_BAR, max="1", value="0", hidden=True, **attributes(aria_label=words("Sending")))
    return html.Div(
        [
            html.Strong(what.title),
            html.Button(words("Choose a file"), id=ids.UPLOAD_CHOOSE, type="button", className="act first"),
            html.P(what.hint, className="hint"),
            html.Div([bar, html.Span(cancel(words), id=ids.UPLOAD_CANCEL, hidden=True)], className="upload-way"),
            html.Div(id=ids.UPLOAD_MESSAGE, role="alert"),
        ],
        id=ids.UPLOAD_DROP,
        **said,
    )
