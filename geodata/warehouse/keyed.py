"""A cleaned file with its keys, its digest and its places in the boundaries, at once what can be. Stores nothing.

Case numbers that have different keys are different, so that the texts themselves are compared only where keys meet.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from geodata.ingest.at_once import both
from geodata.ingest.clean import Cleaned
from geodata.ingest.distinct import arrow_texts, coded_texts
from geodata.ingest.file import without_doubles
from geodata.join import Join
from geodata.tables import SHEET
from geodata.warehouse.joining import Joined, join_incidents
from geodata.warehouse.keys import CASE, Keys, rows_digest, with_keys


@dataclass(frozen=True, slots=True, eq=False)
class Keyed:
    """The rows of a file that count by themselves, with what tells them apart from other rows."""

    cleaned: Cleaned  # both keys are columns of its frame
    joined: Joined
    sheets: frozenset[str]
    rows: str  # their digest, see ``keys.rows_digest``


def with_all_keys(cleaned: Cleaned, join: Join, file: str) -> Keyed:
    """Key and join the rows of a file that was cleaned, further rows of one case number still among them."""
    cleaned = replace(cleaned, frame=with_keys(cleaned.frame))
    double, keyed = both(lambda: _meet(cleaned.frame[CASE].to_numpy()), lambda _: _keyed(cleaned, join, file))
    if not double:
        return keyed
    single = without_doubles(cleaned, file)
    return keyed if single is cleaned else _keyed(single, join, file)


def _keyed(cleaned: Cleaned, join: Join, file: str) -> Keyed:
    frame, aside = cleaned.frame, cleaned.quarantine
    named = coded_texts(arrow_texts(frame[SHEET])).dictionary.to_pylist()
    sheets = frozenset((*named, *(row.sheet for row in aside)))
    rows = rows_digest(frame, aside, cleaned.origins.values())
    return Keyed(cleaned, join_incidents(frame, join, file), sheets, rows)


def _meet(case: Keys) -> bool:
    """Whether any two rows that have a case number have the same."""
    keys = np.sort(case[case != 0])
    return bool((keys[1:] == keys[:-1]).any())
