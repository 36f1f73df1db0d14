"""The filter panel's first part: the programme's groups as links, and under them the categories one by one."""

from __future__ import annotations

from dataclasses import replace

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.components.pick import pick
from dashboard.components.section import section
from dashboard.panels import Panel, follow
from dashboard.reading import Reading

KEY = "what"


def group_links(reading: Reading) -> list[Component]:
    """One link a group: it alone, or all again where it alone is asked for."""
    view, names = reading.view, reading.names
    return [
        pick(
            group.label(reading.words.language),
            replace(view, category=() if view.category == members else members),
            chosen=view.category == members,
        )
        for group in names.profile.group_list()
        if (members := names.members(group.key))
    ]


def active(reading: Reading) -> str:
    """The group or category asked, or how many."""
    view, names, words = reading.view, reading.names, reading.words
    for group in names.profile.group_list():
        if view.category and names.members(group.key) == view.category:
            return group.label(words.language)
    if len(view.category) > 1:
        return words("{n} chosen", n=words.number(len(view.category)))
    return "".join(names.category(key, words.language) for key in view.category)


def layout(reading: Reading) -> html.Details:
    """The part; it stands open."""
    words = reading.words
    options = [{"value": item.key, "label": item.label(words.language)} for item in reading.names.categories]
    return section(
        KEY,
        words("Crime groups"),
        active(reading),
        html.Div(group_links(reading), id=ids.GROUPS, className="picks compact"),
        dbc.Checklist(id=ids.CATEGORY, options=options, value=list(reading.view.category)),
        unfolded=True,
    )


PANEL = Panel(layout, follow(ids.GROUPS, group_links))
