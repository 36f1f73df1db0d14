"""What is asked (Question) and what may be seen (Scope): frozen, hashable values. Knows no data and no screen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from geodata.vocabulary import AreaKey, LayerKey, Level, Period, Source


@dataclass(frozen=True, slots=True)
class Question:
    """Which incidents are counted, and in which tiling. An empty tuple asks for all.

    ``areas`` are codes of ``edition`` at any level; ``hours`` is an inclusive pair of clock hours that may pass
    midnight (``(18, 5)`` = 18:00 to 05:59; incidents of unknown hour are left out); ``weekdays`` are ISO, 1 = Monday.
    """

    period: Period
    edition: str
    level: Level
    categories: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    hours: tuple[int, int] | None = None
    weekdays: tuple[int, ...] = ()

    @property
    def layer(self) -> LayerKey:
        """The tiling the answer is given in."""
        return LayerKey(self.edition, self.level)

    @property
    def asks_for_places(self) -> bool:
        """Whether only some areas, regions or zones are asked for."""
        return bool(self.areas or self.regions or self.zones)


class Detail(StrEnum):
    """How closely incidents may be seen (docs/disclosure.md).

    ``points``: each by itself; ``five``: rounded numbers, fewer than five as "<5", at places that several share;
    ``aggregates``: the same numbers by area only, at no place within it.
    """

    POINTS = "points"
    FIVE = "five"
    AGGREGATES = "aggregates"


@dataclass(frozen=True, slots=True)
class Scope:
    """What the asker may see. Comes from the server, never from the browser.

    ``areas`` limits every answer to incidents in those areas, whichever edition is asked about (None: all there are).
    """

    areas: tuple[AreaKey, ...] | None = None
    detail: Detail = Detail.POINTS

    @property
    def points(self) -> bool:
        """Whether single incidents and exact locations may be seen."""
        return self.detail is Detail.POINTS

    @property
    def whole(self) -> bool:
        """Whether everything may be seen: all areas, and single incidents."""
        return self.areas is None and self.points

    def exceeds(self, other: Scope) -> bool:
        """Whether it opens anything that the other one does not."""
        details = list(Detail)
        if details.index(self.detail) < details.index(other.detail):
            return True
        return other.areas is not None and (self.areas is None or not set(self.areas) <= set(other.areas))


EVERYTHING = Scope()
