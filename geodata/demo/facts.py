"""The single facts the schematic province is drawn from, read from ``facts/*.csv``. Knows no geometry."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from importlib import resources

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class CommuneFact:
    """One commune of 2024: where its middle is, how large, how many people, whether it lies on the border."""

    code: str
    name: str
    district: str
    lon: float
    lat: float
    population: int
    area_km2: float
    on_border: bool
    border_km: float


@dataclass(frozen=True, slots=True)
class Move:
    """What became of a commune, or of a ``share`` of its ground, in 2025."""

    old: str
    new: str
    whole: bool
    share: float


@dataclass(frozen=True, slots=True, eq=False)
class Facts:
    """Everything known of the province. ``outline`` is a closed ring of lon/lat rows."""

    communes: tuple[CommuneFact, ...]
    districts: tuple[tuple[str, str], ...]  # code, name
    units: tuple[tuple[str, str], ...]  # code, name of the communes of 2025
    moves: tuple[Move, ...]
    outline: NDArray[np.float64]

    def name_of_district(self, code: str) -> str:
        """The name of a district of 2024."""
        return dict(self.districts)[code]


def read_facts() -> Facts:
    """Read the facts that are packed with this module."""
    return Facts(
        communes=tuple(
            CommuneFact(
                code=row["code"],
                name=row["name"],
                district=row["district_code"],
                lon=float(row["centre_lon"]),
                lat=float(row["centre_lat"]),
                population=int(row["population_2019"]),
                area_km2=float(row["area_km2"]),
                on_border=row["on_border"] == "1",
                border_km=float(row["border_km"]),
            )
            for row in _rows("communes_2024")
        ),
        districts=tuple((row["code"], row["name"]) for row in _rows("districts_2024")),
        units=tuple((row["code"], row["name"]) for row in _rows("communes_2025")),
        moves=tuple(
            Move(row["old_code"], row["new_code"], row["part"] == "whole", float(row["share"]))
            for row in _rows("succession")
        ),
        outline=np.array([(float(row["lon"]), float(row["lat"])) for row in _rows("outline_2024")]),
    )


def _rows(name: str) -> list[dict[str, str]]:
    text = (resources.files("geodata") / "demo" / "facts" / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
