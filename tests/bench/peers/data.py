"""What every peer shows: counts by area and category, and the polygons, from the folder in BENCH_DATA."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pandas as pd
import plotly.express as px

FOLDER = Path(os.environ["BENCH_DATA"])
INCIDENTS: pd.DataFrame = pd.read_parquet(FOLDER / "incidents.parquet")  # one row an incident: area, category
POLYGONS: dict[str, Any] = json.loads((FOLDER / "areas.json").read_text(encoding="utf-8"))
CATEGORIES = ["all", *sorted(INCIDENTS["category"].unique())]
CODES = [feature["properties"]["code"] for feature in POLYGONS["features"]]
STYLE = {
    "version": 8,
    "sources": {},
    "layers": [{"id": "g", "type": "background", "paint": {"background-color": "#eee"}}],
}


def counts(category: str) -> pd.DataFrame:
    """Incidents by area, as anybody would count them."""
    asked = INCIDENTS if category == "all" else INCIDENTS[INCIDENTS["category"] == category]
    return asked.groupby("area").size().reindex(CODES, fill_value=0).rename_axis("code").reset_index(name="n")


def figure(table: pd.DataFrame) -> Any:
    """The map as plotly's own documentation draws it, without tiles."""
    west, south, east, north = 105.7, 10.9, 106.6, 11.9
    return px.choropleth_map(
        table,
        geojson=POLYGONS,
        locations="code",
        featureidkey="properties.code",
        color="n",
        map_style=STYLE,
        center={"lon": (west + east) / 2, "lat": (south + north) / 2},
        zoom=8,
    )
