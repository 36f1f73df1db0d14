"""What lasts, what is new, what comes back: patterns and their certainty. Words only."""

from __future__ import annotations

from dashboard.terms.term import Term
from dashboard.words import N_

HISTORY = (
    Term(
        "pattern",
        N_("Pattern"),
        N_(
            "What happened at a place over all the months of the data: hot for long, newly hot, on and off, no "
            "longer. All places and months are weighed together, so that ordinary ups and downs are not taken for "
            "news. The name is given with how sure it is."
        ),
        N_(
            "Hot is against the middle area and its inhabitants: wrong numbers of inhabitants make hot spots. A "
            "pattern looks back; it does not say what comes."
        ),
        source="Getis & Ord (1992) and Esri's names of emerging hot spots; docs/methods.md",
        covers=("risk_path",),
    ),
    Term(
        "probability",
        N_("How sure (probability)"),
        N_(
            "“97 % sure” means: of a hundred places of which so much is said, about 97 are so. It was measured on "
            "made-up provinces in which the truth was known. Nothing is said to be surer than 99 %."
        ),
        N_("It is about the numbers recorded. It is not the probability that something will happen there."),
    ),
    Term(
        "lasting",
        N_("Lasting"),
        N_(
            "By the rule of this workspace a place is lasting where it was hot in so many of its last quarters, "
            "and in the last one: by default in four of six. The rule stands below the register."
        ),
        N_(
            "A place that calmed for a quarter is not thereby dealt with, and one that stays hot is not thereby "
            "neglected."
        ),
        covers=(
            "register",
            "hot_quarters",
        ),
    ),
    Term(
        "new_hot_spot",
        N_("New hot spot"),
        N_("Hot in the last month and never before in the months looked at."),
        N_("One month may be chance: look again when the next month is loaded."),
        covers=("new_cold_spot",),
    ),
    Term(
        "consecutive_hot_spot",
        N_("Recent hot spot, unbroken"),
        N_("Hot without a break for some months up to the last one, and never before."),
        N_("It has not lasted yet, and it need not."),
        covers=("consecutive_cold_spot",),
    ),
    Term(
        "persistent_hot_spot",
        N_("Persistent hot spot"),
        N_("Hot in at least nine months of ten and in the last one, without a clear rise or fall."),
        N_("That it stays does not say why, nor that what is done there has no effect."),
        covers=("persistent_cold_spot",),
    ),
    Term(
        "intensifying_hot_spot",
        N_("Persistent hot spot, rising"),
        N_("Hot in at least nine months of ten and in the last one, and recorded incidents rise by more than chance."),
        N_("The rise is measured over all the months: the last of them may already be lower."),
        covers=("intensifying_cold_spot",),
    ),
    Term(
        "diminishing_hot_spot",
        N_("Persistent hot spot, easing"),
        N_(
            "Hot in at least nine months of ten and still in the last one, while recorded incidents fall by more "
            "than chance."
        ),
        N_("It is still hot. The fall is not ascribed to any measure."),
        covers=("diminishing_cold_spot",),
    ),
    Term(
        "sporadic_hot_spot",
        N_("Hot on and off"),
        N_("Hot in the last month, and on and off before."),
        N_("No rhythm is claimed: the next bout cannot be told from it."),
        covers=("sporadic_cold_spot",),
    ),
    Term(
        "oscillating_hot_spot",
        N_("Hot, once cold"),
        N_(
            "Hot in the last period, and clearly low at some time before. Only the quarterly second opinion uses "
            "this name."
        ),
        N_("A change this large may also come from another way of recording."),
        covers=("oscillating_cold_spot",),
    ),
    Term(
        "historical_hot_spot",
        N_("Former hot spot"),
        N_("Hot in at least nine months of ten, and no longer in the last one."),
        N_("One calm month is not the end of it: the register asks for several calm quarters."),
        covers=("historical_cold_spot",),
    ),
    Term(
        "no_pattern",
        N_("No pattern"),
        N_("None of the other patterns can be named with enough certainty."),
        N_("It does not mean that nothing was recorded there, nor that the place was shown to be calm."),
        covers=("no_pattern_detected",),
    ),
    Term(
        "exceedance",
        N_("Quarterly second opinion"),
        N_(
            "Each quarter by itself is called hot, cold or neither, and the row of quarters is named. It is "
            "simpler than the pattern and finds less; where both agree, that is worth more."
        ),
        N_("Where it sees nothing, the pattern may still be right: it uses less of the data."),
        covers=("quarterly",),
    ),
    Term(
        "short_rise",
        N_("Short rise"),
        N_(
            "Neighbouring places with more incidents in the last months than their place and the season explain. "
            "It is shown as “a short rise, check again” until the next month confirms it."
        ),
        N_(
            "Counts come in bouts, so it raises an alarm also where nothing is going on. It cannot see what has "
            "lasted for long."
        ),
        source="Kulldorff et al., PLoS Medicine 2 (2005)",
        covers=("permutation_scan",),
    ),
    Term(
        "near_repeat",
        N_("Near repeat"),
        N_(
            "More pairs of incidents close in place and in time than chance gives: after one, another nearby "
            "within days is likelier than usual. A chain is three or more of them in a row."
        ),
        N_("It does not say that the same persons did it. Incidents known to their commune only are left out."),
        source="Knox, Applied Statistics 13 (1964); Townsley et al., Br. J. Criminology 43 (2003)",
        covers=("chain",),
    ),
    Term(
        "forecast",
        N_("Where next month?"),
        N_(
            "The small cells where last year's incidents lie densest. How much of the following month they would "
            "have held is measured on this province's own past, beside last month's map and the most inhabited "
            "cells (PAI: times better than chance; PEI: share of the best possible choice)."
        ),
        N_(
            "It forecasts places where incidents are recorded, never persons. Records follow patrols: where one "
            "looks, more is found."
        ),
        source="Chainey et al., Security Journal 21 (2008)",
        covers=(
            "pai",
            "pei",
        ),
    ),
    Term(
        "rhythm",
        N_("When? (hour and weekday)"),
        N_(
            "Incidents by hour and weekday. One known to lie between two moments counts in each hour between them "
            "by its share; one without an hour counts on its day only, and how many those are is said."
        ),
        N_("The hour is often when it was noticed. Under thirty incidents of known hour no peak is named."),
        source="Ratcliffe & McCullagh, Int. J. Geographical Information Science 12 (1998)",
        covers=("aoristic",),
    ),
)
