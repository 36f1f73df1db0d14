"""Generations that a show was begun with, held so that its numbers stay what they were. Asks and draws nothing.

The files of the store are never changed, so holding a generation costs its columns in memory and nothing else.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Lock

from geodata.answers.answers import Answers
from geodata.follow_up import FollowUp, Spot
from geodata.question import EVERYTHING
from geodata.tables import QuarantinedRow
from geodata.warehouse.snapshot import Snapshot

HELD = 3  # generations: that of a show under way, of one before it, and the newest


@dataclass(frozen=True, slots=True, eq=False)
class Frozen:
    """One generation, as whoever hands out generations: it is always the newest."""

    held: Snapshot
    steps: dict[Spot, FollowUp]

    def snapshot(self) -> Snapshot:
        """The generation that is held."""
        return self.held

    def quarantine(self) -> Iterator[QuarantinedRow]:
        """No show tells of rows that were not taken."""
        return iter(())

    def follow_ups(self) -> dict[Spot, FollowUp]:
        """What was done about lasting hot spots when the show began."""
        return self.steps


class Pinned(Answers):
    """Answers about one generation, whatever is loaded meanwhile."""


def pin(answers: Answers, snapshot: Snapshot | None = None) -> Pinned:
    """Answers about that generation, or about the newest there is now; what is pinned already stays as it is."""
    if isinstance(answers, Pinned):
        return answers
    return Pinned(Frozen(snapshot or answers.snapshot, dict(answers.follow_ups(EVERYTHING))))


class Latest:
    """The newest generation and what was done up to now, held anew whenever either changed. Safe in many threads."""

    def __init__(self, newest: Answers) -> None:
        self._newest = newest
        self._held: Pinned | None = None
        self._steps: dict[Spot, FollowUp] = {}
        self._lock = Lock()

    def pinned(self) -> Pinned:
        """Answers that stay as they are now; the same ones as long as nothing changed, with all they know already."""
        with self._lock:
            snapshot, steps = self._newest.snapshot, self._newest.follow_ups(EVERYTHING)
            if self._held is None or self._held.snapshot is not snapshot or self._steps != steps:
                self._held, self._steps = pin(self._newest, snapshot), steps
            return self._held


class Freezer:
    """Holds the last few generations that were asked for. May be asked from many threads at once."""

    def __init__(self, newest: Answers) -> None:
        self._newest = newest
        self._held: OrderedDict[int, Pinned] = OrderedDict()
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
            return self._held[wanted]

    def _hold(self) -> int:
        snapshot = self._newest.snapshot
        if snapshot.generation not in self._held:
            self._held[snapshot.generation] = pin(self._newest, snapshot)
        return snapshot.generation
