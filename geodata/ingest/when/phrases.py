"""Cuts a wording of a time («từ 22h ngày 12 đến 5h ngày 13/3/2025») into its pieces. Says nothing of what they mean.

Vietnamese with or without diacritics, and plain English. Without diacritics «sang» is morning or «to», «toi» evening or
«until»: those two stay undecided here.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import Final, NamedTuple

from geodata.ingest.wording import normal, plain


class Kind(Enum):
    """What a piece is."""

    NUMERIC = auto()  # 12/3/2025, in the order of the file: first, second, year
    DAY = auto()  # a day whose order is certain: year, month, day
    NUMERIC_NO_YEAR = auto()  # 12/3: first, second
    DAY_NO_YEAR = auto()  # month, day
    DAY_OF_MONTH = auto()  # «ngày 12»
    NUMBER = auto()  # a day of the month or an hour
    MONTH = auto()  # year, month
    CLOCK = auto()  # minute of the day, 1440 for 24h
    PART = auto()  # a part of the day, by name
    TO = auto()
    DAWN = auto()  # «rạng», «rạng sáng»: to the dawn of, or the dawn of
    NEXT_DAY = auto()  # «hôm sau»


class Piece(NamedTuple):
    """A piece of a wording, with its numbers or its name."""

    kind: Kind
    numbers: tuple[int, ...] = ()
    name: str = ""


_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH: Final = rf"(?:{'|'.join(_MONTHS)})[a-z]*\.?"
_VI_MONTH: Final = r"(?:thang\s*|thg\.?\s*|t\.?\s?)"
_TH: Final = r"(?:st|nd|rd|th)?"
_MINUTES: Final = r"(?:(\d{1,2})(?!\d|\s*[/.]\s*\d)|\s+(\d{1,2})(?!\d|\s*[/.-]\s*\d|\s*thang))?\s*(?:phut|ph|p|')?"
_ACCENTED: Final = (("tới", "den"), ("tối", "evening"), ("sáng", "morning"))
_PARTS: Final = {
    "dem": "night", "khuya": "night", "night": "night", "morning": "morning", "trua": "noon", "noon": "noon",
    "chieu": "afternoon", "afternoon": "afternoon", "evening": "evening",
}  # fmt: skip
_TOKEN: Final = re.compile(
    rf"""
    (?P<ymd>(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}})(?!\d))
    |(?P<numeric>(\d{{1,2}})[/.-](\d{{1,2}})[/.-](\d{{4}})(?!\d))
    |(?P<ymd_named>(\d{{4}})[-/\s]({_MONTH})[-/\s](\d{{1,2}})(?![\d:]))
    |(?P<year_month>(\d{{4}})[-/.](\d{{1,2}})(?!\d)|((?:19|20)\d\d)(0[1-9]|1[0-2])(?!\d)|(\d{{4}})[-\s]({_MONTH}))
    |(?P<month_year>{_VI_MONTH}?(\d{{1,2}})[-/.](\d{{4}})(?!\d)
        |{_VI_MONTH}(\d{{1,2}})\s*[-,]?\s*(?:nam\s*)?(\d{{4}})(?!\d))
    |(?P<worded>(\d{{1,2}})\s*thang\s*(\d{{1,2}})(?:\s*(?:nam|[/,-])?\s*(\d{{4}}))?(?!\d))
    |(?P<named_short>(\d{{1,2}})-({_MONTH})-(\d\d)(?!\d|\s*{_MONTH}))
    |(?P<named>(\d{{1,2}}){_TH}(?:\s+|[-/.])?({_MONTH})(?:(?:,?\s+|[-/.])?(\d{{4}}))?(?!\d))
    |(?P<named_first>({_MONTH})\s+(\d{{1,2}}){_TH}(?:,?\s+(\d{{4}}))?(?!\d))
    |(?P<named_month_short>({_MONTH})(?:-|\s?')(\d\d)(?![\d:]|\s*{_MONTH}))
    |(?P<named_month>({_MONTH})(?:,?\s+|\s?[-/]\s?)?(\d{{4}})(?!\d))
    |(?P<clock>(\d{{1,2}})(?::(\d\d)(?::\d\d)?|\s*(?:gio|h|g){_MINUTES})\s*(am|pm|sa|ch)?(?![a-z\d]))
    |(?P<half>(\d{{1,2}})\s*(am|pm)(?![a-z]))
    |(?P<numeric_no_year>(\d{{1,2}})[/.](\d{{1,2}})(?!\d))
    |(?P<day_of_month>ngay\s+(\d{{1,2}}){_TH}(?![\d/.:h]|\s*thang))
    |(?P<number>(\d{{1,2}}){_TH}(?!\d))
    |(?P<next_day>(?:ngay\s+)?hom\s+sau|the\s+next\s+day)
    |(?P<dawn>rang(?:\s+(?:sang|morning))?\b)
    |(?P<part>(?:dem|khuya|night|morning|trua|noon|chieu|afternoon|evening)\b)
    |(?P<either>(?:sang|toi)\b)
    |(?P<to>(?:den\s+het|den|to|until|till|and)\b|->|-+|~)
    |(?P<weekday>thu\s+(?:hai|ba|tu|nam|sau|bay|[2-7](?!\d|\s+{_MONTH}))\b|chu\s+nhat\b|(?:t[2-7]|cn)(?=[,\s]+[\dn])
        |(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?)
    |(?P<filler>(?:tu|ngay|khoang|luc|hoi|vao|from|between|on|at|about|around|the|of|in)\b|[,;()]+)
    """,
    re.VERBOSE,
)
_KINDS: Final = {
    "ymd": Kind.DAY, "worded": Kind.DAY, "named": Kind.DAY, "named_first": Kind.DAY, "numeric": Kind.NUMERIC,
    "numeric_no_year": Kind.NUMERIC_NO_YEAR, "day_of_month": Kind.DAY_OF_MONTH, "number": Kind.NUMBER,
    "year_month": Kind.MONTH, "month_year": Kind.MONTH, "named_month": Kind.MONTH, "named_month_short": Kind.MONTH,
    "ymd_named": Kind.DAY, "named_short": Kind.DAY,
    "to": Kind.TO, "dawn": Kind.DAWN, "next_day": Kind.NEXT_DAY,
}  # fmt: skip
_YEAR_LAST: Final = {
    "worded", "named", "named_first", "month_year", "named_month", "named_short", "named_month_short"
}  # fmt: skip
_SAYS_NOTHING: Final = {"filler", "weekday"}
_DAYS: Final = {
    Kind.NUMERIC, Kind.DAY, Kind.NUMERIC_NO_YEAR, Kind.DAY_NO_YEAR, Kind.DAY_OF_MONTH, Kind.NUMBER
}  # fmt: skip
ODD: Final = 10_000  # a minute that no day has
LONGEST: Final = 80


def cut(text: str) -> list[Piece]:
    """The pieces in order, none where the text has a word that is no part of a time."""
    if len(text) > LONGEST:
        return []
    rest = _plain(text)
    found: list[Piece | str] = []
    at = 0
    while at < len(rest):
        if rest[at] == " ":
            at += 1
            continue
        token = _TOKEN.match(rest, at)
        if token is None or token.lastgroup is None:
            return []
        at = token.end()
        if token.lastgroup == "either":
            found.append(token[0])
        elif token.lastgroup not in _SAYS_NOTHING:
            found.append(_piece(token.lastgroup, token))
    return _decided(found)


def _plain(text: str) -> str:
    accented = normal(text)
    for spelling, word in _ACCENTED:
        accented = accented.replace(spelling, word)
    for dash in "‐‑‒–—−":
        accented = accented.replace(dash, "-")
    return re.sub(r"(?<=\d)\s*/\s*(?=\d)", "/", plain(accented).replace("→", "->").replace("’", "'"))


def _piece(name: str, token: re.Match[str]) -> Piece:
    said = [part for part in token.groups()[token.re.groupindex[name] :] if part is not None]
    if name in {"clock", "half"}:
        return Piece(Kind.CLOCK, (_minute(said),))
    if name == "part":
        return Piece(Kind.PART, name=_PARTS[token[0]])
    if name == "named_first":
        said[0], said[1] = said[1], said[0]
    if name.endswith("_short"):  # as Excel writes months by itself: 24-Mar-24, Mar-24
        said[-1] = f"20{said[-1]}"
    numbers = tuple(_MONTHS.index(part[:3]) + 1 if part[0].isalpha() else int(part) for part in said)
    kind = _KINDS[name]
    if kind is Kind.DAY and len(numbers) == 2:
        kind = Kind.DAY_NO_YEAR
    return Piece(kind, numbers[::-1] if name in _YEAR_LAST else numbers)


def _minute(said: list[str]) -> int:
    """Minute of the day, ODD where there is no such time."""
    half = said[-1] if said[-1].isalpha() else ""
    hour, minute = int(said[0]), int(said[1]) if len(said) > 1 and said[1].isdigit() else 0
    if half:
        hour = hour % 12 + (12 if half in {"pm", "ch"} else 0) if 1 <= hour <= 12 else 99
    return hour * 60 + minute if minute <= 59 and hour * 60 + minute <= 1440 else ODD


def _decided(found: list[Piece | str]) -> list[Piece]:
    """Each «sang» and «toi» as «to» between two days or two clocks, else as a part of the day."""
    pieces: list[Piece] = []
    for at, piece in enumerate(found):
        if isinstance(piece, Piece):
            pieces.append(piece)
            continue
        before, after = (found[at - 1] if at else None), (found[at + 1] if at + 1 < len(found) else None)
        kinds = [each.kind if isinstance(each, Piece) else None for each in (before, after)]
        to = (kinds[0] in _DAYS and (kinds[1] in _DAYS or kinds[1] is Kind.CLOCK)) or kinds == [Kind.CLOCK] * 2
        part = Piece(Kind.PART, name="morning" if piece == "sang" else "evening")
        pieces.append(Piece(Kind.TO) if to else part)
    return pieces
