"""Works on the distinct values of a column: parse each spelling once, then spread the answers over the rows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from geodata.ingest.hashing import text_hashes
from geodata.ingest.wording import says_nothing, text_of


def texts(column: pd.Series) -> pd.Series:
    """A raw column as stripped text without missing values. A column that is text already costs one vector pass."""
    if isinstance(column.dtype, pd.StringDtype):
        return column.fillna("").str.strip()
    return pd.Series([text_of(value) for value in column], index=column.index, dtype="str")


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
    cells = pa.Table.from_pandas(column.to_frame("text"), preserve_index=False).column(0)
    coded = coded_texts(pc.fill_null(cells.cast(pa.large_string()), "").combine_chunks())
    return coded.dictionary.to_pylist(), coded.indices.to_numpy().astype(np.intp)


def coded_texts(column: pa.LargeStringArray) -> pa.DictionaryArray:
    """The column as a dictionary of its texts. One whose cells are all blank, as most are, is known by its bytes."""
    bounds = np.frombuffer(column.buffers()[1], dtype=np.int64) if len(column) else None
    if bounds is None or bounds[column.offset] != bounds[column.offset + len(column)]:
        return column.dictionary_encode()
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(len(column), dtype=np.int32)), column[:1])


def are_different(text: pd.Series) -> bool:
    """Whether no two cells that hold anything are the same. Sorting hashes takes a third of comparing texts."""
    cells = pa.Table.from_pandas(text.to_frame("text"), preserve_index=False).column(0)
    hashes = text_hashes(pc.fill_null(cells.cast(pa.large_string()), "").combine_chunks())
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
    bounds = np.arange(n + 1, dtype=np.int64) * len(letters)
    column = pa.LargeStringArray.from_buffers(n, pa.py_buffer(bounds), pa.py_buffer(letters * n))
    return pd.Series(column.to_pandas(), dtype="str")
