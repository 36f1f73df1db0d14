"""New this month: short rises, chains of near repeats and areas hot of late, by category. Finds nothing itself.

The page does not wait for it: a first look at all categories takes seconds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dash import html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.claims import cluster, pattern
from dashboard.components.card import card
from dashboard.components.glossary import about
from dashboard.emptiness import not_loaded
from dashboard.panels import Panel, follow
from dashboard.reading import Reading
from dashboard.view import View
from geodata.answers.chains import NearChain
from geodata.answers.rises import CategoryRises, Rise, Rises

MOST_CHAINS = 5  # of a category; the rest are counted


def render(reading: Reading) -> list[Component]:
    """Each category that has something new, then those that have not, then how to read it."""
    words = reading.words
    if not reading.loaded:
        return [not_loaded(reading)]
    found = reading.answers.rises(reading.view.question, reading.scope)
    return [
        html.P(_asked(found, reading), className="hint"),
        *(_category(each, found, reading) for each in found.categories if not each.quiet),
        *_others(found, reading),
        *(html.P(text, className="caution") for text in cluster.alarms(words)),
    ]


def _asked(found: Rises, reading: Reading) -> str:
    words = reading.words
    days = words("chains of near repeats {days}", days=words.period(found.days))
    if found.month is None:
        return words("The data hold no whole month yet; {chains}.", chains=days)
    return words("Rises that end in {month}; {chains}.", month=words.month(found.month.start), chains=days)


def _category(told: CategoryRises, found: Rises, reading: Reading) -> html.Section:
    words = reading.words
    head = html.H3(reading.names.category(told.category, words.language))
    lines = [
        *(_rise(each, told, reading) for each in told.rises),
        *(_recent(area, told, reading) for area in told.recent),
        *_chains(told, found, reading),
    ]
    return html.Section([head, html.Ul(lines)])


def _rise(each: Rise, told: CategoryRises, reading: Reading) -> html.Li:
    words, shown = reading.words, each.cluster
    target = _view(reading, told.category, shown.codes)
    target = replace(target, start=shown.period.start, end=shown.period.end, layer="count")
    return html.Li(
        [
            html.Span(cluster.status(each, words), className=f"status {each.status}"),
            html.A(cluster.places(shown.names, words), href="/" + target.to_query()),
            html.Span(cluster.rise(each, words)),
            html.Small(cluster.meaning(each.status, words)),
        ]
    )


def _recent(area: int, told: CategoryRises, reading: Reading) -> html.Li:
    words, found = reading.words, told.patterns
    target = replace(_view(reading, told.category, (found.codes[area],)), layer="pattern")
    said = [pattern.since(found, area, words), pattern.risk(found, area, words)]
    return html.Li(
        [
            html.Span(pattern.headline(found, area, words), className="status recent"),
            html.A(found.names[area], href="/" + target.to_query()),
            html.Span("; ".join(text for text in said if text)),
        ]
    )


def _chains(told: CategoryRises, found: Rises, reading: Reading) -> Iterator[html.Li]:
    words = reading.words
    if not told.chains:
        return
    listed = [_chain(each, told, found, reading) for each in told.chains[:MOST_CHAINS]]
    yield html.Li(
        [
            html.Span(words("near repeats"), className="status"),
            html.Span(cluster.chains(told, words)),
            html.Ul(listed),
            *([html.Small(cluster.near(told.repeats, words))] if told.repeats else []),
        ]
    )


def _chain(each: NearChain, told: CategoryRises, found: Rises, reading: Reading) -> html.Li:
    said = cluster.chain(each, reading.words)
    if each.area < 0:
        return html.Li(said)
    target = _view(reading, told.category, (found.codes[each.area],))
    target = replace(target, start=each.first, end=each.last, layer="points")
    return html.Li([html.A(found.names[each.area], href="/" + target.to_query()), said])


def _others(found: Rises, reading: Reading) -> Iterator[Component]:
    """What is quiet, what cannot be told, what is not shown."""
    words = reading.words

    def labels(chosen: list[CategoryRises]) -> list[str]:
        return [reading.names.category(each.category, words.language) for each in chosen]

    quiet = cluster.nothing_new(
        labels([each for each in found.categories if each.quiet and each.enough and not each.crowded]), words
    )
    few = labels([each for each in found.categories if not each.enough])
    crowded = labels([each for each in found.categories if each.crowded])
    hidden = sum(each.hidden for each in found.categories)
    if quiet:
        yield html.P(quiet)
    if few:
        yield html.P(words("Too few incidents or whole months for a rise to be seen: {names}.", names=", ".join(few)))
    if crowded:
        text = words("Too many incidents lie close together for chains to be told: {names}.", names=", ".join(crowded))
        yield html.P(text)
    if hidden:
        yield html.P(words("{n} rises reach beyond the areas you may see and are not shown.", n=words.number(hidden)))


def _view(reading: Reading, category: str, codes: tuple[str, ...]) -> View:
    return replace(reading.view, category=(category,), area=tuple(sorted(codes)), region=(), commune="")


def layout(reading: Reading) -> html.Section:
    """The place of the sheet; what stands in it comes after the page."""
    words = reading.words
    waiting = html.P(words("being worked out …"), className="hint")
    mark = about(reading.view, "short_rise", reading.words)
    return card(words("New this month"), html.Div(waiting, id=ids.RISES, className="rises"), about=mark)


PANEL = Panel(layout, follow(ids.RISES, render, later=True))
