"""A slide as markup: the question, the finding as title, the map with its legend, one companion, the caption."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dash import html
from dash.development.base_component import Component

from dashboard import asked, claims
from dashboard.components.attributes import attributes
from dashboard.components.legend import legend
from dashboard.figures.picture import Picture
from dashboard.findings import COMPARE
from dashboard.slides import Pin, Shown, several
from dashboard.slides.beside import companion
from dashboard.slides.drawing import drawing
from dashboard.slides.pictures import Map, map_of
from dashboard.slides.stage import GAP, Stage


def render(slide: Shown, stage: Stage, pin: Pin, number: int) -> list[Component]:
    """Everything on the slide; where nothing is loaded it says so instead of a map."""
    reading, words, title = slide.seen, slide.reading.words, slide.title
    stage = stage.titled(title)
    head = html.Header(
        [
            html.P(asked.headline(reading.view, reading.names, words), className="question"),
            html.H1(title, className=stage.title),
        ]
    )
    if reading.view.question.layer not in reading.snapshot.boundaries.layers:
        return [head, html.P(words("No boundaries are loaded"), className="lost")]
    spoken = html.Aside(slide.slide.spoken or words("No notes for this slide"), className="spoken")
    found = map_of(slide, stage.room)
    many = slide.path == COMPARE and reading.view.side != "periods"
    body = several.body(slide, stage, number) if many else _body(slide, stage, found, number)
    return [head, body, html.Footer(_caption(slide, found.picture, pin, stage)), spoken]


def _body(slide: Shown, stage: Stage, found: Map, number: int) -> html.Div:
    """The legend stands where the map is too narrow for its room, else over the companion."""
    reading, picture = slide.reading, found.picture
    beside = stage.legend_beside(found.sheet.frame)
    rows = found.legend if beside else found.classes
    key = html.Div(legend(replace(picture, legend=rows), reading.view.theme), className="legend")
    width, height = stage.room
    about = attributes(aria_label=f"{picture.legend_title}: {slide.title}")
    aside = companion(slide)
    if beside:
        drawn = drawing(found.drawn((width - stage.legend - GAP, height), f"s{number}"), reading.view.theme)
        column: list[Component] = [aside.markup(reading, (stage.column, height))]
        parts = [key, html.Div(drawn, role="img", className="map", **about)]
    else:
        drawn = drawing(found.drawn((width, height), f"s{number}"), reading.view.theme)
        column = [key, aside.markup(reading, (stage.column, height - stage.legend_height(rows)))]
        parts = [html.Div(drawn, role="img", className="map", **about)]
    empty = claims.nothing(picture.totals, picture.facts, reading.words)
    said = [html.P(empty, className="nothing")] if empty else []
    return html.Div([*parts, *said, html.Div(column, className="column")], className="body")


def _caption(slide: Shown, picture: Picture, pin: Pin, stage: Stage) -> list[Component]:
    """How many, by which method, from which data, held since when."""
    reading, words, names = slide.seen, slide.reading.words, slide.reading.names
    totals, _ = reading.answers.totals(reading.view.question, reading.scope)
    before = [*claims.drawing(names, words), claims.placed(totals, None, words)]
    after = [
        *claims.source(picture.facts, reading.view, names, words),
        words("data held since {time}", time=f"{pin.since:%H:%M}"),
    ]
    for method in _shorter(picture.method):
        texts = [*before, words("method: {method}", method=method), *after]
        if stage.holds(" · ".join(texts)):
            break
    return [html.Span(text) for text in texts if text]


def _shorter(method: str) -> Iterator[str]:
    """How it was made, with ever fewer of its clauses: what stands at its end is said where one reads from near."""
    for mark in (";", ":", ","):
        yield method.partition(mark)[0]
