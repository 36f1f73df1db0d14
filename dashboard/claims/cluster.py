"""What may be said of clusters, short rises and near repeats: with chance beside each, and that a rise may be noise."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from dashboard.words import N_, Words
from geodata.answers.chains import CHAIN_DAYS, CHAIN_METERS, NearChain
from geodata.answers.clusters import Clusters, ScanCluster
from geodata.answers.enough import FEWEST
from geodata.answers.near_repeat import Band, NearRepeat
from geodata.answers.rises import CategoryRises, Rise, Status
from geodata.vocabulary import Period

MOST = 4  # areas named before the rest are counted
SMALLEST = 0.001  # the least that 999 simulations can tell
QUIET, BUNCHED = (5, 25), 95  # of a hundred quiet provinces in which one month alarms (docs/methods.md, Measured)
TWICE, BUNCHED_TWICE = 5, 25  # the same for a rise that the month after confirms

STATUS: Mapping[Status, str] = {
    "confirmed": N_("confirmed by the new month"),
    "to_check": N_("a short rise, check again"),
    "dropped": N_("no longer seen"),
}
_MEANINGS: Mapping[Status, str] = {
    "confirmed": N_("It stood already a month before; it may still pass."),
    "to_check": N_("To be taken seriously once it stands next month too."),
    "dropped": N_("It was seen a month before and is seen no longer."),
}


def places(names: Sequence[str], words: Words) -> str:
    """The areas by name, the rest counted."""
    named = ", ".join(names[:MOST])
    more = len(names) - MOST
    return words("{names} and {n} more", names=named, n=words.number(more)) if more > 0 else named


def chance(p: float, words: Words, least: float = SMALLEST) -> str:
    """How often chance alone would do as much; ``least`` is the smallest that so many simulations can tell."""
    if p <= least:
        return words("chance alone: in at most {p} of tries", p=words.percent(least))
    return words("chance alone: in {p} of tries", p=words.percent(p))


def outlined(number: int, cluster: ScanCluster, words: Words) -> str:
    """One outline on the map by its number: recorded against expected, with a range or how likely by chance."""
    said = f"{number}: {_usual(cluster, words)}"
    if cluster.n < FEWEST or not math.isfinite(cluster.rr + cluster.low + cluster.high):
        return f"{said}; {chance(cluster.p, words)}"
    return words(
        "{said}; {rr} times elsewhere (90 % range {low}–{high})",
        said=said,
        rr=words.decimal(cluster.rr),
        low=words.decimal(cluster.low),
        high=words.decimal(cluster.high),
    )


def searched(found: Clusters, words: Words) -> str:
    """What is outlined, or that nothing is, for a legend."""
    if not found.enough:
        return words("too few incidents or areas to find clusters of areas")
    if not found.significant:
        return words("no cluster of areas beyond chance (p ≤ 5 %, risk ≥ 1.5)")
    return words("cluster of areas beyond chance (p ≤ 5 %, risk ≥ 1.5)")


def status(rise: Rise, words: Words) -> str:
    """Where the rise stands, for a chip."""
    return words(STATUS[rise.status])


def meaning(status_: Status, words: Words) -> str:
    """What is to be thought of such a rise."""
    return words(_MEANINGS[status_])


def rise(told: Rise, words: Words) -> str:
    """Recorded against the places' own usual, in which months, and how likely by chance."""
    cluster = told.cluster
    return words(
        "{months}: {size}; {chance}",
        months=_months(cluster.period, words),
        size=_usual(cluster, words),
        chance=chance(cluster.p, words),
    )


def chain(told: NearChain, words: Words) -> str:
    """How many incidents lie how near each other, and from when to when."""
    return words(
        "{n} incidents within {m} m of their middle, {days}",
        n=words.count(told.n),
        m=words.number(max(10, round(told.radius_m, -1))),
        days=words.period(Period(told.first, told.last)),
    )


def chains(told: CategoryRises, words: Words) -> str:
    """How many chains there are beside those that chance would make."""
    return words(
        "{n} chains of incidents within {m} m and {days} days of each other; chance alone would make about {expected}",
        n=words.number(len(told.chains)),
        m=words.number(CHAIN_METERS),
        days=words.number(CHAIN_DAYS),
        expected=words.decimal(told.by_chance),
    )


def alarms(words: Words) -> list[str]:
    """How often such alarms come where nothing rises, and what that means for reading them."""
    return [
        words(
            "Such rises are short and often pass. Where nothing rises they are seen all the same: on made-up quiet "
            "provinces in {low} to {high} of 100 months for each category, in {bunched} where incidents come in "
            "bunches; confirmed by the month after in at most {twice}, and {bunched_twice} in bunches.",
            low=QUIET[0],
            high=QUIET[1],
            bunched=BUNCHED,
            twice=TWICE,
            bunched_twice=BUNCHED_TWICE,
        ),
        words(
            "Each place is compared with its own usual share of the last twelve months; what lasts is not seen here."
        ),
    ]


def near(found: NearRepeat, words: Words) -> str:
    """Whether one incident is soon followed by others near by, in the nearest band that is not the same place."""
    band = next(each for each in found.bands if each.meters_to > 0)
    if not band.enough:
        return words("Too few pairs of incidents near each other to tell of repeats.")
    if not band.more:
        return words(
            "Over {period}: no more pairs of incidents within {m} m and {days} days than chance gives ({pairs}, "
            "{expected} expected).",
            period=words.period(found.question.period),
            **_band(band, words),
        )
    return words(
        "Over {period}: {pairs} pairs of incidents within {m} m and {days} days, where chance gives {expected} "
        "({chance}).",
        period=words.period(found.question.period),
        chance=chance(band.p, words, 1 / (1 + found.permutations)),
        **_band(band, words),
    )


def nothing_new(labels: Iterable[str], words: Words) -> str:
    """For which categories there is nothing new, "" for none."""
    named = ", ".join(labels)
    return words("Nothing new this month: {categories}.", categories=named) if named else ""


def _band(band: Band, words: Words) -> dict[str, str]:
    return {
        "m": words.number(band.meters_to),
        "days": words.number(band.days_to),
        "pairs": words.number(band.pairs),
        "expected": _expected(band.expected, words),
    }


def _usual(cluster: ScanCluster, words: Words) -> str:
    return words(
        "{n} recorded, {expected} expected",
        n=words.count(cluster.n),
        expected=_expected(cluster.expected, words),
    )


def _expected(expected: float, words: Words) -> str:
    return words.decimal(expected, 0 if expected >= 10 * FEWEST else 1)


def _months(period: Period, words: Words) -> str:
    first, last = words.month(period.start), words.month(period.end)
    return first if first == last else f"{first}–{last}"
