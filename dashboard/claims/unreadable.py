"""What is said where a loaded file's incidents cannot be read, as the store is damaged. Mends nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from geodata.errors import N_
from geodata.warehouse.snapshot import UnreadableFile

MISSING = N_(
    "«{file}» is not counted: {n} of its incidents cannot be read, {segment} is missing from the store. Put it back "
    "from a backup: diemnong restore FILE; or take the file out, diemnong undo {id}, and load it again"
)
DAMAGED = N_(
    "«{file}» is not counted: {n} of its incidents cannot be read, {segment} in the store is damaged. Put it back from "
    "a backup: diemnong restore FILE; or take the file out, diemnong undo {id}, and load it again"
)
PARTLY = N_("some incidents cannot be read now and are not counted: all numbers may be too low")


class Says(Protocol):
    """A language: the English text with its facts in, the words out."""

    def __call__(self, text: str, /, **facts: object) -> str: ...  # noqa: D102


def lines(unreadable: Iterable[UnreadableFile], words: Says) -> Iterator[str]:
    """By name: which file's incidents no number holds, how many, and how that is mended."""
    for each in unreadable:
        text = MISSING if each.missing else DAMAGED
        yield words(text, file=each.name, n=each.n, segment=each.segment, id=each.id)


def in_short(unreadable: Sequence[UnreadableFile], words: Says) -> str:
    """That numbers lack something; nothing where they lack nothing. Names no file: those are not for everyone."""
    return words(PARTLY) if unreadable else ""
