"""The one place where answers are kept. Knows generations, not what is asked."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from copy import copy
from dataclasses import dataclass
from threading import Lock
from typing import Protocol, Self, TypeVar, cast

from geodata.answers.answer import DataFacts
from geodata.answers.disclosure import disclose
from geodata.answers.facts import facts_of
from geodata.errors import ScopeError
from geodata.follow_up import FollowUp, Spot
from geodata.question import EVERYTHING, Detail, Scope
from geodata.tables import QuarantinedRow
from geodata.warehouse.snapshot import Snapshot

KEPT = 512  # answers; one of a province is about 20 KB, so some 10 MB
A = TypeVar("A")


class HoldsSnapshot(Protocol):
    """Whoever can hand out the newest generation: the warehouse, or a test's own."""

    def snapshot(self) -> Snapshot:
        """The newest generation."""

    def quarantine(self) -> Iterator[QuarantinedRow]:
        """The rows that were not taken."""

    def follow_ups(self) -> dict[Spot, FollowUp]:
        """What is done about lasting hot spots."""


@dataclass(frozen=True, slots=True, eq=False)
class Frozen:
    """One generation and what had been done up to then, as whoever hands out generations: it is always the newest."""

    held: Snapshot
    steps: dict[Spot, FollowUp]
    store: HoldsSnapshot

    def snapshot(self) -> Snapshot:
        """The generation that is held."""
        return self.held

    def quarantine(self) -> Iterator[QuarantinedRow]:
        """The rows that were not taken up to now: no generation holds them."""
        return self.store.quarantine()

    def follow_ups(self) -> dict[Spot, FollowUp]:
        """What had been done about lasting hot spots."""
        return self.steps


class Cache:
    """Keeps answers about the newest generation. May be asked from many threads at once.

    An answer is kept under (kind, question, scope, generation): a new generation needs no clearing, the old answers
    simply are not asked for again and fall out.
    """

    def __init__(self, warehouse: HoldsSnapshot, *, kept: int = KEPT) -> None:
        self.scope = EVERYTHING
        self._warehouse = warehouse
        self._kept = kept
        self._cache: OrderedDict[Hashable, object] = OrderedDict()
        self._lock = Lock()

    @property
    def snapshot(self) -> Snapshot:
        """The newest generation."""
        return self._warehouse.snapshot()

    def within(self, scope: Scope) -> Self:
        """The same answers, the same memory of them, for one who may see that much and no more.

        Raises ScopeError where that is more than these are for.
        """
        self._check(scope)
        bound = copy(self)
        bound.scope = scope
        return bound

    def frozen(self) -> Frozen:
        """What answers are made from now, to be answered from later (``over``)."""
        held = self._warehouse
        return held if isinstance(held, Frozen) else Frozen(self.snapshot, dict(held.follow_ups()), held)

    def over(self, held: Frozen) -> Self:
        """The same answers from what was frozen. Its numbers stay; what was counted of that generation is known."""
        pinned = copy(self)
        pinned._warehouse = held  # noqa: SLF001 - a copy of this one
        return pinned

    def pinned(self) -> Self:
        """The same answers, from what there is now, whatever is loaded meanwhile."""
        return self.over(self.frozen())

    def seen_by(self, scope: Scope) -> Snapshot:
        """The one thing that answers are made from: what is recorded, or what is disclosed of it (``disclosure``).

        Every method that has a scope starts here, so that no answer can tell more than another. Raises ScopeError
        where it is wider than these answers are for.
        """
        self._check(scope)
        now = self.snapshot
        if scope.points:
            return now
        places = scope.detail is Detail.FIVE
        return self._answer(now, ("disclosed", places), lambda: disclose(now, places=places))

    def _check(self, scope: Scope) -> None:
        if scope.exceeds(self.scope):
            raise ScopeError("more was asked for than this account may see")

    def facts(self, scope: Scope = EVERYTHING) -> DataFacts:
        """From which data answers come now."""
        now = self.seen_by(scope)
        return self._answer(now, ("facts", scope), lambda: facts_of(now, scope))

    def known(self, key: tuple[Hashable, ...], scope: Scope, make: Callable[[Snapshot], A]) -> A:
        """What can be made of a generation as the asker sees it, kept as answers are; ``key`` says what it is."""
        now = self.seen_by(scope)
        return self._answer(now, ("known", *key, scope), lambda: make(now))

    def _answer(self, now: Snapshot, key: tuple[Hashable, ...], make: Callable[[], A]) -> A:
        full = (now.generation, now.covers, *key)  # what rests on disclosed incidents is kept apart from the rest
        with self._lock:
            if full in self._cache:
                self._cache.move_to_end(full)
                return cast("A", self._cache[full])
        made = make()  # outside the lock: two askers may count the same once each, none waits for another question
        with self._lock:
            self._cache[full] = made
            while len(self._cache) > self._kept:
                self._cache.popitem(last=False)
        return made
