"""The numbers by which rows are known again."""

from __future__ import annotations

import struct

import numpy as np
import pandas as pd
import pytest

from geodata.tables import QuarantinedRow, check_incidents
from geodata.warehouse.keys import CASE, CONTENT, case_keys, rows_digest, text_keys, with_keys
from tests.geodata.worlds import tiny_incidents

ALL = (1 << 64) - 1


def keys(*ids: str) -> list[int]:
    return [int(key) for key in case_keys(pd.Series(ids, dtype="str"))]


def test_no_case_number_is_no_key() -> None:
    assert keys("", "a")[0] == 0


@pytest.mark.parametrize(
    ("one", "other"),
    [("12", "0012"), ("HS-01", "hs-01"), ("HS 01", "HS01"), ("HS–01", "HS-01"), ("đ1", "Đ1"), ("a\u0301b", "áb")],
)
def test_spellings_of_one_case_number_have_one_key(one: str, other: str) -> None:
    assert len(set(keys(one, other))) == 1
    assert keys(one) == keys(other)  # whatever stands beside it


def test_a_whole_number_is_its_own_key_and_all_else_has_the_highest_bit() -> None:
    found = keys("0", "7", "7a", "1" * 19)
    assert found[:2] == [1, 8]
    assert all(key >> 63 for key in found[2:])


def test_texts_that_differ_anywhere_have_other_keys() -> None:
    texts = ["a", "b", "ab", "ba", "a" * 8, "a" * 9, "a" * 64, "a" * 65, "a" * 64 + "b", "a\0", "á"]
    found = text_keys(pd.Series(texts, dtype="str"))
    assert len(set(found.tolist())) == len(texts)
    alone = [int(text_keys(pd.Series([text], dtype="str"))[0]) for text in texts]
    assert found.tolist() == alone  # a key does not hang on its neighbours


def test_content_is_all_but_number_sheet_row_and_precision() -> None:
    frame = tiny_incidents(n=50)
    same = frame.assign(sheet="T3", row=np.arange(50, 100), incident_id="x", precision="hamlet")
    assert with_keys(frame)[CONTENT].tolist() == with_keys(check_incidents(same))[CONTENT].tolist()
    for name, other in {"day": 1, "minute": 1441, "category": "x", "lon": 1.0, "lat": 1.0, "area_code": "9"}.items():
        changed = with_keys(check_incidents(frame.assign(**{name: other})))  # type: ignore[arg-type]
        assert not (changed[CONTENT] == with_keys(frame)[CONTENT]).any(), name


def test_points_that_are_missing_and_both_noughts_are_one() -> None:
    frame = tiny_incidents(n=4).assign(day=1, minute=1, day_to=1, minute_to=1, category="a", source="unknown")
    frame = frame.assign(lon=[0.0, -0.0, np.nan, -np.nan], lat=1.0, area_code="", area_edition="", area_level="")
    found = with_keys(check_incidents(frame))[CONTENT].tolist()
    assert found[0] == found[1] != found[2] == found[3]


def test_the_digest_of_a_file_is_that_of_its_rows_in_any_order() -> None:
    frame = with_keys(tiny_incidents(n=20))
    assert rows_digest(frame) == rows_digest(frame.iloc[::-1])
    assert rows_digest(frame) != rows_digest(frame.iloc[1:])
    assert rows_digest(frame) != rows_digest(with_keys(frame.assign(incident_id="x")))
    assert rows_digest(frame.iloc[:0]) == ""


def test_the_digest_of_a_file_holds_what_was_put_aside() -> None:
    known = with_keys(tiny_incidents(n=20))
    rows = [QuarantinedRow("f", "", i, "c", "bad_date", "t", {}, {"id": str(i)}) for i in range(2)]
    assert rows_digest(known, rows) == rows_digest(known, reversed(rows))
    assert len({rows_digest(known, some) for some in (rows, rows[:1], [])}) == 3
    assert rows_digest(known, rows, ["a:b:1"]) != rows_digest(known, rows)


def mixed(word: int) -> int:
    """Splitmix64's finaliser, in plain whole numbers."""
    word = (word + 0x9E3779B97F4A7C15) & ALL
    word = ((word ^ word >> 30) * 0xBF58476D1CE4E5B9) & ALL
    word = ((word ^ word >> 27) * 0x94D049BB133111EB) & ALL
    return word ^ word >> 31


def hashed(text: str) -> int:
    content, found = text.encode(), 0
    for start in range(0, len(content), 8):
        word = int.from_bytes(content[start : start + 8].ljust(8, b"\0"), "little")
        found = mixed(found ^ word ^ len(content) << 56 & ALL)
    return found


def test_stored_keys_never_change() -> None:
    """A store of last year holds such numbers: here they are made one by one."""
    frame = tiny_incidents(n=4).iloc[:1].assign(day=19800, day_to=19801, minute=90, minute_to=-1, category="assault")
    frame = frame.assign(lon=106.05, lat=np.nan, area_edition="2024", area_level="commune", area_code="25459")
    frame = with_keys(check_incidents(frame.assign(source="reported", incident_id="hs-01/2024")))
    found = mixed(mixed((19800 << 16) + 90) ^ (19801 << 16) - 1)
    for number in (106.05, float("nan")):
        found = mixed(found ^ struct.unpack("<Q", struct.pack("<d", number))[0])
    for text in ("assault", "reported", "2024", "commune", "25459"):
        found = mixed(found ^ hashed(text))
    assert frame[CONTENT].tolist() == [found]
    assert frame[CASE].tolist() == [hashed("HS-01/2024") | 1 << 63]
