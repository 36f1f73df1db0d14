"""Works on the distinct values of a column: parse each spelling once, then spread the answers over the rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from geodata.ingest.hashing import text_hashes
from geodata.ingest.wording import says_nothing, text_of

ROWS: Final = 1 << 15  # looked at together: they stay in the processor's cache
SPACE: Final = 0x20  # blank and unseen ASCII lies at it or below
BEYOND_ASCII: Final = 0x7F  # no sign, and what lies above may begin or end a blank of another script


def texts(column: pd.Series) -> pd.Series:
    """A raw column as stripped text without missing values. A column that is text already costs one vector pass."""
    if isinstance(column.dtype, pd.StringDtype):
        return column if _is_stripped(column) else column.fillna("").str.strip()
    return pd.Series([text_of(value) for value in column], index=column.index, dtype="str")


def arrow_texts(column: pd.Series) -> pa.LargeStringArray:
    """A column of texts as Arrow has it, "" for missing ones: the column's own memory where it lies in one piece."""
    cells = pa.Table.from_pandas(column.to_frame("text"), preserve_index=False).column(0).cast(pa.large_string())
    if cells.null_count:
        cells = pc.fill_null(cells, "")
    return cells.chunk(0) if cells.num_chunks == 1 else cells.combine_chunks()


def _is_stripped(column: pd.Series) -> bool:
    """Whether no cell is missing, and each begins and ends with a visible ASCII sign: then there is nothing to strip.

    At the bounds of a blank cell its neighbours are looked at, which does no harm.
    """
    if column.isna().any():
        return False
    cells = arrow_texts(column)
    content = cells.buffers()[2] if len(cells) else None
    if content is None or not content.size:
        return True
    letters: NDArray[np.uint8] = np.frombuffer(content, dtype=np.uint8)
    bounds = np.frombuffer(cells.buffers()[1], dtype=np.int64)[cells.offset : cells.offset + len(cells) + 1]
    for start in range(0, len(bounds), ROWS):
        some = bounds[start : start + ROWS]
        for at in (np.minimum(some, len(letters) - 1), np.maximum(some - 1, 0)):
            edge = letters[at]
            if int(edge.min()) <= SPACE or int(edge.max()) >= BEYOND_ASCII:
                return False
    return True


def where_nothing(text: pd.Series, among: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which of the rows ``among`` are blank or hold a mark for blank; each spelling is looked at once."""
    nothing = np.zeros(len(text), dtype=bool)
    rows = np.flatnonzero(among)
    if len(rows):
        values, codes = distinct(text.iloc[rows])
        nothing[rows] = np.array([says_nothing(value) for value in values], dtype=bool)[codes]
    return nothing


def distinct(column: pd.Series) -> tuple[list[str], NDArray[np.intp]]:
    """The column's distinct texts in order of appearance, and for each row the position of its text among them."""
    coded = coded_texts(arrow_texts(column))
    return coded.dictionary.to_pylist(), coded.indices.to_numpy().astype(np.intp)


def coded_texts(column: pa.LargeStringArray) -> pa.DictionaryArray:
    """The column as a dictionary of its texts in order of appearance. Most columns say the same throughout."""
    if not len(column) or not _is_repeated(column):
        return column.dictionary_encode()
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(len(column), dtype=np.int32)), column[:1])


def _is_repeated(column: pa.LargeStringArray) -> bool:
    first = column[0]
    if any(column[at] != first for at in (len(column) // 2, len(column) - 1)):  # spares the others a pass
        return False
    return bool(pc.all(pc.equal(column, first)).as_py())


def are_different(text: pd.Series) -> bool:
    """Whether no two cells that hold anything are the same. Sorting hashes takes a third of comparing texts."""
    hashes = text_hashes(arrow_texts(text))
    hashes = np.sort(hashes[hashes != 0])
    return bool((hashes[1:] != hashes[:-1]).all())


def spread(values: Sequence[str], codes: NDArray[np.intp]) -> pd.Series:
    """A column of texts: for each row the text at its position among ``values``, "" for -1."""
    if len(codes) and (codes[0] == codes).all():
        return _repeated(values[codes[0]] if 0 <= codes[0] < len(values) else "", len(codes))
    places = np.where(codes < 0, len(values), codes)
    narrow = places.astype(np.int8 if len(values) < 127 else np.int32)  # a quarter of the time that a take costs
    coded = pa.DictionaryArray.from_arrays(pa.array(narrow), pa.array([*values, ""], pa.large_string()))
    return pd.Series(coded.cast(pa.large_string()).to_pandas(), dtype="str")


def _repeated(text: str, n: int) -> pd.Series:
    """One text in every row, made of its bytes: most columns of a file say the same throughout."""
    letters = text.encode()
    bounds = np.arange(n + 1, dtype=np.int64)
    bounds *= len(letters)
    column = pa.LargeStringArray.from_buffers(n, pa.py_buffer(bounds), pa.py_buffer(letters * n))
    return pd.Series(column.to_pandas(), dtype="str")
