"""Whether an incident was reported or discovered, from the words of the source column. Never refuses a row."""

from __future__ import annotations

import re
from typing import Final

import pandas as pd

from geodata.ingest.distinct import distinct, spread, texts
from geodata.ingest.wording import plain, words
from geodata.vocabulary import Source

_REPORTED = re.compile(r"\b(to giac|tin bao|trinh bao|bao tin|reported|report|complaint|emergency call)\b")
_DISCOVERED = re.compile(r"\b(phat hien|bat qua tang|discovered|detected|police initiated|proactive)\b")

SAID: Final = {Source.REPORTED.value: "tố giác", Source.DISCOVERED.value: "phát hiện"}  # as :func:`read_sources` reads


def read_sources(column: pd.Series) -> pd.Series:
    """A Source value by row; blank, unknown and contradictory wording is "unknown"."""
    values, codes = distinct(texts(column))
    return spread([_source(value) for value in values], codes)


def _source(text: str) -> str:
    written = plain(words(text))
    reported, discovered = _REPORTED.search(written), _DISCOVERED.search(written)
    if bool(reported) == bool(discovered):
        return Source.UNKNOWN.value
    return Source.REPORTED.value if reported else Source.DISCOVERED.value
