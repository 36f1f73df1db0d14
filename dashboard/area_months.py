"""What the card at the pointer shows beside the map's own words: an area's months and how many notes it has.

Fetched once a question, at the first touch of the map. Draws nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import flask
import numpy as np

from dashboard.keeping import notebook
from dashboard.reading import Reading, read
from geodata.answers.answers import Answers
from geodata.errors import DiemNongError


def plain_values(reading: Reading) -> dict[str, Any]:
    """Counts by area code, oldest month first, the months' span in words, and the notes' line by area code."""
    words = reading.words
    question = replace(reading.view.question, areas=())  # the map shows what is around a chosen area too
    found = reading.answers.months_by_area(question, reading.scope)
    months = found.months
    if not months:
        return {"span": [], "months": 0, "partial": [], "asked": [], "n": {}, "notes": _notes(reading)}
    return {
        "span": [words.month(months[0]), words.month(months[-1])],
        "months": len(months),
        "partial": np.flatnonzero(found.partial).tolist(),
        "asked": np.flatnonzero(found.in_period).tolist(),
        "n": {code: n.tolist() for code, n, asked in zip(found.codes, found.n, found.asked, strict=True) if asked},
        "notes": _notes(reading),
    }


def _notes(reading: Reading) -> dict[str, str]:
    view, words = reading.view, reading.words
    here = Counter(note.code for note in notebook().notes if (note.edition, note.level) == (view.edition, view.level))
    return {code: f"✎ {words.plural('{n} note', '{n} notes', n)}" for code, n in here.items()}


def respond(answers: Answers) -> flask.Response:
    """The months of the view in the request's query."""
    reading = read(flask.request.query_string.decode("utf-8", "replace"), answers)
    try:
        answer = flask.jsonify(plain_values(reading))
    except DiemNongError as error:
        return flask.Response(reading.words.error(error), status=422, mimetype="text/plain")
    answer.headers["Cache-Control"] = "no-store"
    return answer
