"""What a wording of a time means: its first and last moment. Knows one cell, no column and no row.

The parts of the day are stated choices, so that they tile it: the night is that of the Labour Code 2019, article 106
(22:00 to 06:00), «rạng sáng» its part after midnight, the others follow the usual working day. A night belongs to the
day it begins on: «đêm 12/3» ends at 05:59 of the 13th.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from geodata.ingest.when.phrases import Kind, Piece, cut
from geodata.ingest.when.spellings import EPOCH, NO_DAY, NO_MINUTE, day_number

PARTS: Final = {  # name -> first and last minute; the night ends on the next day
    "dawn": (0, 359),
    "morning": (360, 659),
    "noon": (660, 779),
    "afternoon": (780, 1079),
    "evening": (1080, 1319),
    "night": (1320, 359),
}
_LAST: Final = 1439


class Span(NamedTuple):
    """First and last moment; minutes are -1 where the hour is unknown, and then both are."""

    day: int
    minute: int
    day_to: int
    minute_to: int


NO_SPAN: Final = Span(NO_DAY, NO_MINUTE, NO_DAY, NO_MINUTE)


class Hours(NamedTuple):
    """A time of day: first and last minute, and whether the last lies on the next day."""

    minute: int
    minute_to: int
    next_day: bool


@dataclass(slots=True)
class _Side:
    """What stands on one side of «đến»."""

    day: Piece | None = None
    clock: int = NO_MINUTE
    part: str = ""
    later: bool = False  # «hôm sau»

    @property
    def start(self) -> int:
        return self.clock if self.clock >= 0 or not self.part else PARTS[self.part][0]

    @property
    def end(self) -> int:
        return self.clock if self.clock >= 0 or not self.part else PARTS[self.part][1]

    @property
    def ends_next_day(self) -> bool:
        return self.part == "night" and self.clock < 0


def read_span(text: str) -> tuple[Span, Span]:
    """The span a cell says, numbers such as 3/4/2025 read day first and month first; NO_SPAN where it says none."""
    pieces = cut(text)
    if len(pieces) == 1 and pieces[0].kind is Kind.MONTH:
        span = _month(*pieces[0].numbers)
        return span, span
    sides = _sides(pieces)
    if sides is None:
        return NO_SPAN, NO_SPAN
    return _span(*sides, month_first=False), _span(*sides, month_first=True)


def read_hours_span(text: str) -> Hours | None:
    """The hours a cell of an hour column says in words («20h-22h», «tối»), None where it says none."""
    sides = _sides(cut(text))
    if sides is None or sides[0].day is not None or (sides[1] is not None and sides[1].day is not None):
        return None
    left, right, _ = sides
    last = right or left
    if left.start < 0 or last.end < 0 or left.start > _LAST:
        return None
    end = min(last.end, _LAST)
    return Hours(left.start, end, last.ends_next_day or last.later or end < left.start)


def _month(year: int, month: int) -> Span:
    first = day_number(year, month, 1)
    after = day_number(year + month // 12, month % 12 + 1, 1)
    return NO_SPAN if NO_DAY in (first, after) else Span(first, NO_MINUTE, after - 1, NO_MINUTE)


def _sides(pieces: Sequence[Piece]) -> tuple[_Side, _Side | None, bool] | None:
    """Both sides and whether «rạng» stands between them; one side where nothing parts them."""
    if not pieces:
        return None
    if pieces[0].kind is Kind.DAWN:
        pieces = [Piece(Kind.PART, name="dawn"), *pieces[1:]]
    cuts = [at for at, piece in enumerate(pieces) if piece.kind in (Kind.TO, Kind.DAWN)]
    if len(cuts) == 2 and cuts[1] == cuts[0] + 1:  # «đến rạng sáng»
        pieces = [*pieces[: cuts[0]], *pieces[cuts[1] :]]
        cuts = cuts[:1]
    if len(cuts) > 1:
        return None
    at = cuts[0] if cuts else len(pieces)
    left, right = _side(pieces[:at]), _side(pieces[at + 1 :]) if cuts else None
    if left is None or (cuts and right is None):
        return None
    if right is not None:
        _tell_hours(left, right)
        _tell_hours(right, left)
    if right is None and left.day is not None and left.day.kind is Kind.NUMBER:
        return None
    dawn = bool(cuts) and pieces[at].kind is Kind.DAWN
    only_night = left.part == "night" and left.clock < 0 and left.day is not None
    if right is not None and right.end < 0 and (dawn or only_night):  # «đêm 12 rạng 13», «đêm 12-13»
        right.part = "dawn"
    return left, right, dawn


def _side(pieces: Sequence[Piece]) -> _Side | None:
    """One side, None where it says something twice or nothing at all."""
    side = _Side()
    for piece in pieces:
        if piece.kind is Kind.CLOCK and side.clock < 0 and piece.numbers[0] <= _LAST + 1:
            side.clock = piece.numbers[0]
        elif piece.kind is Kind.PART and not side.part:
            side.part = piece.name
        elif piece.kind is Kind.NEXT_DAY and not side.later:
            side.later = True
        elif piece.kind not in (Kind.CLOCK, Kind.PART, Kind.NEXT_DAY, Kind.MONTH) and side.day is None:
            side.day = piece
        else:
            return None
    if side.clock >= 0 and side.part:
        side.clock = _of_part(side.clock, side.part)
    return side if pieces and side.clock > -2 else None


def _of_part(clock: int, part: str) -> int:
    """«8 giờ tối» is 20:00, «1 giờ trưa» 13:00, «2h đêm» 02:00; -2 for «12 giờ đêm», which is of two days."""
    if part == "night" and clock // 60 in (0, 12, 24):
        return -2
    if part == "noon":
        return clock + 720 if clock < 600 else clock
    first = {"afternoon": 0, "evening": 0, "night": 361}.get(part, 720)
    return clock + 720 if first <= clock < 720 else clock


def _tell_hours(side: _Side, other: _Side) -> None:
    """A bare number beside a clock is an hour: «20-22h»."""
    bare = side.day is not None and side.day.kind is Kind.NUMBER
    if bare and side.clock < 0 and not side.part and other.clock >= 0 and side.day is not None:
        hour = side.day.numbers[0]
        if hour <= 24:
            side.day, side.clock = None, hour * 60


def _span(left: _Side, right: _Side | None, dawn: bool, *, month_first: bool) -> Span:
    if right is None:
        day = _full(left.day, month_first=month_first)
        if day == NO_DAY or left.later:
            return NO_SPAN
        return _bounded(Span(day, left.start, day + left.ends_next_day, left.end))
    day, day_to = _full(left.day, month_first=month_first), _full(right.day, month_first=month_first)
    past_midnight = 0 <= right.end < left.start
    if day != NO_DAY and right.day is None:
        day_to = day + (right.later or dawn or past_midnight)
    elif day != NO_DAY and day_to == NO_DAY:
        day_to = _near(right.day, day, step=1, month_first=month_first)
    elif day == NO_DAY and day_to != NO_DAY and left.day is None:
        day = day_to - dawn
        day_to += past_midnight and not dawn
    elif day == NO_DAY and day_to != NO_DAY:
        day = _near(left.day, day_to, step=-1, month_first=month_first)
    if NO_DAY in (day, day_to) or (dawn and not 0 <= day_to - day <= 1):  # «rạng» is never two days on
        return NO_SPAN
    return _bounded(Span(day, left.start, day_to + right.ends_next_day, right.end))


def _bounded(span: Span) -> Span:
    """Where one hour is known the other is the farthest it can be; 24h is the last minute of its day."""
    day, minute, day_to, minute_to = span
    if minute > _LAST:
        return NO_SPAN
    if (minute < 0) != (minute_to < 0):
        minute, minute_to = max(minute, 0), minute_to if minute_to >= 0 else _LAST
    return Span(day, minute, day_to, min(minute_to, _LAST))


def _full(day: Piece | None, *, month_first: bool) -> int:
    if day is None or day.kind not in (Kind.NUMERIC, Kind.DAY):
        return NO_DAY
    if day.kind is Kind.DAY:
        return day_number(*day.numbers)
    first, second, year = day.numbers
    return day_number(year, first, second) if month_first else day_number(year, second, first)


def _near(day: Piece | None, known: int, *, step: int, month_first: bool) -> int:
    """A day without year, or without month, as the nearest such day before (step -1) or after the known one."""
    if day is None or day.kind in (Kind.NUMERIC, Kind.DAY):
        return NO_DAY
    year, month = _month_of(known)
    if day.kind in (Kind.DAY_OF_MONTH, Kind.NUMBER):
        months = [(year, month), divmod(year * 12 + month - 1 + step, 12)]
        months[1] = (months[1][0], months[1][1] + 1)
        found = [day_number(*each, day.numbers[0]) for each in months]
    else:
        first, second = day.numbers if day.kind is Kind.DAY_NO_YEAR or month_first else day.numbers[::-1]
        found = [day_number(each, first, second) for each in (year, year + step)]
    fitting = [each for each in found if each != NO_DAY and (known - each) * step <= 0]
    return fitting[0] if fitting else NO_DAY


def _month_of(day: int) -> tuple[int, int]:
    moment = date.fromordinal(day + EPOCH)
    return moment.year, moment.month
