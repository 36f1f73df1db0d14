"""How files with the same headers were read before, and which category an answered wording means. Reads no file."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from geodata.errors import N_, StoreError
from geodata.ingest.recipe import EMPTY, Recipe, from_json
from geodata.ingest.wording import words
from geodata.tables import Finding
from geodata.vocabulary import Category

SELECT: Final = "SELECT headers, recipe, name, at FROM recipes"
SHORTEST_ID: Final = 4
LISTED_ID: Final = 12


@dataclass(frozen=True, slots=True)
class RememberedRecipe:
    """A recipe that is used again for files with the same headers. ``id`` is the beginning of their digest."""

    id: str
    recipe: Recipe
    name: str  # of the file it was given for
    at: datetime


def headers_digest(headers: Sequence[str]) -> str:
    """A digest of a table's headers, whatever their order and spelling."""
    return hashlib.sha256("\n".join(sorted({words(header) for header in headers} - {""})).encode()).hexdigest()


class Recollection:
    """What is remembered, for one file that is read: hands out recipes by headers, and notes headers and findings."""

    def __init__(self, connection: sqlite3.Connection, recipe: Recipe = EMPTY) -> None:
        self._given = recipe != EMPTY
        self._answers = dict(connection.execute("SELECT written, category FROM wordings ORDER BY at").fetchall())
        self._recipes = {row[0]: _remembered(*row) for row in connection.execute(f"{SELECT} ORDER BY headers")}
        self._headers: list[tuple[str, ...]] = []
        self._used: dict[str, RememberedRecipe] = {}
        self.own = self._answered(recipe)
        self.further = frozenset(
            words(header) for each in self._recipes.values() for header in each.recipe.columns.values() if header
        )

    def recall(self, headers: Sequence[str]) -> Recipe | None:
        """The recipe that was given for these headers last; None where this file has a recipe of its own."""
        self._headers.append(tuple(headers))
        found = None if self._given else self._recipes.get(headers_digest(headers))
        if found is None:
            return None
        self._used[found.name] = found
        return self._answered(found.recipe)

    @property
    def headers(self) -> tuple[tuple[str, ...], ...]:
        """The headers of the tables that were read."""
        return tuple(self._headers)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was read as another file was."""
        return tuple(
            Finding(
                N_("read as «{file}» was: {decisions}. To read it otherwise, give a mapping of its own"),
                {"file": name, "decisions": told(each.recipe)},
            )
            for name, each in self._used.items()
        )

    def _answered(self, recipe: Recipe) -> Recipe:
        """The recipe with all wordings that were answered, its own answers first."""
        return replace(recipe, categories={**self._answers, **recipe.categories}) if self._answers else recipe


def remember(connection: sqlite3.Connection, headers: Sequence[Sequence[str]], recipe: Recipe, name: str) -> None:
    """Use the recipe again for tables with these headers; an empty one decides nothing."""
    if recipe == EMPTY:
        return
    now = datetime.now(UTC).isoformat()
    rows = {headers_digest(each): None for each in headers}
    connection.executemany(
        "INSERT OR REPLACE INTO recipes VALUES (?, ?, ?, ?)", [(key, recipe.to_json(), name, now) for key in rows]
    )


def all_recipes(connection: sqlite3.Connection) -> tuple[RememberedRecipe, ...]:
    """The remembered recipes, the newest first."""
    rows = connection.execute(f"{SELECT} ORDER BY at DESC, headers")
    return tuple(_remembered(*row) for row in rows)


def forget(connection: sqlite3.Connection, beginning: str) -> RememberedRecipe:
    """Take a recipe out, named by its id or more of it. Raises StoreError where none or several begin so."""
    rows = connection.execute(SELECT).fetchall()
    found = [row for row in rows if len(beginning) >= SHORTEST_ID and row[0].startswith(beginning.lower())]
    if len(found) != 1:
        raise StoreError(
            "no remembered source «{id}»: give the id as it is listed by: diemnong sources", id=beginning[:64]
        )
    connection.execute("DELETE FROM recipes WHERE headers = ?", (found[0][0],))
    return _remembered(*found[0])


def answer(connection: sqlite3.Connection, wording: str, category: str) -> None:
    """Let a wording mean a category from now on."""
    connection.execute(
        "INSERT OR REPLACE INTO wordings VALUES (?, ?, ?, ?)",
        (words(wording), category, " ".join(wording.split()), datetime.now(UTC).isoformat()),
    )


def check_answer(wording: str, category: str, known: Sequence[Category]) -> None:
    """Raise StoreError where the wording is blank or no category has that key."""
    if not words(wording):
        raise StoreError("a blank wording means nothing: give the wording as the file has it")
    if category not in {each.key for each in known}:
        raise StoreError(
            "no category has the key «{category}»; there are: {known}",
            category=category[:64],
            known=", ".join(each.key for each in known),
        )


def told(recipe: Recipe) -> str:
    """The decisions on one line, in the words of the mapping file."""
    parts = [f"{name} = «{header}»" for name, header in recipe.columns.items() if header]
    parts += [f"«{wording}» = {key}" for wording, key in recipe.categories.items()]
    parts += [f"order = {recipe.date_order}"] if recipe.date_order else []
    parts += [f"crs = {recipe.crs}"] if recipe.crs else []
    parts += ["swapped"] if recipe.swapped else []
    return "; ".join(parts)


def _remembered(headers: str, recipe: str, name: str, at: str) -> RememberedRecipe:
    return RememberedRecipe(headers[:LISTED_ID], from_json(recipe), name, datetime.fromisoformat(at))
