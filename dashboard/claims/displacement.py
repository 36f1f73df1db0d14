"""What may be said of a fall that may have moved next door: roughly, with the interval, and never by what it fell."""

from __future__ import annotations

import math
from collections.abc import Mapping

from dashboard.claims import beyond_chance
from dashboard.words import N_, Words
from geodata.answers.displacement import Displacement, Doubt

DOUBTS: Mapping[Doubt, str] = {
    "no areas": N_("Choose an area to see whether its change moved next door."),
    "no neighbours": N_("The area has no neighbour in this layer: nothing can be told."),
    "no rest": N_("All other areas border on it, so that there are none to compare with: nothing can be told."),
    "not comparable": N_("The two periods cannot be compared: nothing can be told."),
    "too few": N_("Too few incidents to tell: it takes ten before in the area, and ten among its neighbours."),
    "not seen": N_("The area or its neighbours are not open to you as a whole: nothing can be told."),
}
# Of the fall: the share up to which it is called so. Words, as the estimate is rough.
_SHARES = (
    (0.1, N_("Hardly any of the fall reappeared nearby (rough estimate).")),
    (0.29, N_("About a fifth of the fall reappeared nearby (rough estimate).")),
    (0.42, N_("About a third of the fall reappeared nearby (rough estimate).")),
    (0.58, N_("About half of the fall reappeared nearby (rough estimate).")),
    (0.72, N_("About two thirds of the fall reappeared nearby (rough estimate).")),
    (0.9, N_("Most of the fall reappeared nearby (rough estimate).")),
    (1.1, N_("About as much as fell reappeared nearby (rough estimate).")),
    (math.inf, N_("More than fell reappeared nearby (rough estimate).")),
)


def doubt(found: Displacement, words: Words) -> str:
    """Why nothing can be told, "" where something can."""
    return words(DOUBTS[found.doubt]) if found.doubt else ""


def own(found: Displacement, words: Words) -> str:
    """The area alone against the rest."""
    if found.own.high < 0:
        return words("The area fell against the rest, by more than chance alone would explain.")
    if found.own.low > 0:
        return words("The area rose against the rest, by more than chance alone would explain.")
    return words("The area did not change against the rest by more than may be chance alone.")


def nearby(found: Displacement, words: Words) -> str:
    """Where a fall went; that there was none to move where the area did not fall against the rest."""
    if math.isnan(found.quotient):
        return words("It did not fall against the rest: there is no fall that could have moved.")
    if found.own.high >= 0:
        return words("Its fall against the rest is too small to tell where it went.")
    if found.quotient > 0:
        return words("Nearby it fell as well, against the rest: nothing speaks for a move next door (rough estimate).")
    return next(words(text) for share, text in _SHARES if -found.quotient <= share)


def together(found: Displacement, words: Words) -> str:
    """The weighted displacement difference of area and neighbours, always with its interval."""
    difference = found.difference
    facts = {name: _signed(getattr(difference, name), words) for name in ("estimate", "low", "high")}
    said = words(
        "Area and neighbours together against what the rest leads to expect: {estimate} incidents (95 % range {low} to "
        "{high})",
        **facts,
    )
    return f"{said}; {beyond_chance(words, sure=not difference.low <= 0 <= difference.high)}."


def method(found: Displacement, words: Words) -> str:
    """How it was reckoned; the quotient as a number where there is one."""
    said = words(
        "Weighted displacement difference against the {n} areas that do not border on it. It compares places that may "
        "differ in more than what was done there.",
        n=words.number(found.others),
    )
    if not math.isnan(found.quotient) and found.own.high < 0:
        quotient = words.decimal(found.quotient, 2)
        said += " " + words("Weighted displacement quotient {q}, which has no range.", q=quotient)
    return said


def _signed(x: float, words: Words) -> str:
    text = words.decimal(x, 0)
    return "+" + text if round(x) > 0 else text
