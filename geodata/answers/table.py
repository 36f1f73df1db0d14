"""Counts as a table by area, category and month, in any choice of the three. Knows no file format."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.answers.selection import Selection, select
from geodata.errors import QuestionError
from geodata.question import Question, Scope
from geodata.warehouse.snapshot import Snapshot

BY = ("area", "category", "month")
Coded = tuple[NDArray[np.int64], NDArray[np.object_]]  # a code a row, and the label of each code


def answer_table(snapshot: Snapshot, question: Question, by: tuple[str, ...], scope: Scope) -> pd.DataFrame:
    """One row a combination that occurs, columns ``by`` and ``n``, in the order of areas, categories and months.

    Incidents without an area in the question's layer are left out whatever ``by`` is, so that all tables of one
    question have the same sum: the one on the map.
    """
    _check(by)
    selection = select(snapshot, question, scope)
    placed = selection.take(snapshot.incidents.area[question.layer]) >= 0
    columns = [_coded(snapshot, question, selection, name) for name in by]
    combined = np.zeros(int(np.count_nonzero(placed)), dtype=np.int64)
    for codes, labels in columns:
        combined = combined * len(labels) + codes[placed]
    present, n = np.unique(combined, return_counts=True)
    table: dict[str, NDArray[Any]] = {}
    for name, (_, labels) in reversed(list(zip(by, columns, strict=True))):
        present, position = np.divmod(present, max(len(labels), 1))
        table[name] = labels[position]
    typed = {name: pd.Series(table[name], dtype="str") for name in by}
    return pd.DataFrame({**typed, "n": n.astype(np.int64)})


def _check(by: tuple[str, ...]) -> None:
    if not by or len(set(by)) < len(by) or not set(by) <= set(BY):
        raise QuestionError(
            "cannot count by «{by}»; it is a choice of {known}, each once", by=",".join(by), known=", ".join(BY)
        )


def _coded(snapshot: Snapshot, question: Question, selection: Selection, name: str) -> Coded:
    incidents = snapshot.incidents
    if name == "area":
        codes = snapshot.boundaries.layers[question.layer].codes
        return selection.take(incidents.area[question.layer]).astype(np.int64), np.array(codes, dtype=object)
    if name == "category":
        keys = [category.key for category in snapshot.categories]
        return selection.take(incidents.category).astype(np.int64), np.array(keys, dtype=object)
    return _months(selection)


def _months(selection: Selection) -> Coded:
    """Month of each row. The rows are in time order, so only the edges of the months have to be found."""
    days = selection.take(selection.incidents.day)
    if not len(days):
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=object)
    first, last = np.array([days[0], days[-1]], dtype="datetime64[D]").astype("datetime64[M]")
    months = np.arange(first, last + 2)
    edges = np.searchsorted(days, months.astype("datetime64[D]").astype(np.int64))
    return np.repeat(np.arange(len(months) - 1), np.diff(edges)), months[:-1].astype(str).astype(object)
