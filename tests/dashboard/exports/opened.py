"""Tables as other people's libraries read them: openpyxl, csv, GDAL through pyogrio, geopandas. Nothing of ours."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pyogrio

Row = dict[str, Any]


def rows_of(path: Path) -> list[Row]:
    """Every row by its columns; None where a cell is empty."""
    match path.suffix:
        case ".csv":
            with path.open(encoding="utf-8-sig", newline="") as file:
                return [{key: _read(value) for key, value in row.items()} for row in csv.DictReader(file)]
        case ".xlsx":
            sheet = openpyxl.load_workbook(path).worksheets[0]
            header, *rows = sheet.iter_rows(values_only=True)
            return [dict(zip(map(str, header), row, strict=True)) for row in rows]
        case ".parquet":
            frame = pq.read_table(path).to_pandas()
        case _:
            frame = pyogrio.read_dataframe(path, layer=0)
    frame = frame.drop(columns=["geometry"], errors="ignore").astype(object)
    records: list[Row] = frame.where(pd.notna(frame), None).to_dict("records")
    return records


def shapes_of(path: Path) -> geopandas.GeoDataFrame:
    """The rows with their shapes and their coordinate system."""
    return geopandas.read_parquet(path) if path.suffix == ".parquet" else pyogrio.read_dataframe(path, layer=0)


def facts_of(path: Path) -> dict[str, Any]:
    """The facts beside the rows, by their key."""
    match path.suffix:
        case ".csv":
            beside = path.with_name(f"{path.stem}.facts.csv")
            with beside.open(encoding="utf-8-sig", newline="") as file:
                return {row["key"]: _read(row["value"]) for row in csv.DictReader(file)}
        case ".xlsx":
            sheet = openpyxl.load_workbook(path).worksheets[-1]
            return {row[2]: row[1] for row in sheet.iter_rows(min_row=2, values_only=True)}
        case ".parquet":
            found: dict[str, Any] = json.loads(pq.read_schema(path).metadata[b"diemnong"])
            return found
        case ".geojson":
            stated: dict[str, Any] = json.loads(path.read_text("utf-8"))["metadata"]
            return stated
        case _:
            frame = pyogrio.read_dataframe(path, layer="facts")
            return dict(zip(frame["key"], map(_read, frame["value"]), strict=True))


def number(value: object) -> float:
    """A number as read, NaN for an empty cell."""
    return np.nan if value is None else float(str(value))


def _read(text: str) -> Any:
    """What a CSV's cell holds: a whole number where it is one, None where there is nothing."""
    if text == "":
        return None
    return int(text) if text.isascii() and text.isdigit() and (text == "0" or text[0] != "0") else text
