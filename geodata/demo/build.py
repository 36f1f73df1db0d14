"""Builds the demo workspace: draws, simulates, and loads the files through the same doors as a user."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from geodata import profile
from geodata.demo.faults import FAULTS
from geodata.demo.layers import NEW_EDITION, OLD_EDITION, write_layers
from geodata.demo.province import Province, draw_province
from geodata.demo.rhythm import HABITS
from geodata.demo.sheets import REFORM, write_sheets
from geodata.demo.simulator import (
    EXACT_REPEATS,
    NEAR_REPEATS,
    REPEAT_DAYS,
    REPEAT_METRES,
    Simulation,
    simulate,
)
from geodata.errors import StoreError
from geodata.vocabulary import Level, ZoneKind
from geodata.warehouse.warehouse import Warehouse

SEED = 72
SOURCE, TRUTH = "source", "truth.json"
STEPS = 14
Progress = Callable[[int, int], None]


def build(folder: Path, *, today: date, seed: int = SEED, progress: Progress | None = None) -> None:
    """Build the demo in ``folder``, or leave it alone where it stands complete. ``progress`` gets (done, total).

    Everything is made in a folder beside it that takes the name at the very end, so a demo is whole or not there;
    what an interrupted build left behind is cleared away. Raises StoreError where ``folder`` holds anything else.
    """
    folder = Path(folder)
    if (folder / SOURCE / TRUTH).is_file():
        return
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise StoreError(
            "{folder} holds something that is not the demo, and was left alone. Name an empty or a new folder",
            folder=folder,
        )
    unfinished = folder.with_name(f"{folder.name}.unfinished")
    if unfinished.exists():
        shutil.rmtree(unfinished)
    _fill(unfinished, today=today, seed=seed, progress=progress or (lambda _done, _total: None))
    if folder.exists():
        folder.rmdir()
    unfinished.rename(folder)


def truth_of(simulation: Simulation, province: Province) -> dict[str, object]:
    """What was planted, to hold findings against."""
    communes = province.facts.communes
    frame = simulation.frame
    return {
        "simulated": True,
        "seed": simulation.seed,
        "first_day": simulation.first.isoformat(),
        "last_day": simulation.last.isoformat(),
        "incidents": len(frame),
        "by_category": frame["category"].value_counts().sort_index().to_dict(),
        "by_place": frame["place"].value_counts().sort_index().to_dict(),
        "quarantined": {reason: count for reason, (count, _) in FAULTS.items()},
        "yearly_change": {category: round(habit.yearly - 1, 3) for category, habit in HABITS.items()},
        "theft_repeats": {"exact": EXACT_REPEATS, "near": NEAR_REPEATS, "days": REPEAT_DAYS, "metres": REPEAT_METRES},
        "spots": [
            {
                "id": spot.id,
                "category": spot.category,
                "pattern": spot.pattern,
                "edition": OLD_EDITION,
                "code": communes[spot.commune].code,
                "name": communes[spot.commune].name,
                "relative_risk": [round(float(risk), 3) for risk in spot.risk],
                "months": [simulation.months[month] for month in spot.months],
            }
            for spot in simulation.spots
        ],
    }


def _fill(folder: Path, *, today: date, seed: int, progress: Progress) -> None:
    source = folder / SOURCE
    source.mkdir(parents=True)
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        progress(min(done, STEPS), STEPS)

    province = draw_province()
    write_layers(province, source)
    step()
    simulation = simulate(province, today=today, seed=seed)
    sheets = write_sheets(simulation, province.facts, source)
    step()
    _write_profile(folder, simulation)
    warehouse = Warehouse(folder)
    try:
        for load in _boundaries(warehouse, source):
            load()
            step()
        for sheet in sheets:
            warehouse.ingest(sheet, today=today)
            step()
    finally:
        warehouse.close()
    truth = json.dumps(truth_of(simulation, province), ensure_ascii=False, indent=1)
    (source / TRUTH).write_text(truth, encoding="utf-8")


def _boundaries(warehouse: Warehouse, source: Path) -> tuple[Callable[[], object], ...]:
    ends = REFORM - timedelta(days=1)
    districts, communes = source / "districts_2024.geojson", source / "communes_2024.geojson"
    units, border = source / "communes_2025.geojson", source / "border.geojson"
    people = "population_2019"
    return (
        lambda: warehouse.add_layer(districts, OLD_EDITION, Level.DISTRICT, population=people, valid_until=ends),
        lambda: warehouse.add_layer(
            communes, OLD_EDITION, Level.COMMUNE, population=people, parent="district_code", valid_until=ends
        ),
        lambda: warehouse.add_layer(
            units, NEW_EDITION, Level.COMMUNE, population=people, parent="province_code", valid_from=REFORM
        ),
        lambda: warehouse.add_border_line(border),
        lambda: warehouse.add_zone(
            source / "border_communes.geojson", "border_communes", ZoneKind.BORDER_COMMUNES, name="Khu vực biên giới"
        ),
        lambda: warehouse.add_succession(source / "succession.csv"),
        lambda: warehouse.add_regions(source / "regions.csv"),
    )


def _write_profile(folder: Path, simulation: Simulation) -> None:
    """The province's own profile, marked as a drawing, with a baseline that the simulated years hold."""
    path = profile.write(folder, "tay-ninh")
    text = path.read_text(encoding="utf-8")
    for pattern, line in (
        (r"name_vi = .*", 'name_vi = "Tây Ninh (mô phỏng)"'),
        (r"name_en = .*", 'name_en = "Tây Ninh (simulated)"\nschematic = true'),
        (r"baseline_year = .*", f"baseline_year = {simulation.first.year + 1}"),
        (r"by = .*", f"by = {simulation.first.year + 3}-12-31"),
    ):
        text = re.sub(rf"^{pattern}$", line, text, count=1, flags=re.MULTILINE)
    path.write_text(text, encoding="utf-8")
