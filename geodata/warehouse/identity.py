"""Which rows of a new file are rows of an older one again, and which correct one. Pure arrays: knows no store.

The rule, for a new file beside an older one:

1. *Case numbers.* Numbers with letters or signs, and whole numbers that are no run from near 1, are taken for
   identities, unless those that meet do not agree: none of two or more, or of ``MANY`` fewer than one in five beyond
   chance. A run from near 1 is an identity only where at least half of the meetings agree beyond chance, and then only
   row by row; where both files begin at 1 and few meet, they must be the same rows, or name the same days and places.
   Two rows agree where two of three do: their days (within three), their categories, their places (the same area, or
   within 500 m). What agrees by chance is seen from pairs of rows whose numbers differ: of two offices' thefts of one
   month, known to the month, most would.
2. The same case with the same content is a repeat; with other content the newer row corrects the older one.
3. Rows that no such number tells apart are compared by content, the k-th with the k-th. Equal rows are repeats where
   they are precise (an hour and a point), or where at least half of the rows of the smaller file, over the days that
   both files hold, are equal beyond chance; else they may be two incidents and both count. Where rows of one file are
   alike among themselves, as many are alike in two files by chance.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Final

import numpy as np
from numpy.typing import NDArray

TEXT_BIT: Final = np.uint64(1 << 63)  # in the key of a case number that is no whole number
RUN: Final = 2  # a run from near 1 ends below twice as many as there are numbers, and a few
FEW: Final = 10
NEAR_DAYS: Final = 3
NEAR_M: Final = 500.0
METRES_A_DEGREE: Final = 111_195.0
MANY: Final = 5
FIRST: Final = np.uint64(2)  # the key of the number 1
SAMPLED: Final = 2_000  # meetings, and for each of them other rows, that show what agrees by chance
OTHERS: Final = 12
NOTHING: Final = np.empty((0, 2), dtype=np.int64)

Keys = NDArray[np.uint64]
Flags = NDArray[np.bool_]
Pairs = NDArray[np.int64]  # (k, 2): position in the new file, position in the older one


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """One file's incidents as far as they tell whether they are the same; all arrays have one length."""

    case: Keys  # 0 for none
    content: Keys
    day: NDArray[np.int32]
    category: Keys
    area: Keys  # 0 for none
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    precise: Flags  # hour and point are known
    inside: Flags  # not outside of all boundaries
    free: Flags  # neither repeated nor corrected by another file

    def __len__(self) -> int:
        return len(self.case)

    def some(self, positions: NDArray[np.int64]) -> Rows:
        """The rows at these positions, as if they were a file of their own."""
        return Rows(*(getattr(self, each.name)[positions] for each in fields(self)))


@dataclass(frozen=True, slots=True, eq=False)
class Match:
    """What a new file is to an older one.

    ``met`` case numbers stand in both; where they do not name the same cases, ``denied`` is true and ``agreeing`` says
    how few agree. ``alike`` rows are equal and yet count twice.
    """

    repeats: Pairs
    corrections: Pairs
    met: int
    agreeing: int
    denied: bool
    alike: int


def meet(case: Keys, content: Keys, old_case: Keys, old_content: Keys) -> bool:
    """Whether any key of one file stands in another: most files share nothing, and need no closer look."""
    return _common(content, old_content) or _common(case[case != 0], old_case[old_case != 0])


def compare(new: Rows, old: Rows, contested: Flags | None = None) -> Match:
    """Find repeats and corrections by the rule at the top. Only rows that are free take part.

    ``contested`` rows of the new file have numbers that different cases of several files bear: they must agree.
    """
    met = _pairs(new.case, old.case, new.free & (new.case != 0), old.free & (old.case != 0))
    agree = _agree(new, old, met)
    strong = is_identity(new.case) and is_identity(old.case)
    denied = _denied(new, old, met, agree) if strong else not _believed(new, old, met, agree)
    repeats, corrections, taken, nameless = NOTHING, NOTHING, NOTHING, None
    if strong and not denied:
        sure = np.ones(len(met), dtype=bool) if contested is None else agree | ~contested[met[:, 0]]
        repeats, corrections = _divided(new, old, met[sure])
        taken = met
        nameless = (new.case == 0, old.case == 0)
    elif not denied:
        repeats = taken = met[_same(new, old, met)]
    equal = _equal(new, old, taken, nameless)
    enough = _enough(new, old, len(equal) + len(repeats)) if len(equal) else True
    repeats = np.concatenate([repeats, equal if enough else equal[new.precise[equal[:, 0]]]])
    if not strong and not denied:
        rest = met[agree & ~np.isin(met[:, 0], repeats[:, 0]) & ~np.isin(met[:, 1], repeats[:, 1])]
        more, corrections = _divided(new, old, rest)
        repeats = np.concatenate([repeats, more])
    alike = int(np.count_nonzero(~np.isin(equal[:, 0], repeats[:, 0])))
    return Match(repeats, corrections, len(met), int(agree.sum()), denied and bool(len(met)), alike)


def may_be_one(rows: Rows, one: int, other: int) -> bool:
    """Whether two rows of a file may be copies of one, be it that one of them was changed since."""
    if rows.case[one] and rows.case[other]:
        return bool(rows.case[one] == rows.case[other])
    return bool(_agree(rows, rows, np.array([[one, other]]))[0])


def is_identity(case: Keys) -> bool:
    """Whether case numbers look like more than a running number of the sheet."""
    numbers = case[case != 0]
    texts = int(np.count_nonzero(numbers & TEXT_BIT))
    if 2 * texts > len(numbers):
        return True
    whole = numbers[(numbers & TEXT_BIT) == 0]
    return bool(len(whole)) and int(whole.max()) - 1 > RUN * len(whole) + FEW


def _denied(new: Rows, old: Rows, met: Pairs, agree: Flags) -> bool:
    """Whether numbers that look like identities do not name the same cases."""
    if len(met) < MANY:
        return len(met) > 1 and not bool(agree.any())
    return not any(_beyond_chance(new, old, met, judge) >= 0.2 for judge in (_agree, _same))


def _believed(new: Rows, old: Rows, met: Pairs, agree: Flags) -> bool:
    """Whether running numbers name the same cases."""
    if 2 * int(agree.sum()) < len(met) or not len(met):
        return False
    if len(met) >= MANY:
        return any(_beyond_chance(new, old, met, judge) >= 0.5 for judge in (_agree, _same))
    if not (_begins_at_one(new.case) and _begins_at_one(old.case)):  # a few numbers out of the other file
        return True
    same_rows = 2 * int(_same(new, old, met).sum()) > len(met)
    return same_rows or bool(np.all(_same_day(new, old, met) & _same_place(new, old, met)))


def _begins_at_one(case: Keys) -> bool:
    return int(case[case != 0].min()) <= int(FIRST)


def _beyond_chance(new: Rows, old: Rows, met: Pairs, judge: Callable[[Rows, Rows, Pairs], Flags]) -> float:
    """How many of the meetings that need not agree do: 0 where no more do than rows with different numbers, 1 all."""
    some = met[:: -(-len(met) // SAMPLED)]
    steps = np.unique(np.linspace(1, len(old) - 1, OTHERS).astype(np.int64))
    others = np.concatenate([np.column_stack([some[:, 0], (some[:, 1] + step) % len(old)]) for step in steps])
    by_chance = float(judge(new, old, others).mean())
    return (float(judge(new, old, met).mean()) - by_chance) / (1 - by_chance) if by_chance < 1 else 0.0


def _enough(new: Rows, old: Rows, equal: int) -> bool:
    """Whether so many rows are equal that one file holds the other's, over the days that both hold."""
    smaller = min(_in_common(new, old), key=len)
    _, times = np.unique(smaller, return_counts=True)
    times = times[times > 1]
    by_chance = float((times - np.sqrt(times / np.pi)).sum())  # the smaller of two Poisson numbers, on average
    return 2 * equal >= len(smaller) + by_chance


def _in_common(new: Rows, old: Rows) -> tuple[Keys, Keys]:
    """The contents of both files' rows in the days that both hold."""
    first = max(new.day[new.free].min(), old.day[old.free].min())
    last = min(new.day[new.free].max(), old.day[old.free].max())
    inside = [rows.content[rows.free & (rows.day >= first) & (rows.day <= last)] for rows in (new, old)]
    return inside[0], inside[1]


def _divided(new: Rows, old: Rows, pairs: Pairs) -> tuple[Pairs, Pairs]:
    """Pairs of the same case as repeats and corrections. A point outside of everything corrects none that is inside."""
    equal = _same(new, old, pairs)
    worse = ~new.inside[pairs[:, 0]] & old.inside[pairs[:, 1]]
    return pairs[equal], pairs[~equal & ~worse]


def _equal(new: Rows, old: Rows, taken: Pairs, nameless: tuple[Flags, Flags] | None) -> Pairs:
    """Pairs of equal rows that no case number tells apart; where both rows have an identity, it has spoken."""
    of_new, of_old = new.free.copy(), old.free.copy()
    of_new[taken[:, 0]], of_old[taken[:, 1]] = False, False
    if nameless is None:
        return _pairs(new.content, old.content, of_new, of_old)
    pairs = _pairs(new.content, old.content, of_new & nameless[0], of_old)
    of_new[pairs[:, 0]], of_old[pairs[:, 1]] = False, False
    return np.concatenate([pairs, _pairs(new.content, old.content, of_new & ~nameless[0], of_old & nameless[1])])


def _agree(new: Rows, old: Rows, pairs: Pairs) -> Flags:
    i, j = pairs[:, 0], pairs[:, 1]
    day = np.abs(new.day[i].astype(np.int64) - old.day[j]) <= NEAR_DAYS
    category = new.category[i] == old.category[j]
    agree: Flags = day.astype(np.int8) + category + _same_place(new, old, pairs) >= 2
    return agree


def _same(new: Rows, old: Rows, pairs: Pairs) -> Flags:
    same: Flags = new.content[pairs[:, 0]] == old.content[pairs[:, 1]]
    return same


def _same_day(new: Rows, old: Rows, pairs: Pairs) -> Flags:
    same: Flags = new.day[pairs[:, 0]] == old.day[pairs[:, 1]]
    return same


def _same_place(new: Rows, old: Rows, pairs: Pairs) -> Flags:
    i, j = pairs[:, 0], pairs[:, 1]
    area = (new.area[i] != 0) & (new.area[i] == old.area[j])
    east = (new.lon[i] - old.lon[j]) * np.cos(np.radians(new.lat[i]))
    metres = METRES_A_DEGREE * np.hypot(east, new.lat[i] - old.lat[j])
    place: Flags = area | (metres <= NEAR_M)  # no point: NaN, and never near
    return place


def _pairs(a: Keys, b: Keys, among_a: Flags, among_b: Flags) -> Pairs:
    """Positions of equal keys, the k-th in one with the k-th in the other, rising in the first."""
    i, j = np.flatnonzero(among_a), np.flatnonzero(among_b)
    i, j = i[_within(a[i], b[j])], j[_within(b[j], a[i])]
    if not len(i):
        return NOTHING
    i, j = i[np.argsort(a[i], kind="stable")], j[np.argsort(b[j], kind="stable")]
    left, right = np.searchsorted(b[j], a[i], "left"), np.searchsorted(b[j], a[i], "right")
    partner = left + np.arange(len(i)) - np.searchsorted(a[i], a[i], "left")
    hit = partner < right
    pairs = np.column_stack([i[hit], j[partner[hit]]])
    return pairs[np.argsort(pairs[:, 0])]


def _within(keys: Keys, others: Keys) -> Flags:
    """Which keys stand among the others."""
    if not len(others):
        return np.zeros(len(keys), dtype=bool)
    some = np.sort(others)
    found: Flags = some[np.minimum(np.searchsorted(some, keys), len(some) - 1)] == keys
    return found


def _common(a: Keys, b: Keys) -> bool:
    few, many = (a, b) if len(a) <= len(b) else (b, a)
    return bool(_within(many, few).any())  # the smaller one is sorted
