"""Reads numbers as people type them: decimal point or comma, thousands grouped or not. Knows no coordinate."""

from __future__ import annotations

import math
import re
import unicodedata
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from geodata.ingest.distinct import distinct

_PLAIN: Final = re.compile(r"[+-]?\d+(?:\.\d+)?")
_MARKS: Final = (".", ",")
_LOOKED_AT: Final = 200  # cells that decide which mark groups thousands
_DECIMAL_COMMA: Final = re.compile(r"[+-]?\d+,\d+")
_GROUPED: Final = tuple(
    (group, decimal, re.compile(rf"[+-]?\d{{1,3}}(?:{re.escape(group)}\d{{3}})+(?:{re.escape(decimal)}\d+)?"))
    for group, decimal in ((".", ","), (",", "."), (" ", ","), (" ", "."), ("'", "."), ("'", ","))
)
_PROOF: Final = {  # what only a mark that groups thousands can write: two groups, or one and decimals after the other
    mark: re.compile(
        rf"[+-]?\d{{1,3}}(?:(?:{re.escape(mark)}\d{{3}})+{re.escape(other)}\d+|(?:{re.escape(mark)}\d{{3}}){{2,}})"
    )
    for mark, other in (_MARKS, _MARKS[::-1])
}


def read_numbers(text: pd.Series) -> NDArray[np.float64]:
    """A column of stripped texts as numbers, NaN where blank or no number. A single comma is a decimal comma."""
    value = _numbers(text)
    left = np.flatnonzero(np.isnan(value) & (text != "").to_numpy(dtype=bool))
    if len(left):  # decimal commas, all at once
        some = text.iloc[left].reset_index(drop=True)
        comma = np.array(~some.str.contains(".", regex=False), dtype=bool)
        value[left] = np.where(comma, _numbers(some.str.replace(",", ".", regex=False)), np.nan)
        left = left[np.isnan(value[left])]
    if len(left):  # oddities: spell each distinct one out
        values, codes = distinct(text.iloc[left])
        value[left] = np.array([_number(one) for one in values])[codes]
    return value


def grouping_mark(text: pd.Series) -> str:
    """The mark that groups thousands in most cells of a column, "" where none does or it cannot be told.

    "580.123" alone is 580.123; beside cells such as "1.249.136,5" it is 580123.
    """
    some = [cell for cell in text.iloc[:: max(1, len(text) // _LOOKED_AT)].tolist() if cell]
    for mark in _MARKS:
        if sum(_PROOF[mark].fullmatch(cell) is not None for cell in some) * 2 > len(some):
            return mark
    return ""


def regroup(text: pd.Series, value: NDArray[np.float64], mark: str) -> NDArray[np.float64]:
    """The numbers of a column in which ``mark`` groups thousands: those written "580.123" are read anew."""
    cells = pa.Table.from_pandas(text.to_frame("text"), preserve_index=False).column(0)
    again = pc.match_substring_regex(cells, rf"^[+-]?\d{{1,3}}(?:{re.escape(mark)}\d{{3}})+$").to_numpy()
    whole = _numbers(text.str.replace(mark, "", regex=False))
    return np.where(np.asarray(again, dtype=bool), whole, value)


def _numbers(text: pd.Series) -> NDArray[np.float64]:
    """The column as numbers, NaN where a text is none. Casting a sound column whole is the fast way."""
    cells = pa.Table.from_pandas(text.to_frame("text"), preserve_index=False).column(0)
    blank = pc.equal(cells, "")
    if pc.any(blank).as_py():
        cells = pc.if_else(blank, None, cells)
    try:
        numbers = cells.cast(pa.float64())
    except pa.ArrowInvalid:
        return np.array(pd.to_numeric(text, errors="coerce"), dtype=np.float64)
    return np.array(numbers.to_numpy(), dtype=np.float64)


def _number(text: str) -> float:
    bare = unicodedata.normalize("NFKC", text).replace("\u2212", "-").replace("’", "'").replace("°", "").strip()
    if _PLAIN.fullmatch(bare) or _DECIMAL_COMMA.fullmatch(bare):
        return float(bare.replace(",", "."))
    for group, decimal, pattern in _GROUPED:
        if pattern.fullmatch(bare):
            return float(bare.replace(group, "").replace(decimal, "."))
    return math.nan
