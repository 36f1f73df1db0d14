"""What is said where numbers are rounded so that none gives back a small count. Rounds nothing."""

from __future__ import annotations

from dashboard.words import Words
from geodata.profile import Profile


def rounding(profile: Profile, words: Words) -> str:
    """How the numbers are told; nothing where they are told as they are."""
    if not words.few:
        return ""
    return words(
        "numbers are rounded to {n}, so that no sum or difference gives back a small one: most are less than {n} off; "
        "{few} is none or a few",
        n=words.number(profile.disclosure.round_to),
        few=words.count(0),
    )


def in_short(profile: Profile, words: Words) -> str:
    """The same where there is little room."""
    if not words.few:
        return ""
    return words(
        "numbers rounded to {n}; {few} is none or a few",
        n=words.number(profile.disclosure.round_to),
        few=words.count(0),
    )


def lines(profile: Profile, coarser: tuple[str, ...], words: Words) -> list[str]:
    """That numbers are rounded, and in what the question was made coarser."""
    if not words.few:
        return []
    changed = [sentence(words(each)) + "." for each in coarser]
    return [" ".join([sentence(rounding(profile, words)) + ".", *changed])]


def sentence(text: str) -> str:
    """The text with a capital letter."""
    return text[:1].upper() + text[1:]
