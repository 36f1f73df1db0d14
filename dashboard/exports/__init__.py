"""One module an export format. Each has ``FORMAT = Format(...)``; the module's name is the format's key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, cast

from dashboard.view import View
from dashboard.words import Words
from geodata.answers.answers import Answers
from geodata.errors import QuestionError
from geodata.question import EVERYTHING, Scope
from geodata.rack import members

if TYPE_CHECKING:
    from dashboard.paper.sheet import Sheet

SIZE = (1920, 1080)
SMALLEST, LARGEST, LONGEST = 320, 8000, 4  # pixels a side; long side / short side


@dataclass(frozen=True, slots=True)
class Format:
    """``write`` turns a sheet into the file's bytes: the same sheet gives the same bytes, from any thread."""

    key: str
    label: str  # marked with N_
    mime: str
    suffix: str
    write: Callable[[Sheet], bytes]


@cache
def all_formats() -> dict[str, Format]:
    """Key -> format."""
    return cast("dict[str, Format]", members(__name__, "FORMAT"))


def render(
    view: View,
    answers: Answers,
    words: Words,
    *,
    fmt: str,
    now: datetime,
    size: tuple[int, int] = SIZE,
    scope: Scope = EVERYTHING,
) -> bytes:
    """The picture of a View as a file's bytes: the same classes, colours and counts as the screen's.

    ``now`` (with its time zone) is printed in the workspace's zone. Raises QuestionError on an unknown format or a
    size nobody can print.
    """
    from dashboard.paper.compose import Request, compose  # noqa: PLC0415 - shapes and fonts only where one prints

    formats = all_formats()
    if fmt not in formats:
        raise QuestionError("no picture format «{fmt}»; there are: {known}", fmt=fmt, known=", ".join(formats))
    _check_size(*size)
    return formats[fmt].write(compose(Request(view, answers, words, scope, size, now)))


def _check_size(width: int, height: int) -> None:
    short, long = sorted((width, height))
    if short < SMALLEST or long > LARGEST or long > LONGEST * short:
        raise QuestionError(
            "a picture of {width}x{height} pixels cannot be drawn: each side must be {smallest} to {largest} pixels, "
            "the long one at most {times} times the short one",
            width=width,
            height=height,
            smallest=SMALLEST,
            largest=LARGEST,
            times=LONGEST,
        )
