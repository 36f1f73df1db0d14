"""What readers hold: one generation of the workspace as coded numpy columns, sorted by day. Never changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from geodata.boundaries.editions import Boundaries
from geodata.profile import Profile
from geodata.tables import Finding
from geodata.vocabulary import Category, LayerKey, Placement, Precision, Source

SOURCES: tuple[Source, ...] = tuple(Source)  # code -> source
PLACEMENTS: tuple[Placement, ...] = tuple(Placement)  # code -> placement
PRECISIONS: tuple[Precision, ...] = tuple(Precision)  # code -> precision
WELL_KNOWN = [PRECISIONS.index(each) for each in (Precision.EXACT, Precision.HAMLET)]  # finer than the area itself
EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True, eq=False)
class Spans:
    """The incidents that may have happened in more than one hour, or on more than one day; most have no row here."""

    row: NDArray[np.int64]  # positions among the incidents, rising
    start: NDArray[np.int64]  # first minute, since 1970-01-01 00:00 local
    end: NDArray[np.int64]  # last minute, included
    hour_known: NDArray[np.bool_]  # False where only days are known: hours then say nothing

    @staticmethod
    def none() -> Spans:
        """No incident with a span."""
        nothing = np.empty(0, dtype=np.int64)
        return Spans(nothing, nothing, nothing, np.empty(0, dtype=np.bool_))


@dataclass(frozen=True, slots=True, eq=False)
class Incidents:
    """All incidents of one generation, column-wise, sorted by ``day``. All arrays have the same length n."""

    day: NDArray[np.int32]  # days since 1970-01-01, local
    hour: NDArray[np.int8]  # 0..23 of the start, -1 unknown
    weekday: NDArray[np.int8]  # ISO 1..7 of the start
    category: NDArray[np.int32]  # index into Snapshot.categories
    source: NDArray[np.int8]  # index into SOURCES
    placement: NDArray[np.int8]  # index into PLACEMENTS
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    precision: NDArray[np.int8]  # index into PRECISIONS
    zones: NDArray[np.uint64]
    zones_near: NDArray[np.uint64]  # zones whose edge is so near that the point may lie on either side
    file: NDArray[np.int32]  # index into Snapshot.files
    spans: Spans
    area: Mapping[LayerKey, NDArray[np.int32]]  # index into that layer, -1 none

    def __len__(self) -> int:
        return len(self.day)


@dataclass(frozen=True, slots=True)
class LoadedFile:
    """One ingested file as the catalogue remembers it."""

    name: str
    sha256: str
    generation: int
    loaded_at: datetime
    read: int
    kept: int
    quarantined: int
    with_point: int
    area_only: int
    unplaced: int
    reasons: Mapping[str, int] = field(default_factory=dict)  # reason -> how many rows do not count for it
    id: int = 0  # by which it can be undone
    findings: tuple[Finding, ...] = ()  # what was decided about the file as a whole
    remarks: Mapping[str, int] = field(default_factory=dict)  # reason -> how many kept rows need a look for it


@dataclass(frozen=True, slots=True)
class UnreadableFile:
    """A loaded file whose incidents cannot be read, because its segment is missing or is not what was stored."""

    id: int
    name: str
    n: int  # incidents of it that count, and that no answer holds
    segment: str  # name of the file in the store
    missing: bool  # else it is damaged


@dataclass(frozen=True, slots=True)
class DepartedFile:
    """A file that was loaded once and is not held any more."""

    name: str
    loaded_at: datetime
    left_at: datetime
    undone: bool  # else another reading took its place


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """One generation: incidents, boundaries, and the names of the simplified boundary files for the browser."""

    generation: int
    committed_at: datetime | None
    incidents: Incidents
    categories: tuple[Category, ...]  # the profile's, then those made from the files' own wording
    boundaries: Boundaries
    web_files: Mapping[LayerKey, str]  # file name below <workspace>/boundaries/, hash in the name, GeoJSON
    zone_files: Mapping[str, str]  # zone id -> file name of the zone's simplified GeoJSON
    files: tuple[LoadedFile, ...]
    quarantined: int
    label_files: Mapping[LayerKey, str] = field(default_factory=dict)  # label points of each layer, GeoJSON
    border_file: str = ""  # the border line, GeoJSON; "" where none is loaded
    profile: Profile = field(default_factory=Profile)
    unreadable: tuple[UnreadableFile, ...] = ()  # files whose incidents are not among ``incidents``
    counts_before: date | None = None  # incidents of months before are kept as counts only
    covers: tuple[date, date] | None = None  # where the incidents are rounded numbers: the days the recorded ones cover

    @property
    def first_day(self) -> date | None:
        """The day of the first incident, None where there is none."""
        if self.covers is not None:
            return self.covers[0]
        return EPOCH + timedelta(days=int(self.incidents.day[0])) if len(self.incidents) else None

    @property
    def last_day(self) -> date | None:
        """The day of the last incident, None where there is none."""
        if self.covers is not None:
            return self.covers[1]
        return EPOCH + timedelta(days=int(self.incidents.day[-1])) if len(self.incidents) else None
