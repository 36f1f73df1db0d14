"""Counts as a table by area, category, month, zone, hour and weekday, in any choice. Knows no file format."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.answers.clock import UNKNOWN_HOUR, clock_of
from geodata.answers.selection import Selection, check_clock, select
from geodata.errors import QuestionError
from geodata.question import Question, Scope
from geodata.warehouse.snapshot import Snapshot

BY = ("area", "category", "month", "zone", "hour", "weekday")
HOURS = np.array([*(str(hour) for hour in range(UNKNOWN_HOUR)), ""], dtype=object)
WEEKDAYS = np.array([str(day) for day in range(1, 8)], dtype=object)
DECIMALS = 3
Coded = tuple[NDArray[np.int64], NDArray[np.object_]]  # a code a row, and the label of each code


def answer_table(snapshot: Snapshot, question: Question, by: tuple[str, ...], scope: Scope) -> pd.DataFrame:
    """One row a combination that occurs, columns ``by`` and ``n``, in the order of areas, categories and months.

    Incidents without an area in the question's layer are left out whatever ``by`` is, so that all tables of one
    question have the same sum: the one on the map. By zone it is another sum: zones overlap, so an incident counts in
    each zone it lies in, and in no row where it lies in none.

    By hour and weekday a span counts by its aoristic shares, so that ``n`` is a fraction, rounded to three decimals.
    Incidents whose hour is unknown have the hour "".
    """
    _check(by)
    if "hour" in by or "weekday" in by:
        check_clock(snapshot)
    selection = select(snapshot, question, scope)
    rows = np.flatnonzero(selection.take(snapshot.incidents.area[question.layer]) >= 0)
    columns: dict[str, Coded] = {}
    if "zone" in by:
        rows, columns["zone"] = _in_zones(snapshot, selection, rows)
    weight = None
    if "hour" in by or "weekday" in by:
        found = clock_of(selection, rows)
        rows, weight = rows[found.of], found.share
        columns = {name: (codes[found.of], labels) for name, (codes, labels) in columns.items()}
        columns |= {"hour": (found.hour, HOURS), "weekday": (found.weekday, WEEKDAYS)}
    for name in by:
        if name not in columns:
            codes, labels = _coded(snapshot, question, selection, name)
            columns[name] = codes[rows], labels
    combined = np.zeros(len(rows), dtype=np.int64)
    for name in by:
        codes, labels = columns[name]
        combined = combined * len(labels) + codes
    present, n = _count(combined, weight)
    table: dict[str, NDArray[Any]] = {}
    for name in reversed(by):
        labels = columns[name][1]
        present, position = np.divmod(present, max(len(labels), 1))
        table[name] = labels[position]
    typed = {name: pd.Series(table[name], dtype="str") for name in by}
    return pd.DataFrame({**typed, "n": n})


def _check(by: tuple[str, ...]) -> None:
    if not by or len(set(by)) < len(by) or not set(by) <= set(BY):
        raise QuestionError(
            "cannot count by «{by}»; it is a choice of {known}, each once", by=",".join(by), known=", ".join(BY)
        )


def _count(
    codes: NDArray[np.int64], weight: NDArray[np.float64] | None
) -> tuple[NDArray[np.int64], NDArray[np.int64] | NDArray[np.float64]]:
    """Which codes occur, and how often; sums of weights as fractions only where some are none whole."""
    if weight is None:
        present, n = np.unique(codes, return_counts=True)
        return present, n.astype(np.int64)
    present, place = np.unique(codes, return_inverse=True)
    sums = np.round(np.bincount(place, weights=weight, minlength=len(present)), DECIMALS)
    present, sums = present[sums > 0], sums[sums > 0]
    whole = sums.astype(np.int64)
    return present, whole if (whole == sums).all() else sums


def _coded(snapshot: Snapshot, question: Question, selection: Selection, name: str) -> Coded:
    incidents = snapshot.incidents
    if name == "area":
        codes = snapshot.boundaries.layers[question.layer].codes
        return selection.take(incidents.area[question.layer]).astype(np.int64), np.array(codes, dtype=object)
    if name == "category":
        keys = [category.key for category in snapshot.categories]
        return selection.take(incidents.category).astype(np.int64), np.array(keys, dtype=object)
    return _months(selection)


def _in_zones(snapshot: Snapshot, selection: Selection, rows: NDArray[np.int64]) -> tuple[NDArray[np.int64], Coded]:
    """The rows once for each zone they lie in, zone after zone, and which zone that is."""
    held, zones = selection.take(snapshot.incidents.zones)[rows], snapshot.boundaries.zones
    found = [rows[(held & (np.uint64(1) << np.uint64(zone.bit))) != 0] for zone in zones]
    codes = np.repeat(np.arange(len(zones)), [len(each) for each in found])
    return np.concatenate([rows[:0], *found]), (codes, np.array([zone.id for zone in zones], dtype=object))


def _months(selection: Selection) -> Coded:
    """Month of each row. The rows are in time order, so only the edges of the months have to be found."""
    days = selection.take(selection.incidents.day)
    if not len(days):
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=object)
    first, last = np.array([days[0], days[-1]], dtype="datetime64[D]").astype("datetime64[M]")
    months = np.arange(first, last + 2)
    edges = np.searchsorted(days, months.astype("datetime64[D]").astype(np.int64))
    return np.repeat(np.arange(len(months) - 1), np.diff(edges)), months[:-1].astype(str).astype(object)
