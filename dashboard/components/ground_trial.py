"""An uploaded boundary file as it was tried: what was read and mended, what to choose. Markup only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.claims.layer_report import mended
from dashboard.components.act import act
from dashboard.components.control import labelled
from dashboard.components.table import Column, table
from dashboard.decisions import NONE
from dashboard.ground_choice import COLUMNS, edition_of, shown_columns
from dashboard.ground_staging import Loaded, StagedGround
from dashboard.names import LEVELS
from dashboard.words import N_, Words
from geodata.vocabulary import Level

if TYPE_CHECKING:
    from geodata.boundaries.preview import LayerPreview

CALLED: Mapping[str, str] = {
    "code": N_("Column with the code"),
    "name": N_("Column with the name"),
    "parent": N_("Column with the code of the area above"),
    "population": N_("Column with the number of inhabitants"),
}


def show_ground(staged: StagedGround, words: Words, *, year: int) -> list[Component]:
    """The staged file as it was tried last, or what became of it. ``year`` names an edition nobody has named."""
    if staged.phase == "stored" and staged.result is not None:
        return [html.Div(_stored(staged, staged.result, words), role="status", className="trial-part")]
    told = [html.P(words.error(staged.error), className="refusal", role="alert")] if staged.error is not None else []
    if staged.trial is None:
        close = html.Div(act(ids.GROUND_ACT, "discard", words("Close")), className="acts")
        return [html.H3(staged.name), *told, *([close] if staged.phase == "failed" else [])]
    return [
        html.H3(staged.name),
        html.Div([*told, *_found(staged, words)]),
        html.Div(_columns(staged, words), className="decisions"),
        html.Div(_edition(staged, words, year), className="decisions"),
        html.Div(_first(staged, words)),
        html.Div(
            [
                act(
                    ids.GROUND_ACT, "load", words("Load these boundaries"), first=True, disabled=staged.phase != "tried"
                ),
                act(ids.GROUND_ACT, "discard", words("Throw this file away")),
            ],
            className="acts",
        ),
    ]


def _found(staged: StagedGround, words: Words) -> list[Component]:
    trial = staged.trial
    if trial is None:
        return []
    if trial.refused is not None:
        return [html.P(words.error(trial.refused), className="refusal", role="alert")]
    if trial.report is None:
        return []
    n = words.number
    total = html.Strong(
        words("{areas} areas in {features} shapes", areas=n(trial.report.areas), features=n(trial.report.features))
    )
    lines = [_people(trial, words), *(list(mended(trial.report, words)) or [words("nothing had to be mended")])]
    return [total, html.Ul([html.Li(line) for line in lines], className="findings")]


def _people(trial: LayerPreview, words: Words) -> str:
    n = words.number(trial.people)
    if not trial.people:
        return words("no inhabitants known: risks will go by square kilometres, and there are no rates")
    if trial.uncounted:
        return words.plural(
            "{people} inhabitants in all; not known for {n} area",
            "{people} inhabitants in all; not known for {n} areas",
            trial.uncounted,
            people=n,
        )
    return words("{n} inhabitants in all", n=n)


def _columns(staged: StagedGround, words: Words) -> list[Component]:
    """What level the areas are, and from which column each thing is read."""
    trial, seen = staged.trial, shown_columns(staged)
    fields = trial.fields if trial is not None else ()
    levels = [{"label": words(LEVELS[level]), "value": level.value} for level in reversed(Level)]
    lists: list[Component] = [_choice(words("Level of the areas"), "level", levels, staged.recipe.level.value)]
    for name in COLUMNS:
        value = getattr(seen, name)
        none = [] if value is not None else [{"label": words("none"), "value": NONE}]
        options = [*none, *({"label": field, "value": field} for field in fields)]
        lists.append(_choice(words(CALLED[name]), name, options, value or NONE))
    return lists


def _choice(label: str, of: str, options: list[dict[str, str]], value: str) -> html.Label:
    return labelled(label, dbc.Select(id={"type": ids.GROUND_CHOICE, "of": of}, options=options, value=value))


def _edition(staged: StagedGround, words: Words, year: int) -> list[Component]:
    wish = staged.recipe
    days = [
        labelled(label, dbc.Input(id=_text(of), type="date", value=day.isoformat() if day else ""))
        for label, of, day in (
            (words("In force from (may be left empty)"), "begin", wish.begin),
            (words("In force until (may be left empty)"), "end", wish.end),
        )
    ]
    name = wish.edition or edition_of(staged.name, year)
    named = labelled(
        words("Name of this map, for example its year"),
        dbc.Input(id=_text("edition"), type="text", value=name, maxlength=64),
    )
    return [named, *days]


def _text(of: str) -> dict[str, str]:
    return {"type": ids.GROUND_TEXT, "of": of}


def _first(staged: StagedGround, words: Words) -> list[Component]:
    trial = staged.trial
    if trial is None or not trial.first:
        return []
    columns = [
        Column(words("Code"), number=False),
        Column(words("Name"), number=False),
        Column(words("Area above"), number=False),
        Column(words("Inhabitants")),
    ]
    rows = [[each.code, each.name, each.parent or "–", words.number(each.population) or "–"] for each in trial.first]
    title = words("The first areas as they would be called")
    return [html.H3(title), table(title, columns, rows)]


def _stored(staged: StagedGround, done: Loaded, words: Words) -> list[Component]:
    said = words.plural(
        "«{file}» is loaded: {n} area, map «{edition}».", "«{file}» is loaded: {n} areas, map «{edition}».",
        done.report.areas, file=staged.name, edition=staged.recipe.edition,
    )  # fmt: skip
    found = [html.Li(line) for line in mended(done.report, words)]
    close = html.Div(act(ids.GROUND_ACT, "discard", words("Load another map")), className="acts")
    return [html.P(html.Strong(said)), *([html.Ul(found, className="findings")] if found else []), close]
