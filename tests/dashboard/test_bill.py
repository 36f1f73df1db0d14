"""The bill of materials: all that is pinned is on it, with the version that is installed, and nothing else."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from dashboard.bill import US, Part, bill, parts_of

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
TOOLS = {"pip", "setuptools", "wheel"}


def pinned() -> dict[str, str]:
    """Name -> version of constraints.txt, of what is for this machine."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [Requirement(line) for line in lines if line and not line.startswith("#")]
    here = [pin for pin in pins if pin.marker is None or pin.marker.evaluate()]
    return {canonicalize_name(pin.name): str(pin.specifier).removeprefix("==") for pin in here}


@pytest.fixture(scope="module")
def whole() -> dict[str, Part]:
    extras = metadata.metadata(US).get_all("Provides-Extra") or []
    return parts_of(extras=extras)


@pytest.fixture(scope="module")
def made(whole: dict[str, Part]) -> dict[str, Any]:
    return bill(whole, NOW)


def test_all_that_is_pinned_is_on_the_bill_in_the_pinned_version_and_nothing_else(whole: dict[str, Part]) -> None:
    found = {name: part.version for name, part in whole.items() if name not in {US, *TOOLS}}
    assert found == pinned()


def test_what_the_program_needs_without_extras_holds_no_test_tool() -> None:
    app = set(parts_of())
    assert {"flask", "dash", "numpy", "waitress"} <= app
    assert app.isdisjoint({"pytest", "mypy", "ruff", "hypothesis", "playwright"})


def test_every_part_has_an_address_and_every_dependency_is_a_part(made: dict[str, Any]) -> None:
    parts = [made["metadata"]["component"], *made["components"]]
    addresses = {part["bom-ref"] for part in parts}
    assert len(addresses) == len(parts)
    assert all(re.fullmatch(r"pkg:pypi/[a-z0-9-]+@[\w.+!]+", part["purl"]) for part in parts)
    assert {entry["ref"] for entry in made["dependencies"]} == addresses
    assert {ref for entry in made["dependencies"] for ref in entry["dependsOn"]} <= addresses


def test_every_part_is_reached_from_the_program(made: dict[str, Any]) -> None:
    needs = {entry["ref"]: entry["dependsOn"] for entry in made["dependencies"]}
    reached, asked = set(), [made["metadata"]["component"]["bom-ref"]]
    while asked:
        ref = asked.pop()
        if ref not in reached:
            reached.add(ref)
            asked += needs[ref]
    assert reached == set(needs)


def test_nearly_every_part_says_under_which_licence_it_is(made: dict[str, Any]) -> None:
    silent = [part["name"] for part in made["components"] if "licenses" not in part]
    assert len(silent) <= 5, silent


def test_the_bill_has_what_the_format_asks_for_and_is_the_same_for_the_same_parts(
    whole: dict[str, Part], made: dict[str, Any]
) -> None:
    assert (made["bomFormat"], made["specVersion"], made["version"]) == ("CycloneDX", "1.6", 1)
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", made["serialNumber"])
    assert made["metadata"]["timestamp"] == "2026-11-24T08:00:00+00:00"
    assert bill(whole, NOW) == made


@pytest.mark.slow
def test_the_command_of_the_make_target_prints_it() -> None:
    target = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "-m dashboard.bill" in target
    said = subprocess.run([sys.executable, "-m", "dashboard.bill"], capture_output=True, check=True)
    assert {part["name"] for part in json.loads(said.stdout)["components"]} == set(parts_of()) - {US}
