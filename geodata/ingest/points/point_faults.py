"""Words what is wrong with the coordinates of a row. Reads no coordinate and decides about no file."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from geodata.ingest.points.axes import Axes, Axis
from geodata.ingest.raw import Fault


def find_faults(axes: Axes, *, swapped: NDArray[np.bool_], outside: NDArray[np.bool_]) -> list[Fault]:
    """Faults of half pairs, of cells that are no numbers, of 0, 0, and of the pairs that are swapped or off the earth.

    A pair that is both swapped and off the earth is swapped.
    """
    first, second = axes
    bad_first, bad_second = (~axis.blank & ~np.isfinite(axis.value) for axis in axes)
    half = first.blank != second.blank
    zero = at_zero(axes)
    return [
        *(_not_a_number(first, int(at)) for at in np.flatnonzero(bad_first)),
        *(_not_a_number(second, int(at)) for at in np.flatnonzero(bad_second)),
        *(_half(axes, int(at)) for at in np.flatnonzero(half & ~bad_first & ~bad_second)),
        *(_zero(axes, int(at)) for at in np.flatnonzero(zero)),
        *(_swapped(axes, int(at)) for at in np.flatnonzero(swapped)),
        *(_out_of_range(axes, int(at)) for at in np.flatnonzero(outside & ~swapped)),
    ]


def at_zero(axes: Axes) -> NDArray[np.bool_]:
    """Where both coordinates are 0: a blank in disguise."""
    return np.asarray((axes[0].value == 0) & (axes[1].value == 0), dtype=bool)


def no_pair(header: str, at: int) -> Fault:
    """The fault of a cell that should hold both coordinates. It may be free text, so it is not shown."""
    return Fault(
        "this is no pair of coordinates. Write latitude and longitude as 11.31, 106.112 or leave the cell blank",
        at, header, "bad_coordinate",
    )  # fmt: skip


def _not_a_number(axis: Axis, at: int) -> Fault:
    if axis.text is None:
        return Fault(
            "the coordinate {value} of the geometry is not a number. Write numbers without quotation marks, as "
            "106.112, or null as the geometry where the place is not known",
            at, axis.header, "bad_coordinate", {"value": axis.shown(at)},
        )  # fmt: skip
    return Fault(
        '"{value}" is not a number. Write it as 106.112 or 106,112, or leave both coordinates blank',
        at, axis.header, "bad_coordinate", {"value": axis.shown(at)},
    )  # fmt: skip


def _half(axes: Axes, at: int) -> Fault:
    blank, there = axes if axes[0].blank[at] else axes[::-1]
    return Fault(
        "«{there}» is {value}, but this one is blank. Fill in both, or leave both blank",
        at, blank.header, "missing_coordinate", {"there": there.header, "value": there.shown(at)},
    )  # fmt: skip


def _zero(axes: Axes, at: int) -> Fault:
    return Fault(
        "0, 0 lies in the sea off Africa. Leave both coordinates blank where the place is not known",
        at, axes[0].header, "zero_coordinate",
    )  # fmt: skip


def _pair(axes: Axes, at: int) -> dict[str, object]:
    return {
        "first": axes[0].header, "second": axes[1].header, "x": axes[0].shown(at), "y": axes[1].shown(at),
    }  # fmt: skip


def _swapped(axes: Axes, at: int) -> Fault:
    return Fault(
        "{x}, {y} lies far outside, and inside when «{first}» and «{second}» change places. Change them in the file",
        at, axes[0].header, "swapped_coordinates", _pair(axes, at),
    )  # fmt: skip


def _out_of_range(axes: Axes, at: int) -> Fault:
    return Fault(
        "{x}, {y} («{first}», «{second}») is no place on earth. Longitude runs from -180 to 180, latitude from -90 to "
        "90; for metres name the system with --crs",
        at, axes[0].header, "bad_coordinate", _pair(axes, at),
    )  # fmt: skip
