"""The button that has a small file chosen and read in the browser (assets/choose.js). Knows not what is in it."""

from __future__ import annotations

from dash import html

from dashboard.components.attributes import attributes
from dashboard.words import Words
from geodata.notebook_file import LARGEST


def chooser(store: str, words: Words, *, said: str) -> html.Button:
    """The text goes to the store of this id, as ``{"text": ..., "chosen": n}``; ``said`` tells of one too large."""
    too_large = words("The file is larger than 700 KB and no notebook; choose another one.")
    told = attributes(data_chooses=store, data_said=said, data_largest=str(LARGEST), data_too_large=too_large)
    return html.Button(words("Take over a file"), type="button", className="act", **told)
