"""The answers' slow, obvious twin: incidents as plain Python values in a pandas frame, one loop a filter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.question import Question
from geodata.vocabulary import LayerKey, Level, Period
from geodata.warehouse.snapshot import EPOCH, PLACEMENTS, SOURCES, Snapshot

Mask = NDArray[np.bool_]


def plain(snapshot: Snapshot) -> pd.DataFrame:
    """One row an incident, every code written out."""
    incidents, boundaries = snapshot.incidents, snapshot.boundaries
    frame = pd.DataFrame(
        {
            "day": [EPOCH + timedelta(days=int(day)) for day in incidents.day],
            "hour": incidents.hour.astype(int),
            "category": [snapshot.categories[code].key for code in incidents.category],
            "source": [SOURCES[code].value for code in incidents.source],
            "placement": [PLACEMENTS[code].value for code in incidents.placement],
            "zones": [
                frozenset(zone.id for zone in boundaries.zones if (int(bits) >> zone.bit) & 1)
                for bits in incidents.zones
            ],
        }
    )
    for key, layer in boundaries.layers.items():
        frame[str(key)] = [layer.codes[i] if i >= 0 else "" for i in incidents.area[key]]
    return frame


def matching(frame: pd.DataFrame, snapshot: Snapshot, question: Question, period: Period | None = None) -> pd.DataFrame:
    """The rows the question asks for."""
    days = period or question.period
    keep = _where(frame, "day", lambda day: days.start <= day <= days.end)
    if question.categories:
        keep &= _where(frame, "category", lambda key: key in question.categories)
    if question.sources:
        keep &= _where(frame, "source", lambda source: source in {each.value for each in question.sources})
    if question.weekdays:
        keep &= _where(frame, "day", lambda day: day.isoweekday() in question.weekdays)
    if question.hours:
        hours = _hours(*question.hours)
        keep &= _where(frame, "hour", lambda hour: hour in hours)
    if question.areas:
        layers = [key for key in snapshot.boundaries.layers if key.edition == question.edition]
        keep &= _in_any(frame, [(key, code) for key in layers for code in question.areas])
    if question.regions:
        regions = [region for region in snapshot.boundaries.regions if region.id in question.regions]
        keep &= _in_any(frame, [(LayerKey(r.edition, Level.COMMUNE), code) for r in regions for code in r.codes])
    if question.zones:
        keep &= _where(frame, "zones", lambda zones: bool(zones & set(question.zones)))
    return frame.loc[keep]


def _where(frame: pd.DataFrame, column: str, holds: Callable[[Any], bool]) -> Mask:
    return np.array([holds(value) for value in frame[column]], dtype=np.bool_)


def _in_any(frame: pd.DataFrame, areas: list[tuple[LayerKey, str]]) -> Mask:
    keep = np.zeros(len(frame), dtype=np.bool_)
    for key, code in areas:
        keep |= np.array([value == code for value in frame[str(key)]], dtype=np.bool_)
    return keep


def _hours(first: int, last: int) -> set[int]:
    hours, hour = {last}, first
    while hour != last:
        hours.add(hour)
        hour = (hour + 1) % 24
    return hours
