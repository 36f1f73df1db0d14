"""A workspace's ``targets.csv``: the change that each region is asked for, group by group. Knows no incidents.

Columns region, group, change; a change is written as -0.12 or as -12 %. The profile says the change of all others.
"""

from __future__ import annotations

import csv
from pathlib import Path

from geodata.errors import ProfileError

NAME = "targets.csv"
HEADER = ("region", "group", "change")


def read_table(folder: Path) -> dict[str, dict[str, float]]:
    """Region -> group -> change, -0.1 for "down by 10 %"; empty where the workspace has no such file.

    Raises ProfileError naming row and column.
    """
    path = folder / NAME
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise ProfileError("{file} is not readable as UTF-8 text: {detail}", file=path, detail=error) from None
    rows = csv.DictReader(text.splitlines())
    missing = [name for name in HEADER if name not in (rows.fieldnames or ())]
    if missing:
        raise ProfileError(
            "{file} has no column {missing}; its first row names region, group and change",
            file=path,
            missing=", ".join(missing),
        )
    found: dict[str, dict[str, float]] = {}
    for number, row in enumerate(rows, start=2):
        change = _change(row["change"] or "")
        if change is None or not row["region"] or not row["group"]:
            raise ProfileError(
                "{file}, row {row}: a region, a group and a change of -0.99 to 0 are needed, such as -0.1 or -10%",
                file=path,
                row=number,
            )
        found.setdefault(row["region"].strip(), {})[row["group"].strip()] = change
    return found


def _change(text: str) -> float | None:
    text = text.strip().replace(",", ".").replace("\u2212", "-")
    percent = text.endswith("%")
    try:
        value = float(text.removesuffix("%").strip())
    except ValueError:
        return None
    value = value / 100 if percent else value
    return value if -1 < value <= 0 else None
