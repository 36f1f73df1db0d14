"""The schematic province as the files that ``diemnong boundaries`` takes. Knows file formats, draws nothing."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from geodata.demo.province import NEW_PROVINCE, OLD_PROVINCE, Province

NOTE = "sơ đồ, không phải ranh giới chính thức"
PROVINCE_NAME = "Tỉnh Tây Ninh (sơ đồ)"
OLD_EDITION, NEW_EDITION = "2024", "2025"


def write_layers(province: Province, folder: Path) -> None:
    """Write communes and districts of both editions, border, border communes, succession and regions."""
    _write(folder / "districts_2024.geojson", _districts(province))
    _write(folder / "communes_2024.geojson", _communes(province))
    _write(folder / "communes_2025.geojson", _units(province))
    _write(folder / "border.geojson", [(province.border, {"name": "Đường biên giới (sơ đồ)"})])
    border = [
        (shape, {"code": commune.code, "name": commune.name})
        for commune, shape in zip(province.facts.communes, province.communes, strict=True)
        if commune.on_border
    ]
    _write(folder / "border_communes.geojson", border)
    _write_succession(province, folder / "succession.csv")
    _write_regions(province, folder / "regions.csv")


def _communes(province: Province) -> Iterable[tuple[Any, Mapping[str, object]]]:
    for commune, shape in zip(province.facts.communes, province.communes, strict=True):
        yield (
            shape,
            {
                "code": commune.code,
                "name": commune.name,
                "district_code": commune.district,
                "province_code": OLD_PROVINCE,
                "province_name": PROVINCE_NAME,
                "population_2019": commune.population,
                "is_border": commune.on_border,
            },
        )


def _districts(province: Province) -> Iterable[tuple[Any, Mapping[str, object]]]:
    for (code, name), shape in zip(province.facts.districts, province.districts, strict=True):
        people = sum(commune.population for commune in province.facts.communes if commune.district == code)
        yield (
            shape,
            {
                "code": code,
                "name": name,
                "province_code": OLD_PROVINCE,
                "province_name": PROVINCE_NAME,
                "population_2019": people,
            },
        )


def _units(province: Province) -> Iterable[tuple[Any, Mapping[str, object]]]:
    people, estimated = province.unit_populations(), province.estimated_units()
    for k, ((code, name), shape) in enumerate(zip(province.facts.units, province.units, strict=True)):
        yield (
            shape,
            {
                "code": code,
                "name": name,
                "province_code": NEW_PROVINCE,
                "province_name": PROVINCE_NAME,
                "population_2019": int(people[k]),
                "estimated": bool(estimated[k]),
            },
        )


def _write_succession(province: Province, path: Path) -> None:
    old = {commune.code: commune.name for commune in province.facts.communes}
    new = dict(province.facts.units)
    rows = [
        (move.old, old[move.old], move.new, new[move.new], "whole" if move.whole else "part")
        for move in province.facts.moves
    ]
    _write_rows(path, ("old_code", "old_name", "new_code", "new_name", "part"), rows)


def _write_regions(province: Province, path: Path) -> None:
    """The old districts as areas of responsibility, in the communes of both editions."""
    facts = province.facts
    names = dict(facts.districts)
    rows = [(c.district, names[c.district], OLD_EDITION, c.code) for c in facts.communes]
    pairs = zip(province.unit_districts(), facts.units, strict=True)
    rows += [(district, names[district], NEW_EDITION, code) for district, (code, _) in pairs]
    _write_rows(path, ("region", "name", "edition", "code"), rows)


def _write_rows(path: Path, columns: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def _write(path: Path, features: Iterable[tuple[Any, Mapping[str, object]]]) -> None:
    rows = [
        {"type": "Feature", "properties": properties, "geometry": _geometry(shape)} for shape, properties in features
    ]
    content = {"type": "FeatureCollection", "note": NOTE, "features": rows}
    path.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def _geometry(shape: shapely.Geometry) -> dict[str, Any]:
    """GeoJSON with the coordinates as they are: six decimals, shared corners equal."""
    geometry: dict[str, Any] = json.loads(shapely.to_geojson(shapely.transform(shape, lambda xy: np.round(xy, 6))))
    return geometry
