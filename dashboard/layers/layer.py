"""What a map layer is: a name, what it asks and how its answer becomes a Picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dashboard.figures.picture import Picture
from dashboard.words import Words
from geodata.answers.answers import Answers
from geodata.question import Question, Scope


@dataclass(frozen=True, slots=True)
class MapLayer:
    """``ask`` gets the answer from the answers, ``draw`` turns just that answer into a Picture in one language."""

    label: str  # marked with N_
    order: int  # place in the switch
    ask: Callable[[Answers, Question, Scope], Any]
    draw: Callable[[Any, Words], Picture]

    def picture(self, answers: Answers, question: Question, scope: Scope, words: Words) -> Picture:
        """Ask and draw."""
        return self.draw(self.ask(answers, question, scope), words)
