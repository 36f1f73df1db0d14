"""The one place that words what the numbers say, with its uncertainty, for screen and paper. Knows no layout.

Here stands what every picture says of its totals and its data; each further module words one kind of answer. What may
never be said (a cause, a rank without its range, a rate on a handful) is held by tests/dashboard/claims.
"""

from __future__ import annotations

import math

from dashboard.names import Names
from dashboard.view import View
from dashboard.words import N_, Words
from geodata.answers.answer import Change, DataFacts, Totals
from geodata.answers.enough import ALPHA, FEWEST_BEFORE
from geodata.statistics.concentration import Concentration

MANY = 100  # incidents before, from which a percentage has decimals
HALF_PER_CENT = 0.005
FEW_TO_SPREAD = 20  # incidents; where fewer lie says nothing of concentration


def difference(change: Change, words: Words) -> str:
    """How many more or fewer than in the same days a year earlier; more years where the period is longer."""
    n = change.now - change.before
    facts = {"n": words.number(abs(n)), "years": words.number(change.years_back)}
    if n == 0:
        text = N_("unchanged on last year"), N_("unchanged on {years} years earlier")
    elif n > 0:
        text = N_("{n} more than last year"), N_("{n} more than {years} years earlier")
    else:
        text = N_("{n} fewer than last year"), N_("{n} fewer than {years} years earlier")
    return words(text[change.years_back > 1], **facts)


def against(years_back: int, words: Words) -> str:
    """What a period is held against: last year, or the same days of more years ago."""
    if years_back == 1:
        return words("against last year")
    return words("against {years} years earlier", years=words.number(years_back))


def share(change: Change, words: Words) -> str:
    """The size of the difference as a share of the year before, without its sign; "" where that was too few for one."""
    if change.before < FEWEST_BEFORE:
        return ""
    return words.percent(abs(change.now - change.before) / change.before, 1 if change.before >= MANY else 0)


def before(change: Change, words: Words) -> str:
    """What it is compared with: the count a year earlier and its days, or why there is nothing to compare with."""
    period = words.period(change.period)
    if not change.comparable:
        return words("no data for the whole of {period}", period=period)
    if change.before == 0:
        return words("none recorded in {period}", period=period)
    return words("{before} in {period}", before=words.count(change.before), period=period)


def certainty(change: Change, words: Words) -> str:
    """Whether chance alone could make such a difference."""
    if math.isnan(change.p) or change.p >= ALPHA:
        return words("May be chance alone.")
    return words("More than chance alone would explain.")


def ranged(ratio: float, low: float, high: float, words: Words) -> str:
    """A change in per cent with its range."""
    change, least, most = (signed(each, words) for each in (ratio, low, high))
    return words("{change} (95 % range {low} to {high})", change=change, low=least, high=most)


def signed(ratio: float, words: Words) -> str:
    """A ratio as a signed change: 0.79 is −21 %. What is just short of "unchanged" must not seem to touch it."""
    if not math.isfinite(ratio):
        return words("no limit")
    text = words.percent(ratio - 1, 1 if HALF_PER_CENT > abs(ratio - 1) > 0 else 0)
    return "+" + text if ratio > 1 else text


def beyond_chance(words: Words, *, sure: bool) -> str:
    """What a difference amounts to, after a semicolon or a colon."""
    return words("more than chance alone would explain") if sure else words("may be chance alone")


def concentration(found: Concentration, words: Words) -> str:
    """In how few areas half of the incidents lie; "" where a handful could lie anywhere."""
    if found.incidents < FEW_TO_SPREAD or found.places == 1:
        return ""
    return words(
        "Half of the incidents lie in {holding} of {places} areas.",
        holding=words.number(found.holding),
        places=words.number(found.places),
    )


def placed(totals: Totals, around: Totals | None, words: Words) -> str:
    """How many were recorded, and how many of them the map shows.

    ``around`` are the totals without the areas chosen: the map colours those areas' neighbours too, and says so.
    """
    if around is not None:
        return words(
            "{n} recorded incidents in the area chosen ({points} with coordinates); "
            "the map colours every area, {all} incidents, to compare with",
            n=words.count(totals.placed),
            points=words.count(totals.with_point),
            all=words.count(around.placed),
        )
    return words(
        "{n} recorded incidents, {placed} placed on the map ({points} with coordinates), {off} not placed",
        n=words.count(totals.recorded),
        placed=words.count(totals.placed),
        points=words.count(totals.with_point),
        off=words.count(totals.not_placed),
    )


def source(facts: DataFacts, view: View, names: Names, words: Words) -> list[str]:
    """Over which administrative units and from which data."""
    said = [names.edition(view.edition, words)]
    if facts.last_day is not None:
        said.append(words("data until {day}", day=words.date(facts.last_day)))
    return [*said, words("version {n}", n=words.number(facts.generation))]


def drawing(names: Names, words: Words) -> list[str]:
    """That the map is no official one, where it is not."""
    return [words("schematic drawing, not official boundaries")] if names.profile.schematic else []


def nothing_loaded(words: Words) -> str:
    """That there are no incidents yet."""
    return words("No incidents are loaded")


def nothing(totals: Totals, facts: DataFacts, words: Words) -> str:
    """Why there is nothing to see, "" where there is something: not loaded is not the same as not recorded."""
    if facts.incidents == 0:
        return nothing_loaded(words)
    if totals.recorded == 0:
        return words("No incident was recorded for this question")
    if totals.placed == 0:
        return words("None of the recorded incidents has a place on this map")
    return ""
