"""What a person asks of the files that are loaded, and does about them. Knows no boundaries and no snapshots."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from pathlib import Path

from geodata.boundaries.editions import Boundaries
from geodata.follow_up import FollowUp, Spot
from geodata.join import Join
from geodata.notebook import Entry, Kind, Notebook
from geodata.notebook_file import check
from geodata.profile import Profile
from geodata.tables import OutstandingRow, QuarantinedRow, UnknownWording
from geodata.vocabulary import Step
from geodata.warehouse.aside import read_quarantine, read_remarks, rows_of_unknown_category
from geodata.warehouse.catalogue import Catalogue, Generation, advance
from geodata.warehouse.filing import departed_files, loaded_files
from geodata.warehouse.follow_ups import all_follow_ups, check_step, take_step
from geodata.warehouse.loading import known_categories
from geodata.warehouse.notebooks import check_room, keep, read_notebook, strike
from geodata.warehouse.recipes import RememberedRecipe, all_recipes, answer, check_answer, forget
from geodata.warehouse.snapshot import DepartedFile, LoadedFile
from geodata.warehouse.undoing import Undone, undo

# ruff: noqa: PLC0415 - what cleans rows is imported where rows are cleaned: a server starts without it


class Books:
    """The part of a Warehouse that speaks of files."""

    folder: Path
    profile: Profile
    _catalogue: Catalogue

    @abstractmethod
    def _joinable(self) -> tuple[Generation, Boundaries, Join]: ...

    @abstractmethod
    def _sweep(self) -> None: ...

    def undo(self, file: int) -> Undone:
        """Take one file out as a whole: what it had corrected, repeated or mended is as if it had never come.

        A reading that it had replaced does not come back. Raises StoreError where no file has that number.
        """
        with self._catalogue.writing() as connection:
            undone = undo(connection, self.folder, file)
        self._sweep()
        return undone

    def settle(self, wording: str, category: str) -> int:
        """Let a wording mean a category, for the rows that wait for it and from now on; returns how many now count.

        Raises StoreError where no category has that key.
        """
        from geodata.ingest.clean import clean
        from geodata.ingest.recipe import Recipe
        from geodata.warehouse.settling import settle

        with self._catalogue.writing() as connection:
            check_answer(wording, category, known_categories(connection, self.profile))
            _, boundaries, join = self._joinable()
            answer(connection, wording, category)
            advance(connection, f"settle {category}", ground=False)
            again = partial(
                clean,
                profile=self.profile,
                boundaries=boundaries,
                recipe=Recipe(categories={wording: category}, date_order="dmy"),  # as cells that wait are written
                today=datetime.now(self.profile.zone).date(),
            )
            n = settle(connection, self.folder, wording, clean=again, join=join)
        self._sweep()
        return n

    def follow_up(self, spot: Spot, step: Step, *, since: date, measure: str = "") -> None:
        """Write down a step taken at a lasting hot spot. No incident changes, so there is no new generation.

        Raises StoreError where the place is unknown, the day cannot be, or the measure speaks of persons.
        """
        today = datetime.now(self.profile.zone).date()
        _, boundaries, _ = self._joinable()
        with self._catalogue.writing() as connection:
            held = all_follow_ups(connection).get(spot)
            check_step(spot, step, since=since, measure=measure, today=today, held=held, boundaries=boundaries)
            take_step(connection, spot, step, since=since, measure=measure)

    def follow_ups(self) -> dict[Spot, FollowUp]:
        """Every place that is or was followed up, with all its steps."""
        with self._catalogue.reading() as connection:
            return all_follow_ups(connection)

    def notebook(self, owner: str = "") -> Notebook:
        """What ``owner`` keeps: views, notes, marks, meetings, scripts, the own area."""
        with self._catalogue.reading() as connection:
            return read_notebook(connection, owner)

    def keep(self, *entries: Entry, owner: str = "") -> None:
        """Write entries down, each in place of the one of its kind and key. Raises NotebookError, then none is."""
        _, boundaries, _ = self._joinable()
        names = {name for layer in boundaries.layers.values() for name in layer.names}
        places = names | {name.partition(" ")[2] for name in names if len(name.split()) > 2}  # without "Xã", "Phường"
        for entry in entries:
            check(entry, places)
        with self._catalogue.writing() as connection:
            for entry in entries:
                keep(connection, entry, owner)
            check_room(connection, owner)

    def strike(self, kind: Kind, key: str, owner: str = "") -> bool:
        """Take an entry out; whether there was one."""
        with self._catalogue.writing() as connection:
            return strike(connection, kind, key, owner)

    def quarantine(self) -> Iterator[QuarantinedRow]:
        """The rows that do not count, file by file in the order they were loaded."""
        with self._catalogue.reading() as connection:
            yield from read_quarantine(connection)

    def remarks(self) -> Iterator[QuarantinedRow]:
        """The rows that were kept and yet need a look."""
        with self._catalogue.reading() as connection:
            yield from read_remarks(connection)

    def outstanding(self) -> Iterator[OutstandingRow]:
        """The rows that wait to be mended, each with its key and its cells."""
        from geodata.warehouse.mending import outstanding

        with self._catalogue.reading() as connection:
            yield from (row for _, row in outstanding(connection, self.folder))

    def files(self) -> tuple[LoadedFile, ...]:
        """The loaded files, without reading incidents."""
        with self._catalogue.reading() as connection:
            return loaded_files(connection)

    def departed(self) -> tuple[DepartedFile, ...]:
        """The files that were taken out or replaced, the last one first."""
        with self._catalogue.reading() as connection:
            return departed_files(connection)

    def wordings(self) -> tuple[UnknownWording, ...]:
        """The wordings that rows put aside wait for, the most frequent first: what :meth:`settle` is for."""
        from geodata.ingest.quarantine import unknown_wordings

        with self._catalogue.reading() as connection:
            return unknown_wordings(rows_of_unknown_category(connection))

    def sources(self) -> tuple[RememberedRecipe, ...]:
        """How files with the same headers are read again."""
        with self._catalogue.reading() as connection:
            return all_recipes(connection)

    def forget(self, source: str) -> RememberedRecipe:
        """Read files with these headers no longer as that one was. Raises StoreError where there is none such."""
        with self._catalogue.writing() as connection:
            return forget(connection, source)
