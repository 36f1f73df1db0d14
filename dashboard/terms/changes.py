"""More or fewer than before, and against the target. Words only."""

from __future__ import annotations

from dashboard.terms.term import Term
from dashboard.words import N_

CHANGES = (
    Term(
        "change",
        N_("Change"),
        N_(
            "Each area now against the period it is compared with: how many more or fewer, as a ratio with its 95 "
            "% range. Marked is what chance hardly explains over all areas together."
        ),
        N_(
            "It does not say what brought the change: a measure, the season, another way of recording, or fewer "
            "reports."
        ),
        source="Przyborowski & Wilenski, Biometrika 31 (1940)",
        covers=("ratio",),
    ),
    Term(
        "more_than_chance",
        N_("More than chance"),
        N_(
            "Counts move from period to period even where nothing changes: from 50 to 40 is nothing unusual. More "
            "than chance means that such a difference would come up in fewer than one of twenty quiet cases."
        ),
        N_(
            "“May be chance” does not mean that nothing changed, only that these numbers cannot show it. “More "
            "than chance” does not name the reason."
        ),
        covers=(
            "chance",
            "significance",
        ),
    ),
    Term(
        "same_period",
        N_("Same period of last year"),
        N_(
            "The same days a year earlier: seasons and holidays then weigh alike. January and February are taken "
            "together where years are tested, because Tết moves between them."
        ),
        N_("Last year may itself have been unusual: look at the twelve-month mean in the trend too."),
        covers=("previous_year",),
    ),
    Term(
        "overdispersion",
        N_("Widened for bouts"),
        N_(
            "Incidents come in bouts, so months differ by more than pure chance. How much is measured first; "
            "ranges and tests are then made wider by it."
        ),
        N_("It does not explain the bouts."),
        covers=("phi",),
    ),
    Term(
        "three_statements",
        N_("Target: three statements"),
        N_(
            "Arithmetic: is the number at or under the target? Change: did it change by more than chance? Target: "
            "is the true level beyond chance under it (met), over it (missed), or cannot be told (unclear)? The "
            "three need not agree, so all are shown."
        ),
        N_(
            "Met by arithmetic is not shown to be met. With a hundred incidents a year even a true fall of a tenth"
            " is seen only about one time in ten."
        ),
        source="docs/methods.md",
        covers=(
            "target",
            "verdict",
        ),
    ),
    Term(
        "outlook",
        N_("How the year may end"),
        N_(
            "While the year runs: the chance of ending at or under the target, from what came so far and from how "
            "past years went on. On track from 80 %, off track up to 20 %, between them too close to call."
        ),
        N_("A new law, a campaign or a reform to come is not in it."),
        covers=("on_track",),
    ),
    Term(
        "displacement",
        N_("Displacement"),
        N_(
            "Whether incidents fell in an area and rose in those around it, both against the rest of the province:"
            " by how many they differ from what the rest leads to expect, with a 95 % range."
        ),
        N_(
            "It never says that an operation moved anything or brought it about: neighbours differ in more than one"
            " thing."
        ),
        source="Bowers & Johnson, J. Quantitative Criminology 19 (2003); Wheeler & Ratcliffe, Crime Science 7 (2018)",
        covers=(
            "wdd",
            "wdq",
        ),
    ),
    Term(
        "follow_up",
        N_("Followed up"),
        N_(
            "What was decided at a lasting hot spot, since when, and how it has stood since: hot in so many "
            "quarters, calmed, or too early to tell."
        ),
        N_("That a place calmed after a step does not show that the step did it."),
    ),
)
