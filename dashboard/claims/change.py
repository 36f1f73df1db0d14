"""What may be said of a change: always with its range, no percentage on a handful, never a reason."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from dashboard import claims
from dashboard.names import EVENT_KINDS
from dashboard.words import N_, Words
from geodata.answers import change as found
from geodata.answers.change import AreaChanges, Moved
from geodata.answers.enough import ALPHA, FEWEST, FEWEST_BEFORE
from geodata.answers.years import Comparison
from geodata.statistics.overdispersion import WIDEN_ABOVE
from geodata.vocabulary import Event, Period

VERDICTS: Mapping[str, str] = {
    found.MORE: N_("more than before, and more than chance alone would explain"),
    found.FEWER: N_("fewer than before, and more than chance alone would explain"),
    found.UNCLEAR: N_("no clear change: may be chance alone"),
    found.TOO_FEW: N_("too few to tell"),
    found.INCOMPARABLE: N_("the two periods cannot be compared"),
    "": N_("not told: only a part of it is open to this account"),
}
SURE = (found.MORE, found.FEWER)
DAYS_OF_SEASON = 45  # two periods that begin closer in the year than this show the same season
YEAR_DAYS = 365.25
SMALLEST = 0.001  # a q below it is not written out


def counted(changes: AreaChanges, area: int, words: Words) -> str:
    """The two counts of an area."""
    return words(
        "{now} recorded, {before} before",
        now=words.count(int(changes.now[area])),
        before=words.count(int(changes.before[area])),
    )


def ranged(moved: Moved, words: Words) -> str:
    """A change in per cent with its range; "" on fewer than ten before, or where nothing was tested."""
    if moved.before < FEWEST_BEFORE or not math.isfinite(moved.ratio):
        return ""
    return claims.ranged(moved.ratio, moved.low, moved.high, words)


def ends(moved: Moved, words: Words) -> str:
    """The range of a change alone, beside its drawing."""
    return words("{low} to {high}", low=claims.signed(moved.low, words), high=claims.signed(moved.high, words))


def brief(changes: AreaChanges, area: int, words: Words) -> str:
    """A change for a narrow column: in per cent, as a number where there were too few before, a dash where untold."""
    if changes.classes[area] not in (*SURE, found.UNCLEAR):
        return "–"
    if not changes.few_before[area]:
        return claims.signed(float(changes.ratio[area]), words)
    more = int(changes.now[area] - changes.before[area])
    return ("+" if more > 0 else "\u2212") + words.number(abs(more))


def of_area(changes: AreaChanges, area: int) -> Moved:
    """The change of one area."""
    return Moved(
        before=int(changes.before[area]),
        now=int(changes.now[area]),
        ratio=float(changes.ratio[area]),
        low=float(changes.low[area]),
        high=float(changes.high[area]),
        p=float(changes.p[area]),
        phi=changes.phi,
    )


def verdict(changes: AreaChanges, area: int, words: Words) -> str:
    """What can be told of an area, with the rule where nothing can."""
    said = words(VERDICTS[str(changes.classes[area])])
    if changes.classes[area] == found.TOO_FEW:
        rule = (
            words("fewer than {n} in both periods together", n=FEWEST)
            if changes.few_in_both[area]
            else words("fewer than {n} before", n=FEWEST_BEFORE)
        )
        return f"{said}: {rule}"
    if changes.classes[area] in SURE and changes.few_before[area]:
        return f"{said}; {words('too few before to name a percentage')}"
    if changes.classes[area] == found.UNCLEAR and changes.p[area] <= ALPHA:  # its range leaves out "unchanged"
        return words("no clear change: among {n} areas such a one is to be expected", n=words.number(changes.tests))
    return said


def sentence(changes: AreaChanges, area: int, words: Words) -> str:
    """The area and its change in one line."""
    parts = (counted(changes, area, words), ranged(of_area(changes, area), words), verdict(changes, area, words))
    return f"{changes.names[area]}: {'; '.join(part for part in parts if part)}"


def total(changes: AreaChanges, words: Words) -> str:
    """Everything that is asked together, placed or not."""
    moved, asked = changes.total, changes.question
    where = words("All that is asked together") if asked.asks_for_places else words("Everywhere together")
    facts = {"where": where, **_counts(moved, words)}
    if not changes.comparable:
        return words("{where} {now} after {before}", **facts)
    if not (change := ranged(moved, words)):
        return words("{where} {now} after {before}: too few to tell", **facts)
    if moved.p > ALPHA:
        return words("{where} {now} after {before}: {change}; may be chance alone", change=change, **facts)
    return words("{where} {now} after {before}: {change}; more than chance alone would explain", change=change, **facts)


def tally(changes: AreaChanges, words: Words) -> str:
    """In how many areas something can be told."""
    if not changes.comparable:
        return ""
    told = {name: int((changes.classes == name).sum()) for name in (found.MORE, found.FEWER, found.TOO_FEW)}
    return words(
        "Of {n} areas {more} rose and {fewer} fell by more than chance; {few} have too few to tell.",
        n=words.number(int(changes.asked.sum())),
        more=words.number(told[found.MORE]),
        fewer=words.number(told[found.FEWER]),
        few=words.number(told[found.TOO_FEW]),
    )


def caution(changes: AreaChanges, words: Words) -> str:
    """What to keep in mind of the colours where no area changed by more than chance, "" otherwise."""
    if len(changes.told) or not changes.comparable:
        return ""
    return words("no area changed by more than chance: the shades may be chance alone")


def periods(changes: AreaChanges, words: Words) -> str:
    """What is compared with what."""
    told = changes.comparison
    return words("{now} against {before}", now=words.period(told.so_far), before=words.period(told.before))


def doubts(changes: AreaChanges, words: Words) -> list[str]:
    """Why nothing may be concluded, or what to keep in mind: parts of the year, lengths, a period still running."""
    told = changes.comparison
    if changes.overlapping:
        return [words("The two periods overlap: nothing may be concluded from the difference.")]
    if not told.comparable:
        return [words("The data do not cover both periods: nothing may be concluded from these figures.")]
    said = []
    if told.running:
        said.append(words("The period is still running, so the same part of both is compared."))
    if told.exposure != 1:
        said.append(words("The two are not equally long, so incidents per day are compared."))
    if _other_season(told.before, told.so_far):
        said.append(words("The two lie in different parts of the year: seasons and Tết are in the difference."))
    return said


def marks(told: Comparison, events: Sequence[Event], words: Words) -> str:
    """Dated marks between the beginning of the one and the end of the other: figures may not be of one series."""
    span = Period(min(told.before.start, told.so_far.start), max(told.before.end, told.so_far.end))
    between = [event for event in events if span.start < event.day <= span.end]
    if not between:
        return ""
    said = "; ".join(
        f"{words.date(event.day)} {event.label(words.language)} ({words(EVENT_KINDS[event.kind])})" for event in between
    )
    return words("Between the two periods, figures may not be of one series: {marks}.", marks=said)


def method(changes: AreaChanges, words: Words) -> str:
    """How a change is told from chance."""
    said = words(
        "{periods}; exact test of the two counts, of those marked at most 5 % are expected to be chance ({n} areas "
        "tested)",
        periods=periods(changes, words),
        n=words.number(changes.tests),
    )
    if changes.phi > WIDEN_ABOVE:
        said += "; " + words("ranges widened, as months differ by more than chance")
    return said


def _other_season(before: Period, now: Period) -> bool:
    apart = (now.start - before.start).days % YEAR_DAYS
    whole = min(before.days, now.days) > YEAR_DAYS - DAYS_OF_SEASON
    return not whole and DAYS_OF_SEASON < apart < YEAR_DAYS - DAYS_OF_SEASON


def _counts(moved: Moved, words: Words) -> dict[str, str]:
    return {"now": words.count(moved.now), "before": words.count(moved.before)}


def chance(changes: AreaChanges, area: int, words: Words) -> str:
    """The false discovery rate of a change beyond chance, "" for any other."""
    q = float(changes.q[area])
    if changes.classes[area] not in SURE:
        return ""
    return f"q < {words.percent(SMALLEST)}" if q < SMALLEST else f"q = {words.percent(q)}"
