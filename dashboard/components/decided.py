"""The decisions about a source, in words. Markup-free: what a list or a sentence is made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dashboard.words import N_, Words
from geodata.ingest.headings.dictionary import heading
from geodata.ingest.recipe import Recipe

ORDERS: Mapping[str, str] = {"dmy": N_("day first (31/12/2025)"), "mdy": N_("month first (12/31/2025)")}


def field_name(name: str, words: Words) -> str:
    """What a field is called."""
    return heading(name) if words.language == "vi" else name.replace("_", " ").capitalize()


def say_recipe(recipe: Recipe, words: Words, categories: Mapping[str, str]) -> Iterator[str]:
    """One phrase a decision; ``categories`` are the labels by key."""
    for name, header in recipe.columns.items():
        field = field_name(name, words)
        if header:
            yield words("«{header}» is read as {field}", header=header, field=field)
        else:
            yield words("{field} is read from no column", field=field)
    for wording, key in recipe.categories.items():
        yield words("«{wording}» is {category}", wording=wording, category=categories.get(key, key))
    if recipe.date_order:
        yield words("dates: {order}", order=words(ORDERS[recipe.date_order]))
    if recipe.crs:
        yield words("coordinates in {system}", system=recipe.crs)
    if recipe.swapped:
        yield words("the two coordinates are exchanged")
