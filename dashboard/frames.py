"""A map played through time: a view and a pace -> frames with one common legend, as plain values. Knows no clock.

All frames come at once and the browser needs nothing more to play them. Which areas are hot is played by quarters, as
far as hot spots are judged; every other layer plays its counts or rates by month or quarter over all the data.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import flask
import numpy as np

from dashboard import asked, theme
from dashboard.claims import quarter as claims
from dashboard.figures import overlays
from dashboard.figures.classes import NOT_ASKED
from dashboard.figures.hot_states import hot_states
from dashboard.figures.picture import LegendRow, Picture
from dashboard.figures.side_by_side import Side, legend_of, side_by_side
from dashboard.map_ground import ground
from dashboard.reading import Reading, read
from dashboard.words import Words
from geodata.answers.answers import Answers
from geodata.answers.patterns import Method
from geodata.answers.series import MONTHS_OF, Bin
from geodata.answers.windows import EVER, Window, windows
from geodata.errors import DiemNongError
from geodata.vocabulary import Period

MOST = 60  # frames: five years of months are looked at in a minute
STEPS: tuple[Bin, ...] = ("month", "quarter")
WINDOWS = {"step": None, "3": 3, "12": 12}  # months that a frame gathers
JUDGED: dict[str, Method] = {"pattern": "risk_path", "relative_risk": "risk_path", "gi_star": "gi_star"}
COUNTED = ("count", "rate")


@dataclass(frozen=True, slots=True)
class Pace:
    """How far each frame goes on, and over how many months it looks back (None: one step)."""

    step: Bin = "month"
    length: int | None = None

    @staticmethod
    def read(step: str, window: str) -> Pace:
        """The pace a browser asks for; raises ValueError on any other."""
        if step not in STEPS or window not in WINDOWS:
            raise ValueError(step, window)
        return Pace(step, WINDOWS[window])


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One moment: the days it speaks of, all incidents of the question in them, and its map."""

    period: Period
    label: str
    n: int
    months: int
    lacking: int  # of them, which the data do not cover whole
    picture: Picture
    found: str = ""  # what else is to be said of it


@dataclass(frozen=True, slots=True, eq=False)
class Frames:
    """All of them, oldest first, with their common legend and what must be said of them."""

    frames: tuple[Frame, ...]
    legend: tuple[LegendRow, ...]
    notes: tuple[str, ...]
    judged: bool = False


def frames_of(reading: Reading, pace: Pace) -> Frames:
    """The frames of what the view asks; a chosen area is outlined on the map and counted alone, as in the figures."""
    method = JUDGED.get(reading.view.layer)
    return _counted(reading, pace) if method is None else _judged(reading, method)


def _counted(reading: Reading, pace: Pace) -> Frames:
    view, words, snapshot = reading.view, reading.words, reading.snapshot
    last = snapshot.last_day
    layer = snapshot.boundaries.layers.get(view.question.layer)
    if last is None or layer is None:
        return Frames((), (), (words("No incidents are loaded"),))
    whole = replace(view.question, period=Period(last, last))
    around = reading.answers.months_by_area(replace(whole, areas=()), reading.scope, longest=EVER)
    own = reading.answers.months_by_area(whole, reading.scope, longest=EVER)
    every = windows(snapshot, around.months, pace.step, until=last, length=pace.length)
    played = every[-MOST:]
    if not played:
        return Frames((), (), (words("The data do not reach back over one such window."),))
    totals, _ = reading.answers.totals(view.question, reading.scope)
    sides = [
        Side(
            around.codes,
            around.names,
            around.asked,
            around.n[:, each.months].sum(axis=1),
            layer.population,
            1,  # windows are as long as calendar months make them; none is scaled
            totals,
            around.facts,
        )
        for each in played
    ]
    pictures = [replace(each, hatched=None) for each in side_by_side(sides, words, rates=view.layer == "rate")]
    recorded = (int(own.recorded[each.months].sum()) for each in played)
    made = tuple(
        Frame(each.period, words.months(each.period), n, each.stop - each.first, each.lacking, picture)
        for each, n, picture in zip(played, recorded, pictures, strict=True)
    )
    return Frames(made, legend_of(pictures, words), tuple(_notes(reading, pace, every, played)))


def _notes(reading: Reading, pace: Pace, every: Sequence[Window], played: Sequence[Window]) -> Iterator[str]:
    words = reading.words
    if reading.view.layer not in COUNTED:
        yield words("This layer cannot be played; recorded incidents are shown instead.")
    if len(every) > len(played):
        yield words("The last {n} of {all} steps are played.", n=len(played), all=len(every))
    if pace.step == "quarter":
        yield words("Quarters are three months each, counted back from the last whole month.")
    if reading.view.layer == "rate":
        yield words("Rates are of the months shown, not annualised.")


def _judged(reading: Reading, method: Method) -> Frames:
    """Hot or not by quarter, until the end of the period asked."""
    words, view = reading.words, reading.view
    question = replace(view.question, areas=())
    found = reading.answers.patterns(question, reading.scope, method)
    if not found.quarter_starts:
        return Frames((), (), (words("the data hold no whole month yet, so that nothing can be told"),), judged=True)
    own = reading.answers.patterns(view.question, reading.scope, method)
    pictures = hot_states(found, words)
    months = MONTHS_OF["quarter"]
    made = []
    for at, (start, picture) in enumerate(zip(found.quarter_starts, pictures, strict=True)):
        after = (
            found.quarter_starts[at + 1] if at + 1 < len(pictures) else found.question.period.end + timedelta(days=1)
        )
        period = Period(start, after - timedelta(days=1))
        n = int(own.counts[:, claims.months_of(own, at)].sum())
        made.append(Frame(period, words.months(period), n, months, 0, picture, claims.tally(found, at, words)))
    notes = (words("Hot spots are judged by quarters of {n} months.", n=months), pictures[0].method)
    return Frames(tuple(made), pictures[0].legend, notes, judged=True)


def plain_values(reading: Reading, played: Frames) -> dict[str, Any]:
    """The frames as the browser plays them: what is common once, then a class and a text an area and frame."""
    common = {
        "heading": _heading(reading),
        "judged": played.judged,
        "notes": list(played.notes),
        "legend": [
            {"colour": row.colour, "label": row.label, "kind": row.kind, "sign": row.sign} for row in played.legend
        ],
    }
    if not played.frames:
        return {**common, "frames": []}
    common["notes"] = [*played.notes, _beside(reading)]
    pictures = [each.picture for each in played.frames]
    signed = next((each for each in pictures if any(each.signs)), pictures[-1])
    below = ground(reading, signed)
    texts = {text: at for at, text in enumerate(dict.fromkeys(text for each in pictures for text in each.hover))}
    colours = [theme.NOT_ASKED_FILL, theme.NO_DATA_FILL, theme.ZERO_FILL, *pictures[-1].colours]
    hatched = pictures[-1].hatched
    values = {
        **common,
        "polygons": below.polygons,
        "codes": list(signed.codes),
        "middles": below.middles.tolist(),
        "colorscale": overlays.steps(colours),
        "zmax": len(colours) - 0.5,
        "hatched": [] if hatched is None else [signed.codes[at] for at in np.flatnonzero(hatched)],
        "legendTitle": signed.legend_title,
        "texts": list(texts),
        "frames": [_frame(each, texts, reading) for each in played.frames],
    }
    coloured: dict[str, Any] = theme.in_theme(values, reading.view.theme)
    return coloured


def _frame(each: Frame, texts: dict[str, int], reading: Reading) -> dict[str, Any]:
    view, picture = reading.view, each.picture
    return {
        "label": each.label,
        "said": _said(each, reading.words),
        "start": each.period.start.isoformat(),
        "end": each.period.end.isoformat(),
        "n": each.n,
        "lacking": each.lacking,
        "classes": (picture.classes.index - NOT_ASKED).tolist(),
        "told": [texts[text] for text in picture.hover],
        "signs": list(picture.signs),
        "query": replace(view, start=each.period.start, end=each.period.end).to_query(),
    }


def _said(each: Frame, words: Words) -> str:
    """The frame in one line: when, how many, and whether the data cover it."""
    parts = [each.label, words.counted("{n} incident", "{n} incidents", each.n)]
    if each.found:
        parts.append(each.found)
    if each.lacking:
        one = words("month not whole")
        many = words("{k} of {n} months not whole", k=each.lacking, n=each.months)
        parts.append(one if each.months == 1 else many)
    return " · ".join(parts)


def _beside(reading: Reading) -> str:
    return reading.words(
        "While it plays only the map moves on; the figures beside it stay those of {period}.",
        period=reading.words.period(reading.view.period),
    )


def _heading(reading: Reading) -> str:
    """What is asked, without when."""
    view, names, words = reading.view, reading.names, reading.words
    parts = [asked.categories(view, names, words), asked.places(view, names, words), *asked.conditions(view, words)]
    return " · ".join(asked.shorten(part, asked.LONGEST_PART) for part in parts)


def respond(answers: Answers) -> flask.Response:
    """The frames that the request's query asks for; 400 on a pace that there is not."""
    try:
        pace = Pace.read(flask.request.args.get("step", "month"), flask.request.args.get("window", "step"))
    except ValueError:
        flask.abort(400)
    reading = read(flask.request.query_string.decode("utf-8", "replace"), answers)
    try:
        answer = flask.jsonify(plain_values(reading, frames_of(reading, pace)))
    except DiemNongError as error:
        return flask.Response(reading.words.error(error), status=422, mimetype="text/plain")
    answer.headers["Cache-Control"] = "no-store"
    return answer
