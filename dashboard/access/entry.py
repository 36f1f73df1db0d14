"""One entry of the log of acts as one line of text, tied to the line before it. Knows no file and no event's meaning.

A line is JSON in one fixed form: keys in order, no spaces, ASCII alone. Whatever a name holds (line ends, U+2028,
signs that steer a terminal) stands in it as a code, so nobody can write a second line into one, nor move a cursor.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any, Final

FIRST_PREV: Final = "0" * 64  # what the very first entry follows
LONGEST_LINE: Final = 64 << 10  # bytes
LONGEST_TEXT: Final = 200  # letters of one text
MOST_PARTS: Final = 500  # of one list, or one table
DEEPEST: Final = 4
_EVENT = re.compile(r"[a-z][a-z_]{0,39}")
_FIELDS: Final = frozenset({"seq", "time", "who", "role", "address", "event", "facts", "prev", "hash"})


@dataclass(frozen=True, slots=True)
class Act:
    """What was done, by whom and from where. ``role`` is empty for who has none, as at a terminal."""

    event: str
    who: str
    address: str
    role: str
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Entry:
    """An act in its place: ``prev`` is the hash of the entry before, ``hash`` that of all else in this one."""

    seq: int
    time: datetime  # UTC
    act: Act
    prev: str
    hash: str


def written(act: Act, *, seq: int, time: datetime, prev: str) -> tuple[Entry, bytes]:
    """The entry and its line, newline included. Texts, lists and the line as a whole have a longest."""
    if not _EVENT.fullmatch(act.event):
        raise ValueError(f"{act.event!r} is no name of an event")
    facts = _bounded(act.facts, 0)
    line, entry = _line(act, facts, seq=seq, time=time, prev=prev)
    if len(line) > LONGEST_LINE:
        whole = _canonical(facts)
        cut = {"too_long": len(whole), "sha256": hashlib.sha256(whole).hexdigest()}
        line, entry = _line(act, cut, seq=seq, time=time, prev=prev)
    return entry, line


def parsed(line: bytes) -> Entry:
    """The entry of a line without its newline. Raises ValueError where a single byte is not as it was written."""
    try:
        held = json.loads(line)
        if not isinstance(held, dict) or set(held) != _FIELDS:
            raise ValueError("these are not the fields of an entry")
        without = {key: value for key, value in held.items() if key != "hash"}
        if _canonical(held) != line or _hash(without) != held["hash"]:
            raise ValueError("its hash is another one")
        act = Act(held["event"], held["who"], held["address"], held["role"], held["facts"])
        return Entry(int(held["seq"]), datetime.fromisoformat(held["time"]), act, held["prev"], held["hash"])
    except (TypeError, AttributeError, RecursionError) as error:
        raise ValueError(str(error)) from None


def _line(act: Act, facts: object, *, seq: int, time: datetime, prev: str) -> tuple[bytes, Entry]:
    moment = time.astimezone(UTC)
    texts = {"who": _text(act.who), "role": _text(act.role), "address": _text(act.address), "event": act.event}
    held: dict[str, Any] = {"seq": seq, "time": moment.isoformat(), **texts, "facts": facts, "prev": prev}
    held["hash"] = _hash(held)
    line = _canonical(held)
    return line + b"\n", parsed(line)


def _hash(held: Mapping[str, object]) -> str:
    return hashlib.sha256(_canonical(held)).hexdigest()


def _canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False).encode("ascii")


def _bounded(value: object, depth: int) -> Any:  # noqa: ANN401 - whatever JSON can hold
    """The value as JSON holds it, no longer than anybody needs; what is left out is counted and has its hash."""
    if isinstance(value, Enum):
        value = value.value
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return value if value.bit_length() < 64 else _text(hex(value))
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, date):
        return value.isoformat()
    if depth < DEEPEST and isinstance(value, Mapping):
        table = {_text(str(key)): _bounded(part, depth + 1) for key, part in list(value.items())[:MOST_PARTS]}
        return table if len(value) <= MOST_PARTS else {**table, "more": len(value) - MOST_PARTS}
    if depth < DEEPEST and isinstance(value, Sequence | set | frozenset) and not isinstance(value, str | bytes):
        return _parts(sorted(value, key=str) if isinstance(value, set | frozenset) else list(value), depth)
    return _text(value if isinstance(value, str) else str(value))


def _parts(values: list[object], depth: int) -> list[object]:
    kept: list[object] = [_bounded(part, depth + 1) for part in values[:MOST_PARTS]]
    if len(values) > MOST_PARTS:
        all_of_them = hashlib.sha256(repr(values).encode("utf-8", "backslashreplace")).hexdigest()
        kept.append({"more": len(values) - MOST_PARTS, "sha256_of_all": all_of_them})
    return kept


def _text(text: str) -> str:
    if len(text) <= LONGEST_TEXT:
        return text
    digest = hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()
    return f"{text[:LONGEST_TEXT]}… ({len(text)}, sha256 {digest})"
