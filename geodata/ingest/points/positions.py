"""Takes a column that holds both coordinates apart: "11.31, 106.11", POINT(106.11 11.31). Reads no number itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from geodata.ingest.distinct import distinct, spread, texts
from geodata.ingest.wording import says_nothing

_NUMBER: Final = r"[+-]?\d+(?:\.\d+)?"
_POINT: Final = (  # well-known text: always x, y
    r"^(?i:SRID=\d+;)?\s*(?i:POINT)\s*(?i:ZM?|M)?\s*\(\s*"
    rf"(?P<first>{_NUMBER})[\s,]+(?P<second>{_NUMBER})(?:[\s,]+{_NUMBER}){{0,2}}\s*\)$"
)
_SHAPES: Final = (  # tried in this order on what is left, brackets and labels taken off
    r"^(?P<first>[^;|/]+?)\s*[;|/]\s*(?P<second>[^;|/]+?)$",
    rf"^(?P<first>{_NUMBER}°?)\s*,\s*(?P<second>{_NUMBER}°?)$",
    rf"^(?P<first>{_NUMBER}°?)\s+(?P<second>{_NUMBER}°?)$",
    r"^(?P<first>[+-]?\d+,\d+°?)\s*,\s+(?P<second>[+-]?\d+,\d+°?)$",
    r"^(?P<first>[+-]?\d+,\d+°?)\s*,\s*(?P<second>[+-]?\d+,\d+°?)$",
    r"^(?P<first>[+-]?\d[\d.,]*°?)\s+(?P<second>[+-]?\d[\d.,]*°?)$",
    r"^(?P<first>\d[^a-zđ]*?(?i:[NSBEWĐT]|bắc|nam|đông|tây))[\s,-]+(?P<second>\d.*(?i:[NSBEWĐT]|bắc|nam|đông|tây)\.?)$",
    r"^(?P<first>(?i:[NSBEWĐT])\s*\d.*?)[\s,-]+(?P<second>(?i:[NSBEWĐT])\s*\d.*)$",
    r"^(?P<first>\d[^,]*)\s*,\s*(?P<second>\d[^,]*)$",
)
_LABEL: Final = r"(?i)\b(lat(itude)?|lon(g(itude)?)?|lng|vĩ độ|kinh độ|x|y)\s*[:=]\s*"
_LON_FIRST: Final = r"(?i)^\W*(lon|lng|kinh độ)"
_LAT_FIRST: Final = r"(?i)^\W*(lat|vĩ độ)"
_ALONG_A_PARALLEL: Final = r"(?i)^\s*[EWĐT]|[EWĐT]\.?\s*$|(đông|tây)\s*$"


@dataclass(frozen=True, slots=True, eq=False)
class Halves:
    """The two texts of each cell, latitude or northing first, "" where the cell is blank or no pair."""

    first: pd.Series
    second: pd.Series
    pair: NDArray[np.bool_]
    blank: NDArray[np.bool_]
    certain: bool  # whether most pairs say themselves which number is which, by their format or letters


def split_positions(column: pd.Series) -> Halves:
    """Split each distinct text once."""
    values, codes = distinct(texts(column))
    first, second = (np.full(len(values), "", dtype=object) for _ in range(2))
    pair, point = np.zeros(len(values), dtype=bool), np.zeros(len(values), dtype=bool)
    raw, bare = pa.array(values, pa.string()), _bare(values)
    for shape in (_POINT, *_SHAPES):
        left = np.flatnonzero(~pair)
        found = pc.extract_regex((raw if shape is _POINT else bare).take(pa.array(left)), pattern=shape)
        fits = np.asarray(found.is_valid().to_numpy(zero_copy_only=False), dtype=bool)
        for half, name in ((first, "first"), (second, "second")):
            part = pc.utf8_trim_whitespace(pc.struct_field(found, name))
            half[left[fits]] = part.to_numpy(zero_copy_only=False)[fits]
        pair[left[fits]], point[left[fits]] = True, shape is _POINT
    labelled = _matches(values, _LON_FIRST) | _matches(first, _ALONG_A_PARALLEL)
    turned = pair & (point | labelled)
    first, second = np.where(turned, second, first), np.where(turned, first, second)
    blank = np.array([says_nothing(value) or value.upper().endswith("POINT EMPTY") for value in values], dtype=bool)
    certain = pair & (point | labelled | _matches(values, _LAT_FIRST) | _matches(second, _ALONG_A_PARALLEL))
    return Halves(
        spread(first.tolist(), codes),
        spread(second.tolist(), codes),
        pair[codes],
        blank[codes],
        bool(certain[codes].sum() * 2 > pair[codes].sum()),
    )


def _bare(values: list[str]) -> pa.Array:
    """Without brackets, labels and doubled spaces."""
    bare = pc.replace_substring_regex(pa.array(values, pa.string()), _LABEL, "")
    for pattern, replacement in ((r"[()\[\]{}]", ""), (r"[\s\x{a0}]+", " ")):
        bare = pc.replace_substring_regex(bare, pattern, replacement)
    return pc.utf8_trim(bare, " ,;")


def _matches(values: Sequence[str] | NDArray[np.object_], pattern: str) -> NDArray[np.bool_]:
    found = pc.match_substring_regex(pa.array(values, pa.string()), pattern)
    return np.asarray(found.to_numpy(zero_copy_only=False), dtype=bool)


def may_be_position(text: str) -> bool:
    """Whether a cell that is no pair still looks like a slip in one, and not like free text: mostly digits."""
    signs = [letter for letter in text if not letter.isspace()]
    return sum(letter.isdigit() for letter in signs) * 2 >= len(signs)
