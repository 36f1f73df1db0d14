"""A script being put together: its slides in order with what they will say, and which scripts there are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard import asked, ids
from dashboard.components.attributes import attributes
from dashboard.components.card import card
from dashboard.components.chooser import chooser
from dashboard.components.control import labelled
from dashboard.components.pick import pick
from dashboard.findings import COMPARE, PERSISTENCE, TARGETS
from dashboard.keeping import keeper, notebook
from dashboard.panels import Panel, follow, script_acts
from dashboard.reading import Reading
from dashboard.scripts import kept, script_of
from dashboard.slides import Shown, shown
from dashboard.view import View
from dashboard.words import N_, Words
from geodata.notebook import LONGEST_NAME, LONGEST_SPOKEN, MOST_SLIDES, Script

KINDS = {  # page -> what a slide of it shows
    "/": N_("a map"),
    PERSISTENCE: N_("lasting hot spots"),
    TARGETS: N_("targets"),
    COMPARE: N_("a comparison"),
}


def render(reading: Reading) -> list[Component]:
    """Which script, its slides, and the view that can be added."""
    words, view = reading.words, reading.view
    script, held = script_of(reading), notebook()
    said = []
    if view.script and kept(held, view.script) is None:
        text = words("There is no script «{name}» here; this is the one made from the data.", name=view.script)
        said.append(html.P(text, className="notice"))
    elif view.slide > len(script.slides):
        text = words("The script ends with slide {n}.", n=len(script.slides))
        said.append(html.P(text, className="notice"))
    return [
        *said,
        card(words("Script"), _choice(reading, held.scripts), *_naming(script, words), _start(reading, script)),
        card(words("Slides: {n}", n=len(script.slides)), html.Ol(list(_rows(reading, script)), className="script")),
        card(words("Add a slide"), *_adding(reading, script)),
    ]


def _choice(reading: Reading, scripts: tuple[Script, ...]) -> html.Div:
    """The script made from the data, and the kept ones."""
    view, words = reading.view, reading.words
    names = [("", words("made from the data")), *((each.name, each.name) for each in scripts)]
    known = view.script if view.script in {name for name, _ in names} else ""
    links = [pick(label, replace(view, script=name, slide=0), chosen=name == known) for name, label in names]
    return html.Div(links, className="picks", role="group", **attributes(aria_label=words("Script")))


def _naming(script: Script, words: Words) -> list[Component]:
    if not script.name:
        if keeper() is None:
            return []
        hint = words("It follows the data. The first change makes a copy of your own, which is kept at once.")
        return [html.P(hint, className="hint")]
    field = dbc.Input(id=ids.SCRIPT_NAME, value=script.name, maxlength=LONGEST_NAME, debounce=True)
    return [labelled(words("Name; every change is kept at once"), field)]


def _start(reading: Reading, script: Script) -> html.Div:
    words, view = reading.words, reading.view
    start = dcc.Link("▶ " + words("Start"), href=replace(view, slide=1).to_query(), className="act first start")
    first = html.Span(start, **attributes(data_full="true"))
    shared = [
        html.Button(words("Save as a file"), id=_act("file"), type="button", className="act"),
        *([chooser(ids.SCRIPT_CHOSEN, words, said=ids.SCRIPT_SAID)] if keeper() is not None else []),
        *(
            [html.Button(words("Delete the script"), id=_act("delete"), type="button", className="act")]
            if script.name
            else []
        ),
    ]
    return html.Div([*([first] if script.slides else []), *shared], className="acts")


def _rows(reading: Reading, script: Script) -> Iterator[html.Li]:
    for number, slide in enumerate(script.slides, 1):
        yield _row(shown(slide, reading.view, reading.answers, reading.scope), number, len(script.slides), reading.view)


def _row(slide: Shown, number: int, last: int, view: View) -> html.Li:
    """What is said and asked, what is spoken, and what can be done with it."""
    reading, words = slide.reading, slide.reading.words
    question = asked.headline(reading.view, reading.names, words)
    spoken = [html.P(slide.slide.spoken, className="spoken-line")] if slide.slide.spoken else []
    told = [
        html.H3(slide.title),
        html.P([html.Span(words(KINDS[slide.path])), " · ", question], className="hint"),
        *spoken,
        *([_texts(slide, number, words)] if keeper() is not None else []),
    ]
    link = dcc.Link(
        [html.Span(words("Show slide"), className="unseen"), " ", str(number)],
        href=replace(view, slide=number).to_query(),
        className="number",
        title=words("Show from here"),
    )
    acts = [
        html.Button(
            sign,
            id=_act(act, number),
            type="button",
            className="icon-act",
            title=words(label),
            disabled=not possible,
            **attributes(aria_label=words("{act}: slide {n}", act=words(label), n=number)),
        )
        for sign, act, label, possible in (
            ("↑", "up", N_("Earlier"), number > 1),
            ("↓", "down", N_("Later"), number < last),
            ("✕", "remove", N_("Take out"), last > 1),
        )
    ]
    buttons = [html.Div(acts, className="row-acts")] if keeper() is not None else []
    told_box = html.Div(told, className="told")
    return html.Li([link, told_box, *buttons], draggable=str(bool(buttons)).lower(), **attributes(data_n=str(number)))


def _texts(slide: Shown, number: int, words: Words) -> html.Details:
    """The two fields; an empty title has the finding said from the data."""
    title = dbc.Textarea(
        id=_text("title", number),
        value=slide.slide.title,
        placeholder=slide.title,
        debounce=True,
        maxlength=2 * LONGEST_NAME,
        rows=2,
    )
    spoken = dbc.Textarea(
        id=_text("spoken", number), value=slide.slide.spoken, debounce=True, maxlength=LONGEST_SPOKEN, rows=4
    )
    return html.Details(
        [
            html.Summary(words("Title and notes")),
            labelled(words("Title; left empty, the data say it anew each time"), title),
            labelled(words("Notes for who speaks"), spoken),
        ]
    )


def _adding(reading: Reading, script: Script) -> list[Component]:
    """The view that the address asks for, as a slide of each kind."""
    words = reading.words
    if keeper() is None:
        return [html.P(words("Nothing can be kept here."), className="hint")]
    if len(script.slides) >= MOST_SLIDES:
        return [html.P(words("A script has {n} slides at most.", n=MOST_SLIDES), className="hint")]
    buttons = [
        html.Button("+ " + words(label), id=_act("add", path), type="button", className="act")
        for path, label in KINDS.items()
    ]
    return [
        html.P(asked.headline(reading.view, reading.names, words), className="lead"),
        html.Div(buttons, className="acts"),
        html.P(words("To add another view, ask for it on any page and come back here by the menu."), className="hint"),
    ]


def _act(act: str, of: int | str = 0) -> dict[str, int | str]:
    return {"type": ids.SCRIPT_ACT, "act": act, "of": of}


def _text(field: str, number: int) -> dict[str, int | str]:
    return {"type": ids.SCRIPT_TEXT, "field": field, "of": number}


def layout(reading: Reading) -> Component:
    """The script, what was said of the last change, and whether a show holds older data."""
    return html.Div(
        [
            script_acts.PANEL.layout(reading),
            html.Div(render(reading), id=ids.SCRIPT, className="sheets"),
        ],
        className="sheets",
    )


PANEL = Panel(layout, follow(ids.SCRIPT, render, kept=True))
