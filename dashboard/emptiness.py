"""Why there is nothing to show, and what to do next. Not loaded, not recorded and not open to see are three things."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import claims
from dashboard.asker import Need, asker
from dashboard.reading import Reading
from dashboard.view import View
from geodata.answers.answer import Totals
from geodata.answers.places import asked_areas
from geodata.vocabulary import Period

FILTERS = ("category", "area", "region", "zone", "source", "hours", "weekdays")  # fields that the default leaves empty


def why_empty(reading: Reading, totals: Totals) -> html.Div:
    """Why nothing came of the question, with the link that may bring something."""
    words, view = reading.words, reading.view
    if reading.answers.facts(reading.scope).incidents == 0:
        return not_loaded(reading)
    if is_closed(reading):
        all_open = dcc.Link(words("Show the areas open to you"), href=replace(view, area=()).to_query())
        return _empty(words("What is asked is not open to you"), all_open)
    said = claims.nothing(totals, reading.answers.facts(reading.scope), words)
    if totals.recorded and not asker().may(Need.LOADING):  # where each row went is not for them
        return _empty(said)
    if totals.recorded:
        return _empty(said, html.A(words("See where they went"), href="/data" + view.to_query()))
    return _empty(said, *_wider(reading))


def not_loaded(reading: Reading) -> html.Div:
    """That no incidents were loaded yet, and where to load them."""
    words = reading.words
    if not asker().may(Need.LOADING):
        return _empty(claims.nothing_loaded(words), html.Span(words("The data officer loads the files.")))
    load = html.A(words("Load an incident file"), href="/data" + reading.view.to_query())
    return _empty(claims.nothing_loaded(words), load)


def rows_not_open(reading: Reading) -> html.Div:
    """That what is told row by row is not for this asker."""
    return _empty(reading.words("Files and their rows are open to those only who may see every place"))


def is_closed(reading: Reading) -> bool:
    """Whether only areas are asked for that the asker may not see."""
    view, boundaries = reading.view, reading.snapshot.boundaries
    return bool(view.area) and not asked_areas(boundaries, view.question, reading.scope).any()


def _wider(reading: Reading) -> list[Component]:
    """Links that ask for more: without the filters, or for a year."""
    words, view = reading.words, reading.view
    links: list[Component] = []
    bare = View.default(reading.names.choices)
    plain = replace(view, **{field: getattr(bare, field) for field in FILTERS})
    if plain != view:
        links.append(dcc.Link(words("Clear the filters, keep the period"), href=plain.to_query()))
    year = _year(reading)
    if year is not None and year != view.period:
        wide = replace(view, start=year.start, end=year.end)
        links.append(dcc.Link(words("Ask for the last 12 months of the data"), href=wide.to_query()))
    return links


def _year(reading: Reading) -> Period | None:
    last = reading.answers.facts(reading.scope).last_day
    return Period(Period(last, last).a_year_earlier().start + timedelta(days=1), last) if last else None


def _empty(said: str, *links: Component) -> html.Div:
    return html.Div([html.Strong(said), *(html.P(link) for link in links)], className="empty")
