"""The slow twin of the aoristic shares: walks minute by minute with the calendar of the standard library."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta


def shares(start: int, end: int) -> dict[tuple[int, int], float]:
    """(ISO weekday, hour) -> share of the span's minutes, both ends included; minutes since 1970-01-01 00:00 local."""
    epoch = datetime(1970, 1, 1)  # noqa: DTZ001 - local wall time, as the minutes are
    moments = [epoch + timedelta(minutes=minute) for minute in range(start, end + 1)]
    counted = Counter((moment.isoweekday(), moment.hour) for moment in moments)
    return {key: n / len(moments) for key, n in counted.items()}
