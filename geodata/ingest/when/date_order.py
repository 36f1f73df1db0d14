"""Day first or month first: decided for a column from its own dates. Reads no cell, knows days as numbers only.

A date such as 25/12/2024 makes sense in one order only and decides; 05/03/2024 makes sense in both and follows. Dates
that the other order would put after today or before the profile's earliest day decide too, with less weight: a year
mistyped lies in the future as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from geodata.errors import N_, FileRefusedError
from geodata.ingest.recipe import DateOrder
from geodata.ingest.when.spellings import EPOCH, NO_DAY
from geodata.tables import Finding

FEW_SHARE: Final = 0.02  # of the dates that decide: so many the other way are slips ...
FEW: Final = 50  # ... if they are no more than these: 20,000 of a million come from a second program
ONE_AGAINST: Final = 10  # and a single one is a slip against as many
IN_RANGE_SHARE: Final = 0.1  # of the dates in question must decide where only the range decides for month first
Verdict = Literal["", "dmy", "mdy", "both"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a column's dates say of their order."""

    header: str
    day_first: int = 0  # make sense day first only
    month_first: int = 0
    day_first_in_range: int = 0  # make sense in both, but only day first not before the earliest day or after today
    month_first_in_range: int = 0
    open: int = 0  # make sense in both orders, as two different days
    total: int = 0  # dates read
    example: str = ""  # one of the open ones, as written

    @property
    def verdict(self) -> Verdict:
        """The order, "" where nothing decides, "both" where the dates contradict one another."""
        calendar = _weigh(self.day_first, self.month_first)
        together = _weigh(self.day_first + self.day_first_in_range, self.month_first + self.month_first_in_range)
        if not calendar:
            thin = together == "mdy" and self.month_first_in_range < IN_RANGE_SHARE * self.open
            return "" if together == "both" or thin else together
        if together == "both":
            against = {"dmy": self.month_first_in_range, "mdy": self.day_first_in_range, "both": 0}[calendar]
            return calendar if max(self.day_first, self.month_first) >= against else "both"
        return together


@dataclass(frozen=True, slots=True)
class Rules:
    """What decides beside the dates: a person's word, the profile's default, the days that can be."""

    said: DateOrder  # "" where nobody said
    default: Literal["dmy", "mdy", "ask"]
    first: int  # days since 1970
    last: int

    @staticmethod
    def of(said: DateOrder, default: Literal["dmy", "mdy", "ask"], *, earliest: date, today: date) -> Rules:
        """The rules, with the bounds as dates."""
        return Rules(said, default, earliest.toordinal() - EPOCH, today.toordinal() - EPOCH)


def gather(header: str, day_first: NDArray[np.int64], month_first: NDArray[np.int64], rules: Rules) -> Evidence:
    """Evidence of the dates whose two readings differ, as days since 1970 (NO_DAY where one has none)."""
    only_day, only_month = month_first == NO_DAY, day_first == NO_DAY
    both = ~only_day & ~only_month
    day_fits = both & (day_first >= rules.first) & (day_first <= rules.last)
    month_fits = both & (month_first >= rules.first) & (month_first <= rules.last)
    return Evidence(
        header,
        day_first=int(np.count_nonzero(only_day & ~only_month)),
        month_first=int(np.count_nonzero(only_month & ~only_day)),
        day_first_in_range=int(np.count_nonzero(day_fits & ~month_fits)),
        month_first_in_range=int(np.count_nonzero(month_fits & ~day_fits)),
        open=int(np.count_nonzero(both)),
    )


def decide(columns: Sequence[Evidence], rules: Rules, *, place: str) -> tuple[list[bool], list[Finding]]:
    """For each column whether it is month first, and what to say of it.

    A column that does not decide follows one of the file that does, then the profile. Raises FileRefusedError where the
    dates contradict one another, or where nothing decides and the profile asks.
    """
    if rules.said:
        return [rules.said == "mdy"] * len(columns), []
    verdicts = [column.verdict for column in columns]
    for column, verdict in zip(columns, verdicts, strict=True):
        if verdict == "both":
            raise _contradiction(column, place)
    decided = next((verdict for verdict in verdicts if verdict), "")
    findings: list[Finding] = []
    for column, verdict in zip(columns, verdicts, strict=True):
        if verdict == "mdy":
            findings.append(_month_first(column))
        elif not verdict and not decided and column.open:
            findings.append(_undecided(column, rules, place))
    orders = [verdict or decided or rules.default for verdict in verdicts]
    return [order == "mdy" for order in orders], findings


def _weigh(day_first: int, month_first: int) -> Verdict:
    if not day_first or not month_first:
        return "dmy" if day_first else "mdy" if month_first else ""
    fewer, more = sorted((day_first, month_first))
    if (fewer < FEW_SHARE * (fewer + more) and fewer <= FEW) or (fewer == 1 and more >= ONE_AGAINST):
        return "dmy" if day_first > month_first else "mdy"
    return "both"


def _contradiction(column: Evidence, place: str) -> FileRefusedError:
    return FileRefusedError(
        '{file}, column "{column}": {day_first} dates make sense only day first (dd/mm/yyyy), {month_first} only month '
        'first (mm/dd/yyyy). Mend the fewer, or say which it is: order = "dmy" or order = "mdy" under [dates] in a '
        "mapping file (--mapping), or on the mapping page",
        file=place,
        column=column.header,
        day_first=column.day_first + column.day_first_in_range,
        month_first=column.month_first + column.month_first_in_range,
    )


def _month_first(column: Evidence) -> Finding:
    deciding = column.month_first + column.month_first_in_range
    return Finding(
        N_('column "{column}": {n} of {total} dates make sense only month first (mm/dd/yyyy): read so'),
        {"column": column.header, "n": deciding, "total": column.total},
    )


def _undecided(column: Evidence, rules: Rules, place: str) -> Finding:
    facts = {"column": column.header, "n": column.open, "value": column.example}
    if rules.default == "ask":
        raise FileRefusedError(
            '{file}, column "{column}": nothing in the file says whether {n} dates such as {value} are written day '
            'first or month first. Say which: order = "dmy" or order = "mdy" under [dates] in a mapping file '
            "(--mapping), or on the mapping page",
            file=place, **facts,
        )  # fmt: skip
    if rules.default == "mdy":
        return Finding(
            N_(
                'column "{column}": nothing in the file says whether {n} dates such as {value} are day first or month '
                'first: read month first (mm/dd/yyyy). If that is wrong, say order = "dmy" under [dates] in a mapping '
                "file (--mapping), or on the mapping page"
            ),
            facts,
        )
    return Finding(
        N_(
            'column "{column}": nothing in the file says whether {n} dates such as {value} are day first or month '
            'first: read day first (dd/mm/yyyy). If that is wrong, say order = "mdy" under [dates] in a mapping file '
            "(--mapping), or on the mapping page"
        ),
        facts,
    )
