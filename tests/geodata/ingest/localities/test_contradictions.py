"""Points against the names of their rows."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from geodata.ingest.clean import Cleaned
from geodata.profile import Profile

Read = Callable[..., Cleaned]
HEADER = "occurred,category,Xã / phường,Huyện (cũ),Mã xã,lon,lat\n"
# The ground's communes are strips 0.1 degrees wide from 106.0 E, 11 to 12 N; 0.1 degrees are 10.9 km at 11.5 N.


def remarks(found: Cleaned) -> list[tuple[int, str]]:
    return [(row.row, row.reason) for row in found.remarks]


def test_a_point_far_from_the_commune_named_is_kept_with_a_remark(read: Read) -> None:
    found = read("a.csv", HEADER + "05/03/2024,theft,Xã Suối Ngô,,,106.05,11.5\n")
    assert (len(found.frame), found.frame["area_code"].tolist()) == (1, [""])
    (row,) = found.remarks
    assert (row.row, row.column, row.reason) == (2, "Xã / phường", "point_contradicts_name")
    assert row.facts["there"] == "Phường 4"
    assert row.facts["named"] == "Suối Ngô, Huyện Tân Biên (203)"
    assert row.facts["km"] == pytest.approx(38.1, abs=0.2)  # 0.35 degrees to its west edge at 106.4 E
    assert [finding.facts for finding in found.findings][-1:] == [{"rows": 1, "both": 1}]


def test_a_point_in_or_near_the_commune_named_is_no_contradiction(read: Read) -> None:
    rows = (
        "05/03/2024,theft,Xã Suối Ngô,,,106.45,11.5\n"
        "05/03/2024,theft,Xã Suối Ngô,,,106.3985,11.5\n"  # 0.0015 degrees: 163 m
        "05/03/2024,theft,Xã Suối Ngô,,,106.3978,11.5\n"  # 0.0022 degrees: 240 m
        "05/03/2024,theft,,TP Tây Ninh,,106.05,11.5\n"
        "05/03/2024,theft,,TP Tây Ninh,,106.15,11.5\n"
    )
    found = read("a.csv", HEADER + rows)
    assert remarks(found) == [(4, "point_contradicts_name"), (6, "point_contradicts_name")]
    assert found.remarks[0].facts["km"] == 0.24
    assert found.remarks[1].facts["there"] == "Huyện Tân Biên"


def test_the_area_of_that_name_in_another_edition_will_do(read: Read) -> None:
    # Hòa Hội is the strip from 106.3 E in the old edition, the one from 106.2 E in the new.
    rows = "05/03/2024,theft,Hòa Hội,,,106.35,11.5\n05/03/2024,theft,Hòa Hội,,,106.25,11.5\n"
    later = rows.replace("2024", "2025").replace("05/03", "05/08") + "05/08/2025,theft,Hòa Hội,,,106.05,11.5\n"
    assert remarks(read("a.csv", HEADER + rows + later)) == [(6, "point_contradicts_name")]


def test_names_that_are_in_doubt_contradict_nothing_and_are_counted(read: Read) -> None:
    rows = (
        "05/03/2024,theft,Xã Không Có,,,106.05,11.5\n"
        "05/03/2024,theft,Xã Tân Bình,,,106.05,11.5\n"
        "05/03/2024,theft,Suối Ngôo,,,106.05,11.5\n"
        "05/03/2024,theft,-,,,106.05,11.5\n"
    )
    found = read("a.csv", HEADER + rows)
    assert (len(found.frame), found.remarks) == (4, ())
    assert found.findings[-1].facts == {"rows": 3, "value": "Xã Không Có"}


def test_a_column_that_speaks_of_other_areas_puts_no_row_aside(read: Read) -> None:
    """A city's incidents carry the number of a ward, which is none of the areas loaded."""
    pointed = "".join(f"05/03/2024,theft,{ward},,,106.05,11.5\n" for ward in range(40, 60))
    found = read("a.csv", HEADER + pointed + "05/03/2024,theft,41,,,,\n")
    assert (len(found.frame), found.quarantine, found.remarks) == (21, (), ())
    assert found.findings[-1].facts == {"column": "Xã / phường", "value": "40", "rows": 1}
    assert "is left aside" in found.findings[-1].message
    known = read("a.csv", HEADER + pointed + "05/03/2024,theft,41,,,,\n05/03/2024,theft,Suối Ngô,,,106.45,11.5\n")
    assert [row.reason for row in known.quarantine] == ["unknown_area"]


def test_a_code_that_contradicts_the_name_is_a_remark_beside_a_point_and_a_fault_without(read: Read) -> None:
    rows = "05/03/2024,theft,Hoà Hội,,203,106.35,11.5\n05/03/2024,theft,Hoà Hội,,203,,\n"
    found = read("a.csv", HEADER + rows)
    assert remarks(found) == [(2, "contradicting_area")]
    assert [(row.row, row.reason) for row in found.quarantine] == [(3, "contradicting_area")]


def test_a_point_outside_all_boundaries_is_left_to_the_join(read: Read) -> None:
    assert remarks(read("a.csv", HEADER + "05/03/2024,theft,Suối Ngô,,,108.5,11.5\n")) == []


def test_a_slip_gives_one_remark_a_spelling_and_a_count(read: Read, open_minded: Profile) -> None:
    rows = "05/03/2024,theft,Suối Ngôo,,,,\n" * 2 + "05/03/2024,theft,Hòa Hôi,,,,\n05/03/2024,theft,Hòa Hội,,,,\n"
    found = read("a.csv", HEADER + rows, profile=open_minded)
    assert found.frame["area_code"].tolist() == ["203", "203", "202", "202"]
    assert [(row.row, row.facts) for row in found.remarks] == [
        (2, {"value": "Suối Ngôo", "name": "Suối Ngô", "rows": 2}),
        (4, {"value": "Hòa Hôi", "name": "Xã Hòa Hội", "rows": 1}),
    ]
    assert found.findings[-1].facts == {
        "rows": 3, "spellings": 2, "value": "Suối Ngôo", "area": "Suối Ngô, Huyện Tân Biên (203)",
    }  # fmt: skip
    assert "read as «Suối Ngô»" in found.remarks[0].message
