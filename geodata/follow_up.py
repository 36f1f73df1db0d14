"""What is done about a lasting hot spot, as values: the place, the steps taken there. Stores and judges nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from geodata.vocabulary import Level, Step

LONGEST: Final = 300  # characters of a measure


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """A place of one tiling and a category, "" for all together."""

    edition: str
    level: Level
    code: str
    category: str


@dataclass(frozen=True, slots=True)
class Taken:
    """One step: since when it holds, what is done, when it was written down."""

    step: Step
    since: date
    measure: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FollowUp:
    """All steps taken at one place, the oldest first; there is at least one."""

    spot: Spot
    steps: tuple[Taken, ...]

    @property
    def now(self) -> Taken:
        """The step that holds."""
        return self.steps[-1]
