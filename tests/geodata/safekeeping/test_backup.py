"""A backup and what comes back of it: equal counts on a new machine, only what is missing in an old workspace."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.reckoning import plain_values
from geodata.answers.answers import Answers
from geodata.errors import StoreError
from geodata.safekeeping.archive import Archive
from geodata.safekeeping.backup import backup
from geodata.safekeeping.mend import mend
from geodata.safekeeping.restore import Restored, restore_new
from geodata.warehouse.warehouse import Warehouse
from tests.geodata.warehouse.offices import holds, load, write
from tests.geodata.worlds import tiny_workspace

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[3]
ROWS = [f"HS-{i},{i % 28 + 1:02}/02/2025 10:00,theft,106.05,11.05" for i in range(30)]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a workspace, an account book, a record, sources, and a backup of it all."""
    folder = tmp_path_factory.mktemp("made")
    warehouse = tiny_workspace(folder)
    load(warehouse, write(folder / "more.csv", *ROWS))
    warehouse.close()
    accounts = sqlite3.connect(warehouse.folder / "access.sqlite")
    accounts.executescript("CREATE TABLE accounts (name); INSERT INTO accounts VALUES ('Lan')")
    accounts.close()
    for name, text in (
        ("audit/2025-02.jsonl", '{"seq": 1}\n'),
        ("source/a b/Tệp gốc.csv", "x\n"),
        ("secret", "s" * 40),
    ):
        path = warehouse.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    backup(warehouse.folder, folder / "b.zip")
    return folder


@pytest.fixture
def own(made: Path, tmp_path: Path) -> Path:
    """A copy of that workspace that a test may harm."""
    shutil.copytree(made / "workspace", tmp_path / "own")
    return tmp_path / "own"


def told(folder: Path) -> dict[str, object]:
    """All that is added up in a workspace, but the number of its generation."""
    warehouse = Warehouse(folder)
    holds(warehouse)
    said = plain_values(Answers(warehouse).reconciliation())
    warehouse.close()
    return {name: value for name, value in said.items() if name != "generation"}


def segment_of(folder: Path, file: int) -> str:
    return str(_one(folder, f"SELECT segment FROM files WHERE id = {file}"))


def drawing_of(folder: Path) -> str:
    return str(_one(folder, "SELECT web_file FROM layers"))


def _one(folder: Path, query: str) -> object:
    connection = sqlite3.connect(folder / "catalogue.sqlite")
    (found,) = connection.execute(query).fetchone()
    connection.close()
    return found


def mended(file: Path, folder: Path) -> Restored:
    with Archive(file) as archive:
        return mend(archive, folder)


def test_a_workspace_restored_on_another_machine_adds_up_to_the_same(made: Path, tmp_path: Path) -> None:
    shutil.copy(made / "b.zip", tmp_path / "carried.zip")
    with Archive(tmp_path / "carried.zip") as archive:
        done = restore_new(archive, tmp_path / "deep" / "new")
    assert (done.way, done.held.files, done.held.kept) == ("new", 2, 230)
    assert told(done.folder) == told(made / "workspace")
    assert (done.folder / "source" / "a b" / "Tệp gốc.csv").read_text(encoding="utf-8") == "x\n"
    accounts = sqlite3.connect(done.folder / "access.sqlite")
    assert accounts.execute("SELECT name FROM accounts").fetchall() == [("Lan",)]
    accounts.close()
    assert (done.folder / "access.sqlite").stat().st_mode & 0o77 == 0
    assert not (done.folder / "secret").exists()
    more = write(tmp_path / "next.csv", "HS-99,01/03/2025 10:00,theft,106.05,11.05")
    assert load(Warehouse(done.folder), more).kept == 1


def test_a_backup_is_its_owners_alone_and_leaves_nothing_beside(made: Path) -> None:
    assert (made / "b.zip").stat().st_mode & 0o77 == 0
    assert not [path.name for path in made.iterdir() if path.name.startswith(".")]


def test_only_what_is_missing_or_damaged_comes_back(made: Path, own: Path) -> None:
    whole = told(own)
    segment, drawing = own / "segments" / f"{segment_of(own, 2)}.parquet", own / "boundaries" / drawing_of(own)
    segment.write_bytes(b"x" + segment.read_bytes()[1:])
    drawing.unlink()
    (own / "source" / "a b" / "Tệp gốc.csv").write_text("mine", encoding="utf-8")
    done = mended(made / "b.zip", own)
    assert done.way == "mended"
    assert set(done.mended) == {f"boundaries/{drawing.name}", f"segments/{segment.name}"}
    assert not done.lacking
    assert told(own) == whole
    assert (own / "source" / "a b" / "Tệp gốc.csv").read_text(encoding="utf-8") == "mine"
    assert mended(made / "b.zip", own).way == "sound"


def test_a_server_that_reads_the_workspace_sees_it_mended(made: Path, own: Path) -> None:
    for path in (own / "segments").glob("*"):
        path.write_bytes(path.read_bytes()[:-1])
    served = Warehouse(own)
    assert len(served.snapshot().unreadable) == 2
    assert mended(made / "b.zip", own).mended
    assert (len(served.snapshot().incidents), served.snapshot().unreadable) == (230, ())


def test_newer_data_stays_when_an_older_backup_mends(made: Path, own: Path, tmp_path: Path) -> None:
    load(Warehouse(own), write(tmp_path / "newer.csv", "HS-99,01/03/2025 10:00,theft,106.05,11.05"))
    whole = told(own)
    old, new = segment_of(own, 2), segment_of(own, 3)
    (own / "segments" / f"{old}.parquet").unlink()
    assert mended(made / "b.zip", own).mended == (f"segments/{old}.parquet",)
    assert told(own) == whole
    (own / "segments" / f"{new}.parquet").unlink()
    done = mended(made / "b.zip", own)
    assert (done.mended, done.lacking) == ((), (f"segments/{new}.parquet",))
    assert [each.name for each in Warehouse(own).snapshot().unreadable] == ["newer.csv"]


@pytest.mark.parametrize("harm", ["missing", "empty", "overwritten"])
def test_a_lost_catalogue_comes_back_and_nothing_newer_is_thrown_away(
    made: Path, own: Path, tmp_path: Path, harm: str
) -> None:
    warehouse = Warehouse(own)
    load(warehouse, write(tmp_path / "newer.csv", "HS-99,01/03/2025 10:00,theft,106.05,11.05"))
    newer = {path.name for path in (own / "segments").glob("*")} - {
        path.name for path in (made / "workspace" / "segments").glob("*")
    }
    warehouse.close()
    path = own / "catalogue.sqlite"
    if harm == "missing":
        path.unlink()
    else:
        path.write_bytes(b"" if harm == "empty" else b"x" * 5000 + path.read_bytes()[5000:])
    done = mended(made / "b.zip", own)
    assert "catalogue.sqlite" in done.mended
    assert told(own) == told(made / "workspace")
    assert done.set_aside is not None
    assert newer <= {each.name for each in done.set_aside.rglob("*")}
    assert (done.set_aside / "catalogue.sqlite").exists() == (harm != "missing")
    assert load(Warehouse(own), tmp_path / "newer.csv").kept == 1


def test_another_workspaces_backup_changes_nothing(made: Path, tmp_path: Path) -> None:
    other = tiny_workspace(tmp_path).folder
    next((other / "layers").glob("*")).unlink()
    with pytest.raises(StoreError, match="another workspace"):
        mended(made / "b.zip", other)


def test_a_damaged_workspace_is_not_backed_up_over_a_good_one(made: Path, own: Path, tmp_path: Path) -> None:
    target = shutil.copy(made / "b.zip", tmp_path / "b.zip")
    before = Path(target).read_bytes()
    segment = segment_of(own, 2)
    path = own / "segments" / f"{segment}.parquet"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(StoreError, match=f"{segment}.*damaged"):
        backup(own, Path(target))
    assert Path(target).read_bytes() == before
    assert {each.name for each in tmp_path.iterdir()} == {"own", "b.zip"}


def test_a_file_that_is_no_backup_of_this_workspace_is_never_overwritten(made: Path, tmp_path: Path) -> None:
    foreign, other = tmp_path / "letter.zip", tmp_path / "other.zip"
    foreign.write_bytes(b"PK not ours")
    tiny_workspace(tmp_path).close()
    backup(tmp_path / "workspace", other)
    for path in (foreign, other):
        before = path.read_bytes()
        with pytest.raises(StoreError, match="it was left"):
            backup(made / "workspace", path)
        assert path.read_bytes() == before


def test_a_backup_made_while_files_are_loaded_is_of_one_generation(own: Path, tmp_path: Path) -> None:
    paths = [
        write(tmp_path / f"{n}.csv", *(row.replace("HS-", f"N{n}-").replace("10:00", f"{n:02}:00") for row in ROWS))
        for n in range(8)
    ]
    code = "import sys; from pathlib import Path; from geodata.warehouse.warehouse import Warehouse; "
    code += "w = Warehouse(Path(sys.argv[1])); [w.ingest(Path(p)) for p in sys.argv[2:]]"
    loading = subprocess.Popen([sys.executable, "-c", code, str(own), *map(str, paths)], cwd=ROOT)
    seen: list[int] = []
    while loading.poll() is None:
        backup(own, tmp_path / "b.zip")
        with Archive(tmp_path / "b.zip") as archive:
            done = restore_new(archive, tmp_path / f"r{len(seen)}")
        holds(Warehouse(done.folder))
        seen.append(done.held.files)
    assert loading.returncode == 0
    assert seen == sorted(seen)
    assert (seen[-1] > seen[0], set(seen) <= set(range(2, 11))) == (True, True)


def repacked(source: Path, target: Path, change: Callable[[zipfile.ZipFile, str, bytes], None]) -> Path:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            change(new, name, old.read(name))
    return target


def bomb(new: zipfile.ZipFile, name: str, content: bytes) -> None:
    new.writestr(name, content, zipfile.ZIP_DEFLATED)


def slip(new: zipfile.ZipFile, name: str, content: bytes) -> None:
    content = content.replace(b"audit/2025-02.jsonl", b"audit/../../2025.js")
    new.writestr(name.replace("audit/2025-02.jsonl", "audit/../../2025.js"), content)


def stranger(new: zipfile.ZipFile, name: str, content: bytes) -> None:
    new.writestr(name, content)
    if name == "manifest.json":
        new.writestr("source/more.csv", b"not in the list")


def flip(new: zipfile.ZipFile, name: str, content: bytes) -> None:
    new.writestr(name, bytes([content[0] ^ 1]) + content[1:] if name.startswith("layers/") else content)


def short(new: zipfile.ZipFile, name: str, content: bytes) -> None:
    new.writestr(name, content[:-1] if name.startswith("segments/") else content)


@pytest.mark.parametrize("change", [bomb, slip, stranger, flip, short])
def test_a_backup_made_to_do_harm_is_refused_whole(
    made: Path, tmp_path: Path, change: Callable[[zipfile.ZipFile, str, bytes], None]
) -> None:
    bad = repacked(made / "b.zip", tmp_path / "bad.zip", change)
    with pytest.raises(StoreError), Archive(bad) as archive:
        restore_new(archive, tmp_path / "new")
    assert [path.name for path in tmp_path.iterdir()] == ["bad.zip"]


def test_a_backup_cut_off_or_with_a_flipped_bit_is_refused_or_comes_back_equal(made: Path, tmp_path: Path) -> None:
    whole = (made / "b.zip").read_bytes()
    path, refused = tmp_path / "b.zip", 0
    for at in range(0, len(whole), len(whole) // 60):
        for content in (whole[:at], whole[:at] + bytes([whole[at] ^ 8]) + whole[at + 1 :]):
            path.write_bytes(content)
            try:
                with Archive(path) as archive:
                    archive.check()
            except StoreError:
                refused += 1
    assert refused > 110  # dates and rights of entries mean nothing here


def test_a_folder_that_holds_anything_is_left_alone(made: Path, tmp_path: Path) -> None:
    for name in ("full", "file"):
        path = tmp_path / name
        if name == "full":
            path.mkdir()
            (path / "letter.txt").write_text("mine", encoding="utf-8")
        else:
            path.write_text("mine", encoding="utf-8")
        with pytest.raises(StoreError, match="nothing of it was touched"), Archive(made / "b.zip") as archive:
            restore_new(archive, path)
    assert (tmp_path / "full" / "letter.txt").read_text(encoding="utf-8") == "mine"
    (tmp_path / "empty").mkdir()
    with Archive(made / "b.zip") as archive:
        assert restore_new(archive, tmp_path / "empty").way == "new"
