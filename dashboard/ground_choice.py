"""What a person chose about a boundary file -> a LayerWish. Knows controls' values, no markup and no file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Final

from dashboard.decisions import NONE
from dashboard.ground_staging import Columns, LayerWish, StagedGround
from dashboard.query_text import read_day
from geodata.vocabulary import Level

COLUMNS: Final = tuple(field.name for field in fields(Columns))
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def shown_columns(staged: StagedGround) -> Columns:
    """The properties that the file was read by: those chosen, and those recognised."""
    report = staged.trial.report if staged.trial is not None else None
    if report is None:
        return staged.recipe.columns
    read = (report.code_field, report.name_field, report.parent_field, report.population_field)
    return Columns(*(field or None for field in read))


def wished(staged: StagedGround, given: Mapping[str, object]) -> LayerWish:
    """The wish that the lists show. What is not on offer, or what the program recognised itself, is no choice."""
    before, seen = staged.recipe, shown_columns(staged)
    known = staged.trial.fields if staged.trial is not None else ()
    level = next((each for each in Level if each.value == given.get("level")), before.level)
    columns = before.columns
    for name in COLUMNS:
        value = given.get(name)
        if value in known and value != getattr(seen, name):
            columns = replace(columns, **{name: value})
        elif value == NONE and getattr(seen, name) is not None:
            columns = replace(columns, **{name: None})
    return replace(before, level=level, columns=columns)


def named(wish: LayerWish, given: Mapping[str, object]) -> LayerWish:
    """The wish with the edition's name and days that were typed."""
    edition = given.get("edition")
    return replace(
        wish,
        edition=edition.strip() if isinstance(edition, str) else "",
        begin=read_day(given.get("begin")),
        end=read_day(given.get("end")),
    )


def edition_of(file: str, year: int) -> str:
    """A name for the edition to begin with: the year in the file's name, else this one."""
    found = _YEAR.search(file)
    return found[0] if found else str(year)
