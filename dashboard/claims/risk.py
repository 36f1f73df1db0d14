"""What may be said of a place's risk: so many times the number expected, always with its range, never on a handful."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np

from dashboard.claims import beyond_chance
from dashboard.words import N_, Words
from geodata.answers import risk as found
from geodata.answers.enough import FEWEST
from geodata.answers.exposure import Denominator
from geodata.answers.hexagons import HexRisk
from geodata.answers.risk import AreaRisk, Judged
from geodata.vocabulary import Category

SMALLEST = 0.001  # a q below it is not written out
MOST = 3  # places named in one sentence

VERDICTS: Mapping[str, str] = {
    found.HIGH: N_("more than expected, beyond chance"),
    found.LOW: N_("fewer than expected, beyond chance"),
    found.ORDINARY: N_("no clear difference from what is expected"),
    found.TOO_FEW: N_("too few to tell"),
    found.HOT: N_("hot spot: high risks lie side by side here, beyond chance"),
    found.COLD: N_("cold spot: low risks lie side by side here, beyond chance"),
    found.CHANCE: N_("no clustering beyond chance"),
    found.QUADRANTS["HH"]: N_("high among high ones, beyond chance"),
    found.QUADRANTS["LL"]: N_("low among low ones, beyond chance"),
    found.QUADRANTS["HL"]: N_("high among low ones, beyond chance"),
    found.QUADRANTS["LH"]: N_("low among high ones, beyond chance"),
    found.NOBODY: N_("no inhabitants known: not judged"),
    "": N_("not told: only a part of it is open to this account"),
}
_TIMES: Mapping[Denominator, str] = {
    "population": N_("{rr} times the number expected for its population (90 % range {low}–{high})"),
    "area": N_("{rr} times the number expected for its size (90 % range {low}–{high})"),
}
_SENTENCES: Mapping[Denominator, str] = {
    "population": N_("{name} has {rr} times the incidents expected for its population (90 % range {low}–{high})."),
    "area": N_("{name} has {rr} times the incidents expected for its size (90 % range {low}–{high})."),
}


def times(judged: Judged, place: int, by: Denominator, words: Words) -> str:
    """The place's relative risk with its range; "" where there is none to state."""
    facts = _facts(judged, place, words)
    return words(_TIMES[by], **facts) if facts else ""


def brief(judged: Judged, place: int, words: Words) -> tuple[str, str]:
    """The place's relative risk and its range apart, for few words in large letters; empty where there is none."""
    facts = _facts(judged, place, words)
    return (words("{rr} times", **facts), words("90 % range {low}–{high}", **facts)) if facts else ("", "")


def beyond(judged: Judged, place: int, words: Words) -> str:
    """Whether a risk is told from chance, in a word or two."""
    return beyond_chance(words, sure=judged.classes[place] in (found.HIGH, found.LOW))


def verdict(judged: Judged, place: int, words: Words) -> str:
    """What the method says of the place."""
    return words(VERDICTS[str(judged.classes[place])])


def chance(q: float, words: Words) -> str:
    """The false discovery rate as q = 1.2%; "" where there is none."""
    if math.isnan(q):
        return ""
    return f"q < {words.percent(SMALLEST)}" if q < SMALLEST else f"q = {words.percent(q)}"


def sentence(risk: AreaRisk, place: int, words: Words) -> str:
    """The place and its risk as one sentence, or that its incidents are too few to state one."""
    facts = _facts(risk, place, words)
    if not facts:
        said = words(VERDICTS[found.TOO_FEW] if risk.n[place] < FEWEST else VERDICTS[found.NOBODY])
        return f"{risk.names[place]}: {said}."
    return words(_SENTENCES[risk.by], name=risk.names[place], **facts)


def highest(risk: AreaRisk, words: Words) -> str:
    """The places of highest risk, each with its range, and whether their order can be told; "" where none stands out.

    The order can be told where the ranges of two places in a row do not overlap.
    """
    standing_out = np.flatnonzero((risk.classes == found.HIGH) & ~risk.few)
    order = standing_out[np.argsort(-risk.rr[standing_out], kind="stable")][:MOST].tolist()
    if not order:
        return ""
    named = "; ".join(
        words("{name} {rr} times ({low}–{high})", name=risk.names[i], **_facts(risk, i, words)) for i in order
    )
    if any(risk.low[a] <= risk.high[b] for a, b in pairwise(order)):
        return words("highest: {places}; the ranges overlap, so the order is not certain", places=named)
    return words("highest: {places}", places=named)


def counted(judged: Judged, place: int, words: Words) -> str:
    """Incidents recorded in the place, and how many would be expected."""
    return words(
        "{n} recorded, {expected} expected",
        n=_written(words, judged.n[place], 0),
        expected=_written(words, judged.expected[place], 0 if judged.expected[place] >= FEWEST else 1),
    )


def tested(judged: Judged, words: Words) -> str:
    """How many places were tested at once, and what that means for those marked."""
    return words(
        "{n} places tested; of those marked, at most 5 % are expected to be chance", n=words.number(judged.tests)
    )


def left_out(categories: Iterable[Category], words: Words) -> str:
    """Which categories were not counted, "" where all were."""
    labels = ", ".join(category.label(words.language) for category in categories)
    return words("not counted: {categories}, whose places say little", categories=labels) if labels else ""


def unit(answer: HexRisk, words: Words) -> list[str]:
    """What the change from areas to cells does: what stands out by the one and not by the other."""
    effect = answer.unit
    if not effect.areas and not effect.cells:
        return [words("neither an area nor a hexagon stands out beyond chance")]
    said = [
        words(
            "hexagons that stand out: {cells}; outside the areas that do: {elsewhere}",
            cells=words.number(effect.cells),
            elsewhere=words.number(effect.elsewhere),
        )
    ]
    if effect.faded:
        said.append(
            words(
                "areas that stand out without such a hexagon: {faded} of {areas} ({names})",
                faded=words.number(len(effect.faded)),
                areas=words.number(len(effect.areas)),
                names=_named([answer.names[i] for i in effect.faded]),
            )
        )
    elif effect.areas:
        said.append(words("every area that stands out holds one ({areas})", areas=words.number(len(effect.areas))))
    return said


def _named(names: Sequence[str]) -> str:
    return ", ".join(names[:MOST]) + (", …" if len(names) > MOST else "")


def _facts(judged: Judged, place: int, words: Words) -> dict[str, str]:
    """Risk and range as written, empty where none may be stated."""
    if judged.n[place] < FEWEST or math.isnan(judged.rr[place]):
        return {}
    return {key: _written(words, getattr(judged, key)[place]) for key in ("rr", "low", "high")}


def _written(words: Words, x: float, digits: int = 1) -> str:
    return _remembered(words, round(float(x), digits), digits)


@lru_cache(maxsize=4096)
def _remembered(words: Words, rounded: float, digits: int) -> str:
    """Thousands of cells share some hundred numbers; writing one anew takes 15 µs."""
    return words.decimal(rounded, digits)


def closed(words: Words) -> str:
    """Why there are no hexagons for who may not see exact locations."""
    return words("exact locations are not open to you, and hexagons would show them: look at the areas instead")
