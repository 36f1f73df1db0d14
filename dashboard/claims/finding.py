"""What a picture shows as one short sentence with its certainty: the title of a slide. Words answers, asks for none.

Fourteen words at most, so that a room can read it: of several ways to say the same the fullest that fits is taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from dashboard import claims
from dashboard.words import N_, Words
from geodata.answers import risk as judged
from geodata.answers.answer import Change, Totals
from geodata.answers.change import FEWER, MORE, AreaChanges
from geodata.answers.enough import ALPHA
from geodata.answers.hexagons import HexRisk
from geodata.answers.patterns import AreaPatterns
from geodata.answers.register import Register
from geodata.answers.risk import AreaRisk
from geodata.answers.targets import Targets

MOST_WORDS = 14
MOST_NAMED = 2  # places named instead of counted
SURE = 0.8  # from here a history counts as told, not as the likeliest of several

_WAYS = {  # by whether there are more, and whether that is beyond chance: the fullest first
    (True, True): (
        N_("{subject}: {n} incidents, up {share} on last year, beyond chance"),
        N_("{subject}: {n} incidents, up {share}, beyond chance"),
        N_("{subject}: {n}, up beyond chance"),
    ),
    (True, False): (
        N_("{subject}: {n} incidents, up {share} on last year, may be chance"),
        N_("{subject}: {n} incidents, up {share}, may be chance"),
        N_("{subject}: {n}, up, may be chance"),
    ),
    (False, True): (
        N_("{subject}: {n} incidents, down {share} on last year, beyond chance"),
        N_("{subject}: {n} incidents, down {share}, beyond chance"),
        N_("{subject}: {n}, down beyond chance"),
    ),
    (False, False): (
        N_("{subject}: {n} incidents, down {share} on last year, may be chance"),
        N_("{subject}: {n} incidents, down {share}, may be chance"),
        N_("{subject}: {n}, down, may be chance"),
    ),
}


def fitting(ways: Iterable[str]) -> str:
    """The first way that has at most ``MOST_WORDS`` words, else the last one."""
    said = ""
    for said in ways:
        if len(said.split()) <= MOST_WORDS:
            return said
    return said


def of_total(totals: Totals, change: Change, subject: str, words: Words) -> str:
    """How many, and whether they are more or fewer than a year earlier beyond chance."""
    facts = {
        "subject": subject,
        "n": words.count(totals.recorded),
        "counted": words.counted("{n} incident", "{n} incidents", totals.recorded),
        "share": claims.share(change, words),
    }
    if not change.comparable or not facts["share"]:
        return fitting(
            (
                words("{subject}: {counted}; too little to compare with last year", **facts),
                words("{subject}: {counted}, not to be compared", **facts),
            )
        )
    if change.now == change.before:
        return words("{subject}: {counted}, as many as before", **facts)
    ways = _WAYS[change.now > change.before, change.p < ALPHA]
    return fitting(words(way, **facts) for way in (ways if change.years_back == 1 else ways[1:]))


def of_risk(found: AreaRisk, subject: str, words: Words) -> str:
    """How many places have more than expected beyond chance; one or two of them by name."""
    high = np.flatnonzero(np.isin(found.classes, [judged.HIGH, judged.HOT]) & found.asked)
    facts = {"subject": subject, "k": words.number(len(high)), "n": words.number(int(found.asked.sum()))}
    if not len(high):
        return fitting(
            (
                words("{subject}: no place stands out beyond chance, of {n} looked at", **facts),
                words("{subject}: no place stands out beyond chance", **facts),
            )
        )
    counted = (
        words("{subject}: {k} of {n} places clearly more than expected, beyond chance", **facts),
        words("{subject}: {k} of {n} places beyond chance", **facts),
    )
    if len(high) > MOST_NAMED:
        return fitting(counted)
    named = _named([found.names[i] for i in high.tolist()], words)
    return fitting((words("{subject}: more than expected in {places}, beyond chance", places=named, **facts), *counted))


def of_hexagons(found: HexRisk, subject: str, words: Words) -> str:
    """How many cells have more than expected beyond chance."""
    k = int(np.isin(found.classes, [judged.HIGH, judged.HOT]).sum())
    facts = {"subject": subject, "k": words.number(k), "n": words.number(int(found.asked.sum()))}
    if not k:
        return words("{subject}: no cell stands out beyond chance", **facts)
    return fitting(
        (
            words("{subject}: {k} of {n} cells clearly more than expected, beyond chance", **facts),
            words("{subject}: {k} of {n} cells beyond chance", **facts),
        )
    )


def of_patterns(found: AreaPatterns, subject: str, words: Words) -> str:
    """How many places are lastingly hot, and of how many of them that is sure."""
    lasting = np.flatnonzero(found.lasting & found.asked & found.enough)
    new = sum(name == "new hot spot" for name, seen in zip(found.pattern, found.asked, strict=True) if seen)
    facts = {
        "subject": subject,
        "k": words.number(len(lasting)),
        "new": words.number(new),
        "n": words.number(int(found.asked.sum())),
    }
    if not len(lasting):
        return fitting(
            (
                words("{subject}: no lasting hot spot can be told from chance, {new} new", **facts),
                words("{subject}: no lasting hot spot can be told", **facts),
            )
        )
    facts |= _sure(found.probability[lasting].tolist(), words)
    return fitting(
        (
            words("{subject}: lastingly hot in {k} of {n} places, {sure} over {p} sure", **facts),
            words("{subject}: {k} lasting, {sure} over {p} sure", **facts),
        )
    )


def of_register(found: Register, words: Words) -> str:
    """How many lasting hot spots of all categories there are, and how many nobody follows up."""
    lasting = [row for row in found.rows if row.lasting]
    if not lasting:
        return words("No lasting hot spot can be told from chance")
    alone = sum(not row.standing.followed for row in lasting)
    facts = {"k": words.number(len(lasting)), "alone": words.number(alone)}
    facts |= _sure([float(row.found.probability[row.area]) for row in lasting], words)
    return fitting(
        (
            words("Lasting hot spots: {k}, {sure} over {p} sure; {alone} not followed up", **facts),
            words("Lasting hot spots: {k}, {sure} over {p} sure", **facts),
        )
    )


def of_changes(found: AreaChanges, beginnings: Sequence[str], words: Words) -> str:
    """In how many places there are more and in how many fewer than before, beyond chance.

    Of the ``beginnings`` (since when, and of what) the first is taken that leaves room for the rest.
    """
    return fitting(said for since in beginnings for said in _changed(found, since, words))


def _changed(found: AreaChanges, since: str, words: Words) -> tuple[str, ...]:
    """The same from the fullest to the shortest."""
    if not found.comparable:
        return (words("{since}: too little to compare with", since=since),)
    more, fewer = (int(((found.classes == name) & found.asked).sum()) for name in (MORE, FEWER))
    facts = {"since": since, "more": words.number(more), "fewer": words.number(fewer)}
    if not more and not fewer:
        return (
            words("{since}: no place rose or fell by more than chance", **facts),
            words("{since}: no change beyond chance", **facts),
        )
    return (
        words.plural(
            "{since}: {n} place rose, {fewer} fell, beyond chance",
            "{since}: {n} places rose, {fewer} fell, beyond chance",
            more,
            **facts,
        ),
        words("{since}: {more} up, {fewer} down, beyond chance", **facts),
    )


def of_targets(found: Targets, words: Words) -> str:
    """How many groups are down by their target by arithmetic, and of how many that is sure; 0 against 0 is none."""
    groups = [row for row in found.of() if not row.category and (row.before or row.now)]
    if not groups or not found.comparison.reached or not found.comparison.comparable:
        return words("Targets: too little data to tell")
    reached, sure = sum(row.reached for row in groups), sum(row.verdict == "met" for row in groups)
    facts = {"k": words.number(reached), "n": words.number(len(groups)), "sure": words.number(sure)}
    if found.comparison.running:
        return words("So far {k} of {n} groups at target, {sure} beyond chance", **facts)
    return words("{k} of {n} groups reached their target, {sure} beyond chance", **facts)


def _sure(probabilities: Sequence[float], words: Words) -> dict[str, str]:
    """Of how many it is surer than ``SURE``."""
    return {"sure": words.number(sum(p > SURE for p in probabilities)), "p": words.percent(SURE, 0)}


def _named(names: Sequence[str], words: Words) -> str:
    return words("{first} and {second}", first=names[0], second=names[1]) if len(names) > 1 else names[0]
