"""Whether the log of acts is as it was written: the first line that is not, and what became of it. Writes nothing.

Noticed: any change, removal, insertion or exchange of lines, a cut end, months taken away, a chain reckoned anew from
the middle. Not noticed without a hash written down elsewhere (``known``): a log whose lines from some point on and
whose head were all reckoned anew, or that was thrown away whole. Whoever may write the folder can do that; a chain has
no key.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final, Literal

from dashboard.access.audit import HEAD_LOST, MENDED, RETIRED, AuditLog, Head, lines
from dashboard.access.entry import FIRST_PREV, Entry, parsed
from geodata.errors import N_

AHEAD: Final = 8  # entries of one turn that a killed process may not have told the head of
Kind = Literal["changed", "removed", "inserted", "reordered", "cut", "early", "head", "unknown"]
FAULTS: Final[dict[Kind, str]] = {
    "changed": N_("{file}, line {line}: this is not what was written; it, or the entry before it, was changed"),
    "removed": N_("{file}, line {line}: entries {first} to {last} were removed before it"),
    "inserted": N_("{file}, line {line}: this entry was put in; it does not follow from the one before"),
    "reordered": N_("{file}, line {line}: entries were put in another order"),
    "cut": N_("entries {first} to {last} were cut off the end"),
    "early": N_("{file}: the entries before number {first} are gone, and no entry says that they were thrown away"),
    "head": N_("{file} is missing or not that of these entries: whether entries are missing at the end is not known"),
    "unknown": N_("entry {seq} is not the one whose hash was written down: the log was written anew"),
}
TORN: Final = N_("{n} bytes half written by a process that was stopped stand before entry {seq}, which names them")
UNTOLD: Final = N_("the last {n} bytes were half written by a process that was stopped; the next entry will name them")
LOST_HEAD: Final = N_("the head was missing at entry {seq}: what may have stood behind {known} then is not known")
BACK: Final = N_("the clock was put back before entry {seq}")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to be told: an English template and its facts."""

    template: str
    facts: Mapping[str, object]
    kind: Kind | None = None  # of a fault; a note has none


@dataclass(frozen=True, slots=True)
class Verdict:
    """``fault`` is the first thing that is not as it was written, if any; ``last`` is the last good entry."""

    n: int
    first: int
    last: Entry | None
    fault: Finding | None
    notes: tuple[Finding, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return self.fault is None


@dataclass(slots=True)
class _Walk:
    """How far the chain holds."""

    last: Entry | None = None
    first: Entry | None = None
    n: int = 0
    loose: bytes = b""  # lines that are none, since the last entry
    loose_at: tuple[str, int] = ("", 0)
    retired: set[tuple[int, str]] = field(default_factory=set)  # number and hash of the last entry of months let go
    notes: list[Finding] = field(default_factory=list)


def verify(log: AuditLog, known: Mapping[int, str] | None = None) -> Verdict:
    """Walk the whole log. ``known`` are hashes of entries that were written down elsewhere. Raises AuditError."""
    walk, awaited = _Walk(), dict(known or {})
    with log.reading() as (head, files):
        for name, number, line in _numbered(log, files):
            fault = _step(walk, name, number, line)
            if fault is None and walk.last is not None and walk.last.seq in awaited and not walk.loose:
                fault = _unknown(awaited, walk.last)
            if fault is not None:
                return _verdict(walk, _sorted_out(log, files, fault))
    return _verdict(walk, _end(walk, head, awaited, any_file=bool(files)))


def _step(walk: _Walk, name: str, number: int, line: bytes) -> Finding | None:
    """Take one line in, or say what is wrong with it."""
    entry = _entry(line)
    if entry is None:
        walk.loose_at = walk.loose_at if walk.loose else (name, number)
        walk.loose += line
        return None
    if walk.loose and not _mends(entry, walk.loose):
        return _fault("changed", file=walk.loose_at[0], line=walk.loose_at[1])
    if walk.last is None:
        walk.first = entry
    elif (entry.seq, entry.prev) != (walk.last.seq + 1, walk.last.hash):
        return _misplaced(walk.last, entry, name, number)
    _note(walk, entry)
    walk.last, walk.loose, walk.n = entry, b"", walk.n + 1
    return None


def _misplaced(last: Entry, entry: Entry, name: str, number: int) -> Finding:
    """What became of the lines before one that does not follow."""
    if entry.seq == last.seq + 1:
        return _fault("changed", file=name, line=number)
    if entry.seq <= last.seq:
        return _fault("inserted", file=name, line=number)
    return _fault("removed", file=name, line=number, first=last.seq + 1, last=entry.seq - 1)


def _sorted_out(log: AuditLog, files: list[tuple[str, int]], fault: Finding) -> Finding:
    """Entries that seem to be removed and stand elsewhere were put in another order."""
    if fault.kind == "removed":
        sought = fault.facts["first"]
        if any(entry.seq == sought for _, _, line in _numbered(log, files) if (entry := _entry(line))):
            return _fault("reordered", file=fault.facts["file"], line=fault.facts["line"])
    return fault


def _note(walk: _Walk, entry: Entry) -> None:
    """What an entry says of the log itself."""
    facts = entry.act.facts
    if entry.act.event == MENDED and walk.loose:
        walk.notes.append(Finding(TORN, {"n": len(walk.loose.rstrip(b"\n")), "seq": entry.seq}))
    if entry.act.event == HEAD_LOST:
        walk.notes.append(Finding(LOST_HEAD, {"seq": entry.seq, "known": facts.get("known")}))
    if entry.act.event == RETIRED and isinstance(facts.get("last"), int):
        walk.retired.add((int(str(facts["last"])), str(facts["last_hash"])))
    if walk.last is not None and entry.time < walk.last.time:
        walk.notes.append(Finding(BACK, {"seq": entry.seq}))


def _end(walk: _Walk, head: Head | None, awaited: Mapping[int, str], *, any_file: bool) -> Finding | None:
    """What can only be said when all lines are read."""
    first, last = walk.first, walk.last
    if (
        first is not None
        and (first.seq, first.prev) != (1, FIRST_PREV)
        and (first.seq - 1, first.prev) not in walk.retired
    ):
        return _fault("early", file=f"{first.time:%Y-%m}", first=first.seq)
    reached = last.seq if last else 0
    if head is None:
        return _fault("head", file="head.json") if any_file else _never(awaited, first)
    if head.seq > reached and walk.loose:
        return _fault("changed", file=walk.loose_at[0], line=walk.loose_at[1])
    if head.seq > reached:
        return _fault("cut", first=reached + 1, last=head.seq)
    if head.seq < reached - AHEAD or (last and head.seq == reached and head.hash != last.hash):
        return _fault("head", file="head.json")
    if walk.loose:
        walk.notes.append(Finding(UNTOLD, {"n": len(walk.loose)}))
    return _never(awaited, first)


def _unknown(awaited: dict[int, str], last: Entry) -> Finding | None:
    return None if last.hash.startswith(awaited.pop(last.seq)) else _fault("unknown", seq=last.seq)


def _never(awaited: Mapping[int, str], first: Entry | None) -> Finding | None:
    """An entry that was written down and is nowhere, unless its month was let go."""
    missing = [seq for seq in sorted(awaited) if first is None or seq >= first.seq]
    return _fault("unknown", seq=missing[0]) if missing else None


def _mends(entry: Entry, loose: bytes) -> bool:
    """Whether the entry names the loose bytes; the newline behind them may be its own."""
    found = {hashlib.sha256(each).hexdigest() for each in (loose, loose.removesuffix(b"\n"))}
    return entry.act.event == MENDED and entry.act.facts.get("sha256") in found


def _entry(line: bytes) -> Entry | None:
    with suppress(ValueError):
        return parsed(line.removesuffix(b"\n")) if line.endswith(b"\n") else None
    return None


def _numbered(log: AuditLog, files: list[tuple[str, int]]) -> Iterator[tuple[str, int, bytes]]:
    for name, size in files:
        for number, line in enumerate(lines(log.folder / name, size), 1):
            yield name, number, line


def _fault(kind: Kind, **facts: object) -> Finding:
    return Finding(FAULTS[kind], facts, kind)


def _verdict(walk: _Walk, fault: Finding | None) -> Verdict:
    return Verdict(walk.n, walk.first.seq if walk.first else 0, walk.last, fault, tuple(walk.notes))
