"""What may be said of incidents in and around a zone: how many against how many expected, and that it is no reason."""

from __future__ import annotations

from dashboard.words import Words
from geodata.answers.near import Excess, NearWhat

SAME = 1.0


def excess(found: Excess, words: Words) -> str:
    """How the ground compares with all other ground, with its range, or that there are too few to tell."""
    if not found.enough:
        return words("too few to tell")
    facts = {name: words.decimal(getattr(found, name)) for name in ("ratio", "low", "high")}
    if found.low > SAME:
        return words("{ratio} times as many as elsewhere (90 % range {low}–{high})", **facts)
    if found.high < SAME:
        return words("fewer than elsewhere: {ratio} times (90 % range {low}–{high})", **facts)
    return words("no clear difference from elsewhere: {ratio} times (90 % range {low}–{high})", **facts)


def counted(found: Excess, words: Words) -> str:
    """Incidents recorded there, and how many such ground would hold."""
    return words("{n} recorded, {expected} expected", n=words.count(found.n), expected=words.decimal(found.expected, 0))


def limits(answer: NearWhat, words: Words) -> list[str]:
    """How the expected are made, who is left out, and what the table cannot say."""
    made = (
        words("Expected: the zone's share of the inhabitants, taken as spread evenly over each area.")
        if answer.by == "population"
        else words("Expected: the zone's share of the ground, because no inhabitants are known.")
    )
    said = [made]
    if answer.vague:
        said.append(
            words.plural(
                "{n} incident without a point good enough is left out.",
                "{n} incidents without a point good enough are left out.",
                answer.vague,
            )
        )
    said.append(
        words(
            "This tells of a place's circumstances, never of a reason: incidents are recorded where people pass and "
            "where police look."
        )
    )
    return said
