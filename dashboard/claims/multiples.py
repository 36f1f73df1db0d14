"""What may be said over maps side by side: which groups changed by more than chance, and the year of quarters."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from dashboard import claims
from dashboard.claims import change
from dashboard.claims.finding import fitting
from dashboard.words import N_, Words
from geodata.answers.change import AreaChanges, Moved
from geodata.answers.enough import ALPHA
from geodata.statistics.significance import benjamini_hochberg

_SAID = (  # sign of the change, or 0 where it may be chance
    (-1, N_("fewer than before, beyond chance: {names}")),
    (1, N_("more than before, beyond chance: {names}")),
    (0, N_("not told from chance: {names}")),
)
_ALONE_ROSE = (N_("{name}: more than before, beyond chance; others may be chance"), N_("{name}: more, beyond chance"))
_ALONE_FELL = (N_("{name}: fewer than before, beyond chance; others may be chance"), N_("{name}: fewer, beyond chance"))
_QUARTERS = {  # by whether there are more, and whether that is beyond chance
    (True, True): N_("Last four quarters: {counted}, up {share} on the four before, beyond chance"),
    (True, False): N_("Last four quarters: {counted}, up {share}, may be chance"),
    (False, True): N_("Last four quarters: {counted}, down {share} on the four before, beyond chance"),
    (False, False): N_("Last four quarters: {counted}, down {share}, may be chance"),
}


def groups(found: Sequence[tuple[str, AreaChanges]], words: Words) -> str:
    """Which of several groups changed, against what; several are tested, so that a false alarm counts over all."""
    if not found:
        return ""
    periods = change.periods(found[0][1], words)
    if not all(changes.comparable for _, changes in found):
        return words("{periods}: nothing may be concluded of a change.", periods=periods)
    signs = _signs([changes.total for _, changes in found])
    said = []
    for wanted, text in _SAID:
        if names := [name for (name, _), sign in zip(found, signs, strict=True) if sign == wanted]:
            said.append(words(text, names=", ".join(names)))
    return words("{periods}: {said}.", periods=periods, said="; ".join(said))


def _signs(moves: Sequence[Moved]) -> list[int]:
    sure = benjamini_hochberg(np.array([each.p for each in moves])) <= ALPHA  # nan is not sure
    return [int(np.sign(each.ratio - 1)) if told else 0 for each, told in zip(moves, sure.tolist(), strict=True)]


def changed(changes: AreaChanges, words: Words) -> str:
    """The change of one of them with its range, below its map."""
    moved = changes.total
    if not changes.comparable or not math.isfinite(moved.ratio):
        return ""
    counts = words("{before} → {now}", before=words.count(moved.before), now=words.count(moved.now))
    return f"{counts}: {change.ranged(moved, words) or words('too few to tell')}"


def year_of_quarters(changes: AreaChanges, words: Words) -> str:
    """The last four quarters against the four before, in all, with certainty."""
    moved = changes.total
    counts = {"now": words.count(moved.now), "before": words.count(moved.before)}
    if not changes.comparable:
        return words("Last four quarters {now} after {before} in the four before", **counts)
    told = change.ranged(moved, words)
    if not told:
        return words("Last four quarters {now} after {before} in the four before: too few to tell", **counts)
    sure = claims.beyond_chance(words, sure=moved.p <= ALPHA)
    return words(
        "Last four quarters {now} after {before} in the four before: {change}; {sure}", change=told, sure=sure, **counts
    )


def title_of_groups(found: Sequence[tuple[str, AreaChanges]], words: Words) -> str:
    """The same as ``groups`` in a slide's title: one group that changed by its name, several by their number."""
    n = words.number(len(found))
    if not found or not all(changes.comparable for _, changes in found):
        return words("{n} groups: too little to compare with", n=n)
    signs = _signs([changes.total for _, changes in found])
    moved = [(name, sign) for (name, _), sign in zip(found, signs, strict=True) if sign]
    if not moved:
        return words("{n} groups: no change beyond chance", n=n)
    more, fewer = (words.number(signs.count(sign)) for sign in (1, -1))
    counted = words("Of {n} groups {more} rose and {fewer} fell, beyond chance", n=n, more=more, fewer=fewer)
    if len(moved) > 1:
        return counted
    name, sign = moved[0]
    ways = _ALONE_ROSE if sign > 0 else _ALONE_FELL
    return fitting((*(words(way, name=name) for way in ways), counted))


def title_of_quarters(changes: AreaChanges, words: Words) -> str:
    """The same as ``year_of_quarters`` in a slide's title."""
    moved = changes.total
    counted = words.counted("{n} incident", "{n} incidents", moved.now)
    if not changes.comparable or not change.ranged(moved, words):
        return words("Last four quarters: {counted}, not to be compared", counted=counted)
    facts = {"counted": counted, "share": words.percent(abs(moved.ratio - 1), 0)}
    return words(_QUARTERS[moved.ratio > 1, moved.p <= ALPHA], **facts)
