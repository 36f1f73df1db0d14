"""The author's own words: which places a report has for them, and the file that keeps them. Writes over nothing.

The file is plain text under headings ``## Label [key]``; what stands under a heading that is not known is kept too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dashboard.words import LANGUAGES, N_, Words, of
from geodata.errors import DiemNongError

OTHER = "other"


class AuthorError(DiemNongError):
    """The file of the author's words cannot be read as such."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place for the author: what is written there, and what stands there until it is."""

    label: str  # marked with N_
    hint: str  # marked with N_


HEAD: Mapping[str, Place] = {
    "superior": Place(N_("Superior body"), N_("body above the issuing one")),
    "issuer": Place(N_("Issuing body"), N_("body that issues the report")),
    "number": Place(N_("Number and sign"), N_("number and sign, for example 125/BC-CAT")),
    "place": Place(N_("Place of issue"), N_("place")),
    "date": Place(N_("Date of issue"), N_("day of issue, for example 15/12/2025")),
    "addressee": Place(N_("Addressee"), N_("to whom the report goes")),
    "recipients": Place(N_("Recipients"), N_("recipients, one a line")),
    "authority": Place(N_("Signed on behalf of"), N_("for example: ON BEHALF OF THE COMMITTEE")),
    "position": Place(N_("Position of the signer"), N_("position of the signer")),
    "signer": Place(N_("Signer"), N_("name of the signer")),
}
SECTIONS: Mapping[str, Place] = {
    "basis": Place(N_("Basis of the report"), N_("directives, plans and programmes this report is based on")),
    "situation": Place(
        N_("Situation: the author's assessment"), N_("assessment of the situation and its circumstances")
    ),
    "work": Place(N_("Work done"), N_("measures taken and their results")),
    "hot_spots": Place(N_("Work at hot spots"), N_("what was done at hot spots, and by whom")),
    "shortcomings": Place(N_("Shortcomings"), N_("shortcomings and limitations")),
    "reasons": Place(N_("Reasons for the shortcomings"), N_("reasons, objective and subjective")),
    "directions": Place(N_("Directions for next year"), N_("directions, tasks and solutions for next year")),
    "proposals": Place(N_("Proposals"), N_("proposals to superior bodies")),
    OTHER: Place(N_("Other words of the author"), ""),
}
PLACES: Mapping[str, Place] = {**HEAD, **SECTIONS}
_HEADING = re.compile(r"^##(?!#)\s*(?P<label>.*?)\s*(?:\[(?P<key>[a-z_]+)\])?\s*$")
_NOTE = re.compile(r"<!--.*?-->", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Authored:
    """Words by key; ``unknown`` headings, whose words stand under ``OTHER``."""

    words: Mapping[str, str]
    unknown: tuple[str, ...] = ()

    def of(self, key: str) -> str:
        """What the author wrote there, "" for nothing yet."""
        return self.words.get(key, "")


NOTHING = Authored({})


def read(file: Path) -> Authored:
    """The words of the file. Raises AuthorError where it is no text of this kind."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise AuthorError("{file} cannot be read: {detail}", file=file, detail=error.strerror) from None
    except UnicodeDecodeError:
        raise AuthorError("{file} is no UTF-8 text; save it with the encoding UTF-8", file=file) from None
    return parse(text)


def parse(text: str) -> Authored:
    """Words under their headings; text before the first heading, and under headings not known, is the last one's."""
    found: dict[str, list[str]] = {}
    unknown: list[str] = []
    key = OTHER
    for line in _titleless(_NOTE.sub("", text)):
        match = _HEADING.match(line)
        if match is None:
            found.setdefault(key, []).append(line)
            continue
        key = _key(match["label"], match["key"])
        if key == OTHER and match["key"] != OTHER:
            unknown.append(match["label"])
            found.setdefault(OTHER, []).extend(["", match["label"], ""])
    said = {key: "\n".join(lines).strip() for key, lines in found.items()}
    return Authored({key: value for key, value in said.items() if value}, tuple(unknown))


def blank(words: Words, year: str) -> str:
    """The file as it is first made: a heading a place, nothing written yet."""
    head = [
        "# " + words("The author's words for the report of {year}", year=year),
        "<!-- "
        + words(
            "Write under the headings and make the report again: your words stand in their places. This file is never "
            "written over. An empty line begins a paragraph, a line with - an item."
        )
        + " -->",
    ]
    parts = [
        f"## {words(place.label)} [{key}]\n" + (f"<!-- {words(place.hint)} -->\n" if place.hint else "")
        for key, place in PLACES.items()
    ]
    return "\n".join([*head, "", *parts])


def _titleless(text: str) -> list[str]:
    lines = text.strip().splitlines()
    return lines[1:] if lines and re.match(r"#\s", lines[0]) else lines


def _key(label: str, key: str | None) -> str:
    if key is not None and key in PLACES:
        return key
    told = {of(language)(place.label).casefold(): name for language in LANGUAGES for name, place in PLACES.items()}
    return told.get(label.casefold(), OTHER)
