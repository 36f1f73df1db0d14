"""constraints.txt and what is installed are the same versions."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PINS = [
    Requirement(line)
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
TOOLS_OF_PYTHON = {"pip", "setuptools", "wheel"}


def versions_needed() -> dict[str, str]:
    """Name -> installed version of the project's requirements (test extra included) and of all that they need."""
    asked = [(Requirement(line), "") for line in (*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["test"])]
    needed: dict[str, str] = {}
    seen: set[tuple[str, str]] = set()
    while asked:
        requirement, extra = asked.pop()
        if requirement.marker and not requirement.marker.evaluate({"extra": extra}):
            continue
        name = canonicalize_name(requirement.name)
        needed[name] = metadata.version(name)
        for wanted in {"", *requirement.extras}:
            if (name, wanted) not in seen:
                seen.add((name, wanted))
                asked += [(Requirement(line), wanted) for line in metadata.requires(name) or ()]
    return needed


def test_all_that_the_project_needs_is_pinned() -> None:
    pinned = {canonicalize_name(pin.name) for pin in PINS}
    assert sorted(set(versions_needed()) - pinned - TOOLS_OF_PYTHON) == []


def test_nothing_is_pinned_that_nothing_needs() -> None:
    here = {canonicalize_name(pin.name) for pin in PINS if pin.marker is None or pin.marker.evaluate()}
    assert sorted(here - set(versions_needed())) == []


def test_the_pinned_versions_are_the_installed_ones() -> None:
    installed = versions_needed()
    wrong = {
        pin.name: (str(pin.specifier), installed[name])
        for pin in PINS
        if (name := canonicalize_name(pin.name)) in installed and not pin.specifier.contains(installed[name])
    }
    assert wrong == {}


def test_each_pin_is_one_exact_version() -> None:
    assert [str(pin) for pin in PINS if not re.fullmatch(r"==[\w.]+", str(pin.specifier))] == []


def test_the_application_needs_no_test_tool() -> None:
    app = {canonicalize_name(Requirement(line).name) for line in PROJECT["dependencies"]}
    extra = {canonicalize_name(Requirement(line).name) for line in PROJECT["optional-dependencies"]["test"]}
    assert app & extra == set()
