from __future__ import annotations

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.ingest.hashing import text_hashes


def column(texts: list[str]) -> pa.Array:
    return pa.array(texts, pa.large_string())


@settings(deadline=None, max_examples=100)
@given(st.lists(st.text(max_size=80), max_size=30))
def test_equal_texts_and_only_those_have_equal_hashes_whatever_stands_beside_them(texts: list[str]) -> None:
    found = text_hashes(column(texts)).tolist()
    assert len(set(found)) == len(set(texts))
    assert found == [int(text_hashes(column([text]))[0]) for text in texts]


def test_the_empty_text_is_nought() -> None:
    assert text_hashes(column(["", "a"])).tolist()[0] == 0


def test_part_of_a_column_is_hashed_as_the_same_texts_alone() -> None:
    whole = column(["long before it", "b", "ccccccccccc", "d"])
    assert text_hashes(whole.slice(1, 2)).tolist() == text_hashes(column(["b", "ccccccccccc"])).tolist()
