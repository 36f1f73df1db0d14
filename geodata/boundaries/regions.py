"""Named sets of communes, the areas chiefs answer for: read from a table, or made of an edition's districts."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import shapely

from geodata.boundaries.editions import Boundaries, Layer, Region
from geodata.boundaries.rows import read_rows
from geodata.errors import BoundaryError
from geodata.vocabulary import LayerKey, Level

MOSTLY = 0.5  # a commune of another edition belongs to the district that holds more than this of its ground


def read_regions(path: Path, boundaries: Boundaries) -> tuple[Region, ...]:
    """Read columns region, edition, code (and name). A region of two editions becomes two, one for each."""
    path = Path(path)
    members: dict[tuple[str, str], dict[str, None]] = {}
    names: dict[str, str] = {}
    for number, row in read_rows(path, ("region", "edition", "code")):
        region, edition, code = row.get("region", ""), row.get("edition", ""), row.get("code", "")
        if not region:
            raise BoundaryError("{file}, row {row}: region is empty", file=path.name, row=number)
        _check_area(path.name, number, boundaries, edition, code)
        members.setdefault((region, edition), {})[code] = None
        names.setdefault(region, row.get("name", "") or region)
    if not members:
        raise BoundaryError("{file}: the table holds no rows", file=path.name)
    return tuple(Region(region, names[region], edition, tuple(codes)) for (region, edition), codes in members.items())


def regions_from_districts(boundaries: Boundaries, edition: str) -> tuple[Region, ...]:
    """The districts of an edition as regions, under their codes, in the communes of every edition.

    In their own edition they hold the communes below them. A commune of another edition belongs to the district that
    holds most of its ground, and to none where no district holds more than half.
    """
    districts = boundaries.layers.get(LayerKey(edition, Level.DISTRICT))
    if districts is None:
        raise BoundaryError(
            "edition «{edition}» has no districts; load them with: diemnong boundaries add FILE --edition {edition} "
            "--level district",
            edition=edition,
        )
    regions: list[Region] = []
    for other in boundaries.editions:
        level = boundaries.finest(other)
        if level is None:
            continue
        layer = boundaries.layers[LayerKey(other, level)]
        own = other == edition and level is Level.COMMUNE
        above = layer.parents if own else _mostly_within(layer, districts)
        for code, name in zip(districts.codes, districts.names, strict=True):
            members = tuple(each for each, parent in zip(layer.codes, above, strict=True) if parent == code)
            regions += [Region(code, name, other, members)] if members else []
    return tuple(regions)


def _mostly_within(layer: Layer, districts: Layer) -> tuple[str, ...]:
    """For each area, the code of the district that holds most of its ground, "" where none does."""
    area, district = shapely.STRtree(districts.polygons).query(layer.polygons, predicate="intersects")
    common = shapely.area(shapely.intersection(layer.polygons[area], districts.polygons[district]))
    mostly = common > MOSTLY * shapely.area(layer.polygons)[area]
    above = np.full(len(layer.codes), "", dtype=object)
    above[area[mostly]] = np.array(districts.codes, dtype=object)[district[mostly]]
    return tuple(above.tolist())


def _check_area(file: str, number: int, boundaries: Boundaries, edition: str, code: str) -> None:
    finest = boundaries.finest(edition)
    if finest is None:
        raise BoundaryError(
            "{file}, row {row}: edition «{edition}» is not loaded; there are: {editions}",
            file=file,
            row=number,
            edition=edition,
            editions=", ".join(boundaries.editions) or "none",
        )
    if code not in boundaries.layers[LayerKey(edition, finest)].codes:
        raise BoundaryError(
            "{file}, row {row}: edition {edition} has no {level} «{code}»",
            file=file,
            row=number,
            edition=edition,
            level=finest.value,
            code=code,
        )
