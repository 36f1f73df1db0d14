"""One panel a file, each with ``PANEL = Panel(layout, register)``: markup made from a Reading, callbacks on the URL."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import cast

from dash import Dash, Input, Output
from dash.development.base_component import Component

from dashboard import ids
from dashboard.asker import Need, asker
from dashboard.emptiness import rows_not_open
from dashboard.reading import Reading, read
from geodata.answers.answers import Answers
from geodata.rack import members

Render = Callable[[Reading], list[Component]]


@dataclass(frozen=True, slots=True)
class Panel:
    """``layout`` makes the panel whole for a page; ``register`` keeps it true while the URL changes."""

    layout: Callable[[Reading], Component]
    register: Callable[[Dash, Answers], None]
    need: Need = Need.INCIDENTS

    def show(self, reading: Reading) -> Component:
        """The panel for who may have it, else that it is not for them."""
        return self.layout(reading) if asker().may(self.need) else rows_not_open(reading)


def follow(output: str, render: Render, *, later: bool = False, kept: bool = False) -> Callable[[Dash, Answers], None]:
    """The callback nearly every panel has: the URL or the data changed, render the children of ``output`` anew.

    It follows what is asked by way of ``ids.ASKED``, which tells it once the map is drawn: people look there first.

    ``later``: they are rendered for the first time once the page stands, as they take longer than people wait for one.
    ``kept``: they tell of the notebook, and follow it too.
    """
    changing = (ids.HELD, ids.KEPT) if kept else (ids.HELD,)

    def register(app: Dash, answers: Answers) -> None:
        @app.callback(
            Output(output, "children"),
            Input(ids.ASKED, "data"),
            *(Input(each, "data") for each in changing),
            prevent_initial_call=not later,
        )
        def show(search: str | None, *_changed: object) -> list[Component]:
            return render(read(search, answers))

    return register


@cache
def all_panels() -> tuple[Panel, ...]:
    """Every panel, so that each can register its callbacks once."""
    return tuple(cast("dict[str, Panel]", members(__name__, "PANEL")).values())
