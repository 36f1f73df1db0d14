"""What a person chose on the mapping page -> a Recipe. Knows controls' values, no markup and no file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from geodata.ingest.headings.dictionary import FIELDS
from geodata.ingest.recipe import DateOrder, Recipe

NONE: Final = "-"  # the choice of nothing: the browser's list shows no words for an empty value
ORDERS: Final[tuple[DateOrder, ...]] = ("", "dmy", "mdy")


@dataclass(frozen=True, slots=True)
class Choice:
    """One column of the preview: its header, the field it was read as, and the field chosen now."""

    header: str
    before: str
    now: str  # NONE for no field


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
        {**before.categories, **_answered(answers or {})},
        next((each for each in ORDERS if each == order), ""),
        crs.strip() if isinstance(crs, str) and crs != NONE else "",
        swapped is True,
    )


def _answered(answers: Mapping[str, object]) -> dict[str, str]:
    return {wording: key for wording, key in answers.items() if isinstance(key, str) and key != NONE}
