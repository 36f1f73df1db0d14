"""The register of lasting hot spots as a table, the worst first. Judges nothing and writes nothing down."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

import dash_bootstrap_components as dbc
from dash import Dash, Input, Output, html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.claims import follow_up, pattern
from dashboard.components.attributes import attributes
from dashboard.components.card import card
from dashboard.components.strip import strip
from dashboard.emptiness import not_loaded
from dashboard.keeping import keeper
from dashboard.panels import Panel
from dashboard.reading import Reading, read
from dashboard.words import N_
from geodata.answers.answers import Answers
from geodata.answers.register import Register, RegisterRow
from geodata.follow_up import Spot
from geodata.ingest.wording import plain
from geodata.vocabulary import LayerKey, Level

HEADS = (N_("Place"), N_("By quarter"), N_("Pattern"), N_("Risk"), N_("Follow-up"))
WORST, LONGEST, BY_NAME = "severity", "length", "name"
ORDERS: Mapping[str, str] = {WORST: N_("worst first"), LONGEST: N_("longest first"), BY_NAME: N_("by name")}
SHOWN = 12  # quarters


def key_of(spot: Spot) -> str:
    """A place and category as one text, for the id of a button."""
    return "|".join((spot.edition, spot.level.value, spot.code, spot.category))


def render(reading: Reading, order: object = WORST) -> list[Component]:
    """One row a place and category, or why there is none."""
    words = reading.words
    if not reading.loaded:
        return [not_loaded(reading)]
    found = reading.answers.register(reading.view.question, reading.scope)
    if not found.rows:
        return [html.P(follow_up.nothing(found, words), className="empty")]
    head = html.Tr([html.Th(words(each), scope="col") for each in HEADS])
    body = [_row(row, reading) for row in in_order(found, order)]
    caption = html.Caption(words("Lasting hot spots"), className="unseen")
    made = html.Table([caption, html.Thead(head), html.Tbody(body)], className="register")
    return [html.P(" · ".join(follow_up.size(found, words)), className="hint"), made]


def in_order(found: Register, order: object) -> Iterable[RegisterRow]:
    """The rows as they are wanted; any unknown order is the worst first."""
    keys: Mapping[object, Callable[[RegisterRow], tuple[object, ...]]] = {
        LONGEST: lambda row: (-row.found.run[row.area], -row.found.hot_bins[row.area]),
        BY_NAME: lambda row: (plain(row.name), row.spot.code, row.spot.category),
    }
    key = keys.get(order) if isinstance(order, str) else None
    return sorted(found.rows, key=key) if key else found.rows


def _row(row: RegisterRow, reading: Reading) -> html.Tr:
    words = reading.words
    cells = (_history(row, reading), _pattern(row, reading), _risk(row, reading), _standing(row, reading))
    tds = [html.Td(cell, **attributes(data_head=words(head))) for head, cell in zip(HEADS[1:], cells, strict=True)]
    return html.Tr([html.Th(_place(row, reading), scope="row"), *tds], className="lasting" if row.lasting else "")


def _place(row: RegisterRow, reading: Reading) -> list[Component]:
    """The name, which leads to the map and trend of this place and category."""
    view, names, words = reading.view, reading.names, reading.words
    category = (row.spot.category,) if row.spot.category else ()
    target = replace(view, area=(row.spot.code,), region=(), category=category, layer="pattern", commune="")
    upper = names.boundaries.layers.get(LayerKey(row.spot.edition, Level.DISTRICT))
    about = [category_name(row.spot, reading)]
    if upper is not None and row.parent in upper.codes:
        about.append(upper.names[upper.codes.index(row.parent)])
    link = html.A(row.name, href="/" + target.to_query(), title=words("Map and trend of this place"))
    badge = [html.Span(words("lasting"), className="badge-lasting")] if row.lasting else []
    return [link, *badge, html.Small(" · ".join(about))]


def category_name(spot: Spot, reading: Reading) -> str:
    """The category's label, or that all are taken together."""
    words = reading.words
    return reading.names.category(spot.category, words.language) if spot.category else words("All crime categories")


def _history(row: RegisterRow, reading: Reading) -> list[Component]:
    """A bar a quarter, and the months unfolded."""
    words, found, area = reading.words, row.found, row.area
    often, since = pattern.quarters(found, area, words), pattern.since(found, area, words)
    starts, states = found.quarter_starts[-SHOWN:], found.quarters[area, -SHOWN:].tolist()
    quarters = [
        (state, words("three months from {month}: {state}", month=words.month(start), state=_state(state, reading)))
        for start, state in zip(starts, states, strict=True)
    ]
    months = [
        (state, words("{month}: {state}, {n} recorded", month=words.month(start), state=_state(state, reading), n=n))
        for start, state, n in zip(found.bins, found.state[area].tolist(), found.counts[area].tolist(), strict=True)
    ]
    unfolded = [
        html.Summary(words("month by month")),
        strip(words("{name}, month by month", name=row.name), months, fine=True),
        html.P(pattern.sentence(row.found, row.area, words), className="hint"),
    ]
    return [
        strip(often or words("Too few incidents to tell."), quarters),
        html.Small(often, className="often"),
        html.Small(since, className="since"),
        html.Details(unfolded, className="months"),
    ]


def _state(state: int, reading: Reading) -> str:
    words = reading.words
    return words("hot") if state > 0 else words("cold") if state < 0 else words("not hot")


def _pattern(row: RegisterRow, reading: Reading) -> list[Component]:
    words = reading.words
    said = pattern.headline(row.found, row.area, words)
    return [html.Span(said, className="pattern"), html.Small(follow_up.trend(row, words), className="trend")]


def _risk(row: RegisterRow, reading: Reading) -> list[Component]:
    words = reading.words
    times, spread = follow_up.risk(row, words)
    whole = pattern.risk(row.found, row.area, words)
    risk = [html.Strong(times, title=whole), html.Small(spread)] if times else []
    return [*risk, html.Small(pattern.counted(row.found, row.area, words))]


def _standing(row: RegisterRow, reading: Reading) -> list[Component]:
    """What is done there, whether the numbers agree, what is proposed, and the way to write a step down."""
    words, standing = reading.words, row.standing
    said: list[Component] = []
    if standing.follow_up is None and reading.view.mode == "projector":  # which shows no proposals
        said.append(html.Small(words("nothing written down yet")))
    if standing.follow_up is not None:
        taken = standing.follow_up.now
        said.append(html.Strong(follow_up.now(taken, words)))
        said += [html.Span(taken.measure, className="measure")] if taken.measure else []
        checked = follow_up.check(standing, words)
        said += [html.Small(checked, className=f"check {standing.check or ''}")] if checked else []
    proposed = follow_up.proposal(standing, words)
    said += [html.Small(proposed, className="proposed")] if proposed else []
    acts = [*([_button(row, reading)] if keeper() is not None else []), *history(row, reading)]
    return [*said, html.Div(acts, className="acts")]


def _button(row: RegisterRow, reading: Reading) -> html.Button:
    words = reading.words
    label = words("Write a step down: {name}, {category}", name=row.name, category=category_name(row.spot, reading))
    where = {"type": ids.FOLLOW_UP_ACT, "act": "open", "spot": key_of(row.spot)}
    return html.Button(
        words("Write a step down"), id=where, type="button", className="act small", **attributes(aria_label=label)
    )


def history(row: RegisterRow, reading: Reading) -> list[Component]:
    """Every step that was written down, the newest first; nothing where there is none but the one that holds."""
    held, words = row.standing.follow_up, reading.words
    if held is None:
        return []
    lines = []
    for taken in reversed(held.steps):
        said = follow_up.now(taken, words) + (f": {taken.measure}" if taken.measure else "")
        lines.append(html.Li([said, html.Small(words("written down {at}", at=_at(taken.at, reading)))]))
    summary = html.Summary(words("Steps written down: {n}", n=words.number(len(lines))))
    return [html.Details([summary, html.Ul(lines)], className="steps")]


def _at(moment: datetime, reading: Reading) -> str:
    at = moment.astimezone(reading.snapshot.profile.zone)
    return f"{reading.words.date(at.date())} {at:%H:%M}"


def layout(reading: Reading) -> html.Section:
    """The rule in words, the switch of the order, the table."""
    words = reading.words
    options = [{"value": value, "label": words(label)} for value, label in ORDERS.items()]
    order = dbc.RadioItems(id=ids.REGISTER_ORDER, options=options, value=WORST, inline=True, className="order")
    rule = [html.P(text) for text in follow_up.rule(reading.snapshot.profile.lasting, words)]
    return card(
        words("Register of lasting hot spots"),
        html.Div(
            [html.Div(rule, className="rule"), html.Div(order, role="group", **attributes(aria_label=words("Order")))],
            className="register-head",
        ),
        html.Div(render(reading), id=ids.REGISTER),
    )


def register(app: Dash, answers: Answers) -> None:
    """The table follows the URL, the data and the order chosen."""

    @app.callback(
        Output(ids.REGISTER, "children"),
        Input(ids.ASKED, "data"),
        Input(ids.HELD, "data"),
        Input(ids.REGISTER_ORDER, "value"),
        prevent_initial_call=True,
    )
    def show(search: str | None, _held: object, order: object) -> list[Component]:
        return render(read(search, answers), order)


PANEL = Panel(layout, register)
