"""What may be said of hours, weekdays and months: when most were recorded, and for how many the hour is unknown."""

from __future__ import annotations

import numpy as np

from dashboard.names import WEEKDAYS
from dashboard.words import Words
from geodata.answers.answer import Rhythm

FEWEST = 30  # incidents of known hour; fewer spread over 168 hours say nothing of a peak
BLOCK = 3  # hours


def peak(rhythm: Rhythm, words: Words) -> str:
    """The three hours in a row with most incidents, against what an even day would have; or that it cannot be told."""
    known = float(rhythm.by_hour.sum())
    if known < FEWEST:
        return words("Too few incidents of known hour to tell when most happen.")
    blocks = np.sum([np.roll(rhythm.by_hour, -shift) for shift in range(BLOCK)], axis=0)
    first = int(np.argmax(blocks))
    share = float(blocks[first]) / known
    return words(
        "Most were recorded from {first}:00 to {last}:59: {share} of those of known hour, where an even day would "
        "have {even}.",
        first=f"{first:02d}",
        last=f"{(first + BLOCK - 1) % 24:02d}",
        share=words.percent(share, 0),
        even=words.percent(BLOCK / 24),
    )


def unknown(rhythm: Rhythm, words: Words) -> str:
    """How many of all have no known hour; a span counts by its shares."""
    return words(
        "Of {n} incidents, {unknown} are of unknown hour. A span of time counts in each hour by its share.",
        n=words.count(rhythm.n),
        unknown=words.number(rhythm.hour_unknown),
    )


def weekday(day: int, words: Words) -> str:
    """A weekday's name, 0 = Monday."""
    return words(WEEKDAYS[day])
