"""The sentences of an annual report: how many, against what, how sure. Never a reason."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Protocol

from dashboard import claims
from dashboard.words import Words
from geodata.answers.enough import ALPHA, FEWEST_BEFORE
from geodata.vocabulary import Event, EventKind, Period

PEAKS = 5  # places named as those with most incidents


class Counted(Protocol):
    """Two counts and the test of their ratio."""

    @property
    def before(self) -> int: ...  # noqa: D102

    @property
    def now(self) -> int: ...  # noqa: D102

    @property
    def ratio(self) -> float: ...  # noqa: D102

    @property
    def low(self) -> float: ...  # noqa: D102

    @property
    def high(self) -> float: ...  # noqa: D102

    @property
    def p(self) -> float: ...  # noqa: D102


def compared(row: Counted, than: str, words: Words) -> str:
    """How many, and how many more or fewer than before: ``1.389 vụ, tăng 242 vụ (21,1 %) so với ...``."""
    facts = {
        "n": words.count(row.now),
        "by": words.number(abs(row.now - row.before)),
        "share": share(row.before, row.now, words),
        "than": than,
        "before": words.count(row.before),
    }
    if not row.now and not row.before:
        return words("no incident, nor in {than}", **facts)
    if row.now == row.before:
        return words("{n} incidents, unchanged on {than}", **facts)
    if not facts["share"]:
        if row.now > row.before:
            return words("{n} incidents, {by} more than in {than} ({before} incidents)", **facts)
        return words("{n} incidents, {by} fewer than in {than} ({before} incidents)", **facts)
    if row.now > row.before:
        return words("{n} incidents, up by {by} ({share}) on {than} ({before} incidents)", **facts)
    return words("{n} incidents, down by {by} ({share}) on {than} ({before} incidents)", **facts)


def share(before: int, now: int, words: Words) -> str:
    """The size of the difference as a share of before, without its sign; "" where that was too few for one."""
    if before < FEWEST_BEFORE:
        return ""
    return words.percent(abs(now - before) / before, 1 if before >= claims.MANY else 0)


def signed_share(row: Counted, words: Words) -> str:
    """The same with its sign, for a column; a dash where there were too few before."""
    said = share(row.before, row.now, words)
    if not said:
        return "–"
    return said if row.now == row.before else ("+" if row.now > row.before else "\u2212") + said


def signed(n: int, words: Words) -> str:
    """A difference with its sign."""
    return ("+" if n > 0 else "\u2212" if n < 0 else "") + words.number(abs(n))


def certainty(row: Counted, words: Words) -> str:
    """The 95 % range of the change, and whether chance alone could make it."""
    if row.before < FEWEST_BEFORE or not math.isfinite(row.ratio):
        return words("too few to tell")
    return words(
        "95 % range {low} to {high}, {verdict}",
        low=claims.signed(row.low, words),
        high=claims.signed(row.high, words),
        verdict=claims.beyond_chance(words, sure=row.p <= ALPHA),
    )


def interval(row: Counted, words: Words) -> str:
    """The range for a column."""
    if row.before < FEWEST_BEFORE or not math.isfinite(row.ratio):
        return "–"
    return words("{low} to {high}", low=claims.signed(row.low, words), high=claims.signed(row.high, words))


def verdict(row: Counted, words: Words) -> str:
    """Whether a change is more than chance, for a column."""
    if row.before < FEWEST_BEFORE or not math.isfinite(row.ratio):
        return words("too few to tell")
    return claims.beyond_chance(words, sure=row.p <= ALPHA)


def covered(year: str, whole: Period, reached: Period, words: Words) -> str:
    """That the data do not cover the whole year, "" where they do."""
    if whole == reached:
        return ""
    return words(
        "The data cover statistical year {year} in part only: from {first} to {last}. Figures are of these days and "
        "are compared with the same days; they are not the figures of the whole year.",
        year=year,
        first=words.date(reached.start),
        last=words.date(reached.end),
    )


def incomparable(than: str, words: Words) -> str:
    """That there is nothing to compare with."""
    return words("The data do not cover {than}: no comparison is made.", than=than)


def looking(words: Words) -> str:
    """Why a fall of what the police discover is no fall of what happens."""
    return words(
        "Reported and discovered incidents are counted apart: the number discovered depends on how much is looked "
        "for, so that a fall of it can mean less looking, and a rise more."
    )


def season(words: Words) -> str:
    """Why months are compared with the same month of a year before."""
    return words(
        "Tết moves between January and February, so that single months of those two are not compared with one another, "
        "nor with the month before."
    )


def places(named: Sequence[tuple[str, int]], words: Words) -> str:
    """Where most incidents were recorded, by their numbers; not a ranking of risk."""
    said = "; ".join(words("{name} ({n})", name=name, n=words.count(n)) for name, n in named[:PEAKS] if n)
    if not said:
        return ""
    return words(
        "Most incidents were recorded in: {places}. These are numbers, not rates: more inhabitants, more incidents.",
        places=said,
    )


def off_map(recorded: int, placed: int, words: Words) -> str:
    """How many of all could be counted in an area of the map."""
    if recorded == placed:
        return words("All {n} recorded incidents are counted in an area of the map.", n=words.count(recorded))
    return words(
        "Of {n} recorded incidents, {placed} are counted in an area of the map; {off} are not placed, and stand in the "
        "totals only.",
        n=words.count(recorded),
        placed=words.count(placed),
        off=words.count(recorded - placed),
    )


def off_map_before(off: int, than: str, words: Words) -> str:
    """That not as many were placed before, so that places seem to rise or fall."""
    return words(
        "In {than}, {off} were not placed: part of the difference of a single place can be this alone.",
        than=than,
        off=words.count(off),
    )


def borders(words: Words) -> str:
    """How border zones are to be read."""
    return words(
        "Border zones overlap one another and the communes: their numbers are not added up. Distance bands are "
        "computed and hold only incidents with coordinates."
    )


def broken(event: Event, words: Words) -> str:
    """A day on which a series breaks, and what that means for comparing."""
    facts = {"day": words.date(event.day), "event": event.label(words.language)}
    if event.kind is EventKind.LAW:
        return words(
            "{day}, change of law ({event}): figures of this group before and after are not of one series.", **facts
        )
    if event.kind is EventKind.REFORM:
        return words(
            "{day} ({event}): incidents of all years are counted in the units of this report by their places; those "
            "whose old commune was split are not placed.",
            **facts,
        )
    return words("{day} ({event}): figures before and after may not be of one series.", **facts)


def article(number: str, day: str, category: str, words: Words) -> str:
    """Which article of the penal code counts from a day on."""
    return words(
        "Article {number} counts among {category} from {day}: part of a rise after that day can be this article alone.",
        number=number,
        category=category,
        day=day,
    )


def lasting(n: int, followed: int, words: Words) -> str:
    """How many hot spots last by the workspace's rule, and how many of them somebody follows up."""
    if not n:
        return words("No place was recorded as a lasting hot spot by the rule in force.")
    facts = {"n": words.number(n)}
    if not followed:
        return words.plural(
            "{n} lasting hot spot was recorded by the rule in force; it is not followed up yet.",
            "{n} lasting hot spots were recorded by the rule in force; none of them is followed up yet.",
            n,
        )
    if followed == n:
        return words.plural(
            "{n} lasting hot spot was recorded by the rule in force; it is followed up.",
            "{n} lasting hot spots were recorded by the rule in force; all of them are followed up.",
            n,
        )
    return words(
        "{n} lasting hot spots were recorded by the rule in force; {followed} of them are followed up, "
        "{alone} not yet.",
        **facts,
        followed=words.number(followed),
        alone=words.number(n - followed),
    )


def new(n: int, words: Words) -> str:
    """How many hot spots are new."""
    if not n:
        return words("No new hot spot can be told from chance.")
    return words.plural("{n} new hot spot was recorded.", "{n} new hot spots were recorded.", n)


def limit(group: str, most: int, by: str, words: Words) -> str:
    """How many a year the target allows."""
    return words("{group}: the target allows at most {n} incidents {by}.", group=group, n=words.number(most), by=by)
