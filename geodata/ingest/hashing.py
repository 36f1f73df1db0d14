"""64 bits of each text of a column, a million in a fraction of a second. The numbers are stored: they never change."""

from __future__ import annotations

import hashlib
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

WORD: Final = 8  # bytes hashed at a time
LONGEST: Final = 64  # longer texts are rare, and hashed one by one
ROWS: Final = 16_384  # hashed at once: they stay in the processor's cache
Keys = NDArray[np.uint64]


def text_hashes(column: pa.Array) -> Keys:
    """A number for each text of a ``large_string`` column, 0 for the empty one."""
    if not len(column):
        return np.zeros(0, dtype=np.uint64)
    offsets = np.frombuffer(column.buffers()[1], dtype=np.int64)[column.offset : column.offset + len(column) + 1]
    content = np.frombuffer(column.buffers()[2] or b"", dtype=np.uint8)
    found = np.zeros(len(column), dtype=np.uint64)
    for at in range(0, len(column), ROWS):
        bounds = offsets[at : at + ROWS + 1]
        part = found[at : at + ROWS]
        part[:] = _hashed(content[bounds[0] : bounds[-1]], bounds - bounds[0])
        for long in np.flatnonzero(np.diff(bounds) > LONGEST).tolist():
            digest = hashlib.blake2b(column[at + long].as_py().encode(), digest_size=WORD).digest()
            part[long] = int.from_bytes(digest, "little")
    return found


def _hashed(content: NDArray[np.uint8], bounds: NDArray[np.int64]) -> Keys:
    content = np.concatenate([content, np.zeros(WORD, dtype=np.uint8)])
    words = np.ndarray(len(content) - WORD + 1, dtype="<u8", buffer=content, strides=(1,))  # one begins at each byte
    starts, lengths = bounds[:-1], np.diff(bounds)
    found = np.zeros(len(starts), dtype=np.uint64)
    size = lengths.astype(np.uint64)
    for start in range(0, int(min(lengths.max(), LONGEST)), WORD):
        at = np.flatnonzero(lengths > start)
        missing = np.maximum(start + WORD - lengths[at], 0).astype(np.uint64) * np.uint64(8)
        word = (words[starts[at] + start] << missing) >> missing
        found[at] = mixed(found[at] ^ word ^ (size[at] << np.uint64(56)))
    return found


def mixed(words: Keys) -> Keys:
    """Every bit of the result hangs on every bit of the word (the finaliser of splitmix64)."""
    if len(words) <= ROWS:
        return _mixed(words)
    return np.concatenate([_mixed(words[at : at + ROWS]) for at in range(0, len(words), ROWS)])


def _mixed(words: Keys) -> Keys:
    found = words + np.uint64(0x9E3779B97F4A7C15)
    shifted = found >> np.uint64(30)
    for shift, factor in ((27, 0xBF58476D1CE4E5B9), (31, 0x94D049BB133111EB)):
        found ^= shifted
        found *= np.uint64(factor)
        np.right_shift(found, np.uint64(shift), out=shifted)
    found ^= shifted
    return found
