"""What may be said of one's own ground beside the province: shares, both changes, a ratio of rates with its range."""

from __future__ import annotations

import math

from dashboard import claims
from dashboard.words import Words
from geodata.answers.beside import Beside
from geodata.answers.enough import ALPHA, FEWEST, FEWEST_BEFORE
from geodata.statistics.change import Ratio


def share(found: Beside, words: Words) -> str:
    """The ground's part of everything recorded; "" where it is a handful, or not to be told."""
    if math.isnan(found.share):
        return ""
    return words("{share} of the province's incidents", share=words.percent(found.share))


def changes(found: Beside, words: Words) -> tuple[tuple[str, str, str], ...]:
    """Here and in the province: whose change, how much, and whether chance alone could make it."""
    own = found.own
    few = not own.comparable or own.before < FEWEST_BEFORE
    here = Ratio(math.nan, math.nan, math.nan, math.nan) if few else Ratio(own.ratio, own.low, own.high, own.p)
    return (
        (words("here"), *_changed(here, words)),
        (words("whole province"), *_changed(found.province, words)),
    )


def _changed(told: Ratio, words: Words) -> tuple[str, str]:
    if not math.isfinite(told.ratio):
        return "–", words("too few to tell")
    return claims.signed(told.ratio, words), claims.beyond_chance(words, sure=told.p <= ALPHA)


def rates(found: Beside, words: Words) -> str:
    """The rate against that of the rest with its range, or why there is none."""
    if not found.inhabited:
        return words("Not all inhabitants are known: rates are not compared.")
    if not found.enough:
        return words("Fewer than {n} incidents here or in the rest: rates are not compared.", n=FEWEST)
    facts = {name: words.decimal(getattr(found.rates, name), 2) for name in ("ratio", "low", "high")}
    said = words(
        "Per inhabitant {ratio} times the incidents of the rest of the province (90 % range {low}–{high})", **facts
    )
    return f"{said}; {claims.beyond_chance(words, sure=found.rates.p <= ALPHA)}."
