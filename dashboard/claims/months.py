"""What a row of months shows, for those who cannot see it: from when to when, the least and the most. No trend."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dashboard.words import Words


def shown(months: Sequence[date], n: Sequence[int], partial: Sequence[bool], words: Words) -> str:
    """Between how many and how many a month; months the data do not cover whole say nothing of either."""
    whole = [count for count, cut in zip(n, partial, strict=True) if not cut]
    if not whole:
        return words("no whole month")
    facts = {"first": words.month(months[0]), "last": words.month(months[-1])}
    least, most = min(whole), max(whole)
    if least == most:
        return words("{first} to {last}: {n} a month", n=words.number(most), **facts)
    return words(
        "{first} to {last}: {least} to {most} a month", least=words.number(least), most=words.number(most), **facts
    )
