"""What may be said of a place on the register: what is done there, since when, and whether the numbers agree."""

from __future__ import annotations

import math
from collections.abc import Mapping

from dashboard.claims import pattern
from dashboard.words import N_, Words
from geodata.answers.register import CALM, Check, Register, RegisterRow, Standing
from geodata.follow_up import Taken
from geodata.profile import LastingRow
from geodata.vocabulary import Step

STEPS: Mapping[Step, str] = {  # as a choice
    Step.NOTED: N_("Put under watch"),
    Step.HANDLED: N_("Being handled"),
    Step.CALMED: N_("Calmed"),
    Step.COME_BACK: N_("Come back"),
    Step.DROPPED: N_("Taken off: put here by mistake"),
}
_SINCE: Mapping[Step, str] = {
    Step.NOTED: N_("Under watch since {day}"),
    Step.HANDLED: N_("Being handled since {day}"),
    Step.CALMED: N_("Calmed since {day}"),
    Step.COME_BACK: N_("Come back since {day}"),
    Step.DROPPED: N_("Taken off since {day}"),
}
_PROPOSED: Mapping[Step, str] = {
    Step.NOTED: N_("Proposed: put it under watch"),
    Step.HANDLED: N_("Proposed: write down what is being done"),
    Step.CALMED: N_("Proposed: write down that it has calmed"),
    Step.COME_BACK: N_("Proposed: write down that it has come back"),
}
_SINCE_THEN = N_("since then hot in {hot} of {quarters} quarters")
_CHECKS: Mapping[Check, str] = {
    Check.AGREES: N_("the data agree: {calm} quarters not hot"),
    Check.STILL_HOT: N_("the data do not agree yet: the last quarter was still hot"),
    Check.HOT_AGAIN: N_("the data do not agree: hot again in the last quarter"),
    Check.TOO_EARLY: N_("too early to tell: {quarters} of {needed} whole quarters since"),
    Check.TOO_FEW: N_("too few incidents to tell"),
}
TRENDS: Mapping[str, tuple[str, str]] = {  # of the recorded incidents: a sign, and what it stands for
    "up": ("↗", N_("recorded incidents rise")),
    "down": ("↘", N_("recorded incidents fall")),
    "none": ("→", N_("no clear rise or fall")),
}


def now(taken: Taken, words: Words) -> str:
    """A step and the day from which it holds."""
    return words(_SINCE[taken.step], day=words.date(taken.since))


def check(standing: Standing, words: Words) -> str:
    """What is recorded since the step that holds; "" where no step does."""
    if not standing.followed:
        return ""
    if standing.check is None:
        said = _SINCE_THEN if standing.quarters else N_("no whole quarter since then")
    elif standing.check is Check.STILL_HOT and standing.calm:
        said = N_("the data do not agree yet: the quarter before the last was still hot")
    else:
        said = _CHECKS[standing.check]
    return words(said, calm=standing.calm, hot=standing.hot, quarters=standing.quarters, needed=CALM)


def proposal(standing: Standing, words: Words) -> str:
    """The step that the numbers propose, "" where they propose none."""
    return "" if standing.proposed is None else words(_PROPOSED[standing.proposed])


def risk(row: RegisterRow, words: Words) -> tuple[str, str]:
    """The risk of the last bin and its range; empty where there are too few incidents to tell."""
    if not pattern.risk(row.found, row.area, words):
        return "", ""
    rr, low, high = (float(each[row.area]) for each in (row.found.rr, row.found.rr_low, row.found.rr_high))
    spread = words("90 % range {low}–{high}", low=words.decimal(low), high=words.decimal(high))
    return words("{rr} times", rr=words.decimal(rr)), spread


def risk_in_short(row: RegisterRow, words: Words) -> str:
    """The same for a narrow column: 2.3 (1.8–2.9); a dash where there are too few incidents to tell."""
    if not pattern.risk(row.found, row.area, words):
        return words.decimal(math.nan)
    rr, low, high = (
        words.decimal(float(each[row.area])) for each in (row.found.rr, row.found.rr_low, row.found.rr_high)
    )
    return f"{rr} ({low}–{high})"


def trend(row: RegisterRow, words: Words) -> str:
    """Whether recorded incidents rise or fall; "" where there are too few to tell."""
    if not row.found.enough[row.area]:
        return ""
    sign, meaning = TRENDS[row.found.trend[row.area]]
    return f"{sign} {words(meaning)}"


def rule(lasting: LastingRow, words: Words) -> list[str]:
    """When a place is lasting, and when it has calmed."""
    k, m = lasting.quarters_hot, lasting.of_quarters
    return [
        words(
            "Lasting, by this workspace's rule: hot in at least {k} of the last {m} quarters, and in the last one.",
            k=k,
            m=m,
        ),
        words("Calmed: not hot in {n} whole quarters, one after the other.", n=CALM),
    ]


def size(found: Register, words: Words) -> list[str]:
    """How many places stand on the register, of how many looked at, and what is not on it."""
    said = [
        words(
            "{n} on the register, of {all} places and categories looked at",
            n=words.number(len(found.rows)),
            all=words.number(found.looked_at),
        )
    ]
    if found.too_few:
        said.append(
            words.plural(
                "{n} of them has too few incidents to tell",
                "{n} of them have too few incidents to tell",
                found.too_few,
            )
        )
    if found.elsewhere:
        said.append(
            words.plural(
                "{n} place is followed up in other administrative units",
                "{n} places are followed up in other administrative units",
                found.elsewhere,
            )
        )
    return said


def nothing(found: Register, words: Words) -> str:
    """Why the register is empty: nobody could tell is not the same as nothing was hot."""
    if not any(each.bins for each in found.judged):
        return words("The data hold no whole month yet, so that no place can be judged.")
    if found.too_few >= found.looked_at > 0:
        return words("There are too few incidents to tell whether any place was hot for long.")
    return words("No place was hot for long, and none is followed up.")


def meaning(words: Words) -> str:
    """What a hot spot is a statement about."""
    return words("a hot spot is about recorded incidents at a place, not about the people who live there")
