"""How many incidents, as columns: as far as the reader may know. Counts nothing itself."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.extracts.table import Column, Filled, Kind
from dashboard.words import Words


def told(n: Sequence[float], words: Words, kind: Kind = "whole") -> list[Filled]:
    """The column n; where few are not told those are empty, and a second column says how many that are."""
    meaning = words("recorded incidents")
    if not words.few:
        return [Filled(Column("n", meaning, kind, 3), n)]
    rounded = words("recorded incidents, rounded; empty where there are fewer than {few}", few=words.few)
    return [
        Filled(Column("n", rounded, kind, 3), told_of(n, words)),
        Filled(Column("n_told", meaning), [words.count(each) for each in n]),
    ]


def told_of(n: Sequence[float], words: Words) -> list[float | None]:
    """The numbers that are told: None where there are fewer than the reader may know."""
    return [each if each >= words.few else None for each in n]
