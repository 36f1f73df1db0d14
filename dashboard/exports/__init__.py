"""One module an export format. Each has ``FORMAT = Format(...)``; the module's name is the format's key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, cast

from geodata.rack import members

if TYPE_CHECKING:
    from dashboard.paper.sheet import Sheet


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
