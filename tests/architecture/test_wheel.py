"""A wheel built from the project carries all that it needs and runs outside of the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
DATA = {
    "assets": "dashboard/assets",
    "dashboard/locale": "dashboard/locale",
    "geodata/profiles": "geodata/profiles",
    "geodata/demo/facts": "geodata/demo/facts",
}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def run(wheel: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command of the unpacked wheel, in a folder that is no checkout."""
    installed = folder / "installed"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(installed)
    # The unpacked wheel goes before the checkout that an editable install of these tests has put on the path.
    return subprocess.run(
        [sys.executable, "-c", "from dashboard.cli import main; main()", *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(installed), "DIEMNONG_LANG": "en"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize("folder", DATA)
def test_the_wheel_carries_every_data_file(wheel: Path, folder: str) -> None:
    with zipfile.ZipFile(wheel) as archive:
        carried = set(archive.namelist())
    there = [path for path in (ROOT / folder).rglob("*") if path.is_file() and path.suffix not in {".py", ".pyc"}]
    assert there, f"{folder} is empty"
    wanted = {f"{DATA[folder]}/{path.relative_to(ROOT / folder).as_posix()}" for path in there}
    assert wanted <= carried


def test_the_wheel_carries_no_test_and_no_cache(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        odd = [name for name in archive.namelist() if name.startswith("tests") or "__pycache__" in name]
    assert odd == []


def test_the_unpacked_wheel_finds_its_own_assets(wheel: Path, tmp_path: Path) -> None:
    code = "from dashboard.settings import assets_folder; print(assets_folder())"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "installed")
    environment = os.environ | {"PYTHONPATH": str(tmp_path / "installed")}
    said = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert Path(said.stdout.strip()) == (tmp_path / "installed" / "dashboard" / "assets").resolve()


def test_the_unpacked_wheel_builds_the_demo(wheel: Path, tmp_path: Path) -> None:
    done = run(wheel, tmp_path, "demo", "--build-only")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "diemnong-demo" / "profile.toml").is_file()
