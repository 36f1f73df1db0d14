"""A keeper for who asks now: does what the rights allow, keeps what is personal apart, writes acts down. Shows nothing.

Views and the own area are one's own; so is everything else of who answers for some areas only. What the province's
people write down (notes, marks, meetings, scripts) is for all: notes only for those who see the area.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dashboard.asker import Asker, Need, asker
from dashboard.keeping import Keeper
from dashboard.recording import recorder
from geodata.answers.answers import Answers
from geodata.errors import ScopeError
from geodata.follow_up import Spot
from geodata.notebook import Entry, Kind, Note, Notebook, kind_of
from geodata.tables import OutstandingRow, UnknownWording
from geodata.vocabulary import Step
from geodata.warehouse.recipes import RememberedRecipe
from geodata.warehouse.snapshot import DepartedFile
from geodata.warehouse.undoing import Undone

SHARED = ""  # who owns what is for all
PERSONAL = (Kind.VIEW, Kind.HOME)


@dataclass(frozen=True, slots=True)
class Desk:
    """Does for ``asker`` what ``keeper`` can; raises ScopeError for what the rights do not hold."""

    keeper: Keeper
    asker: Asker
    answers: Answers

    def undo(self, file: int) -> Undone:
        """Take a loaded file out."""
        keeper = self._loading()
        with recorder().announced("undo", file_id=file) as done:
            undone = keeper.undo(file)
            done(file=undone.file, kept=undone.kept, generation=undone.generation)
        return undone

    def settle(self, wording: str, category: str) -> int:
        """Let a wording mean a category; how many rows count now that did not."""
        keeper = self._loading()
        with recorder().announced("settle", wording=wording, category=category) as done:
            rows = keeper.settle(wording, category)
            done(rows=rows)
        return rows

    def forget(self, source: str) -> RememberedRecipe:
        """Read files with the headers of this source no longer as they were read."""
        keeper = self._loading()
        with recorder().announced("forget", source=source) as done:
            gone = keeper.forget(source)
            done(file=gone.name)
        return gone

    def departed(self) -> tuple[DepartedFile, ...]:
        """The files that were taken out or replaced."""
        return self._loading().departed()

    def wordings(self) -> tuple[UnknownWording, ...]:
        """The wordings that rows wait for."""
        return self._loading().wordings()

    def sources(self) -> tuple[RememberedRecipe, ...]:
        """How files are read again."""
        return self._loading().sources()

    def outstanding(self) -> Iterator[OutstandingRow]:
        """The rows that wait to be mended."""
        return self._loading().outstanding()

    def follow_up(self, spot: Spot, step: Step, *, since: date, measure: str = "") -> None:
        """Write down a step taken at a lasting hot spot that the asker sees whole."""
        if not self._sees(spot):
            raise ScopeError("this place is not open to the account")
        place = {"edition": spot.edition, "level": spot.level.value, "code": spot.code, "category": spot.category}
        with recorder().announced("follow_up", **place, step=step.value, since=since.isoformat()):
            self.keeper.follow_up(spot, step, since=since, measure=measure)

    def notebook(self, owner: str = "") -> Notebook:
        """What is the asker's own and what is for all; of two by one name the own one."""
        shared = (each for each in self.keeper.notebook(SHARED).entries if self._is_told(each))
        mine = self.keeper.notebook(self.asker.name).entries
        held = {(kind_of(each), each.key): each for each in (*shared, *mine)}
        return Notebook.of(tuple(held.values()))

    def keep(self, *entries: Entry, owner: str = "") -> None:
        """Write entries down, each where it belongs."""
        if any(isinstance(each, Note) and not self._sees(each) for each in entries):
            raise ScopeError("this place is not open to the account")
        for whose in sorted({self.asker.name, SHARED}):  # one and the same where there are no accounts
            here = [each for each in entries if self._owner(kind_of(each)) == whose]
            if here:
                self.keeper.keep(*here, owner=whose)

    def strike(self, kind: Kind, key: str, owner: str = "") -> bool:
        """Take an entry out: the own one, else that for all where the asker may write there."""
        owners = dict.fromkeys((self.asker.name, self._owner(kind)))
        return any(self.keeper.strike(kind, key, owner=each) for each in owners)

    def _loading(self) -> Keeper:
        if not self.asker.may(Need.LOADING):
            raise ScopeError("files are for the data officer")
        return self.keeper

    def _owner(self, kind: Kind) -> str:
        is_own = kind in PERSONAL or self.asker.rights.scope.areas is not None
        return self.asker.name if is_own else SHARED

    def _is_told(self, entry: Entry) -> bool:
        """Whether an entry for all is for the asker, too."""
        if isinstance(entry, Note):
            return self._sees(entry)
        return kind_of(entry) not in PERSONAL

    def _sees(self, place: Note | Spot) -> bool:
        return self.answers.sees(place.edition, place.level, place.code, self.asker.rights.scope)


def desk_of(keeper: Keeper, whole: Answers) -> Keeper | None:
    """What who asks now may do; None for who sees no incidents."""
    now = asker()
    if not now.may(Need.INCIDENTS):
        return None
    return Desk(keeper, now, whole)
