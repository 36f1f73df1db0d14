"""Every row of hand-made files is found again: read, kept, put aside, by month, category and edition."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from geodata.answers.answer import Coverage, Reconciliation, Tally
from geodata.answers.answers import Answers
from geodata.answers.reconciliation import outstanding
from geodata.errors import QuestionError
from geodata.vocabulary import Precision
from geodata.warehouse.warehouse import Warehouse
from tests.geodata.worlds import Still, chief, tiny_snapshot, tiny_workspace

HEADER = "id,occurred,category,lon,lat,Xã / phường,Huyện (cũ)\n"
# 203 was split, 101 moved whole; 107 E lies outside every boundary.
JANUARY = (
    "1,05/01/2024 10:00,theft,106.05123,11.05123,,\n"
    "2,06/01/2024 11:00,theft,106.12123,11.12123,,\n"
    "3,07/02/2024 12:00,drugs,,,Xã 101,Vùng 1\n"
    "4,08/02/2024 12:00,assault,,,Xã 203,Vùng 2\n"
    "5,09/02/2024 12:00,theft,,,,\n"
    "6,31/02/2024 12:00,theft,106.05123,11.05123,,\n"
    "7,10/03/2024 12:00,theft,107.01234,11.11234,,\n"
)
APRIL = "8,02/04/2024 09:30,theft,106.18123,11.02123,,\n9,03/04/2024 09:30,drugs,,,,Vùng 1\n"


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    folder = tmp_path_factory.mktemp("reconciled")
    made = tiny_workspace(folder, incidents=False)
    for name, rows in (("thang1.csv", JANUARY), ("thang4.csv", APRIL)):
        path = folder / name
        path.write_text(HEADER + rows, encoding="utf-8")
        made.ingest(path, today=date(2025, 1, 2))
    yield made
    made.close()


@pytest.fixture(scope="module")
def whole(warehouse: Warehouse) -> Reconciliation:
    return Answers(warehouse).reconciliation()


def test_what_was_read_is_kept_or_put_aside(whole: Reconciliation) -> None:
    assert (whole.read, whole.quarantined, whole.outstanding) == (9, 2, 2)
    assert whole.placed == Tally(kept=7, with_point=3, area_only=3, unplaced=1)
    assert whole.sound
    assert whole.reasons == {"bad_date": 1, "outside_boundaries": 1}


def test_each_file_has_its_own_equation(whole: Reconciliation) -> None:
    first, second = whole.files
    assert (first.name, first.read, first.quarantined, first.placed) == ("thang1.csv", 7, 2, Tally(5, 2, 2, 1))
    assert (second.name, second.read, second.quarantined, second.placed) == ("thang4.csv", 2, 0, Tally(2, 1, 1, 0))
    assert dict(first.reasons) == {"bad_date": 1, "outside_boundaries": 1}


def test_months_and_categories_add_up_to_the_same_incidents(whole: Reconciliation) -> None:
    assert whole.months == (
        (date(2024, 1, 1), Tally(2, 2, 0, 0)),
        (date(2024, 2, 1), Tally(3, 0, 2, 1)),
        (date(2024, 3, 1), Tally(0, 0, 0, 0)),
        (date(2024, 4, 1), Tally(2, 1, 1, 0)),
    )
    kept = {key: tally for key, tally in whole.categories if tally.kept}
    assert kept == {"theft": Tally(4, 3, 0, 1), "drugs": Tally(2, 0, 2, 0), "assault": Tally(1, 0, 1, 0)}
    columns = [key for key, _ in whole.categories]
    assert whole.by_month[:, columns.index("theft")].tolist() == [2, 1, 0, 1]
    assert whole.by_month.sum() == whole.placed.kept


def test_each_edition_says_where_every_kept_incident_stands(whole: Reconciliation) -> None:
    old, new = whole.editions
    assert old == Coverage(
        "2024", by_point=3, by_area=2, split=0, district_only=1, no_successor=0, outside=0, no_place=1
    )
    assert new == Coverage(
        "2025", by_point=3, by_area=1, split=1, district_only=1, no_successor=0, outside=0, no_place=1
    )
    assert (old.placed, new.placed) == (5, 4)


def test_points_are_told_by_how_well_they_are_known(whole: Reconciliation) -> None:
    assert whole.precisions == {Precision.EXACT: 3, Precision.HAMLET: 0, Precision.COMMUNE: 0}


def test_rows_left_out_on_purpose_do_not_wait_to_be_mended() -> None:
    assert outstanding({"bad_date": 2, "repeated_row": 5, "corrected_later": 1, "total_row": 3}) == 2


def test_the_numbers_of_a_larger_world_add_up_too() -> None:
    whole = Answers(Still(tiny_snapshot())).reconciliation()
    assert sum(tally.kept for _, tally in whole.months) == sum(tally.kept for _, tally in whole.categories) == 200
    for each in whole.editions:
        rest = each.split + each.district_only + each.no_successor + each.outside + each.no_place
        assert each.placed + rest == 200
    assert whole.editions[1].split > 0


def test_a_workspace_without_incidents_has_an_empty_reconciliation(tmp_path: Path) -> None:
    whole = Answers(Warehouse.create(tmp_path / "w")).reconciliation()
    assert (whole.read, whole.placed, whole.months, whole.files, whole.editions) == (0, Tally(0, 0, 0, 0), (), (), ())
    assert whole.sound


def test_who_may_see_only_some_areas_is_not_shown_whole_files() -> None:
    with pytest.raises(QuestionError, match="whole province"):
        Answers(Still(tiny_snapshot())).reconciliation(chief("2024", "101"))


def test_rows_of_other_files_again_and_corrected_keep_the_sums(tmp_path: Path) -> None:
    warehouse = tiny_workspace(tmp_path, incidents=False)
    first = "c1,05/01/2024 10:00,theft,106.05123,11.05123,,\nc2,06/01/2024 11:00,theft,106.12123,11.12123,,\n"
    second = first.splitlines(keepends=True)[0] + "c2,06/01/2024 11:00,drugs,106.12123,11.12123,,\nc3,x,drugs,,,,\n"
    for name, rows in (("a.csv", first), ("b.csv", second)):
        (tmp_path / name).write_text(HEADER + rows, encoding="utf-8")
        warehouse.ingest(tmp_path / name, today=date(2025, 1, 2))
    whole = Answers(warehouse).reconciliation()
    warehouse.close()
    # c1 stands once, c2 in its newer version; of the three rows that do not count only the one without a date waits.
    assert (whole.read, whole.placed.kept, whole.quarantined, whole.outstanding) == (5, 2, 3, 1)
    assert whole.sound
    assert {key: tally.kept for key, tally in whole.categories if tally.kept} == {"theft": 1, "drugs": 1}
    assert [(file.read, file.placed.kept, file.quarantined) for file in whole.files] == [(2, 1, 1), (3, 1, 2)]
