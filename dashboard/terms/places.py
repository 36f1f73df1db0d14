"""Where it is worst: risk, range, density, clusters, and what hot means. Words only."""

from __future__ import annotations

from dashboard.terms.term import Term
from dashboard.words import N_

PLACES = (
    Term(
        "hot",
        N_("Hot (hot spot)"),
        N_(
            "A place where clearly more incidents were recorded than its number of inhabitants leads to expect, by"
            " a method and over a period that are named beside it. In the patterns hot means: over one and a half "
            "times the middle area of its level."
        ),
        N_(
            "A hot spot is about recorded incidents at a place. It says nothing about the people who live there, "
            "nothing about anyone in particular, and not why it is so."
        ),
        covers=("hot_spot",),
    ),
    Term(
        "cold",
        N_("Cold (cold spot)"),
        N_("A place where clearly fewer incidents were recorded than expected, judged by the same method as hot ones."),
        N_("Few recorded incidents may also mean few reports or little looking. Cold is not the same as safe."),
        covers=("cold_spot",),
    ),
    Term(
        "relative_risk",
        N_("Relative risk"),
        N_(
            "How many times the incidents recorded are those expected, if all inhabitants of the level had the "
            "same risk: 2 is twice as many, 0.5 half. Where no inhabitants are known, square kilometres stand in "
            "for them, and that is said."
        ),
        N_(
            "The highest number is not surely the worst place: read it with its range. It is a comparison of "
            "places, not the risk of a person."
        ),
        source="Clayton & Kaldor, Biometrics 43 (1987)",
        covers=("expected",),
    ),
    Term(
        "range",
        N_("Range (90 %, 95 %)"),
        N_(
            "The values that fit the numbers: with a 90 % range the true value lies inside nine times of ten. The "
            "fewer the incidents, the wider the range. Where the ranges of two places overlap, their order is not "
            "certain."
        ),
        N_("It holds chance only. Cases never recorded, wrong places and wrong numbers of inhabitants are not in it."),
        covers=("interval",),
    ),
    Term(
        "empirical_bayes",
        N_("Empirical Bayes"),
        N_(
            "The risk of an area with few incidents is drawn towards the other areas, the more the fewer are "
            "expected there. So a small commune with two cases does not lead the ranking by chance."
        ),
        N_("It steadies the figure, it does not change what was recorded: the count stands beside it."),
        source="Clayton & Kaldor, Biometrics 43 (1987)",
    ),
    Term(
        "many_tests",
        N_("Tested many at once (q)"),
        N_(
            "Who tests a hundred places finds some by chance. So what is marked is chosen such that, of all places"
            " marked, at most about one in twenty is expected to be chance."
        ),
        N_("Which one it is cannot be told. A place that is not marked is not thereby shown to be ordinary."),
        source="Benjamini & Hochberg, J. R. Stat. Soc. B 57 (1995)",
        covers=("q",),
    ),
    Term(
        "gi_star",
        N_("Gi* (Getis-Ord)"),
        N_(
            "Looks at each area together with those that touch it, and marks where high risks lie beside high ones"
            " (hot) or low beside low (cold), more than chance would place them."
        ),
        N_(
            "A marked area need not be high itself: its neighbours may be. A single bad commune among quiet ones "
            "is not found this way."
        ),
        source="Getis & Ord, Geographical Analysis 24 (1992); Ord & Getis 27 (1995)",
    ),
    Term(
        "local_moran",
        N_("Local Moran"),
        N_(
            "Says which area is like its neighbours (high among high, low among low) and which is unlike them "
            "(high among low). It is asked for by command and kept for those who know it."
        ),
        N_("Like Gi* it compares neighbours; it does not say that a place is unsafe."),
        source="Anselin, Geographical Analysis 27 (1995)",
    ),
    Term(
        "scan",
        N_("Cluster of areas (scan)"),
        N_(
            "Tries circles of neighbouring areas of every size and outlines those with most more incidents than "
            "their inhabitants explain. Chance must not make such a cluster more often than once in twenty, and "
            "its risk must be 1.5 or more."
        ),
        N_(
            "A circle takes in what lies between: about one commune in seven inside it is an ordinary one. The "
            "outline is not a boundary."
        ),
        source="Kulldorff, Communications in Statistics 26 (1997)",
        covers=("cluster",),
    ),
    Term(
        "density",
        N_("Density"),
        N_(
            "Incidents per square kilometre around each point of the map, smoothed over the bandwidth chosen. It "
            "is drawn from exact places only and corrected for the ground beyond the border. It shows streets and "
            "corners, whatever the commune."
        ),
        N_(
            "Nobody's number of inhabitants is in it: a town centre is dense in everything. The shape changes with"
            " the bandwidth; look at two before naming a street."
        ),
        source="Silverman, Density Estimation (1986); Diggle, Applied Statistics 34 (1985)",
    ),
    Term(
        "bandwidth",
        N_("Bandwidth"),
        N_(
            "How far each incident reaches on the density map, in metres. A small one shows corners, a large one "
            "quarters."
        ),
        N_("No bandwidth is the right one. What is seen with one only may be made by it."),
    ),
    Term(
        "hexagons",
        N_("Hexagons"),
        N_(
            "The province cut into equal cells, judged like areas: recorded against expected. It shows whether a "
            "hot spot lies in the place itself or only in where the commune's boundary happens to run."
        ),
        N_(
            "Inhabitants are taken as spread evenly over each commune, which they are not. A cell is no unit that "
            "anybody answers for."
        ),
    ),
    Term(
        "points",
        N_("Points"),
        N_(
            "Every incident whose exact place was recorded, as a point. Where there are too many to draw, an even "
            "choice of them is shown, and the legend says so."
        ),
        N_("Incidents known to their commune only are not drawn, so an empty street is not a quiet one."),
    ),
    Term(
        "concentration",
        N_("Concentration"),
        N_("In how few areas half of the incidents lie. It says whether work at a few places can reach much of it."),
        N_("With few incidents most areas are empty whatever happens; then nothing is said."),
        source="Bernasco & Steenbeek, J. Quantitative Criminology 33 (2017)",
    ),
    Term(
        "near_what",
        N_("Near what?"),
        N_(
            "Incidents in a zone (a market, an industrial park, a border gate) and within 500 m of it, against "
            "those expected by its share of the inhabitants or of the ground. The ratio comes with a 90 % range."
        ),
        N_(
            "Many incidents beside a market may be no more than many people by day. The place is not named as the "
            "reason."
        ),
    ),
)
