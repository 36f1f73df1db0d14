"""Which category each row's wording and law article mean. Judges each distinct saying once, and knows no law."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.ingest.crimes.offences import Judge, Said, check_answers
from geodata.ingest.crimes.wordings import Wordings
from geodata.ingest.distinct import distinct, spread, texts
from geodata.ingest.raw import Fault
from geodata.ingest.when.spellings import NO_DAY
from geodata.ingest.wording import says_nothing
from geodata.vocabulary import Category

_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True, eq=False)
class Categories:
    """Category key by row ("" where there is none), categories made of the file's own wording, faults and remarks."""

    keys: pd.Series
    made: tuple[Category, ...]
    faults: list[Fault]
    remarks: list[Fault]


def read_categories(
    wording: pd.Series,
    article: pd.Series,
    *,
    day: NDArray[np.int64],
    headers: tuple[str, str],
    known: Wordings,
    own: bool,
    answers: Mapping[str, str],
) -> Categories:
    """The wording decides; where it says nothing known, the articles that are in force on the row's day do.

    ``answers`` (wording -> key) come before everything. With ``own`` any other wording is a category of its own.
    Raises FileRefusedError where an answer names a category that the profile has not.
    """
    judge = Judge(known, own, check_answers(answers, known))
    pairs, of = _pairs(texts(wording), texts(article))
    said = [_said(pair, known, headers) for pair in pairs]
    decided = [judge.decide(one, None) for one in said]
    dated = np.array([judge.by_day(one) for one in said], dtype=bool)
    if dated.any():
        rows = np.flatnonzero(dated[of])
        turns = known.turns
        spans = np.searchsorted([(turn - _EPOCH).days for turn in turns], day[rows], side="right")
        spans[day[rows] == NO_DAY] = len(turns) + 1  # a fault of its own: the article is taken as it stands
        days = [turns[0] - timedelta(days=1), *turns, None]
        code, found = pd.factorize(of[rows] * len(days) + spans)
        of[rows] = len(decided) + code
        decided += [judge.decide(said[one // len(days)], days[one % len(days)]) for one in found.tolist()]
    keys = spread([one.key for one in decided], of)
    faults = _told([one.fault for one in decided], of, day)
    return Categories(keys, tuple(judge.made.values()), faults, _told([one.remark for one in decided], of, day))


def _pairs(wording: pd.Series, article: pd.Series) -> tuple[list[tuple[str, str]], NDArray[np.intp]]:
    """The distinct pairs of wording and article, and for each row the position of its pair."""
    (said, said_of), (laws, law_of) = distinct(wording), distinct(article)
    if len(laws) == 1:  # nearly always the blank one
        return [(text, laws[0]) for text in said], said_of
    pair_of, found = pd.factorize(said_of * len(laws) + law_of)
    return [(said[one // len(laws)], laws[one % len(laws)]) for one in found.tolist()], pair_of


def _said(pair: tuple[str, str], known: Wordings, headers: tuple[str, str]) -> Said:
    """Marks of a blank ("-", "N/A") that no category has for a name say nothing."""
    text, law = pair
    return Said("" if says_nothing(text) and not known.named(text) else text, "" if says_nothing(law) else law, headers)


def _told(of_decided: Sequence[Fault | None], of: NDArray[np.intp], day: NDArray[np.int64]) -> list[Fault]:
    """The faults or remarks by row."""
    rows = np.flatnonzero(np.array([fault is not None for fault in of_decided], dtype=bool)[of])
    told = []
    for at, number in zip(rows.tolist(), of[rows].tolist(), strict=True):
        if fault := of_decided[number]:
            own_day = {"day": f"{_EPOCH + timedelta(days=int(day[at])):%d/%m/%Y}"} if "day" in fault.facts else {}
            told.append(replace(fault, at=at, facts={**fault.facts, **own_day}))
    return told
