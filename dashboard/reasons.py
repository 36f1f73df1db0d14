"""Why rows are put aside, in a few words each. Knows the keys of the reasons, not the rows."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.words import N_, Words

REASONS: Mapping[str, str] = {
    "missing_date": N_("no date"),
    "bad_date": N_("the date cannot be read"),
    "future_date": N_("the date lies in the future"),
    "too_early": N_("the date lies before the earliest day allowed"),
    "end_before_start": N_("it ends before it begins"),
    "missing_category": N_("no crime category"),
    "unknown_category": N_("the crime category is not known"),
    "bad_coordinate": N_("a coordinate cannot be read"),
    "missing_coordinate": N_("one of the two coordinates is missing"),
    "swapped_coordinates": N_("the two coordinates seem swapped"),
    "outside_boundaries": N_("the point lies outside the boundaries"),
    "unknown_area": N_("the commune or district is not known"),
    "ambiguous_area": N_("several communes have this name"),
    "repeated_row": N_("the row is there already"),
    "corrected_later": N_("a later file corrects the row"),
}


def say_reason(reason: str, words: Words) -> str:
    """The reason in words; a key nobody has worded yet, with spaces."""
    return words(REASONS[reason]) if reason in REASONS else reason.replace("_", " ")
