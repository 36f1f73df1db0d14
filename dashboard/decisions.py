"""What a person chose on the mapping page -> a Recipe. Knows controls' values, no markup and no file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from geodata.ingest.headings.dictionary import FIELDS
from geodata.ingest.preview import Preview
from geodata.ingest.recipe import DateOrder, Recipe

Shown = list[tuple[dict[str, object], object]]  # the id of a control and what it shows
NONE: Final = "-"  # the choice of nothing: the browser's list shows no words for an empty value
ORDERS: Final[tuple[DateOrder, ...]] = ("", "dmy", "mdy")


@dataclass(frozen=True, slots=True)
class Choice:
    """One column of the preview: its header, the field it was read as, and the field chosen now."""

    header: str
    before: str
    now: str  # NONE for no field


def wished(preview: Preview, before: Recipe, groups: Sequence[Shown]) -> Recipe:
    """The recipe that the controls of a preview show: its columns, its answers, its other choices."""
    fields, answers, others = groups
    columns = {
        (str(sheet), str(place)): column
        for sheet, each in enumerate(preview.sheets)
        for place, column in enumerate(each.columns)
    }
    choices = []
    for where, value in fields:
        column = columns.get((str(where.get("sheet")), str(where.get("column"))))
        if column is not None:
            choices.append(Choice(column.header, column.field, value if isinstance(value, str) else ""))
    asked = {*before.categories, *(each.wording for each in preview.wordings)}
    other = {str(where.get("of")): value for where, value in others}
    crs = other.get("crs")
    return recipe_of(
        choices,
        before,
        order=other.get("order"),
        crs=crs if isinstance(crs, str) and crs in preview.systems else NONE,
        swapped=other.get("swapped") == "yes",
        answers={str(where.get("wording")): value for where, value in answers if str(where.get("wording")) in asked},
    )


def recipe_of(
    choices: Sequence[Choice],
    before: Recipe,
    *,
    order: object = "",
    crs: object = "",
    swapped: object = False,
    answers: Mapping[str, object] | None = None,
) -> Recipe:
    """The recipe after the choices. Values come from a browser: what is not on offer counts as not chosen.

    Columns are written down only once one of them was changed; then all of them are, so that what the dictionary knows
    may change later and the source is still read the same. A field taken from every column is written with no header.
    """
    known = [each for each in choices if each.now in FIELDS or each.now == NONE]
    moved = [each for each in known if each.now != (each.before or NONE)]
    columns: Mapping[str, str] = before.columns
    if moved:
        columns = {each.before: each.header for each in known if each.before}
        columns |= {each.before: "" for each in moved if each.before}
        # A field that two columns claim goes to the one it was given to now.
        columns |= {each.now: each.header for each in moved if each.now != NONE}
    return Recipe(
        columns,
        _answered(before.categories, answers or {}),
        next((each for each in ORDERS if each == order), ""),
        crs.strip() if isinstance(crs, str) and crs != NONE else "",
        swapped is True,
    )


def _answered(before: Mapping[str, str], answers: Mapping[str, object]) -> dict[str, str]:
    """The answers given before, and those of now in their place; one that is taken back is none."""
    now = {**before, **{wording: key for wording, key in answers.items() if isinstance(key, str)}}
    return {wording: key for wording, key in now.items() if key != NONE}
