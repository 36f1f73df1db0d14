"""What may be said of an area's history: its name, how sure that is, how often and how long it was hot."""

from __future__ import annotations

import math
from collections.abc import Mapping

from dashboard.words import N_, Words
from geodata.answers.patterns import AreaPatterns
from geodata.answers.series import Bin
from geodata.statistics.emerging import NO_PATTERN
from geodata.vocabulary import Level

RECENT = 8  # quarters looked back at in words
SUREST = 0.99  # nothing is said to be surer than this
LIKELIER = 0.5  # below, a name is the likeliest of several and is not told as if it were known
ROUNDING = 1e-9
LASTING = ("intensifying", "persistent", "diminishing")
NAMES: Mapping[str, str] = {  # for a chip
    "new hot spot": N_("New hot spot"),
    "consecutive hot spot": N_("Recent hot spot, unbroken"),
    "intensifying hot spot": N_("Persistent hot spot, rising"),
    "persistent hot spot": N_("Persistent hot spot"),
    "diminishing hot spot": N_("Persistent hot spot, easing"),
    "sporadic hot spot": N_("Hot on and off"),
    "oscillating hot spot": N_("Hot, once cold"),
    "historical hot spot": N_("Former hot spot"),
    "new cold spot": N_("New cold spot"),
    "consecutive cold spot": N_("Recent cold spot, unbroken"),
    "intensifying cold spot": N_("Persistent cold spot, falling"),
    "persistent cold spot": N_("Persistent cold spot"),
    "diminishing cold spot": N_("Persistent cold spot, rising"),
    "sporadic cold spot": N_("Cold on and off"),
    "oscillating cold spot": N_("Cold, once hot"),
    "historical cold spot": N_("Former cold spot"),
    NO_PATTERN: N_("No pattern"),
}
SHORT: Mapping[str, str] = {  # for a narrow column, beside the pattern's sign
    "new hot spot": N_("new"),
    "consecutive hot spot": N_("unbroken"),
    "intensifying hot spot": N_("persistent, rising"),
    "persistent hot spot": N_("persistent"),
    "diminishing hot spot": N_("persistent, easing"),
    "sporadic hot spot": N_("on and off"),
    "oscillating hot spot": N_("hot, once cold"),
    "historical hot spot": N_("once hot"),
    "new cold spot": N_("newly cold"),
    "consecutive cold spot": N_("cold, unbroken"),
    "intensifying cold spot": N_("cold, falling"),
    "persistent cold spot": N_("persistently cold"),
    "diminishing cold spot": N_("cold, rising"),
    "sporadic cold spot": N_("cold on and off"),
    "oscillating cold spot": N_("cold, once hot"),
    "historical cold spot": N_("once cold"),
}
_RISE, _FALL = N_("recorded incidents rise"), N_("recorded incidents fall")
_MOSTLY = N_("{hot} in at least nine {bins} of ten and in the last one; {trend}")
_MEANINGS: Mapping[str, str] = {
    "new": N_("{hot} in the last {bin} only, never before in the time looked at"),
    "consecutive": N_("{hot} in one unbroken run up to the last {bin}, never before in the time looked at"),
    "intensifying": _MOSTLY,
    "persistent": _MOSTLY,
    "diminishing": _MOSTLY,
    "sporadic": N_("{hot} in the last {bin}, and on and off before"),
    "oscillating": N_("{hot} in the last {bin}, and {cold} at some time before"),
    "historical": N_("{hot} in at least nine {bins} of ten, no longer in the last one"),
}
_BINS: Mapping[Bin, tuple[str, str]] = {
    "month": (N_("month"), N_("months")),
    "quarter": (N_("quarter"), N_("quarters")),
}
_MIDDLE: Mapping[Level, str] = {
    Level.COMMUNE: N_("the median commune"),
    Level.DISTRICT: N_("the median district"),
    Level.PROVINCE: N_("the median area"),
}
_STORIES: Mapping[str, str] = {
    "new": N_("{sure} that the risk was over {times} times {middle} in the last {bin}, and only then."),
    "consecutive": N_(
        "{sure} that the risk has been over {times} times {middle} without a break up to the last {bin}, "
        "and never before in these {n} {bins}."
    ),
    "lasting": N_("{sure} that the risk was over {times} times {middle} in at least nine {bins} of ten, and still is."),
    "sporadic": N_("{sure} that the risk was over {times} times {middle} in the last {bin}, and on and off before."),
    "historical": N_(
        "{sure} that the risk was over {times} times {middle} in at least nine {bins} of ten, and no longer is."
    ),
    "unclear": N_("Not clear enough to name: {sure} that there is no pattern."),
    "none": N_("{sure} that the risk is not over {times} times {middle} now, and was not for long."),
}
_TRENDS = {
    "intensifying": N_("Recorded incidents rise by more than chance."),
    "diminishing": N_("Recorded incidents fall by more than chance, yet the place is still hot."),
}
_QUARTERS = {1: N_("hot in {k} of the last {m} quarters"), -1: N_("cold in {k} of the last {m} quarters")}


def name(pattern: str, words: Words) -> str:
    """The short name of a pattern, for a chip or a legend."""
    return words(NAMES[pattern])


def short(found: AreaPatterns, area: int, words: Words) -> str:
    """An area's pattern in a word or two; "" where there is none, or too few incidents or doubt about it."""
    if not found.enough[area] or found.pattern[area] == NO_PATTERN or found.probability[area] <= LIKELIER:
        return ""
    return words(SHORT[found.pattern[area]])


def headline(found: AreaPatterns, area: int, words: Words) -> str:
    """An area's pattern by its short name and how sure it is, or that there are too few incidents to tell."""
    if not found.enough[area]:
        return words("Too few to tell")
    said, probability = name(found.pattern[area], words), float(found.probability[area])
    if math.isnan(probability):
        return said
    if probability <= LIKELIER:
        return words("Not clear") if found.pattern[area] == NO_PATTERN else words("Hot now, history not clear")
    return f"{said} ({sure(probability, words).lower()})"


def meaning(pattern: str, words: Words, width: Bin = "month") -> str:
    """What a pattern means, for a glossary."""
    if pattern == NO_PATTERN:
        return words("none of the other patterns; this does not mean that nothing was recorded")
    kind, side, _ = pattern.split()
    hot, rise, fall = side == "hot", *((_RISE, _FALL) if side == "hot" else (_FALL, _RISE))
    trend = {"intensifying": rise, "diminishing": fall}.get(kind, N_("no clear rise or fall"))
    one, many = _BINS[width]
    return words(
        _MEANINGS[kind],
        bin=words(one),
        bins=words(many),
        hot=words(N_("hot") if hot else N_("cold")),
        cold=words(N_("cold") if hot else N_("hot")),
        trend=words(trend),
    )


def sure(probability: float, words: Words) -> str:
    """How sure: "97 % sure"; never quite."""
    if probability > SUREST:
        return words("More than {p} sure", p=words.percent(SUREST, 0))
    return words("{p} sure", p=words.percent(math.floor(100 * probability + ROUNDING) / 100, 0))


def sentence(found: AreaPatterns, area: int, words: Words) -> str:
    """The pattern of an area in plain words with its uncertainty; that it cannot be told where that is so."""
    if not found.enough[area]:
        return words("Too few incidents to tell.")
    if found.method != "risk_path":
        return _counted(found, area, words)
    pattern = found.pattern[area]
    probability = float(found.probability[area])
    if pattern != NO_PATTERN and probability <= LIKELIER:
        return words(
            "More likely hot than not in {k} of {m} {unit}, but not surely enough to name its history.",
            k=int(found.hot_bins[area]),
            m=len(found.bins),
            unit=words(_BINS[found.width][1]),
        )
    kind = pattern.partition(" ")[0] if pattern != NO_PATTERN else "none" if probability > LIKELIER else "unclear"
    one, many = _BINS[found.width]
    certainty = sure(probability, words)
    said = words(
        _STORIES["lasting" if kind in LASTING else kind],
        sure=certainty.lower() if kind == "unclear" else certainty,
        times=_times(found, words),
        middle=words(_MIDDLE[found.question.level]),
        bin=words(one),
        bins=words(many),
        n=len(found.bins),
    )
    return f"{said} {words(_TRENDS[kind])}" if kind in _TRENDS else said


def quarters(found: AreaPatterns, area: int, words: Words, *, side: int = 1) -> str:
    """Hot in how many of the last quarters; "" where there are none or too few incidents to tell."""
    last = found.quarters[area, -RECENT:]
    if not len(last) or not found.enough[area]:
        return ""
    return words(_QUARTERS[side], k=int((last == side).sum()), m=len(last))


def quarters_of(found: AreaPatterns, area: int) -> str:
    """The same for a narrow column: 7/8; "" likewise."""
    last = found.quarters[area, -RECENT:]
    return f"{int((last > 0).sum())}/{len(last)}" if len(last) and found.enough[area] else ""


def since(found: AreaPatterns, area: int, words: Words) -> str:
    """Since when it is hot without a break, or when it was hot; "" where it never was."""
    first, last, run = found.first_hot[area], found.last_hot[area], int(found.run[area])
    if first is None or last is None or not found.enough[area]:
        return ""
    one, many = (words(each) for each in _BINS[found.width])
    bins = f"{run} {one if run == 1 else many}"
    if not run:
        return words("hot between {first} and {last}", first=words.month(first), last=words.month(last))
    begun = found.bins[-run]
    if first < begun:
        return words(
            "hot since {begun} ({bins}), first in {first}",
            begun=words.month(begun),
            bins=bins,
            first=words.month(first),
        )
    if begun == found.bins[0]:
        return words("hot in all of the time looked at, since {begun} or before", begun=words.month(begun))
    return words("hot since {begun} ({bins}), not before", begun=words.month(begun), bins=bins)


def risk(found: AreaPatterns, area: int, words: Words) -> str:
    """The risk of the last bin with its range; "" where there is none to tell."""
    rr, low, high = (float(values[area]) for values in (found.rr, found.rr_low, found.rr_high))
    if not found.enough[area] or not all(map(math.isfinite, (rr, low, high))):
        return ""
    return words(
        "{rr} times {middle} in the last {bin} (90 % range {low}–{high})",
        rr=words.decimal(rr),
        middle=words(_MIDDLE[found.question.level]),
        bin=words(_BINS[found.width][0]),
        low=words.decimal(low),
        high=words.decimal(high),
    )


def counted(found: AreaPatterns, area: int, words: Words) -> str:
    """How many incidents it rests on, over which months."""
    return words(
        "{n} recorded in {bins} {unit}",
        n=words.count(found.n[area]),
        bins=len(found.bins),
        unit=words(_BINS[found.width][1]),
    )


def method(found: AreaPatterns, words: Words) -> str:
    """How the patterns are made and over which time, in one sentence."""
    if not found.bins:
        return words("the data hold no whole month yet, so that nothing can be told")
    facts = {
        "n": len(found.bins),
        "unit": words(_BINS[found.width][1]),
        "period": words.period(found.question.period),
        "times": _times(found, words),
        "middle": words(_MIDDLE[found.question.level]),
    }
    if found.method == "gi_star":
        said = words("Gi* over {n} {unit} ({period}), a place with its neighbours, false discoveries 5 %", **facts)
    elif found.method == "exceedance":
        said = words("{n} {unit} one by one ({period}); hot: 90 % sure of over {times} times {middle}", **facts)
    else:
        said = words("risk path over {n} {unit} together ({period}); hot: over {times} times {middle}", **facts)
    if found.by == "population":
        return said
    by_size = words("by size, as no inhabitants are known")  # the collector of texts sees none within an f-string
    return f"{said}; {by_size}"


def _times(found: AreaPatterns, words: Words) -> str:
    """The risk above which a bin is hot, with as many decimals as it has: 1.5, 1.25."""
    return words.decimal(found.above, 1 if round(found.above, 1) == found.above else 2)


def _counted(found: AreaPatterns, area: int, words: Words) -> str:
    """What methods can say that call each bin hot or not and give no probability of the whole."""
    facts = {"k": int(found.hot_bins[area]), "m": len(found.bins), "unit": words(_BINS[found.width][1])}
    if found.method == "gi_star":
        return words("Together with its neighbours high in {k} of {m} {unit}, at 5 % false discoveries.", **facts)
    return words(
        "Hot in {k} of {m} {unit}, each judged by itself: 90 % sure that the risk was over {times} times {middle}.",
        times=_times(found, words),
        middle=words(_MIDDLE[found.question.level]),
        **facts,
    )
