"""A list to search and to choose several things from. Knows no area and no zone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dash import dcc

from dashboard.words import Words

Options = list[dict[str, Any]]


def picker(id_: str, options: Options, value: Iterable[str], words: Words, *, height: int = 280) -> dcc.Dropdown:
    """Nothing chosen is all. What is found stays in the order of the list; ``search`` of an option is searched."""
    return dcc.Dropdown(
        id=id_,
        options=options,
        value=list(value),
        multi=True,
        placeholder=words("all"),
        search_order="original",
        maxHeight=height,
        labels={
            "select_all": words("choose all"),
            "deselect_all": words("choose none"),
            "selected_count": words("{num_selected} chosen"),
            "search": words("Search"),
            "clear_search": words("Clear the search"),
            "clear_selection": words("Clear the choice"),
            "no_options_found": words("nothing found"),
        },
    )
