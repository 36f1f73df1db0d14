"""What a panel is: markup made from a Reading, and callbacks that follow the URL."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dash import Dash, Input, Output
from dash.development.base_component import Component

from dashboard import ids
from dashboard.reading import Reading, read
from geodata.answers.answers import Answers

Render = Callable[[Reading], list[Component]]


@dataclass(frozen=True, slots=True)
class Panel:
    """``layout`` makes the panel whole for a page; ``register`` keeps it true while the URL changes."""

    layout: Callable[[Reading], Component]
    register: Callable[[Dash, Answers], None]


def follow(output: str, render: Render) -> Callable[[Dash, Answers], None]:
    """The callback nearly every panel has: the URL changed, render the children of ``output`` anew."""

    def register(app: Dash, answers: Answers) -> None:
        @app.callback(Output(output, "children"), Input(ids.URL, "search"), prevent_initial_call=True)
        def show(search: str | None) -> list[Component]:
            return render(read(search, answers))

    return register
