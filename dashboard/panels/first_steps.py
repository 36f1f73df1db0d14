"""What to do with an empty workspace: three steps, each done, next or later. Loads nothing itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from dash import html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.components.attributes import attributes
from dashboard.names import LEVELS
from dashboard.panels import Panel, follow
from dashboard.reading import Reading
from dashboard.words import N_
from geodata.boundaries.checks import Finding, check
from geodata.boundaries.editions import Boundaries
from geodata.vocabulary import LayerKey

State = Literal["done", "next", "later"]
SIGNS: dict[State, tuple[str, str]] = {
    "done": ("✓", N_("done")),
    "next": ("→", N_("next")),
    "later": ("○", N_("later")),
}
MOST = 3  # findings told in full


@dataclass(frozen=True, slots=True)
class Step:
    """One step: where it stands, what it is for, the commands that do the same, and what there is to see or press."""

    state: State
    title: str
    why: str
    commands: tuple[str, ...]
    body: tuple[Component, ...] = ()


def render(reading: Reading) -> list[Component]:
    """The steps in their order; once all are done, that all is ready."""
    words, made = reading.words, steps(reading)
    ready = all(step.state == "done" for step in made)
    if ready:
        lead = words("All is ready. Boundaries and incidents are loaded, and every row is accounted for.")
    elif reading.snapshot.boundaries.layers:
        lead = words("The map is there. What is missing are the incidents.")
    else:
        lead = words("Nothing is loaded yet. Three steps, and the map stands; nothing leaves this machine.")
    go = [html.A(words("To the map"), href="/" + _language(reading), className="act first")] if ready else []
    return [
        html.P(lead, className="lead"),
        *go,
        html.Ol([_item(n, step, reading) for n, step in enumerate(made, 1)], className="steps"),
    ]


def steps(reading: Reading) -> tuple[Step, Step, Step]:
    """Boundaries, incidents, check: the first that is not done is the next."""
    words = reading.words
    ground = bool(reading.snapshot.boundaries.layers)
    incidents = reading.answers.facts(reading.scope).incidents > 0
    load = html.A(words("Load an incident file"), href="/data" + _language(reading), className="act first")
    return (
        Step(
            "done" if ground else "next",
            words("Boundaries"),
            words("The communes of the province as a map file. Without them no incident has a place."),
            ("diemnong boundaries add FILE --edition 2025 --level commune",),
            tuple(html.P(line) for line in _loaded(reading)),
        ),
        Step(
            "done" if incidents else "next" if ground else "later",
            words("Incident file"),
            words("The monthly sheet as it is: Excel or CSV. You see what would be kept before anything is stored."),
            ("diemnong ingest FILE",),
            (load,) if ground and not incidents else tuple(html.P(line) for line in _held(reading)),
        ),
        Step(
            "done" if ground and incidents else "later",
            words("Check"),
            words("Whether the boundaries fit together, where every row went, and how many have a place."),
            ("diemnong boundaries check", "diemnong reconciliation"),
            tuple(html.P(line) for line in checked(reading)) if ground and incidents else (),
        ),
    )


def checked(reading: Reading) -> Iterator[str]:
    """Three lines: boundaries, rows, places."""
    if not reading.scope.whole:
        return
    words, whole = reading.words, reading.answers.reconciliation(reading.scope)
    n = words.number
    found = _findings(reading.snapshot.boundaries)
    if not found:
        yield words("Boundaries: no gaps, no overlaps, every area has its place.")
    else:
        told = "; ".join(words(each.template, **each.facts) for each in found[:MOST])
        yield words.plural(
            "Boundaries: {n} thing to look at: {what}",
            "Boundaries: {n} things to look at: {what}",
            len(found),
            what=told,
        )
    yield words(
        "Rows: {read} read = {kept} kept + {aside} put aside.",
        read=n(whole.read), kept=n(whole.placed.kept), aside=n(whole.quarantined),
    )  # fmt: skip
    for edition in whole.editions[:1]:
        yield words(
            "Places: {placed} of {kept} incidents can be placed on the newest map.",
            placed=n(edition.placed), kept=n(whole.placed.kept),
        )  # fmt: skip


@lru_cache(maxsize=2)
def _findings(boundaries: Boundaries) -> tuple[Finding, ...]:
    return check(boundaries)


def _loaded(reading: Reading) -> Iterator[str]:
    words, boundaries = reading.words, reading.snapshot.boundaries
    for edition in boundaries.editions:
        level = boundaries.finest(edition)
        if level is not None:
            areas = len(boundaries.layers[LayerKey(edition, level)].codes)
            facts = {"map": reading.names.edition(edition, words), "n": words.number(areas)}
            yield words("{map}: {n} {level}", **facts, level=words(LEVELS[level]).lower())


def _held(reading: Reading) -> Iterator[str]:
    incidents = reading.answers.facts(reading.scope).incidents
    if incidents:
        yield reading.words("{n} recorded incidents in all", n=reading.words.number(incidents))


def _item(number: int, step: Step, reading: Reading) -> html.Li:
    words = reading.words
    sign, said = SIGNS[step.state]
    command = [html.Code(line) for line in step.commands]
    told = html.Details([html.Summary(words("The same by command")), html.Div(command, className="commands")])
    head = html.H2([html.Span(sign, className="sign", **attributes(aria_hidden="true")), f"{number}. {step.title}"])
    state = html.Span(words(said), className="state")
    mark = {"aria_current": "step"} if step.state == "next" else {}
    return html.Li(
        [html.Header([head, state]), html.P(step.why, className="hint"), *step.body, told],
        className=f"step {step.state}",
        **attributes(**mark),
    )


def _language(reading: Reading) -> str:
    """What is asked of no data yet: only the language is kept."""
    return f"?lang={reading.view.lang}"


def layout(reading: Reading) -> html.Div:
    """The place of the steps."""
    return html.Div(render(reading), id=ids.FIRST_STEPS, className="first-steps")


PANEL = Panel(layout, follow(ids.FIRST_STEPS, render))
