"""Which coordinate system a file in metres is in, by where its points would fall. Reads no column, knows no place name.

The candidates are what offices use: UTM around the boundaries, the Vietnamese systems where the boundaries lie in
their area of use, and Web Mercator. What EPSG knows of them (names, areas, meridians) is asked of pyproj.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from geodata.geometry.crs import unproject
from geodata.ingest.points.extent import Box, Extent

if TYPE_CHECKING:
    from pyproj.database import CRSInfo

# PROJ is imported where a file is in metres: it takes 0.06 s, and most files are in degrees.
# ruff: noqa: PLC0415

CERTAIN: Final = 0.9  # share of the points that must fall inside
AHEAD: Final = 0.1  # how far every other place must be behind
SAME_PLACE_M: Final = 1_000.0
# VN-2000: UTM 48N and 49N; TM-3 by zone; TM-3 by meridian. A test compares them with the names in pyproj's database.
VN_2000: Final = (3405, 3406, *range(9205, 9219), *range(5896, 5900))
WEB_MERCATOR: Final = 3857
_METRES_PER_DEGREE: Final = 111_195.0


@dataclass(frozen=True, slots=True)
class System:
    """A projected system as EPSG names it."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """One way to read the points: a system, whether the second column is the easting, and how many fall inside."""

    system: System
    turned: bool
    share: float
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]

    def apart_m(self, other: Fit) -> float:
        """How far apart the two ways put a point, the median; infinity where one of them puts none on earth."""
        with np.errstate(invalid="ignore"):  # where a system ends, its points are infinite
            east = (self.lon - other.lon) * np.cos(np.radians(self.lat))
            apart = np.hypot(east, self.lat - other.lat) * _METRES_PER_DEGREE
        apart = apart[np.isfinite(apart)]
        return float(np.median(apart)) if len(apart) else np.inf


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """The ways to read ``n`` points. ``rivals`` lead elsewhere, ``alike`` to nearly the same place; best first."""

    n: int
    best: Fit
    alike: tuple[Fit, ...]
    rivals: tuple[Fit, ...]

    @property
    def certain(self) -> bool:
        """Whether the best way is clear."""
        return self.best.share >= CERTAIN and all(self.best.share - one.share >= AHEAD for one in self.rivals[:1])


@lru_cache(maxsize=8)
def candidates(box: Box) -> tuple[System, ...]:
    """The systems to try for ground in this box, the likelier first where two put a point at nearly the same place."""
    from pyproj import CRS

    west, south, east, north = box
    zone = int(((west + east) / 2 + 180) // 6)
    zones = [(zone + step) % 60 + 1 for step in (0, -1, 1)]
    hemispheres = [base for base, there in ((32600, north > 0), (32700, south < 0)) if there]
    codes = [base + number for number in zones for base in hemispheres]
    codes += [code for code in VN_2000 if _used_in(code, box)]
    return tuple(System(f"EPSG:{code}", CRS.from_epsg(code).name) for code in (*codes, WEB_MERCATOR))


def _used_in(code: int, box: Box) -> bool:
    from pyproj import CRS

    area = CRS.from_epsg(code).area_of_use
    west, south, east, north = box
    return bool(area and area.west <= east and area.east >= west and area.south <= north and area.north >= south)


def weigh(x: NDArray[np.float64], y: NDArray[np.float64], extent: Extent) -> Evidence | None:
    """Try every candidate on the points of two columns, in both orders; None without boundaries or points."""
    if extent.box is None or not len(x):
        return None
    tried = candidates(extent.box)
    return rank([fit(x, y, system, extent, turned=turned) for turned in (False, True) for system in tried])


def fit(x: NDArray[np.float64], y: NDArray[np.float64], system: System, extent: Extent, *, turned: bool = False) -> Fit:
    """One candidate on the points."""
    lon, lat = unproject(y, x, system.code) if turned else unproject(x, y, system.code)
    return Fit(system, turned, extent.share_inside(lon, lat), lon, lat)


def rank(fits: list[Fit]) -> Evidence:
    """Order the ways by the share inside; of those that lead to the same place the first as given is the best.

    Two hundred metres move a few points over the boundary by chance, so among such the share does not decide.
    """
    ordered = sorted(fits, key=lambda one: -one.share)
    top = ordered[0]
    alike = [one for one in fits if one is top or one.apart_m(top) <= SAME_PLACE_M]
    rivals = [one for one in ordered if one not in alike]
    best = next(one for one in alike if top.share - one.share < 0.05)
    return Evidence(len(best.lon), best, tuple(one for one in alike if one is not best), tuple(rivals))


def local_fits(x: NDArray[np.float64], y: NDArray[np.float64], extent: Extent, *, either_order: bool) -> list[Fit]:
    """The systems of EPSG's list for this ground that put the points inside, one for each place. Half a second.

    For a refusal only: the list is so long that some system may fit by chance, so none is taken without asking.
    """
    from pyproj.exceptions import ProjError

    fits: list[Fit] = []
    for system in _local_systems(extent.box) if extent.box is not None else ():
        for turned in (False, True) if either_order else (False,):
            try:
                one = fit(x, y, system, extent, turned=turned)
            except ProjError:  # a family of systems, such as «UTM grid system», is listed and none itself
                break
            if one.share >= CERTAIN and all(one.apart_m(other) > SAME_PLACE_M for other in fits):
                fits.append(one)
    return fits


def _local_systems(box: Box) -> list[System]:
    """Those of the smallest area of use first, then as EPSG numbered them."""
    from pyproj.aoi import AreaOfInterest
    from pyproj.database import query_crs_info
    from pyproj.enums import PJType

    found = query_crs_info(
        auth_name="EPSG", pj_types=[PJType.PROJECTED_CRS], area_of_interest=AreaOfInterest(*box), contains=False
    )
    order = sorted((_degrees_wide(info), int(info.code), info.name) for info in found)
    return [System(f"EPSG:{code}", name) for _, code, name in order]


def _degrees_wide(info: CRSInfo) -> float:
    area = info.area_of_use
    return abs(area.east - area.west) if area else 360.0
