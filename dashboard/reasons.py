"""Why rows are put aside, in a few words each. Knows the keys of the reasons, not the rows."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.words import N_, Words

REASONS: Mapping[str, str] = {
    "missing_date": N_("no date"),
    "bad_date": N_("the date cannot be read"),
    "future_date": N_("the date lies in the future"),
    "too_old": N_("the date lies before the earliest day allowed"),
    "bad_hour": N_("the hour cannot be read"),
    "end_before_start": N_("it ends before it begins"),
    "span_too_long": N_("the span of days is too long"),
    "missing_category": N_("no crime category"),
    "unknown_category": N_("the crime category is not known"),
    "several_categories": N_("the articles are of several categories"),
    "article_not_in_force": N_("the article was not in force on that day"),
    "wording_contradicts_article": N_("wording and article disagree"),
    "bad_coordinate": N_("a coordinate cannot be read"),
    "missing_coordinate": N_("one of the two coordinates is missing"),
    "zero_coordinate": N_("the coordinates are zero"),
    "not_a_point": N_("the geometry is not a point"),
    "swapped_coordinates": N_("the two coordinates seem swapped"),
    "outside_boundaries": N_("the point lies outside the boundaries"),
    "unknown_area": N_("the commune or district is not known"),
    "ambiguous_area": N_("several communes have this name"),
    "contradicting_area": N_("name and code of the commune disagree"),
    "name_corrected": N_("a slip in the name of the commune"),
    "point_contradicts_name": N_("the point lies outside the commune named"),
    "ragged_row": N_("the row has too many or too few cells"),
    "duplicate_id": N_("the case number is there twice"),
    "total_row": N_("the row sums up others"),
    "repeated_row": N_("the row is there already"),
    "closed_month": N_("the month is kept as counts only"),
    "corrected_later": N_("a later file corrects the row"),
    "mended_later": N_("the row was mended and loaded again"),
}


def say_reason(reason: str, words: Words) -> str:
    """The reason in words; a key nobody has worded yet, with spaces."""
    return words(REASONS[reason]) if reason in REASONS else reason.replace("_", " ")
