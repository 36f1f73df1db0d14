"""Column names and types of the incident table that cross modules. Knows no values and no files.

A clean incident table is a pandas DataFrame with exactly ``INCIDENT_COLUMNS``. After the join a segment adds one
``int32`` column a layer, named by :func:`area_column`, and ``ZONES`` (``uint64``, one bit a zone).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import pandas as pd

from geodata.vocabulary import LayerKey, Level

ROW: Final = "row"  # 1-based row in the sheet or file the incident was read from
SHEET: Final = "sheet"  # sheet or layer name, "" where the format has none
INCIDENT_ID: Final = "incident_id"  # the file's own case number, "" where there is none
DAY: Final = "day"  # int32, days since 1970-01-01 in the workspace's time zone
MINUTE: Final = "minute"  # int16, minute of the day 0..1439; -1 where the hour is unknown
DAY_TO: Final = "day_to"  # int32, the last day it may have happened; DAY where the day is certain
MINUTE_TO: Final = "minute_to"  # int16, the last minute of DAY_TO; MINUTE for a moment, -1 where unknown
CATEGORY: Final = "category"  # category key
SOURCE: Final = "source"  # a vocabulary.Source value
LON: Final = "lon"  # float64, EPSG:4326, NaN where there is no point
LAT: Final = "lat"
PRECISION: Final = "precision"  # a vocabulary.Precision value, "none" where there is no point
AREA_EDITION: Final = "area_edition"  # where there is no point: the area the row names, "" where it names none
AREA_LEVEL: Final = "area_level"
AREA_CODE: Final = "area_code"
ZONES: Final = "zones"  # uint64 bit set
ZONES_NEAR: Final = "zones_near"  # uint64 bit set: zones whose edge is so near that the point may lie on either side

INCIDENT_COLUMNS: Final[dict[str, str]] = {
    SHEET: "str",
    ROW: "int32",
    INCIDENT_ID: "str",
    DAY: "int32",
    MINUTE: "int16",
    DAY_TO: "int32",
    MINUTE_TO: "int16",
    CATEGORY: "str",
    SOURCE: "str",
    LON: "float64",
    LAT: "float64",
    PRECISION: "str",
    AREA_EDITION: "str",
    AREA_LEVEL: "str",
    AREA_CODE: "str",
}


def area_column(key: LayerKey) -> str:
    """The name of the segment column that holds each incident's area index in that layer (-1 = none)."""
    return f"area:{key.edition}:{key.level.value}"


def layer_key(column: str) -> LayerKey | None:
    """The layer of a column named by :func:`area_column`, or None for any other column."""
    if not column.startswith("area:"):
        return None
    edition, _, level = column.removeprefix("area:").rpartition(":")
    return LayerKey(edition, Level(level))


def check_incidents(frame: pd.DataFrame) -> pd.DataFrame:
    """Return ``frame`` with exactly the incident columns in order and typed; raise ValueError where one is missing."""
    missing = [name for name in INCIDENT_COLUMNS if name not in frame.columns]
    if missing:
        raise ValueError(f"incident table without {', '.join(missing)}")
    names = list(INCIDENT_COLUMNS)
    return (frame if list(frame.columns) == names else frame[names]).astype(INCIDENT_COLUMNS)


@dataclass(frozen=True, slots=True)
class QuarantinedRow:
    """One row that was not taken, where it stands and why. Never holds a value of a personal column.

    ``cells`` are the row's own cells by field, as far as they may be kept: what a person mends, or one answer settles.
    A row that was kept and yet needs a look (``Cleaned.remarks``) is told in the same shape, without cells.
    """

    file: str
    sheet: str
    row: int
    column: str
    reason: str  # a stable key in snake case, e.g. "bad_date"
    template: str  # English message template
    facts: dict[str, object]
    cells: Mapping[str, str] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """The message in English."""
        return self.template.format(**self.facts) if self.facts else self.template


@dataclass(frozen=True, slots=True)
class Finding:
    """What was decided about a file as a whole, and from which evidence: an English template and its facts."""

    template: str
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """The finding in English."""
        return self.template.format(**self.facts) if self.facts else self.template


@dataclass(frozen=True, slots=True)
class UnknownWording:
    """A wording of the category that nobody knows yet: how many rows wait for it, and the keys it may mean, if any."""

    wording: str
    rows: int
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OutstandingRow:
    """A quarantined row that waits to be mended, under the key by which a mended row names it."""

    key: str
    row: QuarantinedRow
