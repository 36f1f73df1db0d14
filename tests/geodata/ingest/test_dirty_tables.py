"""Tables with any headers and any cells: what always holds."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata import tables
from geodata.boundaries.editions import Boundaries
from geodata.errors import FileRefusedError
from geodata.ingest.cells import LONGEST, table_of
from geodata.ingest.clean import Cleaned
from geodata.ingest.file import clean_tables
from geodata.ingest.headings.dictionary import FIELDS, NOT_KEPT, PARTS
from geodata.ingest.preview import Workspace, trial
from geodata.ingest.raw import RawTable
from geodata.ingest.recipe import EMPTY, Recipe
from geodata.profile import Profile
from geodata.tables import OutstandingRow, QuarantinedRow

TODAY = date(2026, 6, 30)
PERSON = "Nguyễn Thị Bí Mật"  # the whole of every cell of the columns of people
SECRET = "chuyện riêng không ai được biết"  # the whole of every cell of the columns that no field has
PEOPLE = ("Họ tên", "HoTen", "Victim name", "Bị can")
JUNK = ("Lời khai", "zzz", "Cột lạ")
KNOWN = [header for spelled in (*FIELDS.values(), *PARTS.values()) for header in spelled] + list(NOT_KEPT)
GOOD = {
    "Số hồ sơ": ["1", "2", "HS-3", "1"],
    "Xảy ra từ": ["05/03/2024", "2024-03-05 22:15", "31/02/2024", "45292.5", "05/03/2031", "đêm 12 rạng 13/3/2024"],
    "Xảy ra đến": ["05/03/2024", "06/03/2024 07:00", "04/03/2024", "x"],
    "Giờ": ["22:15", "25h", "khuya"],
    "Tội danh": ["theft", "Ma túy", "cướp biển", "Điều 173", "Tổng cộng"],
    "Điều khoản": ["173", "Điều 256a", "999"],
    "Nguồn tin": ["tin báo", "phát hiện", "?"],
    "Xã phường": ["Xã Tân Bình", "Xã Hòa Hội", "Phường IV", "Không Có", "202"],
    "Huyện": ["Huyện Tân Biên", "10"],
    "Kinh độ": ["106.1", "106,15", "0", "1e999", "565483,2", "11.5"],
    "Vĩ độ": ["11.3", "11,45", "0", "NaN", "1249136.5", "106.1"],
}
CELLS = st.one_of(
    st.sampled_from([cell for cells in GOOD.values() for cell in cells]),
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=70),
)
SETTINGS = settings(
    deadline=None, max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def raw(headers: list[str], rows: list[list[str]]) -> RawTable:
    columns = {place: pd.Series([row[place] for row in rows], dtype="str") for place in range(len(headers))}
    frame = pd.DataFrame(columns, index=range(len(rows)))
    return RawTable("", tuple(headers), frame, np.arange(2, len(rows) + 2, dtype=np.int64))


def cleaned(table: RawTable, profile: Profile, ground: Boundaries) -> Cleaned:
    return clean_tables([table], file="d.csv", profile=profile, boundaries=ground, today=TODAY, recipe=EMPTY)


def reasons(row: QuarantinedRow) -> set[str]:
    further = row.facts.get("further", [])
    assert isinstance(further, list)
    return {row.reason, *(one["reason"] for one in further)}


@st.composite
def any_tables(draw: st.DrawFn) -> RawTable:
    """Known headers in any number, people and junk among them."""
    known = draw(st.lists(st.sampled_from(KNOWN), max_size=7))
    headers = draw(st.permutations(["occurred", "category", *known, *PEOPLE[: draw(st.integers(0, 3))], *JUNK]))
    rows = draw(st.lists(st.lists(CELLS, min_size=len(headers), max_size=len(headers)), max_size=6))
    fixed = {**dict.fromkeys(PEOPLE, PERSON), **dict.fromkeys(JUNK, SECRET)}
    return raw(headers, [[fixed.get(h, cell) for h, cell in zip(headers, row, strict=True)] for row in rows])


@st.composite
def likely_tables(draw: st.DrawFn) -> RawTable:
    """An office's headers, each with cells of its kind, good and bad."""
    headers = draw(st.lists(st.sampled_from(list(GOOD)), unique=True, min_size=2))
    headers = [*dict.fromkeys(["Xảy ra từ", "Tội danh", *headers])]
    row = st.tuples(*(st.one_of(st.just(""), st.sampled_from(GOOD[header])) for header in headers))
    return raw(headers, [list(cells) for cells in draw(st.lists(row, min_size=1, max_size=8))])


@pytest.mark.slow
@SETTINGS
@given(table=any_tables(), own=st.booleans())
def test_sums_hold_and_nothing_of_people_or_of_unmapped_columns_is_kept(
    table: RawTable, own: bool, strict: Profile, open_minded: Profile, ground: Boundaries
) -> None:
    profile = open_minded if own else strict
    said, found = "", None
    try:
        found = cleaned(table, profile, ground)
    except FileRefusedError as error:
        said = str(error)
    if found is not None:
        assert found.read == len(found.frame) + len(found.quarantine)
        assert found.frame.equals(tables.check_incidents(found.frame))
        for row in found.quarantine:
            assert all(0 < len(text) <= LONGEST and text.isprintable() for text in row.cells.values())
            assert set(row.cells) <= set(FIELDS)
            json.dumps(row.facts)
        said = repr((found.quarantine, found.remarks, found.findings, found.frame.to_numpy().tolist()))
    assert PERSON not in said
    assert SECRET not in said


@pytest.mark.slow
@SETTINGS
@given(
    table=any_tables(), mapping=st.dictionaries(st.sampled_from(list(FIELDS)), st.sampled_from([*JUNK, "", "cột 2"]))
)
def test_a_preview_never_fails_and_never_shows_people(
    table: RawTable, mapping: dict[str, str], strict: Profile, ground: Boundaries
) -> None:
    found, preview = trial([table], Workspace(strict, ground, TODAY), file="d.csv", recipe=Recipe(mapping))
    assert (found is None) == (preview.refused is not None)
    assert PERSON not in repr(preview)
    assert len(preview.sheets[0].columns) == len(table.columns)


@pytest.mark.slow
@SETTINGS
@given(table=likely_tables())
def test_cells_cleaned_again_have_the_same_faults_and_stay_the_same(
    table: RawTable, strict: Profile, ground: Boundaries
) -> None:
    with suppress(FileRefusedError):
        found = cleaned(table, strict, ground)
        rows = [row for row in found.quarantine if row.reason not in {"duplicate_id", "total_row"}]
        if not rows:
            return
        again = cleaned(table_of([OutstandingRow(str(at), row) for at, row in enumerate(rows)]), strict, ground)
        told = {row.row: row for row in again.quarantine if row.reason != "duplicate_id"}
        for at, row in enumerate(rows, start=1):
            if at in told:
                assert (reasons(told[at]), told[at].cells) == (reasons(row), row.cells)
        doubles = [row.row for row in again.quarantine if row.reason == "duplicate_id"]
        assert sorted([*told, *doubles]) == list(range(1, len(rows) + 1))
