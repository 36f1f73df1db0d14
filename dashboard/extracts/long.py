"""Counts by any choice of area, category, month, zone, hour and weekday, as ``diemnong counts`` has them."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.extracts.numbers import told
from dashboard.extracts.table import Column, Filled, Kind, Table, standing
from dashboard.names import WEEKDAYS
from dashboard.reading import Reading


def table(reading: Reading, by: tuple[str, ...]) -> Table:
    """A row a combination that occurs; what has a code is followed by its name.

    Raises QuestionError on a column there is no counting by.
    """
    view, words = reading.view, reading.words
    counted = reading.answers.table(view.question, by, reading.scope)
    totals, _ = reading.answers.totals(view.question, reading.scope)
    filled = [each for name in by for each in _columns(reading, name, counted[name].tolist())]
    n = [int(each) if float(each).is_integer() else each for each in counted["n"].tolist()]
    kind: Kind = "whole" if all(isinstance(each, int) for each in n) else "number"
    filled += told(n, words, kind)
    about = words(
        "one row a combination that occurs; incidents that have no area at this level ({n}) stand in no row",
        n=words.count(totals.not_placed),
    )
    if "zone" in by:
        about = words("{rows}; an incident counts in each zone it lies in", rows=about)
    return standing("counts", filled, about)


def _columns(reading: Reading, name: str, values: Sequence[str]) -> list[Filled]:
    """The column of that name, before its names where it holds codes."""
    words, names = reading.words, reading.names
    match name:
        case "area":
            layer = reading.snapshot.boundaries.layers[reading.view.question.layer]
            called = dict(zip(layer.codes, layer.names, strict=True))
            code = Filled(Column("area_code", words("code of the area")), values)
            return [code, Filled(Column("area_name", words("name of the area")), [called[each] for each in values])]
        case "category":
            called = {each: names.category(each, words.language) for each in set(values)}
            key = Filled(Column("category", words("key of the category")), values)
            label = Column("category_name", words("name of the category"))
            return [key, Filled(label, [called[each] for each in values])]
        case "zone":
            called = {each: names.zone(each, words) for each in set(values)}
            key = Filled(Column("zone", words("key of the zone")), values)
            return [key, Filled(Column("zone_name", words("name of the zone")), [called[each] for each in values])]
        case "month":
            return [Filled(Column("month", words("month, as year and month")), values)]
        case "hour":
            hours = [int(each) if each else None for each in values]
            return [Filled(Column("hour", words("hour of the day, 0 to 23; empty where unknown"), "whole"), hours)]
        case _:
            said = ", ".join(f"{day} = {words(label)}" for day, label in enumerate(WEEKDAYS, 1))
            meaning = words("day of the week: {days}", days=said)
            return [Filled(Column("weekday", meaning, "whole"), [int(each) for each in values])]
