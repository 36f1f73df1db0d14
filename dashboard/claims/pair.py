"""What may be said of two places side by side: rates with what they rest on, and their ratio with its range."""

from __future__ import annotations

import math

from dashboard.claims import beyond_chance
from dashboard.words import Words
from geodata.answers.enough import FEWEST
from geodata.answers.pair import Pair, Place


def rate(place: Place, words: Words) -> str:
    """Incidents per 10,000 inhabitants, or why none is given."""
    if place.n < FEWEST:
        return words("fewer than {n} incidents", n=FEWEST)
    if math.isnan(place.per_10k):
        return words("no inhabitants known")
    return words("{rate} per 10,000 inhabitants", rate=words.decimal(place.per_10k))


def risk(place: Place, words: Words) -> str:
    """The relative risk with its range; a dash where there is none to state."""
    if math.isnan(place.rr):
        return "–"
    facts = {key: words.decimal(getattr(place, key)) for key in ("rr", "low", "high")}
    return words("{rr} times the number expected (90 % range {low}–{high})", **facts)


def compared(pair: Pair, first: str, second: str, words: Words) -> str:
    """The first place's rate against the second's, with its range, or why there is no such thing."""
    if pair.overlapping:
        return words("The two places overlap, so their rates are not compared.")
    if pair.rates is None:
        return words("Too few incidents, or no inhabitants known: the two rates are not compared.")
    facts = {key: words.decimal(getattr(pair.rates, key), 2) for key in ("ratio", "low", "high")}
    said = words(
        "Per inhabitant {first} has {ratio} times the incidents of {second} (95 % range {low}–{high})",
        first=first,
        second=second,
        **facts,
    )
    return f"{said}; {beyond_chance(words, sure=not pair.rates.low <= 1 <= pair.rates.high)}."
