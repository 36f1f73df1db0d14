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
DIGITS: Final = 18  # more do not fit; such a number is a text
WORD: Final = 8  # bytes hashed at a time
LONGEST: Final = 64  # longer texts are rare, and hashed one by one
SIGNS: Final = r"[‐‑‒–—]"
Keys = NDArray[np.uint64]


def with_keys(frame: pd.DataFrame) -> pd.DataFrame:
    """The incidents with both keys as columns."""
    return frame.assign(**{CASE: case_keys(frame[INCIDENT_ID]), CONTENT: content_keys(frame)})


def rows_digest(frame: pd.DataFrame, aside: Iterable[QuarantinedRow] = (), origins: Iterable[str] = ()) -> str:
    """A digest of incidents with keys, and of the rows put aside beside them, whatever their order and their rows.

    "" where no row was understood. ``origins`` are the keys of the rows that they mend.
    """
    if frame.empty:
        return ""
    found = hashlib.sha256(np.sort(_mixed(frame[CONTENT].to_numpy() ^ _mixed(frame[CASE].to_numpy()))).astype("<u8"))
    waiting = sorted(json.dumps([row.reason, sorted(row.cells.items())]) for row in aside)
    found.update(json.dumps([waiting, sorted(origins)]).encode())
    return found.hexdigest()


def case_keys(ids: pd.Series) -> Keys:
    """The keys of case numbers: case, spaces and kinds of dashes make no difference, nor do leading noughts."""
    column = _arrow(ids)
    digits = _digits(column)
    return _numbers(column) if len(digits) and digits.all() else _any_keys(column)


def content_keys(frame: pd.DataFrame) -> Keys:
    """The keys of what the incidents say; how precise a point is follows from how it was written, and is left out."""
    found = np.zeros(len(frame), dtype=np.uint64)
    for day, minute in ((DAY, MINUTE), (DAY_TO, MINUTE_TO)):
        moment = (frame[day].to_numpy(dtype=np.int64) << 16) + frame[minute].to_numpy(dtype=np.int64)
        found = _mixed(found ^ moment.astype(np.uint64))
    for name in (LON, LAT):
        found = _mixed(found ^ _bits(frame[name].to_numpy(dtype=np.float64)))
    for name in (CATEGORY, SOURCE, AREA_EDITION, AREA_LEVEL, AREA_CODE):
        found = _mixed(found ^ text_keys(frame[name]))
    return found


def text_keys(column: pd.Series) -> Keys:
    """One key a distinct text; 0 for the empty one."""
    coded = _arrow(column).dictionary_encode()
    found: Keys = _hashes(coded.dictionary)[coded.indices.to_numpy(zero_copy_only=False)]
    return found


def _arrow(column: pd.Series) -> pa.Array:
    cells = pa.Table.from_pandas(column.to_frame("text"), preserve_index=False).column(0)
    return pc.fill_null(cells.cast(pa.large_string()), "").combine_chunks()


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
    if pc.any(pc.match_substring_regex(column, r"\s")).as_py():
        column = pc.replace_substring_regex(column, r"\s+", "")
    column = pc.utf8_upper(column)
    found = _hashes(column)
    text = found != 0
    found[text] |= TEXT_BIT
    digits = _digits(column)
    if digits.any():
        found[digits] = _numbers(column.filter(pa.array(digits)))
    return found


def _hashes(column: pa.Array) -> Keys:
    """64 bits of each text, eight bytes at a time for all rows at once."""
    lengths = pc.binary_length(column).to_numpy(zero_copy_only=False).astype(np.int64)
    found = np.zeros(len(column), dtype=np.uint64)
    if not len(column):
        return found
    content = np.frombuffer(column.buffers()[2] or b"", dtype=np.uint8)
    offsets = np.frombuffer(column.buffers()[1], dtype=np.int64)[column.offset : column.offset + len(column)]
    content = np.concatenate([content, np.zeros(WORD, dtype=np.uint8)])
    short = lengths <= LONGEST
    for start in range(0, int(min(lengths.max(), LONGEST)), WORD):
        at = np.flatnonzero(short & (lengths > start))
        cells = content[np.minimum(offsets[at, None] + start + np.arange(WORD), len(content) - 1)]
        cells[np.arange(start, start + WORD) >= lengths[at, None]] = 0
        found[at] = _mixed(found[at] ^ cells.view("<u8").ravel() ^ lengths[at].astype(np.uint64) << np.uint64(56))
    for long in np.flatnonzero(~short).tolist():
        digest = hashlib.blake2b(column[long].as_py().encode(), digest_size=8).digest()
        found[long] = int.from_bytes(digest, "little")
    return found


def _bits(values: NDArray[np.float64]) -> Keys:
    """A number's own bits; all that are not numbers are one, and so are both noughts."""
    return np.where(np.isnan(values), np.nan, values + 0.0).view(np.uint64)


def _mixed(words: Keys) -> Keys:
    """Every bit of the result hangs on every bit of the word (the finaliser of splitmix64)."""
    mixed = words + np.uint64(0x9E3779B97F4A7C15)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return mixed ^ (mixed >> np.uint64(31))
