from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from geodata.errors import StoreError
from geodata.warehouse.catalogue import NAME, Catalogue, Generation, advance, newest


def test_an_empty_catalogue_is_generation_nought(tmp_path: Path) -> None:
    assert Catalogue(tmp_path).generation() == Generation(0, None, 0)


def test_a_generation_knows_when_the_ground_last_moved(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path)
    for ground in (True, False, False):
        with catalogue.writing() as connection:
            made = advance(connection, "a change", ground=ground)
    assert (made.id, made.ground) == (3, 1)
    assert catalogue.generation() == made


def test_what_raises_is_undone(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path)

    def fail() -> None:
        with catalogue.writing() as connection:
            advance(connection, "half a change", ground=True)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert catalogue.generation().id == 0


def test_a_reader_sees_one_generation_whatever_is_committed_meanwhile(tmp_path: Path) -> None:
    catalogue, other = Catalogue(tmp_path), Catalogue(tmp_path)
    with catalogue.reading() as reading:
        assert newest(reading).id == 0
        with other.writing() as connection:
            advance(connection, "a change", ground=False)
        assert newest(reading).id == 0
    assert catalogue.generation().id == 1


def test_the_catalogue_commits_to_disk(tmp_path: Path) -> None:
    with Catalogue(tmp_path).reading() as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert connection.execute("PRAGMA synchronous").fetchone()[0] == 2
        assert connection.execute("PRAGMA foreign_keys").fetchone()[0] == 1


def test_a_store_of_another_version_is_refused(tmp_path: Path) -> None:
    Catalogue(tmp_path).close()
    with sqlite3.connect(tmp_path / NAME) as connection:
        connection.execute("PRAGMA user_version=99")
    with pytest.raises(StoreError, match="version 99"):
        Catalogue(tmp_path)


def test_a_file_that_is_no_catalogue_is_refused(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"%PDF-1.7 not a database at all" * 100)
    with pytest.raises(StoreError, match=NAME):
        Catalogue(tmp_path)


@pytest.mark.parametrize("folder", ["segments", "layers"])
@pytest.mark.parametrize("content", [None, b""])
def test_a_lost_catalogue_is_never_made_anew_beside_what_it_named(
    tmp_path: Path, folder: str, content: bytes | None
) -> None:
    (tmp_path / folder).mkdir()
    held = tmp_path / folder / f"{'0' * 64}.parquet"
    held.write_bytes(b"rows")
    if content is not None:
        (tmp_path / NAME).write_bytes(content)
    with pytest.raises(StoreError, match=f"{NAME} from a backup"):
        Catalogue(tmp_path)
    assert held.exists()
    assert (tmp_path / NAME).exists() is (content is not None)


def test_a_database_without_tables_is_no_catalogue_of_what_lies_beside_it(tmp_path: Path) -> None:
    (tmp_path / "segments").mkdir()
    (tmp_path / "segments" / "a.parquet").write_bytes(b"rows")
    connection = sqlite3.connect(tmp_path / NAME)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.close()
    with pytest.raises(StoreError, match="backup"):
        Catalogue(tmp_path)


def test_a_catalogue_lost_while_it_is_open_is_not_made_anew(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path)
    (tmp_path / "segments").mkdir()
    (tmp_path / "segments" / "a.parquet").write_bytes(b"rows")
    (tmp_path / NAME).unlink()
    with pytest.raises(StoreError, match="backup"), catalogue.reading():
        pass
    assert not (tmp_path / NAME).exists()


def test_a_workspace_of_any_name_is_opened(tmp_path: Path) -> None:
    folder = tmp_path / "Xã Ấp #1? 100%"
    folder.mkdir()
    assert Catalogue(folder).generation().id == 0
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]
    assert (folder / NAME).exists()
