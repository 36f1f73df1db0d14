"""Every file of the project: its length, its first line, and what may not stand in it."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 300
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "manager", "misc", "common"}
# One letter of each word stands in brackets, so that this file does not find itself.
MACHINE_PATHS = re.compile(r"(?:^|[^a-z.\w])/(?:wor[k]|roo[t]|tm[p])/")
REGISTRIES = re.compile(r'inde[x]-url|find-link[s]|trusted-hos[t]|"resolve[d]": *"http|files\.pythonhoste[d]')
TEXT = {".py", ".md", ".toml", ".txt", ".cfg", ".css", ".js", ".json", ".csv", ".po", ".yml", ".html", ""}


def tracked() -> list[Path]:
    """The files under version control, or all files of a copy that has none."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout: there is no list of files")
    names = listed.stdout.decode().split("\0")
    return [path for name in names if name and (path := ROOT / name).is_file()]


def python_files() -> list[Path]:
    return [path for path in tracked() if path.suffix == ".py"]


def source_files() -> list[Path]:
    return [path for path in python_files() if path.relative_to(ROOT).parts[0] in {"geodata", "dashboard"}]


def test_no_file_names_a_machine_path_or_a_registry() -> None:
    found = []
    for path in tracked():
        if path.suffix not in TEXT:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if MACHINE_PATHS.search(line) or REGISTRIES.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}")
    assert not found, "\n".join(found)


def test_no_python_file_is_longer_than_300_lines() -> None:
    lengths = {path.relative_to(ROOT): len(path.read_text(encoding="utf-8").splitlines()) for path in python_files()}
    assert {path: n for path, n in lengths.items() if n > LONGEST} == {}


def test_every_module_begins_by_saying_what_it_knows() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in source_files()
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_module_names_are_nouns_of_the_field() -> None:
    assert [str(path) for path in python_files() if path.stem in FORBIDDEN_NAMES] == []


def test_nothing_of_one_province_stands_in_the_code_except_in_its_demo() -> None:
    named = [
        str(path.relative_to(ROOT))
        for path in source_files()
        if not path.is_relative_to(ROOT / "geodata" / "demo")
        if re.search(r"T[âa]y\s?Ninh|Long An\b", path.read_text(encoding="utf-8"), re.IGNORECASE)
    ]
    assert named == []
