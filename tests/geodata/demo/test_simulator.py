from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest
import shapely

from geodata.demo.hotspots import PLAN, RECENT_MONTHS, course
from geodata.demo.province import Province
from geodata.demo.rhythm import EPOCH, HABITS, TET, day_weights
from geodata.demo.sheets import COLUMNS, write_sheets
from geodata.demo.simulator import Simulation, simulate
from geodata.ingest.file import read_tables
from geodata.ingest.headings.columns import Headers
from geodata.ingest.letters.legacy_cells import decode_cells
from geodata.ingest.people.personal_content import personal_columns
from geodata.ingest.people.personal_data import is_personal

pytestmark = pytest.mark.slow


def test_four_statistical_years_and_the_present_one_up_to_yesterday(simulation: Simulation) -> None:
    assert (simulation.first, simulation.last) == (date(2022, 11, 1), date(2026, 11, 22))
    days = simulation.frame["day"] + EPOCH
    assert (days.min(), days.max()) == (simulation.first.toordinal(), simulation.last.toordinal())
    assert simulation.months[-1] == "2026-11"
    assert 22_000 < len(simulation.frame) < 26_000


@pytest.mark.parametrize(
    ("today", "first", "months"),
    [
        (date(2026, 11, 1), date(2021, 11, 1), 60),  # yesterday still belongs to the year that ended
        (date(2026, 11, 2), date(2022, 11, 1), 49),
        (date(2027, 3, 1), date(2022, 11, 1), 52),
    ],
)
def test_any_day_may_be_today(province: Province, today: date, first: date, months: int) -> None:
    made = simulate(province, today=today, seed=1)
    assert made.first == first
    assert len(made.months) == months
    assert (made.frame["day"] + EPOCH).max() < today.toordinal()


def test_another_seed_gives_other_incidents(province: Province, simulation: Simulation, today: date) -> None:
    other = simulate(province, today=today, seed=73).frame
    assert not other.equals(simulation.frame)


def test_the_same_seed_gives_the_same_bytes(province: Province, today: date, tmp_path: Path) -> None:
    written = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        made = simulate(province, today=today, seed=72)
        written.append([path.read_bytes() for path in write_sheets(made, province.facts, tmp_path / name)])
    assert written[0] == written[1]
    assert len(written[0]) == 5


def test_every_point_lies_in_its_commune_and_its_unit(province: Province, simulation: Simulation) -> None:
    placed = simulation.frame[simulation.frame["place"] == "point"]
    points = shapely.points(placed["lon"], placed["lat"])
    for codes, shapes, column in (
        ([commune.code for commune in province.facts.communes], province.communes, "commune"),
        ([code for code, _ in province.facts.units], province.units, "unit"),
    ):
        own = shapes[placed[column].map({code: i for i, code in enumerate(codes)}).to_numpy()]
        assert shapely.covers(own, points).all()


def test_some_places_are_known_by_name_only_and_online_fraud_has_none(simulation: Simulation) -> None:
    frame = simulation.frame
    assert 0.04 < (frame["place"] == "area").mean() < 0.06
    assert set(frame.loc[frame["place"] == "none", "category"]) == {"fraud"}
    assert frame.loc[frame["place"] != "point", ["lon", "lat"]].isna().all(axis=None)
    assert 0.09 < (frame["minute"] < 0).mean() < 0.11


def test_drugs_and_gambling_are_discovered_the_others_reported(simulation: Simulation) -> None:
    discovered = (simulation.frame["source"] == "discovered").groupby(simulation.frame["category"]).mean()
    assert discovered[["drugs", "gambling"]].min() > 0.8
    assert discovered[["theft", "assault", "fraud"]].max() < 0.1


def test_no_two_planted_spots_touch(province: Province, simulation: Simulation) -> None:
    shapes = province.communes[[spot.commune for spot in simulation.spots]]
    one, other = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    assert (one == other).all()
    assert len(simulation.spots) == len(PLAN)


def test_every_planted_spot_stands_out_in_its_months(province: Province, simulation: Simulation) -> None:
    frame, communes = simulation.frame, province.facts.communes
    month = ((frame["day"] + EPOCH).map(date.fromordinal)).map(lambda day: f"{day:%Y-%m}")
    people = np.array([commune.population for commune in communes])
    for spot in simulation.spots:
        active = {simulation.months[number] for number in spot.months}
        chosen = frame[(frame["category"] == spot.category) & month.isin(active)]
        n = chosen["commune"].value_counts().reindex([commune.code for commune in communes], fill_value=0).to_numpy()
        rate = n / people
        assert rate[spot.commune] > 1.6 * np.median(rate), spot.id


def test_a_new_spot_is_quiet_before_and_a_historical_one_now() -> None:
    rng = np.random.default_rng(1)
    assert course("new", 4.0, 10, rng).tolist() == [1.0] * 6 + [4.0] * RECENT_MONTHS
    assert course("historical", 4.0, 10, rng).tolist() == [4.0] * 6 + [1.0] * RECENT_MONTHS
    fading = course("diminishing", 4.0, 10, rng)
    assert fading[0] == 4.0
    assert fading[-1] == 2.0
    on_and_off = course("sporadic", 4.0, 48, rng)
    assert on_and_off[-1] == 4.0
    assert 0.2 < (on_and_off > 1).mean() < 0.7


def test_thefts_rise_before_tet_and_assaults_dip_around_it() -> None:
    span = (date(2024, 1, 1), date(2024, 3, 31))
    tet = TET[2].toordinal() - span[0].toordinal()
    theft, assault = (day_weights(HABITS[key], *span) for key in ("theft", "assault"))
    assert theft[tet - 7] > 1.3 * theft[tet + 21]  # the same weekday
    assert assault[tet] < 0.7 * assault[tet + 21]


def test_theft_falls_about_a_tenth_in_two_years_and_fraud_rises(simulation: Simulation) -> None:
    frame = simulation.frame
    year = (frame["day"] + EPOCH - simulation.first.toordinal()) // 365
    for category, falls in (("theft", True), ("fraud", False)):
        n = year[frame["category"] == category].value_counts()
        assert (n[2] < n[0]) == falls


def test_gambling_is_thicker_along_the_border(province: Province, simulation: Simulation) -> None:
    border = {commune.code for commune in province.facts.communes if commune.on_border}
    at_border = simulation.frame["commune"].isin(border).groupby(simulation.frame["category"]).mean()
    assert at_border["gambling"] > 1.2 * at_border["fraud"]


def test_no_column_speaks_of_a_person() -> None:
    assert not any(is_personal(column) for column in COLUMNS)


def test_no_column_of_the_sheets_looks_as_if_it_held_people(
    province: Province, simulation: Simulation, tmp_path: Path
) -> None:
    for path in write_sheets(simulation, province.facts, tmp_path):
        for table in read_tables(path):
            assert decode_cells(table) is table
            matching = Headers().match(table.columns)
            assert personal_columns(table, matching, areas=frozenset, earliest=date(2000, 1, 1)) == {}
