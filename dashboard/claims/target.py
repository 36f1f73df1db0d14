"""Down by the target, or noise: three statements in words, how the year may end, what such counts can show at all."""

from __future__ import annotations

import math
from dataclasses import dataclass

from dashboard.claims import beyond_chance, ranged
from dashboard.words import Words
from geodata.answers.enough import FEWEST_BEFORE
from geodata.answers.targets import Target
from geodata.vocabulary import Period

SURE = 0.995  # a chance above is not written as 100 %


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence and what it amounts to: good, bad or open, for a sign beside the words."""

    text: str
    sign: str  # ✓ ✗ ?


def arithmetic(row: Target, words: Words) -> Statement:
    """The counts alone."""
    facts = {"before": words.count(row.before), "now": words.count(row.now)}
    asked = words.decimal(100 * (1 - row.target), 0)
    if not row.before and not row.now:
        return Statement(words("0 against 0: nothing to compare"), "?")
    if row.reached:
        text = words("{now} against {before}: down by {asked} % or more", asked=asked, **facts)
        return Statement(text, "✓")
    return Statement(words("{now} against {before}: not down by {asked} %", asked=asked, **facts), "✗")


def change(row: Target, words: Words) -> Statement:
    """Whether the two counts differ by more than chance, always with the range."""
    if not tellable(row):
        return Statement(words("too few to tell"), "?")
    sure = row.change != "no clear change"
    said = f"{ranged(row.ratio, row.low, row.high, words)}: {beyond_chance(words, sure=sure)}"
    return Statement(said, "?" if not sure else "▼" if row.ratio < 1 else "▲")


def verdict(row: Target, words: Words) -> Statement:
    """The target itself, tested on both sides."""
    match row.verdict:
        case "met":
            return Statement(words("target met, beyond chance"), "✓")
        case "missed":
            return Statement(words("target missed, beyond chance"), "✗")
        case _:
            return Statement(words("unclear: such counts can tell neither"), "?")


def outlook(row: Target, period: Period, words: Words) -> str:
    """How the year may end if it goes on as it began, "" where it is over."""
    if row.outlook is None:
        return ""
    quota = (
        words("{n} more until {day} would still be on target", n=words.number(row.quota), day=words.date(period.end))
        if row.quota >= 0
        else words("the year's limit is passed by {n}", n=words.number(-row.quota))
    )
    if math.isnan(row.outlook.probability):
        return quota
    chance = chance_of(row.outlook.probability, words)
    match row.outlook.track:
        case "on_track":
            said = words("on track: {chance} sure to end on target", chance=chance)
        case "off_track":
            said = words("off track: {chance} chance to end on target", chance=chance)
        case _:
            said = words("too close to call: {chance} chance to end on target", chance=chance)
    return f"{said}; {quota}"


def chance_of(share: float, words: Words) -> str:
    """A chance in whole per cent, never 0 and never 100."""
    if share > SURE:
        return words("over {share}", share=words.percent(0.99, 0))
    return words("under {share}", share=words.percent(0.01, 0)) if share < 1 - SURE else words.percent(share, 0)


def power(row: Target, words: Words) -> str:
    """What counts of this size can show at all."""
    if math.isnan(row.power):
        return ""
    return words(
        "With {n} a year a true fall of {asked} % would be seen {chance} of the time; it takes about {needed} a year "
        "to see it four times in five.",
        n=words.number(row.baseline),
        asked=words.decimal(100 * (1 - row.target), 0),
        chance=chance_of(row.power, words),
        needed=words.number(round(row.needed, -2) if row.needed >= 1000 else row.needed),
    )


def tellable(row: Target) -> bool:
    """Whether there are enough incidents to name a percentage."""
    return row.before >= FEWEST_BEFORE and math.isfinite(row.ratio)
