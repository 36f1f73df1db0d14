"""How well each point is known: as a column says, else as its decimals and its place say. Reads no coordinate.

- A column («độ chính xác») decides: words for exact, hamlet or commune, or metres (at most 100 exact, 2,000 hamlet).
- Else degrees written with fewer than three decimals, both of them, are known to about a kilometre: a hamlet.
- Else a point that rows of three days share, within 150 m of the centroid or inner point of an area, is that area's
  centre: it counts for the commune and says nothing closer.
- Else it is exact.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geodata.ingest.distinct import distinct, spread
from geodata.ingest.points.axes import Axes, Axis
from geodata.ingest.points.decimals import read_numbers
from geodata.ingest.points.extent import Extent
from geodata.ingest.wording import plain, words
from geodata.tables import Finding
from geodata.vocabulary import Precision

_WORDS: Final = {
    Precision.EXACT: ("chính xác", "gps", "số nhà", "địa chỉ", "tọa độ", "exact", "address", "house", "rooftop",
                      "point"),
    Precision.HAMLET: ("ấp", "khu phố", "thôn", "tổ dân phố", "đường", "hamlet", "street", "block", "village",
                       "gần đúng", "approximate"),
    Precision.COMMUNE: ("xã", "phường", "thị trấn", "trung tâm xã", "ủy ban xã", "ubnd xã", "commune", "ward",
                        "centroid", "centre", "center"),
}  # fmt: skip
_SAID: Final = {plain(words(word)): precision for precision, said in _WORDS.items() for word in said}
_UP_TO_M: Final = ((100.0, Precision.EXACT), (2_000.0, Precision.HAMLET), (np.inf, Precision.COMMUNE))
_NAMES: Final = tuple(one.value for one in Precision)
_CODE: Final = {precision: number for number, precision in enumerate(Precision)}
_FEW_DECIMALS: Final = r"^\D*\d{1,3}(?:[.,]\d{0,2})?\D*$"
_WHOLE_MINUTES: Final = r"^\D*\d{1,3}\s*[°\s:-]\s*\d{1,2}\D*$"
SHARED_BY: Final = 3
NEAR_M: Final = 150.0
_METRES_PER_DEGREE: Final = 111_195.0
_CELLS: Final = 1_000_000
_CHUNK: Final = 32_768  # points at a time, so that what is computed of them stays in the cache
_MANY: Final = 0.1  # share of the points from which centres are worth a word


def weigh_precision(
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    *,
    said: pd.Series | None,
    degrees: Axes | None,
    extent: Extent,
    day: NDArray[np.int64],
) -> tuple[pd.Series, list[Finding]]:
    """A vocabulary.Precision value by row, "none" without a point. ``degrees`` are the columns as they were typed."""
    known = ~np.isnan(lon)
    code = np.where(known, _CODE[Precision.EXACT], _CODE[Precision.NONE])
    centre = known & _at_centres(lon, lat, day, extent)
    code[centre] = _CODE[Precision.COMMUNE]
    if degrees is not None:
        code[known & _coarse(degrees)] = _CODE[Precision.HAMLET]
    if said is not None:
        stated = _stated(said)
        code = np.where(known & (stated >= 0), stated, code)
    n, centres = int(known.sum()), int((centre & (code == _CODE[Precision.COMMUNE])).sum())
    findings = []
    if centres and centres >= _MANY * n:
        findings.append(
            Finding(
                "{centres} of {n} points are centres of communes: they count for the commune, but say nothing closer",
                {"centres": centres, "n": n},
            )
        )
    return spread(_NAMES, code.astype(np.intp)), findings


def _stated(column: pd.Series) -> NDArray[np.intp]:
    """The precision that each cell of a column states, -1 where it states none."""
    values, codes = distinct(column)
    text = pd.Series(values, dtype="str").str.replace(r"\s*(?:m|mét|met|metres?|meters?)$", "", regex=True)
    metres = read_numbers(text.str.strip())
    stated = [_stated_by(value, number) for value, number in zip(values, metres, strict=True)]
    return np.array(stated, dtype=np.intp)[codes]


def _stated_by(text: str, metres: float) -> int:
    if metres >= 0:
        return next(_CODE[precision] for limit, precision in _UP_TO_M if metres <= limit)
    precision = _SAID.get(plain(words(text)))
    return -1 if precision is None else _CODE[precision]


def _coarse(axes: Axes) -> NDArray[np.bool_]:
    """Where both cells were written with fewer than three decimals, or to whole minutes."""
    rows = np.flatnonzero(_round(axes[0].value))
    rows = rows[_round(axes[1].value[rows])]
    for axis in axes:
        rows = rows[_few_decimals(axis, rows)]
    coarse = np.zeros(len(axes[0].value), dtype=bool)
    coarse[rows] = True
    return coarse


def _round(value: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which numbers are whole hundredths or sixtieths: quick, and what is none of them was written more closely."""
    found = np.empty(len(value), dtype=bool)
    with np.errstate(invalid="ignore", over="ignore"):
        for start in range(0, len(value), _CHUNK):
            part = slice(start, start + _CHUNK)
            hundredths, minutes = value[part] * 100, value[part] * 60
            found[part] = np.abs(hundredths - np.rint(hundredths)) < 1e-7
            found[part] |= np.abs(minutes - np.rint(minutes)) < 1e-7
    return found


def _few_decimals(axis: Axis, rows: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Which cells were written so: "106.100" is exact."""
    if axis.text is None:
        return np.ones(len(rows), dtype=bool)
    text = axis.text.iloc[rows]
    return np.array(text.str.match(_FEW_DECIMALS) | text.str.match(_WHOLE_MINUTES), dtype=bool)


def _at_centres(
    lon: NDArray[np.float64], lat: NDArray[np.float64], day: NDArray[np.int64], extent: Extent
) -> NDArray[np.bool_]:
    """Where a point near an area's centre is shared by rows of several days."""
    at = np.zeros(len(lon), dtype=bool)
    if extent.box is None or len(lon) < SHARED_BY:
        return at
    rows = _near_centres(lon, lat, extent)
    if not len(rows):
        return at
    _, place = np.unique(lon[rows] + 1j * lat[rows], return_inverse=True)
    seen = np.unique(np.stack([place, day[rows]]), axis=1)[0]
    at[rows] = np.bincount(seen, minlength=int(place.max()) + 1)[place] >= SHARED_BY
    return at


def _near_centres(lon: NDArray[np.float64], lat: NDArray[np.float64], extent: Extent) -> NDArray[np.intp]:
    """Rows within ``NEAR_M`` of a centre. A grid leaves out nearly all points before any distance is measured."""
    centres = extent.centres
    if extent.box is None or not len(centres):
        return np.empty(0, dtype=np.intp)
    west, south, east, north = extent.box
    widest = np.cos(np.radians(max(abs(south), abs(north), 0.0)))
    reach = np.array([NEAR_M / _METRES_PER_DEGREE / max(widest, 0.01), NEAR_M / _METRES_PER_DEGREE])
    size = np.array([east - west, north - south]) + 2 * reach
    step = np.maximum(reach, np.sqrt(size[0] * size[1] / _CELLS))
    shape = (size / step).astype(int) + 3
    origin = np.array([west, south]) - reach - step
    table = np.zeros(shape, dtype=bool)
    column, row = ((centres - origin) / step).astype(int).T
    for right in (-1, 0, 1):
        for up in (-1, 0, 1):
            table[column + right, row + up] = True
    rows = _marked(table, (lon, lat), origin, step)
    stretch = np.array([np.cos(np.radians((south + north) / 2)), 1.0]) * _METRES_PER_DEGREE
    points = shapely.points(np.column_stack([lon[rows], lat[rows]]) * stretch)
    tree = shapely.STRtree(shapely.points(centres * stretch))
    near = tree.query(points, predicate="dwithin", distance=NEAR_M)[0]
    return np.asarray(rows[np.unique(near)], dtype=np.intp)


def _marked(
    table: NDArray[np.bool_],
    points: tuple[NDArray[np.float64], NDArray[np.float64]],
    origin: NDArray[np.float64],
    step: NDArray[np.float64],
) -> NDArray[np.intp]:
    """The points whose cell is marked; those off the table and those that are none fall into its unmarked edge."""
    found = []
    flat = table.ravel()
    for start in range(0, len(points[0]), _CHUNK):
        cell = np.zeros(min(_CHUNK, len(points[0]) - start), dtype=np.intp)
        for axis, values in enumerate(points):
            steps = (values[start : start + _CHUNK] - origin[axis]) / step[axis]
            np.fmax(steps, 0.0, out=steps)  # NaN goes to the bound
            np.fmin(steps, table.shape[axis] - 1.0, out=steps)
            cell *= table.shape[axis]
            cell += steps.astype(np.intp)
        found.append(np.flatnonzero(flat[cell]) + start)
    return np.concatenate(found)
