"""One module a map layer. Each has ``LAYER = MapLayer(...)``; the module's name is the layer's key in the URL."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, cast

from dashboard.figures.picture import Picture
from dashboard.view import View
from dashboard.words import Words
from geodata.answers.answers import Answers
from geodata.question import Scope
from geodata.rack import members


@dataclass(frozen=True, slots=True)
class MapLayer:
    """``ask`` gets the answer from the answers, ``draw`` turns just that answer into a Picture in one language."""

    label: str  # marked with N_
    order: int  # place in the switch
    ask: Callable[[Answers, View, Scope], Any]
    draw: Callable[[Any, Words], Picture]
    chooses: str = ""  # the field of the View that people choose on this layer, a key of hot_map.CHOICES

    def picture(self, answers: Answers, view: View, scope: Scope, words: Words) -> Picture:
        """Ask and draw."""
        return self.draw(self.ask(answers, view, scope), words)


def picture_of(view: View, answers: Answers, scope: Scope, words: Words) -> Picture:
    """What the view's map shows. A chosen area is outlined, not alone: the map keeps its neighbours."""
    return all_layers()[view.layer].picture(answers, replace(view, area=()), scope, words)


@cache
def all_layers() -> dict[str, MapLayer]:
    """Key -> layer, in the order of the switch."""
    found = cast("dict[str, MapLayer]", members(__name__, "LAYER"))
    return dict(sorted(found.items(), key=lambda item: item[1].order))
