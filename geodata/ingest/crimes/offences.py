"""What one wording and one article of the law mean together: a category, or why none. Knows no row and no column."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from geodata.errors import FileRefusedError
from geodata.ingest.crimes.articles import articles_in
from geodata.ingest.crimes.wordings import Wordings
from geodata.ingest.people.identifiers import concealed
from geodata.ingest.raw import Fault
from geodata.ingest.wording import cut, normal, plain, shown, words
from geodata.vocabulary import Article, Category

LONGEST_KEY: Final = 64
LONGEST_LABEL: Final = 120


@dataclass(frozen=True, slots=True)
class Said:
    """What a row says of its category, blank where it holds a mark for blank, and under which headers."""

    text: str
    law: str
    headers: tuple[str, str]

    @property
    def value(self) -> str:
        """The wording, or the article where there is none."""
        return self.text or self.law

    @property
    def header(self) -> str:
        """The header of that value."""
        return self.headers[0] if self.text or not self.law else self.headers[1]


@dataclass(frozen=True, slots=True)
class Decided:
    """The category of a saying, or the fault of rows that say so; a remark where wording and article disagree."""

    key: str = ""
    fault: Fault | None = None
    remark: Fault | None = None


@dataclass(frozen=True, slots=True)
class Judge:
    """Decides what one saying means: an answer given before, then the wording, then the articles."""

    known: Wordings
    own: bool
    answers: Mapping[str, str]  # normalised wording -> key
    made: dict[str, Category] = field(default_factory=dict)

    def decide(self, said: Said, day: date | None) -> Decided:
        """``day`` None: on any day."""
        in_text, in_law = articles_in(said.text, firm=self.own), articles_in(said.law)
        if key := self._by_wording(said):
            return Decided(key, remark=self._conflict(said, key, (*in_text, *in_law), day))
        keys, idle = self.known.meant(in_text, day)
        if not keys:
            keys, later = self.known.meant(in_law, day)
            idle = [*idle, *later]
        if len(keys) == 1:
            (key,) = keys
            return Decided(key, remark=self._conflict(said, key, in_law, day))
        if self.own and said.text:
            return Decided(self._own(said.text))
        if keys:
            return Decided(fault=self._unclear(said, tuple(keys)))
        if idle:
            return Decided(fault=self._not_in_force(said, *idle[0], day))
        if self.own and said.law:
            return Decided(self._own(said.law))
        return Decided(fault=_unknown(said, self.known.nearest(said.value)))

    def by_day(self, said: Said) -> bool:
        """Whether the answer may differ from day to day."""
        numbers = (*articles_in(said.text, firm=self.own), *articles_in(said.law))
        meant = (article for number in numbers for _, article in self.known.by_article.get(number, ()))
        return any(article.since or article.until for article in meant)

    def _by_wording(self, said: Said) -> str:
        if self.answers and (answer := self._answered(said.value)):
            return answer
        return self.known.named(said.text) or ("" if self.own else self.known.within(said.text))

    def _answered(self, value: str) -> str:
        """What was answered for the wording. Rows put aside keep the beginning of a long one: it answers for all."""
        return self.answers.get(words(value)) or self.answers.get(words(cut(value)), "")

    def _conflict(self, said: Said, key: str, articles: tuple[str, ...], day: date | None) -> Fault | None:
        others, _ = self.known.meant(articles, day)
        if not others or key in others:
            return None
        other, article = next(iter(others.items()))
        names = self.known.names
        return Fault(
            '"{value}" is {category}, but article {article} is {other}: it counts as the first. Mend one of the two',
            0, said.headers[0], "wording_contradicts_article",
            {"value": shown(said.text or said.law), "category": names[key], "article": article, "other": names[other]},
        )  # fmt: skip

    def _own(self, wording: str) -> str:
        text = concealed(wording)  # it becomes a name that everyone sees
        key = key_of_wording(text)
        if key not in self.known.keys:  # else it differs from a profile's key in signs only
            label = "".join(letter for letter in " ".join(text.split()) if letter.isprintable())[:LONGEST_LABEL] or key
            self.made.setdefault(key, Category(key, label, label, ""))
        return key

    def _unclear(self, said: Said, keys: tuple[str, ...]) -> Fault:
        proposals = ", ".join(f"«{self.known.names[key]}»" for key in keys)
        return Fault(
            '"{value}" names articles of several categories: {proposals}. Write the offence, or the one article that '
            "counts",
            0, said.header, "several_categories",
            {"value": shown(said.value), "proposals": proposals, "keys": list(keys)},
        )  # fmt: skip

    def _not_in_force(self, said: Said, key: str, article: Article, day: date | None) -> Fault:
        header = said.headers[1] if said.law else said.headers[0]
        facts: dict[str, object] = {
            "value": shown(said.law or said.text), "article": article.number, "category": self.known.names[key],
            "day": "", "keys": [key],
        }  # fmt: skip
        if article.since and day and day < article.since:
            return Fault(
                "article {article} ({category}) is in force from {since} on, and the row is of {day}. Mend the "
                "article or the date, or write the offence",
                0, header, "article_not_in_force", {**facts, "since": f"{article.since:%d/%m/%Y}"},
            )  # fmt: skip
        return Fault(
            "article {article} ({category}) was in force until {until}, and the row is of {day}. Mend the article or "
            "the date, or write the offence",
            0, header, "article_not_in_force", {**facts, "until": f"{article.until:%d/%m/%Y}"},
        )  # fmt: skip


def check_answers(answers: Mapping[str, str], known: Wordings) -> dict[str, str]:
    """Normalised wording -> key. Raises FileRefusedError where an answer names a category that the profile has not."""
    for wording, key in answers.items():
        if key not in known.keys:
            raise FileRefusedError(
                "«{wording}» is to be read as the category {key}, which the profile has not; it has {known}",
                wording=shown(wording), key=shown(key), known=", ".join(known.names),
            )  # fmt: skip
    return {words(wording): key for wording, key in answers.items()}


def key_of_wording(text: str) -> str:
    """A category key made of any wording, always the same for the same wording: letters, digits and underscores."""
    bare = re.sub(r"[^a-z0-9]+", "_", plain(text)).strip("_")
    if not bare:  # a wording without one Latin letter
        return "category_" + _digest(text)
    key = bare if bare[0].isalpha() else f"category_{bare}"
    return key if len(key) <= LONGEST_KEY else f"{key[: LONGEST_KEY - 9]}_{_digest(text)}"


def _digest(text: str) -> str:
    return hashlib.sha256(normal(text).encode("utf-8", "replace")).hexdigest()[:8]


def _unknown(said: Said, nearest: Mapping[str, str]) -> Fault:
    if not said.value:
        return Fault(
            "the category is blank. Write it, or the article of the law", 0, said.headers[0], "missing_category"
        )
    facts: dict[str, object] = {"value": shown(said.value), "keys": list(nearest)}
    if not nearest:
        return Fault(
            '"{value}" is none of the profile\'s categories. Add it there as a synonym, or write the article',
            0, said.header, "unknown_category", facts,
        )  # fmt: skip
    return Fault(
        '"{value}" is none of the profile\'s categories. Is it {proposals}? Add it there as a synonym, or mend it',
        0, said.header, "unknown_category",
        {**facts, "proposals": ", ".join(f"«{label}»" for label in nearest.values())},
    )  # fmt: skip
