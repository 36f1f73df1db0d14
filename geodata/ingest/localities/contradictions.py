"""Where a row's point and the area it names disagree, and by how much. Decides nothing: the point counts.

A point contradicts a name when it lies farther from the named area than it may be wrong itself: 200 m for a point
that is exact (drawn boundaries differ by as much), 2 km for a hamlet's, 5 km for a commune's centre. The area of that
name in another edition will do as well: old names are used for years after a reform, and new ones in hindsight.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.boundaries.editions import Boundaries
from geodata.geometry.locate import PointLocator
from geodata.ingest.localities.gazetteer import Found, Gazetteer
from geodata.ingest.localities.naming import Naming, Said
from geodata.ingest.points.coordinates import Points
from geodata.ingest.raw import Fault
from geodata.tables import Finding
from geodata.vocabulary import LayerKey, Level, Precision

TOLERANCE_M: Final = {Precision.EXACT: 200.0, Precision.HAMLET: 2_000.0, Precision.COMMUNE: 5_000.0}
SIMPLER_M: Final = 5.0  # saves four fifths of the measuring where lines are drawn finely
METRES_A_DEGREE: Final = 111_195.0  # of latitude, on the sphere


def find_contradictions(
    pointed: Naming, points: Points, headers: Mapping[str, str], boundaries: Boundaries, gazetteer: Gazetteer
) -> tuple[list[Fault], list[Finding]]:
    """A remark for each row that has a point far from the area it names without doubt, and how many there are."""
    named = pointed.where(pointed.which(lambda said: bool(said.found.code)))
    locators = {
        key: PointLocator(boundaries.layers[key].polygons)
        for key in {_key(named.said[number].found) for number in named.used()}
    }
    apart = named.where(_elsewhere(named, points, boundaries, locators))
    remarks: list[Fault] = []
    for number in apart.used():
        rows, said = apart.rows[apart.of == number], apart.said[number]
        far, km = _far(rows, said, points, boundaries, gazetteer)
        places = _places(rows[far], _key(said.found), points, boundaries, locators)
        held, header = gazetteer.described(said.found), said.header(headers)
        told = zip(rows[far].tolist(), places, km[far].tolist(), strict=True)
        # A point outside all boundaries is told as such when it is joined to them.
        remarks += [
            _remark(at, header, {"there": there, "km": away, "named": held}) for at, there, away in told if there
        ]
    if not remarks:
        return [], []
    return remarks, [
        Finding(
            "{rows} of {both} rows with a point and the name of an area lie outside that area; their points count",
            {"rows": len(remarks), "both": len(named.rows)},
        )
    ]


def _remark(at: int, header: str, facts: dict[str, object]) -> Fault:
    return Fault(
        "the point lies in {there}, {km} km from {named}, which the row names. The point counts; check both",
        at, header, "point_contradicts_name", facts,
    )  # fmt: skip


def _key(found: Found) -> LayerKey:
    return LayerKey(found.edition, Level(found.level))


def _elsewhere(
    named: Naming, points: Points, boundaries: Boundaries, locators: Mapping[LayerKey, PointLocator]
) -> NDArray[np.bool_]:
    """Which rows' points do not lie in the area they name."""
    layers = list(locators)
    indices = [boundaries.layers[key].index() for key in layers]
    layer_of_said = np.zeros(len(named.said), dtype=np.int8)
    area_of_said = np.zeros(len(named.said), dtype=np.int32)
    for number in named.used():
        found = named.said[number].found
        layer_of_said[number] = layers.index(_key(found))
        area_of_said[number] = indices[layer_of_said[number]][found.code]
    layer_of = layer_of_said[named.of]
    apart = np.zeros(len(named.rows), dtype=bool)
    for layer, key in enumerate(layers):
        some = np.flatnonzero(layer_of == layer)
        rows = named.rows[some]
        apart[some] = locators[key].locate(points.lon[rows], points.lat[rows]) != area_of_said[named.of[some]]
    return apart


def _far(
    rows: NDArray[np.intp], said: Said, points: Points, boundaries: Boundaries, gazetteer: Gazetteer
) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    """Which points lie beyond their tolerance from every area of that name, and their km from the one meant."""
    precision = points.precision.iloc[rows].to_numpy()
    tolerance = np.full(len(rows), TOLERANCE_M[Precision.EXACT])
    for kind, most in TOLERANCE_M.items():
        tolerance[precision == kind.value] = most
    here = points.lon[rows], points.lat[rows]
    metres = _metres(_polygon(said.found, boundaries), *here)
    far = metres > tolerance
    for other in gazetteer.also(said.named, said.found):
        far &= _metres(_polygon(other, boundaries), *here) > tolerance
    km: NDArray[np.float64] = np.where(metres < 1_000, np.round(metres / 1_000, 2), np.round(metres / 1_000, 1))
    return far, km


def _polygon(found: Found, boundaries: Boundaries) -> object:
    layer = boundaries.layers[_key(found)]
    return layer.polygons[layer.index()[found.code]]


def _metres(polygon: object, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.float64]:
    """Metres from points to a polygon, on a plane that touches the earth at its middle: good to 1 % nearby."""
    _, south, _, north = shapely.bounds(polygon).tolist()
    scale = np.array([np.cos(np.radians((south + north) / 2)), 1.0]) * METRES_A_DEGREE
    flat = shapely.simplify(shapely.transform(polygon, lambda corners: corners * scale), SIMPLER_M)
    return np.asarray(shapely.distance(flat, shapely.points(lon * scale[0], lat * scale[1])), dtype=np.float64)


def _places(
    rows: NDArray[np.intp],
    key: LayerKey,
    points: Points,
    boundaries: Boundaries,
    locators: Mapping[LayerKey, PointLocator],
) -> list[str]:
    """The names of the areas that the points do lie in, in the layer named or else in another edition's finest."""
    names = np.full(len(rows), "", dtype=object)
    finest = [LayerKey(edition, level) for edition in boundaries.editions if (level := boundaries.finest(edition))]
    for one in (key, *finest):
        lost = np.flatnonzero(names == "")
        if len(lost):
            locator = locators.get(one) or PointLocator(boundaries.layers[one].polygons)
            found = locator.locate(points.lon[rows[lost]], points.lat[rows[lost]])
            names[lost] = np.array([*boundaries.layers[one].names, ""], dtype=object)[found]
    return names.tolist()
