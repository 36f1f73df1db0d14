"""What became of a commune: chosen by name, told in a sentence and a table. Counts nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dash import Dash, Input, Output, ctx, dcc, html, no_update, set_props
from dash.development.base_component import Component

from dashboard import asked, ids
from dashboard.components.card import card
from dashboard.components.table import Cell, Column, table
from dashboard.names import Names
from dashboard.panels import Panel
from dashboard.reading import Reading, read
from dashboard.view import View
from dashboard.words import Words
from geodata.answers.answer import Became, Relative
from geodata.answers.answers import Answers
from geodata.ingest.wording import plain
from geodata.vocabulary import LayerKey, Level


def render(reading: Reading) -> list[Component]:
    """Nothing until a commune is chosen; then the sentence, the relatives and how many incidents they share."""
    view, words = reading.view, reading.words
    if not view.commune:
        return [html.P(words("Choose a commune of either edition to see what became of it."), className="hint")]
    edition, _, code = view.commune.partition(":")
    level = reading.snapshot.boundaries.finest(edition) or Level.COMMUNE
    view = replace(view, edition=edition, level=level, area=(), region=(), zone=())
    found = reading.answers.became(view.question, code, reading.scope)
    counted = words(
        "{n} incidents with coordinates lie in it ({asked})",
        n=words.count(found.points),
        asked=" · ".join((asked.categories(view, reading.names, words), words.period(view.period))),
    )
    lines = [counted]
    if found.area_only:
        lines.append(words("{n} more are known to this commune only", n=words.count(found.area_only)))
    if found.elsewhere and found.relatives:
        lines.append(words("{n} of them lie in none of those listed: the lines differ", n=words.count(found.elsewhere)))
    if found.relatives and not found.listed:
        lines.append(words("The succession table does not name it; this is read off the two maps."))
    return [
        html.P(sentence(found, reading), className="fate"),
        *([_relatives(found, reading)] if found.relatives else []),
        *(html.P(line, className="hint") for line in lines),
    ]


def sentence(found: Became, reading: Reading) -> str:
    """What became of it, or what it was made of."""
    words = reading.words
    name = f"{found.name} ({reading.names.edition(found.edition, words)})"
    if not found.other:
        return words("{name}: no other edition is loaded to follow it into.", name=name)
    whole = listed([each for each in found.relatives if each.whole], words)
    part = listed([each for each in found.relatives if not each.whole], words)
    if not whole and not part:
        return words("{name}: nothing is known of it in the other edition.", name=name)
    if found.forward:
        if whole:
            return words("{name} went whole into {others}.", name=name, others=whole)
        if len(found.relatives) == 1:
            return words("Part of {name} went into {others}.", name=name, others=part)
        return words("{name} was divided among {others}.", name=name, others=part)
    if whole and part:
        return words(
            "{name} was made of the whole of {whole}, and of parts of {part}.", name=name, whole=whole, part=part
        )
    if whole:
        return words("{name} was made of the whole of {whole}.", name=name, whole=whole)
    return words("{name} was made of parts of {part}.", name=name, part=part)


def listed(relatives: list[Relative], words: Words) -> str:
    """Names with codes, the last one after "and"."""
    names = [f"{each.name} ({each.code})" for each in relatives]
    if len(names) < 2:
        return "".join(names)
    return words("{some} and {last}", some=", ".join(names[:-1]), last=names[-1])


def _relatives(found: Became, reading: Reading) -> Component:
    words = reading.words
    columns = [
        Column(reading.names.edition(found.other, words), number=False),
        Column(words("Code"), number=False),
        Column(words("Moved"), number=False),
        Column(words("Incidents on shared ground")),
        Column(words("Incidents in all of it")),
    ]
    return table(words("What became of it"), columns, [_row(found.other, each, reading) for each in found.relatives])


def _row(edition: str, each: Relative, reading: Reading) -> list[Cell]:
    words = reading.words
    target = replace(reading.view, commune=f"{edition}:{each.code}")
    return [
        dcc.Link(each.name, href="/data" + target.to_query()),
        each.code,
        words("whole") if each.whole else words("in part"),
        words.count(each.shared),
        words.count(each.points),
    ]


def options(names: Names, words: Words) -> list[dict[str, Any]]:
    """Every commune of every edition, the newest edition first; found without diacritics and by code too."""
    made: list[dict[str, Any]] = []
    for edition, levels in names.choices.editions:
        if not levels:
            continue
        layer = names.boundaries.layers[LayerKey(edition, levels[0])]
        for code, name in sorted(zip(layer.codes, layer.names, strict=True), key=lambda pair: plain(pair[1])):
            label = f"{name} ({code}, {names.edition(edition, words)})"
            made.append({"value": f"{edition}:{code}", "label": label, "search": f"{label} {plain(name)}"})
    return made


def layout(reading: Reading) -> html.Section:
    """The search and the place of the answer."""
    words = reading.words
    search = dcc.Dropdown(
        id=ids.COMMUNE,
        options=options(reading.names, words),
        value=reading.view.commune or None,
        placeholder=words("Name or code of a commune"),
        labels={
            "search": words("Search"),
            "clear_search": words("Clear the search"),
            "clear_selection": words("Clear the choice"),
            "no_options_found": words("nothing found"),
        },
    )
    return card(words("What became of a commune"), search, html.Div(render(reading), id=ids.BECAME))


def chosen(view: View, value: object, names: Names) -> View:
    """The view with the commune chosen; what is no commune chooses none."""
    known = isinstance(value, str) and value in names.choices.communes
    return replace(view, commune=str(value) if known else "")


def register(app: Dash, answers: Answers) -> None:
    """The choice goes into the URL, and the URL shows the choice."""

    @app.callback(
        Output(ids.BECAME, "children"),
        Output(ids.COMMUNE, "value"),
        Input(ids.URL, "search"),
        Input(ids.COMMUNE, "value"),
        Input(ids.HELD, "data"),
        prevent_initial_call=True,
    )
    def show(search: str | None, value: object, _held: object) -> tuple[Any, Any]:
        reading = read(search, answers)
        if ctx.triggered_id == ids.COMMUNE:
            wanted = chosen(reading.view, value, reading.names)
            if wanted != reading.view:
                set_props(ids.URL, {"search": wanted.to_query()})
            return no_update, no_update
        return render(reading), reading.view.commune or None


PANEL = Panel(layout, register)
