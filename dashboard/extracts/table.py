"""Rows of a table by the batch: named, typed columns, and shapes where the rows have some. Knows no file format."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Kind = Literal["text", "whole", "number", "share", "date", "flag"]
Value = str | int | float | bool | date | None
Shape = Literal["", "point", "polygon"]


@dataclass(frozen=True, slots=True)
class Column:
    """``key`` heads the column in every language; ``meaning`` says in one language what it holds."""

    key: str
    meaning: str
    kind: Kind = "text"
    digits: int = 2  # that a spreadsheet shows of a number or share; the file holds all


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Some rows: a list a column, None where there is nothing to tell, and a shape a row where there are shapes."""

    values: tuple[Sequence[Value], ...]
    shapes: NDArray[np.object_] | None = None  # EPSG:4326, None for a row without a place

    def rows(self) -> Iterator[tuple[Value, ...]]:
        """Row after row."""
        return zip(*self.values, strict=True)

    def __len__(self) -> int:
        return len(self.values[0])


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """``batches`` gives all rows anew each time it is called, never more than one batch at once.

    ``rows`` and ``n`` (the sum of the column n) are known before: a file can be checked against them.
    """

    name: str  # one word of letters: the layer's name in a geographic file
    columns: tuple[Column, ...]
    batches: Callable[[], Iterator[Batch]]
    rows: int
    n: float
    about: str  # one sentence: what a row is, and what stands in none
    shape: Shape = ""


@dataclass(frozen=True, slots=True, eq=False)
class Filled:
    """A whole column with its values, where there are few."""

    column: Column
    values: Sequence[Value]


def number(value: float) -> float | None:
    """Nine digits, as the commands print them; None where it is unknown or has no end."""
    return float(f"{value:.9g}") if np.isfinite(value) else None


def standing(name: str, filled: Sequence[Filled], about: str, shapes: NDArray[np.object_] | None = None) -> Table:
    """A table small enough to be made at once."""
    batch = Batch(tuple(each.values for each in filled), shapes)
    n = sum(
        value for each in filled if each.column.key == "n" for value in each.values if isinstance(value, int | float)
    )
    columns = tuple(each.column for each in filled)
    shape: Shape = "" if shapes is None else "polygon"
    return Table(name, columns, lambda: iter((batch,)), len(batch), n, about, shape)
