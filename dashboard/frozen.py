"""Generations that a show was begun with, held so that its numbers stay what they were. Asks and draws nothing.

The files of the store are never changed, so holding a generation costs its columns in memory and nothing else.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from geodata.answers.answers import Answers
from geodata.answers.cache import Frozen

HELD = 3  # generations: that of a show under way, of one before it, and the newest


class Freezer:
    """Holds the last few generations that were asked for. May be asked from many threads at once."""

    def __init__(self, newest: Answers) -> None:
        self._newest = newest
        self._held: OrderedDict[int, Frozen] = OrderedDict()
        self._lock = Lock()

    @property
    def newest(self) -> int:
        """The newest generation there is."""
        return self._newest.snapshot.generation

    def freeze(self, generation: int | None) -> Answers:
        """Answers about that generation where it is held; else, and for None, about the newest, which is held now."""
        with self._lock:
            wanted = generation if generation is not None and generation in self._held else self._hold()
            self._held.move_to_end(wanted)
            while len(self._held) > HELD:
                self._held.popitem(last=False)
            return self._newest.over(self._held[wanted])

    def _hold(self) -> int:
        now = self._newest.frozen()
        self._held.setdefault(now.held.generation, now)
        return now.held.generation
