"""What is asked (Question) and what may be seen (Scope): frozen, hashable values. Knows no data and no screen."""

from __future__ import annotations

from dataclasses import dataclass

from geodata.vocabulary import LayerKey, Level, Period, Source


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


@dataclass(frozen=True, slots=True)
class Scope:
    """What the asker may see. Comes from the server, never from the browser.

    ``areas`` limits every answer to those areas (None: the whole province); ``points`` allows exact locations.
    """

    areas: tuple[str, ...] | None = None
    points: bool = True

    @property
    def whole(self) -> bool:
        """Whether everything may be seen: all areas, and single incidents."""
        return self.areas is None and self.points


EVERYTHING = Scope()
