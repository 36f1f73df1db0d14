"""docs/security.md names only tests that exist, and says openly where one is missing."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
SHORT = {path.name: path for path in (ROOT / "tests").rglob("test_*.py")}


def named() -> list[tuple[str, str]]:
    """File and test as the page names them; ``::test`` alone is of the file named before it."""
    found, file = [], ""
    for before, test in re.findall(r"`((?:tests/)?[\w/]*\.py)?(?:::(\w+))?`", PAGE):
        file = before or file
        if before or test:
            found.append((file, test))
    return found


def test_the_page_names_tests() -> None:
    assert len(named()) > 30


@pytest.mark.parametrize(("file", "test"), named())
def test_every_test_the_page_names_exists(file: str, test: str) -> None:
    path = ROOT / file if "/" in file else SHORT.get(file, ROOT / file)
    assert path.is_file()
    functions = {
        each.name for each in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(each, ast.FunctionDef)
    }
    assert not test or test in functions


def test_a_promise_without_a_test_is_open() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("|") and line.count("|") == 4]
    unheld = [row for row in rows if not row.split("|")[2].strip() and "*open*" not in row]
    assert [row for row in unheld if not set(row) <= set("|- ")] == []
