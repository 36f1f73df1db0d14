"""Works on the distinct values of a column: parse each spelling once, then spread the answers over the rows."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.ingest.wording import text_of


def texts(column: pd.Series) -> pd.Series:
    """A raw column as stripped text without missing values. A column that is text already costs one vector pass."""
    if isinstance(column.dtype, pd.StringDtype):
        return column.fillna("").str.strip()
    return pd.Series([text_of(value) for value in column], index=column.index, dtype="str")


def distinct(column: pd.Series) -> tuple[list[str], NDArray[np.intp]]:
    """The column's distinct texts in order of appearance, and for each row the position of its text among them."""
    codes, values = pd.factorize(column, use_na_sentinel=False)
    return [str(value) for value in values], codes
