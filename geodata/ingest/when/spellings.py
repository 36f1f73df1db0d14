"""Reads one spelling of a day or of a time of day into numbers. Knows no column and no row."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

NO_DAY: Final = -(2**31)
NO_MINUTE: Final = -1
BAD_MINUTE: Final = -2
NO_ZONE: Final = 10_000
EPOCH: Final = date(1970, 1, 1).toordinal()
_EXCEL_EPOCH: Final = date(1899, 12, 30).toordinal() - EPOCH
_SERIALS: Final = (18_264, 109_574)  # 1950 to 2199: no other number is taken for a date

YEAR_LAST: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")  # day first, or month first
YEAR_FIRST: Final = re.compile(r"(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})")
_COMPACT: Final = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
SHORT_YEAR: Final = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2}")
ONLY_YEAR: Final = re.compile(r"(?:năm\s+)?(?:19|20)\d\d", re.IGNORECASE)
_SERIAL: Final = re.compile(r"\d{5,6}(?:[.,]\d+)?")
_CLOCK: Final = re.compile(
    r"(\d{1,2})(?:\s*(?::|h|g|giờ)\s*(\d{1,2})?(?:\s*(?:p|ph|phút))?(?::(\d{2})(?:[.,]\d+)?)?)?"
    r"\s*(am|pm|sa|ch)?\s*(z|utc|[+-]\d\d:?\d\d|[+-]\d\d)?",
    re.IGNORECASE,
)
_UNKNOWN: Final = re.compile(
    r"(không|chưa|ko|khong|chua) (rõ|xác định|biết|ro|xac dinh|biet)"
    r"( (ngày|giờ|thời gian|ngay|gio|thoi gian))?|unknown",
    re.IGNORECASE,
)


def parse_day(text: str, *, month_first: bool = False) -> tuple[int, int]:
    """Days since 1970 (NO_DAY where it is none), and the minute an Excel serial carries (-1 for other forms)."""
    if found := YEAR_LAST.fullmatch(text):
        day, month = (found[2], found[1]) if month_first else (found[1], found[2])
        return day_number(int(found[3]), int(month), int(day)), NO_MINUTE
    if found := YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text):
        return day_number(int(found[1]), int(found[2]), int(found[3])), NO_MINUTE
    if _SERIAL.fullmatch(text):
        minutes = round(float(text.replace(",", ".")) * 1440)
        whole, minute = divmod(minutes, 1440)
        if _SERIALS[0] <= whole <= _SERIALS[1]:
            return _EXCEL_EPOCH + whole, minute
    return NO_DAY, NO_MINUTE


def day_number(year: int, month: int, day: int) -> int:
    """Days since 1970-01-01, NO_DAY where the calendar has no such day."""
    try:
        return date(year, month, day).toordinal() - EPOCH
    except ValueError:
        return NO_DAY


def written(day: int) -> str:
    """A day as dd/mm/yyyy."""
    moment = date.fromordinal(day + EPOCH)
    return f"{moment.day:02d}/{moment.month:02d}/{moment.year:04d}"


def says_unknown(text: str) -> bool:
    """Whether a cell says in words that the time is not known: as good as blank."""
    return len(text) < 40 and _UNKNOWN.fullmatch(text.strip()) is not None


def parse_clock(text: str) -> tuple[int, int]:
    """Minute of the day (-1 for no text, -2 for a wrong one) and the offset from UTC in minutes where one is given."""
    if not text:
        return NO_MINUTE, NO_ZONE
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        return BAD_MINUTE, NO_ZONE
    hour, minute, second = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    half = (found[4] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return BAD_MINUTE, NO_ZONE
        hour = hour % 12 + (12 if half in {"pm", "ch"} else 0)
    if hour > 23 or minute > 59 or second > 60:
        return BAD_MINUTE, NO_ZONE
    return hour * 60 + minute, _offset(found[5])


def _offset(text: str | None) -> int:
    if text is None:
        return NO_ZONE
    if text.lower() in {"z", "utc"}:
        return 0
    digits = text[1:].replace(":", "").ljust(4, "0")
    return (int(digits[:2]) * 60 + int(digits[2:])) * (-1 if text[0] == "-" else 1)
