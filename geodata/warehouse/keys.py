"""Two numbers a row by which it is known again: one of its case number, one of its content. Compares nothing.

A whole number is its own key, so that running numbers can be told from real ones; any other case number is a hash with
the highest bit set. The numbers are stored, so they never change: nothing of a library's own hash is in them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from geodata.ingest.at_once import both
from geodata.ingest.distinct import arrow_texts, coded_texts
from geodata.ingest.hashing import mixed, text_hashes
from geodata.tables import (
    AREA_CODE,
    AREA_EDITION,
    AREA_LEVEL,
    CATEGORY,
    DAY,
    DAY_TO,
    INCIDENT_ID,
    LAT,
    LON,
    MINUTE,
    MINUTE_TO,
    SOURCE,
    QuarantinedRow,
)
from geodata.warehouse.identity import TEXT_BIT

CASE: Final = "case_key"  # uint64, 0 where the row has no case number
CONTENT: Final = "content_key"  # uint64, of all an incident says but its number, sheet and row
DECIMALS: Final = 6  # of degrees, 0.1 m: programs that copy coordinates leave traces behind these
DIGITS: Final = 18  # more do not fit; such a number is a text
SPACE: Final = 0x20  # all that is blank in ASCII lies at it or below
SIGNS: Final = r"[‐‑‒–—]"
Keys = NDArray[np.uint64]


def with_keys(frame: pd.DataFrame) -> pd.DataFrame:
    """The incidents with both keys as columns."""
    case, content = both(lambda: case_keys(frame[INCIDENT_ID]), lambda _: content_keys(frame))
    return frame.assign(**{CASE: case, CONTENT: content})


def rows_digest(frame: pd.DataFrame, aside: Iterable[QuarantinedRow] = (), origins: Iterable[str] = ()) -> str:
    """A digest of incidents with keys, and of the rows put aside beside them, whatever their order and their rows.

    "" where no row was understood. ``origins`` are the keys of the rows that they mend.
    """
    if frame.empty:
        return ""
    rows = mixed(frame[CONTENT].to_numpy() ^ mixed(frame[CASE].to_numpy()))
    sums = [len(rows), int(rows.sum()), int(mixed(rows).sum())]  # sums have no order, and sorting takes longer
    waiting = sorted(json.dumps([row.reason, sorted(row.cells.items())]) for row in aside)
    return hashlib.sha256(json.dumps([sums, waiting, sorted(origins)]).encode()).hexdigest()


def case_keys(ids: pd.Series) -> Keys:
    """The keys of case numbers: case, spaces and kinds of dashes make no difference, nor do leading noughts."""
    column = arrow_texts(ids)
    digits = _digits(column)
    return _numbers(column) if len(digits) and digits.all() else _any_keys(column)


def content_keys(frame: pd.DataFrame) -> Keys:
    """The keys of what the incidents say; how precise a point is follows from how it was written, and is left out."""
    found = np.zeros(len(frame), dtype=np.uint64)
    for day, minute in ((DAY, MINUTE), (DAY_TO, MINUTE_TO)):
        moment = (frame[day].to_numpy(dtype=np.int64) << 16) + frame[minute].to_numpy(dtype=np.int64)
        found = mixed(found ^ moment.astype(np.uint64))
    for name in (LON, LAT):
        found = mixed(found ^ _bits(np.round(frame[name].to_numpy(dtype=np.float64), DECIMALS)))
    for name in (CATEGORY, SOURCE, AREA_EDITION, AREA_LEVEL, AREA_CODE):
        found = mixed(found ^ text_keys(frame[name]))
    return found


def text_keys(column: pd.Series) -> Keys:
    """One key a distinct text; 0 for the empty one."""
    coded = coded_texts(arrow_texts(column))
    if len(coded.dictionary) == 1:
        return np.full(len(column), text_hashes(coded.dictionary)[0])
    found: Keys = text_hashes(coded.dictionary)[coded.indices.to_numpy(zero_copy_only=False)]
    return found


def _digits(column: pa.Array) -> NDArray[np.bool_]:
    short = pc.less_equal(pc.binary_length(column), DIGITS)
    found: NDArray[np.bool_] = pc.and_(pc.ascii_is_decimal(column), short).to_numpy(zero_copy_only=False)
    return found


def _numbers(column: pa.Array) -> Keys:
    found: Keys = column.cast(pa.int64()).to_numpy(zero_copy_only=False).astype(np.uint64) + np.uint64(1)
    return found


def _any_keys(column: pa.Array) -> Keys:
    if not pc.all(pc.string_is_ascii(column)).as_py():
        column = pc.replace_substring_regex(pc.utf8_normalize(column, "NFKC"), SIGNS, "-")
    if (np.frombuffer(column.buffers()[2] or b"", dtype=np.uint8) <= SPACE).any():  # a pattern takes ten times as long
        column = pc.replace_substring_regex(column, r"\s+", "")
    column = pc.utf8_upper(column)
    found = text_hashes(column)
    text = found != 0
    found[text] |= TEXT_BIT
    digits = _digits(column)
    if digits.any():
        found[digits] = _numbers(column.filter(pa.array(digits)))
    return found


def _bits(values: NDArray[np.float64]) -> Keys:
    """A number's own bits; all that are not numbers are one, and so are both noughts."""
    return np.where(np.isnan(values), np.nan, values + 0.0).view(np.uint64)
