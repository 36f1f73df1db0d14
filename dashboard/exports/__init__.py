"""One module an export format. Each has ``FORMAT = Format(...)``; the module's name is the format's key."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, BinaryIO, Literal, cast

from dashboard import findings
from dashboard import stamp as stamps
from dashboard.reading import Reading
from geodata.errors import QuestionError
from geodata.notebook import Script
from geodata.rack import members

if TYPE_CHECKING:
    from dashboard.extracts import Extract, Rows
    from dashboard.paper.sheet import Sheet

SIZE = (1920, 1080)
SIZES = {"4k": (3840, 2160), "square": (1080, 1080), "portrait": (1080, 1350)}  # the last two for a chat
SMALLEST, LARGEST, LONGEST = 320, 8000, 4  # pixels a side; long side / short side

Kind = Literal["picture", "table", "document"]
Told = Callable[[int, int], None]  # how many parts are done, of how many


def unheard(_done: int, _of: int) -> None:
    """Progress that nobody listens to."""


@dataclass(frozen=True, slots=True, eq=False)
class Order:
    """What is wanted on paper or as a file: everything that a screen knows when it draws the same.

    ``now`` (with its time zone) is printed in the workspace's zone; ``size`` is a picture's, in pixels; ``user`` is
    printed where there is one; ``script`` holds the slides of a deck (None: the view alone); ``year`` is a report's.
    ``rows`` and ``by`` are a table's: what one row stands for, or by what is counted.
    """

    reading: Reading
    now: datetime
    size: tuple[int, int] = SIZE
    user: str = ""
    script: Script | None = None
    year: int | None = None
    told: Told = unheard
    rows: Rows = "areas"
    by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Format:
    """``write`` puts an order into an open file: the same order gives the same bytes, from any thread.

    A ``picture`` is one map on one sheet, a ``table`` rows of numbers, a ``document`` many pages.
    """

    key: str
    label: str  # marked with N_
    mime: str
    suffix: str
    kind: Kind
    write: Callable[[Order, BinaryIO], None]


@cache
def all_formats() -> dict[str, Format]:
    """Key -> format."""
    return cast("dict[str, Format]", members(__name__, "FORMAT"))


def of_kind(*kinds: Kind) -> dict[str, Format]:
    """The formats of these kinds by their suffix."""
    return {form.suffix: form for form in all_formats().values() if form.kind in kinds}


def export(order: Order, fmt: str, out: BinaryIO) -> None:
    """Write the order into ``out``: the same classes, colours and counts as the screen's.

    Raises QuestionError on an unknown format or a size nobody can print.
    """
    formats = all_formats()
    if fmt not in formats:
        raise QuestionError("no format «{fmt}»; there are: {known}", fmt=fmt, known=", ".join(formats))
    _check_size(*order.size)
    formats[fmt].write(order, out)


def render(order: Order, fmt: str) -> bytes:
    """The order as a file's bytes."""
    made = io.BytesIO()
    export(order, fmt, made)
    return made.getvalue()


def sheet_of(order: Order) -> Sheet:
    """The printed map of the order's view: what was found above it, the stamp below it."""
    from dashboard.paper.compose import Request, compose  # noqa: PLC0415 - shapes and fonts only where one prints

    asked = order.reading
    facts = stamps.stamp(asked, now=order.now, user=order.user)
    return compose(
        Request(
            asked.view,
            asked.answers,
            asked.words,
            asked.scope,
            order.size,
            order.now,
            title=findings.finding(asked) if asked.loaded else "",
            caption=stamps.caption(facts, asked.words),
            about=stamps.about(facts, asked.words),
        )
    )


def extract_of(order: Order) -> Extract:
    """The rows of the order's view, and the facts about them."""
    from dashboard.extracts import extract  # noqa: PLC0415 - only where one writes a table

    return extract(order.reading, rows=order.rows, by=order.by, now=order.now, user=order.user)


def size_of(text: str) -> tuple[int, int]:
    """A picture's width and height in pixels, as 1920x1080 or by name; "" is the usual one. Raises QuestionError."""
    if not text:
        return SIZE
    if text in SIZES:
        return SIZES[text]
    match = re.fullmatch(r"([0-9]{1,5})[xX×]([0-9]{1,5})", text)
    if match is None:
        named = ", ".join(SIZES)
        raise QuestionError(
            "«{text}» is no size; write it in pixels as 1920x1080, or one of {named}", text=text[:40], named=named
        )
    return int(match[1]), int(match[2])


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
