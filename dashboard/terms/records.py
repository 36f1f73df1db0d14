"""What is counted and from where: incidents, their places, files, units of the map. Words only."""

from __future__ import annotations

from dashboard.terms.term import Term
from dashboard.words import N_

RECORDS = (
    Term(
        "recorded_incident",
        N_("Recorded incident"),
        N_(
            "A case in a file that was loaded: with its day, its category and, mostly, its place. Every number "
            "here counts such cases, not people."
        ),
        N_(
            "It is not all crime that happened: what nobody reported and nobody found is not in the data. It says "
            "nothing of the people who live at a place."
        ),
    ),
    Term(
        "count",
        N_("Count"),
        N_(
            "How many incidents were recorded in each area, for the period and the filters chosen. The colours are"
            " five classes whose limits follow the numbers shown; areas without any are a class of their own."
        ),
        N_(
            "Where many people live, more is recorded. A high count alone does not mean a high risk: look at the "
            "layer Risk as well."
        ),
    ),
    Term(
        "rate",
        N_("Rate"),
        N_(
            "Incidents per 10,000 inhabitants over the period shown, not turned into a year. It lets a small "
            "commune stand beside a large one. On fewer than five incidents no rate is shown."
        ),
        N_(
            "It knows only those registered there. Workers, traders and travellers who come by day are not in it, "
            "so a market or a border gate may look worse than it is."
        ),
    ),
    Term(
        "precision",
        N_("Precision of a place"),
        N_(
            "How well the place of an incident is known: an exact point, its hamlet, or its commune only. A point "
            "is needed for density, hexagons, points and distance to the border; a commune is enough for maps by "
            "area."
        ),
        N_(
            "A point in the middle of a commune is not where it happened. Such points are counted in the commune "
            "and never drawn as a street."
        ),
    ),
    Term(
        "not_placed",
        N_("Placed and not placed"),
        N_(
            "Placed is what an area on this map can be given. Not placed: its commune is not known, or it was "
            "divided by the reform and there is no point to tell into which part it falls. Such incidents still "
            "count in the totals."
        ),
        N_(
            "What is missing need not be spread like the rest: where many are not placed, a map may show the wrong"
            " place as the worst."
        ),
        covers=("placed",),
    ),
    Term(
        "put_aside",
        N_("Put aside"),
        N_(
            "Rows of a file that cannot be counted as they stand: no possible date, an unknown category, a point "
            "outside the map. Nothing is thrown away: each is listed with its reason and can be mended and loaded "
            "again."
        ),
        N_(
            "That a row is put aside does not mean that the case did not happen, only that this row does not tell "
            "it well enough."
        ),
    ),
    Term(
        "reported_discovered",
        N_("Reported and discovered"),
        N_(
            "Theft, assault and fraud are mostly reported by people; drugs and gambling are mostly found by "
            "police. Each incident carries its source, and groups that are found are set apart from those that are"
            " reported."
        ),
        N_(
            "More discovered incidents may mean more work by police, fewer may mean less. Neither says by itself "
            "that there is more or less crime."
        ),
        covers=(
            "reported",
            "discovered",
        ),
    ),
    Term(
        "generation",
        N_("Version of the data"),
        N_(
            "Each time a file or a map is loaded, taken out or mended, the data get the next number. Pictures with"
            " the same number and the same question show the same figures."
        ),
        N_("A newer version is not always a more complete one: look at the page Data for what it holds."),
    ),
    Term(
        "edition",
        N_("Edition of the map"),
        N_(
            "The administrative units in force at a time. An incident with a point can be counted in the units "
            "before the reform or after it, for all years, so a series is not broken by the reform."
        ),
        N_("The same code or name may mean another commune in another edition. Compare areas within one edition only."),
    ),
    Term(
        "responsibility",
        N_("Area of responsibility"),
        N_(
            "A named set of communes that one chief answers for, as the former districts are. It can be chosen, "
            "compared and targeted like any area."
        ),
        N_("It is a way of looking at communes, not an administrative level."),
    ),
    Term(
        "zone",
        N_("Zone"),
        N_(
            "Ground that does not follow communes: the border area, the belt, a restricted part, an industrial "
            "park, a road. Zones overlap communes and one another; an incident counts in each zone it lies in."
        ),
        N_("Numbers of zones must not be added up, and a zone is not named as the reason for what happens in it."),
    ),
    Term(
        "distance_band",
        N_("Distance band"),
        N_(
            "The ground 0 to 1, 1 to 5 and 5 to 10 km from the border line, computed here from the line that was "
            "loaded. Only incidents with a point are in it."
        ),
        N_("It is an aid to look at the map. It is not the belt or the restricted area that an authority decided."),
    ),
    Term(
        "enough",
        N_("Too few to tell"),
        N_(
            "Said where the numbers are too small for any statement: no rate, no risk and no test on fewer than "
            "five incidents, no percentage on fewer than ten before. Chance alone moves such numbers by half from "
            "one period to the next."
        ),
        N_(
            "It does not mean that the place is safe, and not that nothing happened there. A longer period or a "
            "larger area may tell more."
        ),
        covers=("few",),
    ),
)
