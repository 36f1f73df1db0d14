"""Named sets of communes, the areas chiefs answer for: read from a table. Knows no geometry."""

from __future__ import annotations

from pathlib import Path

from geodata.boundaries.editions import Boundaries, Region
from geodata.boundaries.rows import read_rows
from geodata.errors import BoundaryError
from geodata.vocabulary import LayerKey


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
