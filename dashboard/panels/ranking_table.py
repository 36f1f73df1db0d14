"""All areas with all columns, over the page: rates, changes in words with their ranges, patterns, months."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from dash import Dash, Input, Output, State, html
from dash.development.base_component import Component

from dashboard import asked, ids
from dashboard.claims import change as change_claims
from dashboard.claims import pattern as pattern_claims
from dashboard.components.attributes import attributes
from dashboard.components.sortable import Heading, Row, Value, sortable
from dashboard.components.spark import Months, spark
from dashboard.emptiness import why_empty
from dashboard.panels import Panel
from dashboard.panels.ranking import Ranked, changed, gather, name, pattern
from dashboard.reading import Reading, read
from geodata.answers.answers import Answers
from geodata.answers.change import AreaChanges
from geodata.answers.enough import FEWEST
from geodata.answers.months_by_area import MonthsByArea
from geodata.answers.patterns import AreaPatterns


def render(reading: Reading) -> list[Component]:
    """What is asked, the table, and how changes and patterns are told."""
    found, words = gather(reading), reading.words
    if not found.counts.n.any():
        return [why_empty(reading, found.counts.totals)]
    months = reading.answers.months_by_area(replace(reading.view, area=()).question, reading.scope)
    rows = [_row(found, months, i, reading) for i in found.order]
    table = sortable("all-areas", words("Areas by number of incidents"), _headings(found, reading), rows, by="n")
    notes = [words("The order is by count alone: an area is not worse than the next one because it stands above it.")]
    if found.changes is not None:
        notes.append(words("Change: {method}", method=change_claims.method(found.changes, words)))
    notes.append(words("Pattern: {method}", method=pattern_claims.method(found.patterns, words)))
    return [
        html.P(asked.headline(replace(reading.view, area=()), reading.names, words), className="lead"),
        html.Div(table, className="all-areas-box", tabIndex=0, role="region", **attributes(aria_label=words("Areas"))),
        *(html.P(note, className="hint") for note in notes),
    ]


def _headings(found: Ranked, reading: Reading) -> list[Heading]:
    words, counts = reading.words, found.counts
    per = words("recorded incidents per 10,000 inhabitants; none on fewer than {n} incidents", n=FEWEST)
    made = [
        Heading(words("Area"), "name", first="ascending"),
        Heading(words("Incidents"), "n"),
        Heading(words("Per 10,000"), "rate", per),
    ]
    if found.changes is not None:
        last = words("Last year") if counts.years_back == 1 else words("{years} years earlier", years=counts.years_back)
        made += [
            Heading(last, "before"),
            Heading(words("Change"), "change", change_claims.periods(found.changes, words)),
            Heading(words("95 % range"), "range", first=None),
            Heading(words("What can be told"), "verdict", first=None),
        ]
    return [*made, Heading(words("Pattern"), "pattern"), Heading(words("By month"), "months", first=None)]


def _row(found: Ranked, months: MonthsByArea, i: int, reading: Reading) -> Row:
    words, counts = reading.words, found.counts
    n, longest = int(counts.n[i]), int(counts.n.max())
    rate = float(counts.per_10k[i]) if n >= FEWEST else np.nan
    values = [
        name(found, i, reading, share=n / longest),
        Value(words.count(n), n),
        Value(words.decimal(rate), None if np.isnan(rate) else round(rate, 4)),
        *([] if found.changes is None else _change(found.changes, i, reading)),
        _pattern(found.patterns, i, reading),
        Value(_months(months, i, reading)),
    ]
    return Row(values, look="chosen" if counts.codes[i] in reading.view.area else "")


def _change(changes: AreaChanges, i: int, reading: Reading) -> list[Value]:
    words, moved = reading.words, change_claims.of_area(changes, i)
    before = Value(words.count(moved.before), moved.before, look="soft")
    verdict = Value(change_claims.verdict(changes, i, words))
    shown = changed(changes, i, reading)
    # Drawn by the style sheet below its words: parts of their own for each row would cost the browser seconds.
    ends = change_claims.ends(moved, words) if change_claims.ranged(moved, words) else "–"
    return [before, replace(shown, style={}), Value(ends, look="ranged", style=shown.style), verdict]


def _pattern(patterns: AreaPatterns, i: int, reading: Reading) -> Value:
    """The same as beside the map, in full."""
    words, short = reading.words, pattern(patterns, i, reading)
    sign = str(short.shown)[:2]  # with its space
    full = sign + pattern_claims.headline(patterns, i, words)
    return replace(short, shown=full, said=pattern_claims.sentence(patterns, i, words))


def _months(months: MonthsByArea, i: int, reading: Reading) -> Component:
    shown = Months(months.months, months.in_period.tolist(), months.partial.tolist())
    return spark(shown, months.n[i].tolist(), reading.words, reading.view.theme)


def layout(reading: Reading) -> html.Dialog:
    """The sheet that lies over the page once it is asked for; it is filled then."""
    words = reading.words
    title, close = f"{ids.RANKING_DIALOG}-title", words("Close")
    cross = html.Button(
        "×", type="button", className="close", title=close, **attributes(aria_label=close, data_closes="")
    )
    return html.Dialog(
        [
            html.Header([html.H2(words("Areas by number of incidents"), id=title), cross]),
            html.Div(id=ids.RANKING_ALL, className="ranking"),
        ],
        id=ids.RANKING_DIALOG,
        className="sheet-over",
        **attributes(aria_labelledby=title),
    )


def register(app: Dash, answers: Answers) -> None:
    """Filled each time it is opened, so that a click elsewhere costs nothing."""

    @app.callback(
        Output(ids.RANKING_ALL, "children"),
        Input(ids.RANKING_EXPAND, "n_clicks"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )
    def show(_clicks: object, search: str | None) -> list[Component]:
        return render(read(search, answers))


PANEL = Panel(layout, register)
