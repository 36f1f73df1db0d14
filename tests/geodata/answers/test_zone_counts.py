"""Counts by zone: overlapping zones, points near an edge, and the table by zone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from geodata import tables
from geodata.answers.answers import Answers
from geodata.join import place
from geodata.question import Question
from geodata.vocabulary import Level, Period, ZoneKind
from tests.geodata.worlds import FIRST, LAST, Still, coded, tiny_boundaries, tiny_incidents, tiny_snapshot

ALL = Question(Period(FIRST, LAST), "2024", Level.COMMUNE)
# The band ends at 106.03 E, where 0.0004 degrees are 44 m. The zone of the old commune 101 ends at 106.1 E, 11.1 N.
INSIDE, JUST_INSIDE, JUST_OUTSIDE = (106.01, 11.05), (106.0296, 11.05), (106.0304, 11.15)
BESIDE, FAR = (106.06, 11.05), (106.15, 11.15)


def answers(*at: tuple[float, float], precision: str = "exact") -> Answers:
    """The tiny world with these points, and one row known to commune 101 only."""
    lon, lat = np.array([*at, (np.nan, np.nan)]).T
    last = np.arange(len(lon)) == len(lon) - 1
    frame = tiny_incidents(n=max(len(lon), 3)).head(len(lon)).reset_index(drop=True)
    frame = frame.assign(lon=lon, lat=lat, precision=np.where(last, "none", precision))
    frame = frame.assign(area_edition=np.where(last, "2024", ""), area_level=np.where(last, "commune", ""))
    frame = frame.assign(area_code=np.where(last, "101", ""), category="theft")
    boundaries = tiny_boundaries()
    joined = place(tables.check_incidents(frame), boundaries).frame
    return Answers(Still(replace(tiny_snapshot(), incidents=coded(joined, boundaries))))


def test_an_incident_counts_in_every_zone_that_holds_it() -> None:
    found = answers(INSIDE, JUST_INSIDE, JUST_OUTSIDE, BESIDE, FAR).zones(ALL)
    assert found.ids == ("border_communes", "border_0_1km")
    assert found.kinds == (ZoneKind.BORDER_COMMUNES, ZoneKind.DISTANCE_BAND)
    # Commune 101 holds three points and the row without one; the band holds two points.
    assert found.n.tolist() == [4, 2]
    assert found.pointless == 1


def test_points_near_an_edge_are_told_on_both_sides() -> None:
    found = answers(INSIDE, JUST_INSIDE, JUST_OUTSIDE, BESIDE, FAR).zones(ALL)
    assert (found.near[1], found.beside[1]) == (1, 1)
    assert (found.near[0], found.beside[0]) == (0, 0)


def test_the_question_limits_what_is_counted() -> None:
    found = answers(INSIDE, FAR).zones(replace(ALL, zones=("border_0_1km",)))
    assert found.n.tolist() == [1, 1]
    assert answers(INSIDE).zones(replace(ALL, categories=("drugs",))).n.tolist() == [0, 0]


def test_a_table_by_zone_counts_an_incident_in_each_zone() -> None:
    made = answers(INSIDE, BESIDE, FAR)
    table = made.table(ALL, ("zone", "category"))
    assert [tuple(row) for row in table.itertuples(index=False)] == [
        ("border_communes", "theft", 3),
        ("border_0_1km", "theft", 1),
    ]
    assert made.table(ALL, ("area", "zone"))["n"].tolist() == [3, 1]
    assert made.table(replace(ALL, categories=("drugs",)), ("zone",)).empty
