"""Reads angles as people write them: degrees, minutes, seconds, letters of the hemisphere. Knows no point and no place.

``11°18'36"N``, ``11° 18' 36,5'' B``, ``11 18 36``, ``11-18-36``, ``11°18.6'``, ``N11.31``. The Vietnamese letters are
B (Bắc) for north, N (Nam) south, Đ (Đông) east and T (Tây) west: a bare N is north in English and south in Vietnamese,
so it is left to whoever knows the other letters and the place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from geodata.ingest.distinct import distinct

_WORDS: Final = (  # after upper case and NFKC, in this order
    (r"[º˚]", "°"), (r"ĐỘ|DEG(REES)?\.?", "°"), (r"PHÚT|MIN(UTES)?\.?", "'"), (r"GIÂY|SEC(ONDS)?\.?", '"'),
    (r"BẮC", "B"), (r"NAM", "N"), (r"ĐÔNG", "Đ"), (r"TÂY", "T"),
    (r"NORTH", "N"), (r"SOUTH", "S"), (r"EAST", "E"), (r"WEST", "W"),
    (r"[’‘‛´`ʹʼ′]", "'"), (r"[“”„‟″ʺ]", '"'), (r"'\s?'", '"'), (r"[‐‑‒–—−]", "-"), (r",", "."), (r"\s+", " "),
)  # fmt: skip
_ANGLE: Final = (
    r"^(?P<before>[NSEWBĐDT]?) ?(?P<sign>[+-]?) ?(?P<degrees>\d{1,3}(?:\.\d+)?) ?"
    r"(?:(?P<mark1>[°:-]|) ?(?P<minutes>\d{1,2}(?:\.\d+)?) ?(?:(?P<mark2>[':-]|) ?(?P<seconds>\d{1,2}(?:\.\d+)?) ?)?)?"
    r"""(?P<last>['"°]?) ?(?P<after>[NSEWBĐDT]?)\.?$"""
)
_NORTH_OR_EAST, _SOUTH_OR_WEST, _VIETNAMESE, _ALONG_A_MERIDIAN = "BEĐD", "SWT", "BĐDT", "NSB"


@dataclass(frozen=True, slots=True, eq=False)
class Angles:
    """Degrees by cell, NaN where a text is no angle. ``either`` are those whose N may be north or Nam (read as north).

    ``kind`` is "lat" or "lon" where a letter says so. ``vietnamese`` says whether any letter is Vietnamese for certain.
    """

    value: NDArray[np.float64]
    either: NDArray[np.bool_]
    kind: NDArray[np.str_]
    vietnamese: bool


def read_angles(text: pd.Series) -> Angles:
    """Read a column of stripped texts, each distinct one once."""
    values, codes = distinct(text)
    parts = pc.struct_field
    found = pc.extract_regex(_tidy(values), pattern=_ANGLE)
    part = {name: _texts(parts(found, name)) for name in ("before", "sign", "mark1", "mark2", "last", "after")}
    degrees, minutes, seconds = (_numbers(parts(found, name)) for name in ("degrees", "minutes", "seconds"))
    letter = np.where(part["before"] == "", part["after"], part["before"])
    value = degrees + np.nan_to_num(minutes) / 60 + np.nan_to_num(seconds) / 3600
    value[~_sound(part, degrees, minutes, seconds)] = np.nan
    negative = (part["sign"] == "-") | _among(letter, _SOUTH_OR_WEST)
    known = ~np.isnan(value)
    kind = np.where(letter == "", "", np.where(_among(letter, _ALONG_A_MERIDIAN), "lat", "lon"))
    return Angles(
        np.where(negative, -value, value)[codes],
        (known & (letter == "N") & ~negative)[codes],
        np.where(known, kind, "")[codes],
        bool((known & _among(letter, _VIETNAMESE)).any()),
    )


def _sound(
    part: dict[str, NDArray[np.str_]],
    degrees: NDArray[np.float64],
    minutes: NDArray[np.float64],
    seconds: NDArray[np.float64],
) -> NDArray[np.bool_]:
    """Which are angles: sixtieths below 60, decimals in the last number only, one letter, marks that fit."""
    some_minutes, some_seconds = ~np.isnan(minutes), ~np.isnan(seconds)
    sound = np.nan_to_num(minutes) < 60
    sound &= np.nan_to_num(seconds) < 60
    sound &= ~some_minutes | (degrees == np.floor(degrees))
    sound &= ~some_seconds | (minutes == np.floor(minutes))
    sound &= (part["before"] == "") | (part["after"] == "")
    lettered = (part["before"] != "") | (part["after"] != "")
    sound &= ~some_minutes | some_seconds | lettered | (part["mark1"] == "°")  # «11-18» alone may be anything
    expected = np.where(some_seconds, '"', np.where(some_minutes, "'", "°"))
    sound &= (part["last"] == "") | (part["last"] == expected)
    sound &= ~some_seconds | ((part["mark1"] == "°") == (part["mark2"] == "'"))
    return np.asarray(sound, dtype=bool)


def _tidy(values: list[str]) -> pa.Array:
    """Upper case, one form of each sign, words of the hemispheres as letters."""
    raw = pc.replace_substring_regex(pa.array(values, pa.string()), "[º˚]", "°")  # NFKC would make letters of them
    tidy = pc.utf8_upper(pc.utf8_normalize(raw, form="NFKC"))
    for pattern, replacement in _WORDS:
        tidy = pc.replace_substring_regex(tidy, pattern, replacement)
    return pc.utf8_trim_whitespace(tidy)


def _texts(column: pa.Array) -> NDArray[np.str_]:
    return np.array(pc.fill_null(column, "").to_pylist(), dtype=np.str_)


def _numbers(column: pa.Array) -> NDArray[np.float64]:
    empty = pc.or_kleene(pc.is_null(column), pc.equal(column, ""))
    return np.array(pc.if_else(empty, None, column).cast(pa.float64()).to_numpy(zero_copy_only=False), dtype=np.float64)


def _among(letter: NDArray[np.str_], letters: str) -> NDArray[np.bool_]:
    return np.isin(letter, list(letters))
