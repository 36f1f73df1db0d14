"""One entry of the glossary, as a value. Knows no other."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """A word or a method: what it means and what it does not say, both marked with N_.

    ``key`` is its anchor in the address; ``covers`` are further words that it explains, by theirs. ``source`` names the
    paper a method comes from, "" where it comes from none.
    """

    key: str
    title: str
    text: str
    not_claimed: str
    source: str = ""
    covers: tuple[str, ...] = ()
