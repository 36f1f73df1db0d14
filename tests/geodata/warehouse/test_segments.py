from __future__ import annotations

import os
import time
from pathlib import Path

import pyarrow as pa
import pytest

from geodata.errors import StoreError
from geodata.warehouse import durable, segments

TABLE = pa.table({"day": list(range(1000)), "category": ["theft", "drugs"] * 500})


def test_a_segment_comes_back_as_it_was_and_is_named_by_its_content(tmp_path: Path) -> None:
    sha256 = segments.write_table(tmp_path, TABLE)
    assert segments.read_table(tmp_path, sha256).equals(TABLE)
    assert segments.write_table(tmp_path, TABLE) == sha256
    assert [path.name for path in tmp_path.iterdir()] == [f"{sha256}.parquet"]


def test_every_flipped_bit_is_noticed_and_the_file_named(tmp_path: Path) -> None:
    sha256 = segments.write_table(tmp_path, TABLE)
    path = tmp_path / segments.file_name(sha256)
    whole = path.read_bytes()
    for position in range(0, len(whole), len(whole) // 40):
        damaged = bytearray(whole)
        damaged[position] ^= 4
        path.write_bytes(bytes(damaged))
        with pytest.raises(StoreError, match=f"{sha256}.parquet is damaged"):
            segments.read_table(tmp_path, sha256)


def test_a_missing_segment_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is missing"):
        segments.read_table(tmp_path, "0" * 64)


def test_only_old_files_that_nothing_names_are_swept(tmp_path: Path) -> None:
    long_ago = time.time() - 3 * durable.FORGOTTEN_S
    for name in ("wanted", "old", "young"):
        durable.put(tmp_path, name, name.encode())
    for name in ("wanted", "old"):
        os.utime(tmp_path / name, (long_ago, long_ago))
    durable.sweep(tmp_path, {"wanted"})
    assert {path.name for path in tmp_path.iterdir()} == {"wanted", "young"}


def test_a_file_put_again_is_young_again(tmp_path: Path) -> None:
    durable.put(tmp_path, "one", b"1")
    os.utime(tmp_path / "one", (0, 0))
    durable.put(tmp_path, "one", b"1")
    durable.sweep(tmp_path, set())
    assert (tmp_path / "one").exists()
