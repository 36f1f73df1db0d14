"""The contents: a line a page, with its number. A short one tells what was found as well. Counts nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dashboard.atlas.flow import Row, Sheetful, flow, wrapped
from dashboard.atlas.front import PAGE_BOTTOM, PAGE_TOP
from dashboard.atlas.leaves import finding_of
from dashboard.atlas.pen import BODY
from dashboard.atlas.units import Unit
from dashboard.paper.sheet import Inks

FEW, LARGE = 20, 11.0  # so many areas have room for what was found there
DENSE, ROOMY = Sheetful(4, PAGE_TOP, PAGE_BOTTOM), Sheetful(2, PAGE_TOP, PAGE_BOTTOM)
INDENT, GAP = 8.0, 6.0
Entry = tuple[str, int]  # a name and its page, from 0


def sheetful_of(units: Sequence[Unit]) -> Sheetful:
    """How the contents stand on their pages."""
    return ROOMY if len(units) <= FEW else DENSE


def pages_of(
    units: Sequence[Unit], inks: Inks, *, first: int, before: Sequence[Entry], after: Sequence[Entry]
) -> list[list[list[Row]]]:
    """The contents by page and column; ``first`` is the first area's page, from 0.

    How many pages they take does not depend on the numbers in them.
    """
    pt = LARGE if len(units) <= FEW else BODY
    rows = [_entry(name, page, pt) for name, page in before]
    rows += _areas(units, first, pt, inks)
    rows += [_entry(name, page, pt, gap=0.0 if i else 2 * GAP) for i, (name, page) in enumerate(after)]
    return flow(rows, sheetful_of(units))


def _areas(units: Sequence[Unit], first: int, pt: float, inks: Inks) -> Iterator[Row]:
    """Areas under the name of what holds them."""
    holder, told = "", len(units) <= FEW
    for i, unit in enumerate(units):
        if unit.holder != holder:
            holder = unit.holder
            yield Row(holder, pt, weight=700, gap=GAP, keep=True)
        gap = GAP if told or (not i and not holder) else 0.0
        yield _entry(unit.name, first + i, pt, indent=INDENT if holder else 0.0, gap=gap, keep=told)
        if told:
            yield from wrapped(finding_of(unit.reading), ROOMY, Row("", colour=inks.soft, indent=2 * INDENT))


def _entry(name: str, page: int, pt: float, *, indent: float = 0.0, gap: float = 0.0, keep: bool = False) -> Row:
    return Row(name, pt, indent=indent, gap=gap, number=str(page + 1), to=page, keep=keep)
