"""Reads numbers as people type them: decimal point or comma, thousands grouped or not. Knows no coordinate."""

from __future__ import annotations

import math
import re
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from geodata.ingest.distinct import distinct

_PLAIN: Final = re.compile(r"[+-]?\d+(?:\.\d+)?")
_DECIMAL_COMMA: Final = re.compile(r"[+-]?\d+,\d+")
_GROUPED: Final = tuple(
    (group, decimal, re.compile(rf"[+-]?\d{{1,3}}(?:{re.escape(group)}\d{{3}})+(?:{re.escape(decimal)}\d+)?"))
    for group, decimal in ((".", ","), (",", "."), (" ", ","), (" ", "."))
)


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


def _numbers(text: pd.Series) -> NDArray[np.float64]:
    """The column as numbers, NaN where a text is none. Casting a sound column whole is the fast way."""
    cells = pa.Table.from_pandas(text.to_frame("text"), preserve_index=False).column(0)
    try:
        numbers = pc.if_else(pc.equal(cells, ""), None, cells).cast(pa.float64())
    except pa.ArrowInvalid:
        return np.array(pd.to_numeric(text, errors="coerce"), dtype=np.float64)
    return np.array(numbers.to_numpy(), dtype=np.float64)


def _number(text: str) -> float:
    bare = text.replace("\u00a0", " ").replace("\u202f", " ").replace("\u2212", "-").replace("°", "").strip()
    if _DECIMAL_COMMA.fullmatch(bare):
        return float(bare.replace(",", "."))
    for group, decimal, pattern in _GROUPED:
        if pattern.fullmatch(bare):
            return float(bare.replace(group, "").replace(decimal, "."))
    try:
        return float(bare) if _PLAIN.fullmatch(bare) else math.nan
    except ValueError:
        return math.nan
