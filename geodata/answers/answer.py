"""The answers as values. Knows no store and no screen; arrays are aligned with the layer's areas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

import numpy as np
from numpy.typing import NDArray

from geodata.question import Question
from geodata.tables import Finding
from geodata.vocabulary import Period, Precision, ZoneKind
from geodata.warehouse.snapshot import UnreadableFile


@dataclass(frozen=True, slots=True)
class DataFacts:
    """From which data an answer comes: every picture is stamped with this."""

    generation: int
    committed_at: datetime | None
    first_day: date | None
    last_day: date | None
    incidents: int  # all incidents in the workspace
    quarantined: int
    unreadable: tuple[UnreadableFile, ...] = ()  # loaded files that no answer holds, as the store is damaged


@dataclass(frozen=True, slots=True)
class Totals:
    """How many incidents the question finds, and how many of them the map can show.

    ``placed`` lie in an area of the layer; ``with_point`` of them have coordinates, the rest are known to their area
    only. ``not_placed`` match everything asked but have no area in this layer; where areas or zones are asked for that
    is rare (a region of another edition, a zone beyond the layer). ``recorded = placed + not_placed``.
    """

    recorded: int
    placed: int
    with_point: int
    not_placed: int


@dataclass(frozen=True, slots=True)
class Change:
    """The same question ``years_back`` years earlier, and whether the difference can be told from chance.

    That is one year, unless the period is longer: what it is held against shares no day with it.
    ``ratio`` is now / before with its exact 95 % interval and two-sided p; NaN where before is 0. ``comparable`` is
    False where the data do not reach back over the whole earlier period; then no change may be shown.
    """

    before: int
    now: int
    ratio: float
    low: float
    high: float
    p: float
    comparable: bool
    period: Period
    years_back: int


@dataclass(frozen=True, slots=True, eq=False)
class AreaCounts:
    """Incidents by area. ``n`` is 0 outside the asked areas; ``asked`` says which areas the question speaks of."""

    question: Question
    codes: tuple[str, ...]
    names: tuple[str, ...]
    parents: tuple[str, ...]
    n: NDArray[np.int64]
    before: NDArray[np.int64]  # the same ``years_back`` years earlier
    comparable: bool
    years_back: int  # one, unless the period is longer than a year
    population: NDArray[np.float64]  # NaN unknown
    per_10k: NDArray[np.float64]  # incidents per 10,000 inhabitants in the period; NaN where population is unknown or 0
    asked: NDArray[np.bool_]
    totals: Totals
    facts: DataFacts

    def shown(self, values: NDArray[np.generic]) -> NDArray[np.float64]:
        """``values`` by area as floats, NaN where the area was not asked about."""
        return np.where(self.asked, values, np.nan).astype(np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class MonthlyTrend:
    """Incidents by month of the question's trend window, with the same months a year earlier.

    ``months`` are first days of months; ``n`` counts within the window; ``partial`` marks months the data do not cover
    whole. The window is the last 24 months of the data, longer where the period asked began earlier.
    """

    question: Question
    months: tuple[date, ...]
    n: NDArray[np.int64]
    year_before: NDArray[np.float64]  # NaN where the data do not reach back
    mean_12: NDArray[np.float64]  # mean of the 12 months ending there, NaN before
    partial: NDArray[np.bool_]
    in_period: NDArray[np.bool_]
    facts: DataFacts


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """Exact locations to draw, at most ``limit`` of ``total``, chosen evenly in time."""

    question: Question
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    category: NDArray[np.int32]  # index into ``categories``
    day: NDArray[np.int32]
    categories: tuple[str, ...]
    total: int
    totals: Totals
    facts: DataFacts


@dataclass(frozen=True, slots=True)
class Tally:
    """Kept incidents by what is known of their place: ``kept = with_point + area_only + unplaced``."""

    kept: int
    with_point: int
    area_only: int
    unplaced: int


@dataclass(frozen=True, slots=True)
class FileTally:
    """What became of the rows of one file: ``read = placed.kept + quarantined + unreadable``.

    ``outstanding`` of the quarantined wait to be mended; the others were left out on purpose (a row that is there
    already, a row corrected later).
    """

    name: str
    loaded_at: datetime
    read: int
    quarantined: int
    outstanding: int
    spans: int  # kept rows whose hour or day is uncertain
    placed: Tally
    reasons: Mapping[str, int]
    remarks: Mapping[str, int] = field(default_factory=dict)  # reason -> kept rows that need a look for it
    findings: tuple[Finding, ...] = ()  # what was decided about the file as a whole
    id: int = 0  # by which it is taken out
    generation: int = 0  # that brought it: another reading of the file has the same id
    unreadable: int = 0  # incidents that count and cannot be read, as the store is damaged


@dataclass(frozen=True, slots=True)
class Coverage:
    """Where the kept incidents stand in one edition; the numbers add up to all of them.

    Without a point an incident counts only where its commune here is certain: ``split`` were known to a commune that
    several share now, ``no_successor`` to one of which nothing is known here, ``district_only`` to no commune at all.
    """

    edition: str
    by_point: int
    by_area: int
    split: int
    district_only: int
    no_successor: int
    outside: int  # with a point that no area of this edition holds
    no_place: int

    @property
    def placed(self) -> int:
        """Incidents that count in an area of the edition's finest layer."""
        return self.by_point + self.by_area


@dataclass(frozen=True, slots=True, eq=False)
class Reconciliation:
    """Every row that was ever read, and where it went: ``read = placed.kept + quarantined + unreadable``."""

    read: int
    quarantined: int
    outstanding: int
    spans: int
    placed: Tally
    reasons: Mapping[str, int]  # why rows were put aside, most frequent first
    precisions: Mapping[Precision, int]  # incidents with a point by how well it is known
    files: tuple[FileTally, ...]
    months: tuple[tuple[date, Tally], ...]  # every month of the data, its first day
    categories: tuple[tuple[str, Tally], ...]
    by_month: NDArray[np.int64]  # months x categories
    editions: tuple[Coverage, ...]
    facts: DataFacts

    @property
    def unreadable(self) -> int:
        """Incidents that count and cannot be read, as the store is damaged."""
        return sum(each.unreadable for each in self.files)

    @property
    def sound(self) -> bool:
        """Whether all sums hold, for every file."""
        whole = all(each.read == each.placed.kept + each.quarantined + each.unreadable for each in self.files)
        return whole and self.read == self.placed.kept + self.quarantined + self.unreadable


@dataclass(frozen=True, slots=True, eq=False)
class ZoneCounts:
    """Incidents by zone. Zones overlap, so an incident may count in several.

    ``near`` of the ``n`` lie so near the zone's edge that they may belong on the other side; ``beside`` lie as near,
    outside. ``pointless`` incidents of the question have no point: only zones of whole communes can hold them.
    """

    question: Question
    ids: tuple[str, ...]
    names: tuple[str, ...]
    kinds: tuple[ZoneKind, ...]
    n: NDArray[np.int64]
    near: NDArray[np.int64]
    beside: NDArray[np.int64]
    pointless: int
    facts: DataFacts


@dataclass(frozen=True, slots=True)
class Relative:
    """A commune of another edition on the same ground. ``whole``: the older of the two moved undivided."""

    code: str
    name: str
    whole: bool
    shared: int  # incidents with a point that lie in both
    points: int  # incidents with a point that lie in it


@dataclass(frozen=True, slots=True)
class Became:
    """What a commune became, or what it was made of: ``points`` = what the relatives share + ``elsewhere``."""

    edition: str
    code: str
    name: str
    other: str  # the edition the relatives are of, "" where there is no other
    forward: bool  # the relatives came after it
    listed: bool  # by the succession table; False: found on the map
    relatives: tuple[Relative, ...]
    points: int
    elsewhere: int
    area_only: int  # incidents known to this commune and to no point
    facts: DataFacts


@dataclass(frozen=True, slots=True, eq=False)
class Rhythm:
    """Incidents by hour and weekday; a span counts by its aoristic shares, so the sums are fractions.

    Everything the question finds is in ``by_weekday``, whose sum is ``n``; those of unknown hour are in no hour:
    ``shares`` and ``by_hour`` have the sum ``n - hour_unknown``. A span the question's hours hold for at least half
    counts whole, with all the hours it spans.
    """

    question: Question
    shares: NDArray[np.float64]  # (7, 24): Monday first, from 00:00
    by_hour: NDArray[np.float64]  # (24,)
    by_weekday: NDArray[np.float64]  # (7,)
    hour_unknown: int
    n: int
    facts: DataFacts
