"""A world small enough for paper: four square communes, two editions, a few hundred incidents. Used by many tests.

Edition 2024, each commune 0.1 x 0.1 degrees, districts 1 (west) and 2 (east)::

    103 | 203        11.1 - 11.2 N
    101 | 201        11.0 - 11.1 N
    106.0 106.1 106.2 E

Edition 2025 has no districts: 101 and 103 become the new 101, 201 becomes 201 whole, 203 is split by 106.15 E between
201 and 203 (codes are reused with another meaning). Zone ``border_communes`` is the old commune 101, ``border_0_1km``
the strip west of 106.03 E.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from geodata import tables
from geodata.boundaries.editions import Boundaries, Edition, Layer, Region, Succession, Zone
from geodata.follow_up import FollowUp, Spot
from geodata.join import place
from geodata.profile import Profile
from geodata.question import Detail, Scope
from geodata.vocabulary import AreaKey, Category, LayerKey, Level, ZoneKind
from geodata.warehouse.snapshot import EPOCH, PLACEMENTS, SOURCES, Incidents, Snapshot, Spans

if TYPE_CHECKING:
    from geodata.warehouse.warehouse import Warehouse

FIRST, LAST = date(2022, 1, 1), date(2024, 12, 31)
CATEGORIES = tuple(Category(key, key.title(), key.title(), key) for key in ("theft", "drugs", "assault"))
C24, D24, P24 = (LayerKey("2024", level) for level in (Level.COMMUNE, Level.DISTRICT, Level.PROVINCE))
C25, P25 = LayerKey("2025", Level.COMMUNE), LayerKey("2025", Level.PROVINCE)
Box = tuple[float, float, float, float]

SQUARES: Mapping[LayerKey, Mapping[str, Box]] = {
    C24: {
        "101": (106.0, 11.0, 106.1, 11.1),
        "103": (106.0, 11.1, 106.1, 11.2),
        "201": (106.1, 11.0, 106.2, 11.1),
        "203": (106.1, 11.1, 106.2, 11.2),
    },
    D24: {"1": (106.0, 11.0, 106.1, 11.2), "2": (106.1, 11.0, 106.2, 11.2)},
    P24: {"72": (106.0, 11.0, 106.2, 11.2)},
    C25: {"101": (106.0, 11.0, 106.1, 11.2), "203": (106.15, 11.1, 106.2, 11.2)},
    P25: {"80": (106.0, 11.0, 106.2, 11.2)},
}
PARENTS = {
    C24: {"101": "1", "103": "1", "201": "2", "203": "2"},
    D24: {"1": "72", "2": "72"},
    C25: {"101": "80", "201": "80", "203": "80"},
}
PEOPLE = {"101": 10_000.0, "103": 20_000.0, "201": 5_000.0, "203": np.nan}
STRIP: Box = (106.0, 11.0, 106.03, 11.2)
PAIRS = (("101", "101", True), ("103", "101", True), ("201", "201", True), ("203", "201", False), ("203", "203", False))


@dataclass(frozen=True, slots=True)
class Still:
    """Hands out one snapshot for ever, as a warehouse nobody writes to."""

    held: Snapshot

    def snapshot(self) -> Snapshot:
        """The snapshot."""
        return self.held

    def quarantine(self) -> Iterator[tables.QuarantinedRow]:
        """Nothing: this world was never read from a file."""
        return iter(())

    def follow_ups(self) -> dict[Spot, FollowUp]:
        """Nothing: nobody did anything about this world."""
        return {}


def tiny_boundaries() -> Boundaries:
    """Both editions with all their levels, two zones, the succession and a region of the west."""
    layers = {key: _layer(key) for key in SQUARES}
    commune = layers[C24].polygons[0]
    return Boundaries(
        editions={
            "2024": Edition("2024", None, date(2025, 6, 30)),
            "2025": Edition("2025", date(2025, 7, 1), None),
        },
        layers=layers,
        zones=(
            Zone("border_communes", ZoneKind.BORDER_COMMUNES, "Xã biên giới", 0, commune),
            Zone("border_0_1km", ZoneKind.DISTANCE_BAND, "0-1 km", 1, shapely.box(*STRIP)),
        ),
        succession=Succession("2024", "2025", PAIRS),
        regions=(Region("west", "Phía tây", "2024", ("101", "103")),),
    )


def tiny_incidents(*, seed: int = 1, n: int = 200) -> pd.DataFrame:
    """A clean incident table over three years: nine in ten with a point, most others with a commune only."""
    rng = np.random.default_rng(seed)
    days = np.sort(rng.integers((FIRST - EPOCH).days, (LAST - EPOCH).days + 1, n))
    days[[0, -1]] = (FIRST - EPOCH).days, (LAST - EPOCH).days  # the data cover the three years whole
    kind = rng.choice(["point", "area", "none"], n, p=[0.9, 0.07, 0.03])
    kind[:3] = "point", "area", "none"
    codes = rng.choice(list(SQUARES[C24]), n)
    with_point, with_area = kind == "point", kind == "area"
    columns = {
        tables.SHEET: [""] * n,
        tables.ROW: np.arange(2, n + 2),
        tables.INCIDENT_ID: [f"v{i}" for i in range(n)],
        tables.DAY: days,
        tables.MINUTE: (minutes := np.where(rng.random(n) < 0.1, -1, rng.integers(0, 1440, n))),
        tables.DAY_TO: days,
        tables.MINUTE_TO: minutes,
        tables.CATEGORY: rng.choice([category.key for category in CATEGORIES], n),
        tables.SOURCE: rng.choice([source.value for source in SOURCES], n),
        tables.LON: np.where(with_point, np.round(rng.uniform(106.0, 106.2, n), 4), np.nan),
        tables.LAT: np.where(with_point, np.round(rng.uniform(11.0, 11.2, n), 4), np.nan),
        tables.PRECISION: np.where(with_point, "exact", "none"),
        tables.AREA_EDITION: np.where(with_area, "2024", ""),
        tables.AREA_LEVEL: np.where(with_area, "commune", ""),
        tables.AREA_CODE: np.where(with_area, codes, ""),
    }
    return tables.check_incidents(pd.DataFrame(columns))


def chief(edition: str, *codes: str, detail: Detail = Detail.POINTS) -> Scope:
    """What someone may see who answers for those areas of an edition."""
    return Scope(tuple(AreaKey(edition, code) for code in codes), detail)


def tiny_snapshot(*, seed: int = 1, n: int = 200) -> Snapshot:
    """The world as readers hold it, without a store."""
    boundaries = tiny_boundaries()
    frame = place(tiny_incidents(seed=seed, n=n), boundaries).frame
    return Snapshot(
        generation=1,
        committed_at=datetime(2025, 1, 2, tzinfo=UTC),
        incidents=coded(frame, boundaries),
        categories=CATEGORIES,
        boundaries=boundaries,
        web_files={key: f"{key.edition}-{key.level}.0.json" for key in boundaries.layers},
        zone_files={zone.id: f"zone-{zone.id}.0.json" for zone in boundaries.zones},
        files=(),
        quarantined=0,
        profile=Profile(),
    )


def coded(frame: pd.DataFrame, boundaries: Boundaries) -> Incidents:
    """A joined table (sorted by day) as coded columns, one plain step a column."""
    days = frame[tables.DAY].to_numpy(dtype=np.int32)
    keys = [category.key for category in CATEGORIES]
    has_point, has_area = frame[tables.LON].notna().to_numpy(), (frame[tables.AREA_CODE] != "").to_numpy()
    kinds = np.where(has_point, "point", np.where(has_area, "area", "none"))
    return Incidents(
        day=days,
        hour=np.array([-1 if m < 0 else m // 60 for m in frame[tables.MINUTE]], dtype=np.int8),
        weekday=np.array([(EPOCH + timedelta(days=int(d))).isoweekday() for d in days], dtype=np.int8),
        category=np.array([keys.index(key) for key in frame[tables.CATEGORY]], dtype=np.int16),
        source=np.array([[s.value for s in SOURCES].index(each) for each in frame[tables.SOURCE]], dtype=np.int8),
        placement=np.array([[p.value for p in PLACEMENTS].index(kind) for kind in kinds], dtype=np.int8),
        lon=frame[tables.LON].to_numpy(),
        lat=frame[tables.LAT].to_numpy(),
        precision=np.where(has_point, 0, 3).astype(np.int8),
        zones=frame[tables.ZONES].to_numpy(),
        zones_near=frame[tables.ZONES_NEAR].to_numpy(),
        file=np.zeros(len(frame), dtype=np.int32),
        spans=Spans.none(),
        area={key: frame[tables.area_column(key)].to_numpy() for key in boundaries.layers},
    )


def tiny_workspace(folder: Path, *, incidents: bool = True) -> Warehouse:
    """The world as a workspace on disk, made only of files a user could have loaded."""
    from geodata.warehouse.warehouse import Warehouse  # noqa: PLC0415 - the other worlds need no store

    files = folder / "files"
    warehouse = Warehouse.create(folder / "workspace", "blank")
    for key in (C24, D24, C25):
        path = write_layer(files / f"{key.edition}-{key.level.value}.geojson", key)
        begin, end = (None, date(2025, 6, 30)) if key.edition == "2024" else (date(2025, 7, 1), None)
        warehouse.add_layer(path, key.edition, key.level, valid_from=begin, valid_until=end)
    zone = write_geojson(files / "zone.geojson", [({"name": "Xã biên giới"}, shapely.box(*SQUARES[C24]["101"]))])
    warehouse.add_zone(zone, "border_communes", ZoneKind.BORDER_COMMUNES)
    succession = files / "succession.csv"
    rows = ["old_code,new_code,part", *(f"{old},{new},{'whole' if whole else 'part'}" for old, new, whole in PAIRS)]
    succession.write_text("\n".join(rows) + "\n", encoding="utf-8")
    warehouse.add_succession(succession)
    if incidents:
        warehouse.ingest(write_incidents(files / "incidents.csv", tiny_incidents()), today=date(2025, 1, 2))
    return warehouse


def write_layer(path: Path, key: LayerKey) -> Path:
    """A layer of the tiny world as a GeoJSON file with code, name, parent, province and population."""
    layer = _layer(key)
    number = "72" if key.edition == "2024" else "80"
    return write_geojson(
        path,
        [
            (
                {
                    "code": code,
                    "name": name,
                    "district_code": parent if key == C24 else None,
                    "province_code": number,
                    "province_name": f"Tỉnh {number}",
                    "population": None if np.isnan(people) else int(people),
                },
                shape,
            )
            for code, name, parent, people, shape in zip(
                layer.codes, layer.names, layer.parents, layer.population, layer.polygons, strict=True
            )
        ],
    )


def write_geojson(path: Path, features: list[tuple[dict[str, object], shapely.Geometry]]) -> Path:
    """Features as a GeoJSON file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = [
        {"type": "Feature", "properties": properties, "geometry": json.loads(shapely.to_geojson(shape))}
        for properties, shape in features
    ]
    document = {"type": "FeatureCollection", "features": rows}
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return path


def write_incidents(path: Path, frame: pd.DataFrame) -> Path:
    """Incidents as the CSV file an office might send: id, time, category, point or commune, source."""
    path.parent.mkdir(parents=True, exist_ok=True)
    words = {"reported": "tố giác", "discovered": "phát hiện", "unknown": ""}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "occurred", "category", "lon", "lat", "Xã / phường", "Nguồn tin"])
        for row in frame.to_dict("records"):
            day = EPOCH + timedelta(days=int(row[tables.DAY]))
            minute = int(row[tables.MINUTE])
            at = f"{day:%d/%m/%Y}" if minute < 0 else f"{day:%d/%m/%Y} {minute // 60:02}:{minute % 60:02}"
            lon, lat = ("" if np.isnan(row[name]) else f"{row[name]:.4f}" for name in (tables.LON, tables.LAT))
            area = f"Xã {row[tables.AREA_CODE]}" if row[tables.AREA_CODE] else ""
            cells = [row[tables.INCIDENT_ID], at, row[tables.CATEGORY], lon, lat, area, words[row[tables.SOURCE]]]
            writer.writerow(cells)
    return path


def _layer(key: LayerKey) -> Layer:
    shapes = {code: shapely.box(*square) for code, square in SQUARES[key].items()}
    if key == C25:  # the new 201: the old one and the west half of the old 203
        corners = [(106.1, 11.0), (106.2, 11.0), (106.2, 11.1), (106.15, 11.1), (106.15, 11.2), (106.1, 11.2)]
        shapes = {"101": shapes["101"], "201": shapely.Polygon(corners), "203": shapes["203"]}
    codes = tuple(shapes)
    polygons = np.array(list(shapes.values()), dtype=object)
    people = np.array([PEOPLE.get(code, np.nan) if key == C24 else np.nan for code in codes])
    parents = tuple(PARENTS.get(key, {}).get(code, "") for code in codes)
    names = tuple(f"Xã {code}" if key.level is Level.COMMUNE else f"Vùng {code}" for code in codes)
    return Layer(key, codes, names, parents, people, polygons, derived=key.level is Level.PROVINCE)
