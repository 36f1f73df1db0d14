"""A view's table as a GeoPackage: one layer, a table of facts, the same facts as the package's metadata."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from dashboard.exports import Format, Order, extract_of
from dashboard.extracts import Extract
from dashboard.words import N_

VERSION = "1.3"  # the newest that programs of 2022 read without a warning
GEOMETRY_TYPES = {"point": "Point", "polygon": "MultiPolygon", "": None}


def write(order: Order, out: BinaryIO) -> None:
    """Written beside as a file, as a package is a database, then copied."""
    extract = extract_of(order)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "view.gpkg"
        _fill(path, extract)
        _date(path, order.now)
        with path.open("rb") as made:
            shutil.copyfileobj(made, out)


def _fill(path: Path, extract: Extract) -> None:
    import pyogrio  # noqa: PLC0415 - GDAL is loaded where such a file is written

    from dashboard.extracts.arrow import GEOMETRY, facts_stream, stream  # noqa: PLC0415

    table, facts = extract.table, {fact.key: str(fact.value) for fact in extract.facts}
    shape = {"geometry_name": GEOMETRY, "geometry_type": GEOMETRY_TYPES[table.shape], "crs": "EPSG:4326"}
    pyogrio.write_arrow(
        stream(table),
        path,
        layer=table.name,
        driver="GPKG",
        **(shape if table.shape else {"geometry_type": None}),
        dataset_metadata=facts,
        dataset_options={"VERSION": VERSION},
        layer_options={"DESCRIPTION": table.about},
    )
    pyogrio.write_arrow(
        facts_stream(extract.facts), path, layer="facts", driver="GPKG", append=True, geometry_type=None
    )


def _date(path: Path, now: datetime) -> None:
    """The time of the order instead of the clock's: the same order gives the same bytes."""
    said = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    with sqlite3.connect(path) as package:
        package.execute("UPDATE gpkg_contents SET last_change = ?", (said,))
        package.execute("UPDATE gpkg_metadata_reference SET timestamp = ?", (said,))
    package.close()


FORMAT = Format("gpkg", N_("GeoPackage"), "application/geopackage+sqlite3", ".gpkg", "table", write)
